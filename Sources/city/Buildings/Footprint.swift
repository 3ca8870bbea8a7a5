import Spatial

/// The outline of a building and what it covers.
struct Footprint {
    let geometry: Geometry
    /// What the outline covers, in square metres; 0 for a point.
    let areaSquareMeters: Double

    /// A rectangle.
    static func rectangle(_ rectangle: Rectangle) -> Footprint {
        Footprint(geometry: .polygon(polygon(rectangle)), areaSquareMeters: rectangle.area)
    }

    /// A rectangle without one corner: two wings, `wing` shares of the half
    /// sides wide.
    static func angle(_ rectangle: Rectangle, wing: Double, isMirrored: Bool) -> Footprint {
        let inner = wing * 2 - 1
        let corners: [(Double, Double)] =
            isMirrored
            ? [(-1, -1), (1, -1), (1, 1), (-inner, 1), (-inner, inner), (-1, inner)]
            : [(-1, -1), (1, -1), (1, inner), (inner, inner), (inner, 1), (-1, 1)]
        let open = (1 - wing) * (1 - wing)
        return Footprint(
            geometry: .polygon(Polygon(ring(corners.map { rectangle.point($0.0, $0.1) }))),
            areaSquareMeters: rectangle.area * (1 - open))
    }

    /// A rectangle around a courtyard.
    static func courtyard(_ rectangle: Rectangle, open: Double) -> Footprint {
        let hole = [(-open, -open), (-open, open), (open, open), (open, -open)].map { rectangle.point($0.0, $0.1) }
        return Footprint(
            geometry: .polygon(Polygon(polygon(rectangle).exterior, holes: [ring(hole)])),
            areaSquareMeters: rectangle.area * (1 - open * open))
    }

    /// Two houses that are one building on the books.
    static func pair(_ rectangle: Rectangle) -> Footprint {
        let parts = [rectangle.part(-1 ... -0.15, -1...1), rectangle.part(0.15...1, -1...0.6)]
        return Footprint(
            geometry: .multiPolygon(parts.map(polygon)), areaSquareMeters: parts.reduce(0) { $0 + $1.area })
    }

    /// A building of which only the place is known.
    static func point(_ rectangle: Rectangle) -> Footprint {
        Footprint(geometry: .point(Point(Site.position(rectangle.center))), areaSquareMeters: 0)
    }

    /// Houses wall to wall: neighbours share the two corners between them.
    static func row(_ rectangle: Rectangle, houses: Int) -> [Footprint] {
        func place(_ number: Int) -> Double { Double(2 * number) / Double(houses) - 1 }
        return (0..<houses).map { .rectangle(rectangle, from: place($0), to: place($0 + 1)) }
    }

    private static func rectangle(_ rectangle: Rectangle, from: Double, to: Double) -> Footprint {
        let corners = [(from, -1.0), (to, -1.0), (to, 1.0), (from, 1.0)].map { rectangle.point($0.0, $0.1) }
        return Footprint(
            geometry: .polygon(Polygon(ring(corners))), areaSquareMeters: rectangle.area * (to - from) / 2)
    }

    private static func polygon(_ rectangle: Rectangle) -> Polygon {
        Polygon(ring([(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map { rectangle.point($0.0, $0.1) }))
    }

    private static func ring(_ corners: [PlanarPoint]) -> LineString {
        let positions = corners.map(Site.position)
        return LineString(positions + positions.prefix(1))
    }
}
