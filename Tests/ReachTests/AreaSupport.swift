import Reach
import Spatial

/// Streets with everything that draws areas on them.
struct AreaCity: Sendable {
    let streets: TimedStreets
    let index: StreetIndex
    let raster: StreetRaster

    init(_ streets: TimedStreets, water: [Geometry] = [], cellMeters: Double = 4) {
        self.streets = streets
        index = StreetIndex(streets.shapes)
        raster = StreetRaster(streets.shapes, water: water, cellMeters: cellMeters)
    }

    var network: WalkingNetwork { streets.network }

    /// A search that is finished, and the area that it gives.
    func area(
        of place: Foothold, seconds: Double, _ direction: WalkingDirection = .toward
    ) -> (area: WalkingArea, search: NetworkSearch) {
        let (areas, search) = areas(of: place, seconds: [seconds], direction)
        return (areas[0], search)
    }

    /// The areas of several limits.
    func areas(
        of place: Foothold, seconds: [Double], _ direction: WalkingDirection = .toward
    ) -> (areas: [WalkingArea], search: NetworkSearch) {
        let arcs = network.arcs(direction)
        let search = NetworkSearch(arcs)
        let limits = seconds.map(Ticks.of)
        search.run(network.seeds(of: [place], direction), limitTicks: limits.max() ?? 0)
        return (AreaTracer(raster, network, arcs).areas(of: place, search, limitsTicks: limits), search)
    }

    /// The foothold of a position.
    func foothold(_ position: LonLat) -> Foothold {
        index.foothold(near: position, limitMeters: 500) ?? Foothold(edge: 0, share: 0, offsetMeters: .infinity)
    }
}

/// A plane around the equator, where a metre is one everywhere.
enum Plane {
    /// So many metres east and north of the origin.
    static func at(_ east: Double, _ north: Double) -> LonLat {
        let metric = LocalMetric(LonLat(0, 0))
        return LonLat(east / metric.metersPerDegreeEast, north / metric.metersPerDegreeNorth)
    }

    static func street(_ corners: (Double, Double)..., isStraight: Bool = false) -> Street {
        Street(corners.map { at($0.0, $0.1) }, isStraight: isStraight)
    }

    static func ring(_ corners: [(Double, Double)]) -> LineString {
        LineString((corners + corners.prefix(1)).map { at($0.0, $0.1) })
    }

    /// A box between two corners.
    static func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> LineString {
        ring([(west, south), (east, south), (east, north), (west, north)])
    }
}

extension WalkingArea {
    /// Whether a position lies inside, by the crossings of its rings with the
    /// line that leads east from there.
    func contains(_ position: LonLat) -> Bool {
        var isInside = false
        for ring in polygons.flatMap(\.rings) {
            for (a, b) in zip(ring.positions, ring.positions.dropFirst())
            where (a.latitude > position.latitude) != (b.latitude > position.latitude) {
                let share = (position.latitude - a.latitude) / (b.latitude - a.latitude)
                if a.longitude + share * (b.longitude - a.longitude) > position.longitude { isInside.toggle() }
            }
        }
        return isInside
    }
}
