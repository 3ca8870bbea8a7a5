/// Measures from one geometry's edge to many others: near a building means
/// from its footprint.
///
/// Make it once a question: it holds a `PointProbe` for every vertex. Between
/// two edges that do not cross, the nearest points are at a vertex of one of
/// them; long edges, which bend, get further positions so that this holds to
/// 0.5 mm.
public struct GeometryProbe: Sendable {
    /// The box around the geometry.
    public let box: BoundingBox
    private let geometry: Geometry
    private let probes: [PointProbe]

    /// Makes a probe from a geometry on WGS 84.
    ///
    /// - Complexity: O(positions).
    public init(_ geometry: Geometry) {
        self.geometry = geometry
        box = geometry.box
        var vertices = EdgeVertices()
        geometry.walk(&vertices)
        probes = vertices.positions.map { PointProbe($0) }
    }

    /// The geodesic distance between the nearest points of two geometries.
    ///
    /// - Returns: metres; 0 where they share a point, an edge or an inside;
    ///   infinite where one of them is empty. As exact as `PointProbe`.
    /// - Throws: `WKBError` where the bytes are no geometry.
    /// - Complexity: O(n m) for n and m positions, one pass of the other
    ///   geometry a vertex; vertices that cannot be nearest are left out by
    ///   their distance to its box.
    public func distanceMeters(toWKB bytes: UnsafeRawBufferPointer) throws(WKBError) -> Double {
        var vertices = EdgeVertices()
        try WKBCursor.walk(bytes, &vertices)
        if box.intersects(vertices.box) {
            var crossing = EdgeCrossing(vertices)
            geometry.walk(&crossing)
            if crossing.isFound { return 0 }
        }
        var best = Double.infinity
        for position in vertices.positions {
            let probe = PointProbe(position)
            guard probe.lowerBoundMeters(to: box) < best, probe.estimate(to: geometry).lowerMeters < best else {
                continue
            }
            best = min(best, probe.distanceMeters(to: geometry))
            if best == 0 { return 0 }
        }
        for probe in probes where probe.lowerBoundMeters(to: vertices.box) < best {
            guard try probe.estimate(toWKB: bytes).lowerMeters < best else { continue }
            best = min(best, try probe.distanceMeters(toWKB: bytes))
            if best == 0 { return 0 }
        }
        return best
    }
}

extension Geometry {
    /// The geodesic distance between the nearest points of two geometries, in
    /// metres; see `GeometryProbe`, which is faster for many.
    public func distanceMeters(to other: Geometry) -> Double {
        let bytes = other.wkb
        let distance = bytes.withUnsafeBytes { buffer in
            Result { () throws(WKBError) in try GeometryProbe(self).distanceMeters(toWKB: buffer) }
        }
        // Only collections nested beyond what WKB may hold are refused.
        return (try? distance.get()) ?? .nan
    }
}

/// Collects the vertices of a geometry, with further positions on edges that
/// bend by more than 0.5 mm.
private struct EdgeVertices: GeometryVisitor {
    private(set) var positions: [LonLat] = []
    private(set) var box = BoundingBox.empty
    private(set) var edges: [(from: LonLat, to: LonLat)] = []

    mutating func visit(point: LonLat) {
        positions.append(point)
        box.add(point.longitude, point.latitude)
    }

    mutating func visit(line: CoordinateRun) { collect(line) }

    mutating func visit(ring: CoordinateRun, isHole: Bool) { collect(ring) }

    mutating func endPolygon() {}

    private mutating func collect(_ run: CoordinateRun) {
        visit(point: run[0])
        var from = run[0]
        for index in 1..<max(1, run.count) {
            let to = run[index]
            let metric = LocalMetric(from)
            let east = to.longitude - from.longitude
            let north = to.latitude - from.latitude
            let plane = metric.plane(east, north)
            let length = squareRoot(plane.x * plane.x + plane.y * plane.y)
            // An edge bends at most twice as sharply as a parallel, by
            // tan φ/N a metre, and leaves its chord by an eighth of that times
            // its length squared.
            let sharpness = 4 * abs(metric.eastSlope) / (metric.metersPerDegreeEast * metric.metersPerDegreeNorth)
            let bend = length * length * sharpness / 8
            let pieces = bend > 5e-4 && bend < 1e9 ? min(4096, 1 + Int(squareRoot(bend / 5e-4))) : 1
            for piece in 1..<max(pieces, 1) {
                let t = Double(piece) / Double(pieces)
                positions.append(LonLat(from.longitude + t * east, from.latitude + t * north))
            }
            edges.append((from, to))
            visit(point: to)
            from = to
        }
    }
}

/// Looks for an edge that crosses or touches one of another geometry.
private struct EdgeCrossing: GeometryVisitor {
    private let other: EdgeVertices
    private(set) var isFound = false

    init(_ other: EdgeVertices) { self.other = other }

    mutating func visit(point: LonLat) {}

    mutating func visit(line: CoordinateRun) { search(line) }

    mutating func visit(ring: CoordinateRun, isHole: Bool) { search(ring) }

    mutating func endPolygon() {}

    private mutating func search(_ run: CoordinateRun) {
        var from = run[0]
        for index in 1..<max(1, run.count) where !isFound {
            let to = run[index]
            var box = BoundingBox.empty
            box.add(from.longitude, from.latitude)
            box.add(to.longitude, to.latitude)
            if box.intersects(other.box) { search(from, to, box) }
            from = to
        }
    }

    private mutating func search(_ a: LonLat, _ b: LonLat, _ box: BoundingBox) {
        for edge in other.edges {
            guard
                min(edge.from.longitude, edge.to.longitude) <= box.east,
                max(edge.from.longitude, edge.to.longitude) >= box.west,
                min(edge.from.latitude, edge.to.latitude) <= box.north,
                max(edge.from.latitude, edge.to.latitude) >= box.south
            else { continue }
            let c = Orientation.sign(a, b, edge.from)
            let d = Orientation.sign(a, b, edge.to)
            if c * d > 0 { continue }
            let e = Orientation.sign(edge.from, edge.to, a)
            let f = Orientation.sign(edge.from, edge.to, b)
            if e * f > 0 { continue }
            isFound = true
            return
        }
    }
}
