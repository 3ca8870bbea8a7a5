/// Finds a position that stands for a geometry: of its largest polygon, else
/// of its longest line, else its first point.
private struct RepresentativeVisitor: GeometryVisitor {
    private var rings: [[LonLat]] = []
    private var largestArea = -1.0
    private var longestLine = -1.0
    private var ofPolygon: LonLat?
    private var ofLine: LonLat?
    private var ofPoint: LonLat?

    var position: LonLat? { ofPolygon ?? ofLine ?? ofPoint }

    mutating func visit(point: LonLat) { ofPoint = ofPoint ?? point }

    mutating func visit(line: CoordinateRun) {
        let length = EdgeLength.meters(line)
        guard length > longestLine || ofLine == nil else { return }
        longestLine = length
        ofLine = Self.middle(of: line, half: length / 2)
    }

    mutating func visit(ring: CoordinateRun, isHole: Bool) { rings.append((0..<ring.count).map { ring[$0] }) }

    mutating func endPolygon() {
        defer { rings = [] }
        guard let exterior = rings.first else { return }
        let moments = RingMoments(exterior)
        guard abs(moments.area) > largestArea else { return }
        largestArea = abs(moments.area)
        ofPolygon = inside(rings, RingMoments.centroid(of: rings) ?? exterior[0])
    }

    private func inside(_ rings: [[LonLat]], _ centroid: LonLat) -> LonLat {
        let polygon = Geometry.polygon(
            Polygon(LineString(rings[0]), holes: rings.dropFirst().map { LineString($0) }))
        if centroid.containment(in: polygon) == .inside { return centroid }
        return Scanline(rings, near: centroid.latitude).middleOfWidestSpan ?? rings[0][0]
    }

    private static func middle(of line: CoordinateRun, half: Double) -> LonLat {
        var walked = 0.0
        var from = line[0]
        for index in 1..<max(1, line.count) {
            let to = line[index]
            let length = EdgeLength.meters(from, to)
            if walked + length >= half && length > 0 {
                let t = (half - walked) / length
                return LonLat(
                    from.longitude + t * (to.longitude - from.longitude),
                    from.latitude + t * (to.latitude - from.latitude))
            }
            walked += length
            from = to
        }
        return from
    }
}

/// Area and first moments of a ring in the plane of longitude and latitude.
private struct RingMoments {
    private(set) var area = 0.0
    private var east = 0.0
    private var north = 0.0

    /// Moments about a position, which keeps small rings exact.
    init(_ ring: [LonLat], about origin: LonLat? = nil) {
        guard let origin = origin ?? ring.first else { return }
        for (a, b) in zip(ring, ring.dropFirst()) {
            let (ax, ay) = (a.longitude - origin.longitude, a.latitude - origin.latitude)
            let (bx, by) = (b.longitude - origin.longitude, b.latitude - origin.latitude)
            let cross = ax * by - bx * ay
            area += cross / 2
            east += (ax + bx) * cross / 6
            north += (ay + by) * cross / 6
        }
    }

    /// The centroid of a polygon; `nil` where it has no area.
    static func centroid(of rings: [[LonLat]]) -> LonLat? {
        guard let origin = rings.first?.first else { return nil }
        var area = 0.0
        var east = 0.0
        var north = 0.0
        for (index, ring) in rings.enumerated() {
            let moments = RingMoments(ring, about: origin)
            // Holes count against the outline, whatever the winding.
            let sign = (moments.area < 0 ? -1.0 : 1.0) * (index == 0 ? 1 : -1)
            area += sign * moments.area
            east += sign * moments.east
            north += sign * moments.north
        }
        guard area > 0 else { return nil }
        return LonLat(origin.longitude + east / area, origin.latitude + north / area)
    }
}

/// A parallel through a polygon, halfway between two neighbouring latitudes of
/// its vertices, so that it meets no vertex.
private struct Scanline {
    private var crossings: [Double] = []
    private let latitude: Double

    init(_ rings: [[LonLat]], near wanted: Double) {
        var below = -Double.infinity
        var above = Double.infinity
        var lowest = Double.infinity
        for position in rings.joined() {
            let y = position.latitude
            lowest = min(lowest, y)
            if y <= wanted { below = max(below, y) } else { above = min(above, y) }
        }
        if below == -.infinity { below = lowest }
        if above == .infinity {
            above = below
            below = rings.joined().map(\.latitude).filter { $0 < above }.max() ?? above
        }
        latitude = (below + above) / 2
        for ring in rings {
            for (a, b) in zip(ring, ring.dropFirst()) where (a.latitude > latitude) != (b.latitude > latitude) {
                let t = (latitude - a.latitude) / (b.latitude - a.latitude)
                crossings.append(a.longitude + t * (b.longitude - a.longitude))
            }
        }
        crossings.sort()
    }

    /// The middle of the widest span inside.
    var middleOfWidestSpan: LonLat? {
        var best: LonLat?
        var widest = 0.0
        for index in stride(from: 1, to: crossings.count, by: 2) {
            let width = crossings[index] - crossings[index - 1]
            if width > widest {
                widest = width
                best = LonLat((crossings[index] + crossings[index - 1]) / 2, latitude)
            }
        }
        return best
    }
}

extension Geometry {
    /// A position on the geometry that can stand for it on a map and in a
    /// distance.
    ///
    /// Of the largest polygon the centroid where it is inside, else the middle
    /// of the widest span of a parallel near it; of lines alone the middle of
    /// the longest; of points alone the first. `nil` for an empty geometry.
    ///
    /// - Complexity: O(positions).
    public var representativePoint: LonLat? {
        var visitor = RepresentativeVisitor()
        walk(&visitor)
        return visitor.position
    }

    /// A position on a geometry in well-known binary; see
    /// `representativePoint`.
    ///
    /// - Throws: `WKBError` where the bytes are no geometry.
    public static func representativePoint(wkb bytes: UnsafeRawBufferPointer) throws(WKBError) -> LonLat? {
        var visitor = RepresentativeVisitor()
        try WKBCursor.walk(bytes, &visitor)
        return visitor.position
    }
}
