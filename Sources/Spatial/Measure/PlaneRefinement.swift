/// A second pass over the edges that may be the nearest, with their true
/// bend in the plane of a `LocalMetric`.
struct PlaneRefinement: GeometryVisitor {
    private let probe: PointProbe
    private let limitMeters: Double
    private var bestSquared = Double.infinity
    private var bestOffset: (east: Double, north: Double)?

    init(_ probe: PointProbe, after sweep: PlaneSweep) {
        self.probe = probe
        limitMeters = sweep.planeMeters + sweep.sagittaMeters
    }

    /// The nearest position in degrees.
    var best: LonLat? {
        bestOffset.map { LonLat(probe.position.longitude + $0.east, probe.position.latitude + $0.north) }
    }

    mutating func visit(point: LonLat) {
        consider(point.longitude - probe.position.longitude, point.latitude - probe.position.latitude)
    }

    mutating func visit(line: CoordinateRun) { refine(line) }

    mutating func visit(ring: CoordinateRun, isHole: Bool) { refine(ring) }

    mutating func endPolygon() {}

    private mutating func consider(_ east: Double, _ north: Double) {
        let plane = probe.metric.plane(east, north)
        let squared = plane.x * plane.x + plane.y * plane.y
        guard squared < bestSquared else { return }
        bestSquared = squared
        bestOffset = (east, north)
    }

    private mutating func refine(_ run: CoordinateRun) {
        let metric = probe.metric
        visit(point: run[0])
        var from = run[0]
        for index in 1..<max(1, run.count) {
            let to = run[index]
            let edge = PlaneSweep.Edge(
                east: from.longitude - probe.position.longitude, north: from.latitude - probe.position.latitude,
                eastward: to.longitude - from.longitude, northward: to.latitude - from.latitude)
            from = to
            let sagitta = metric.sagittaMeters(
                product: abs(edge.eastward * edge.northward), northSquared: edge.northward * edge.northward)
            guard metric.chordMeters(to: edge) - sagitta <= limitMeters else { continue }
            let t = metric.nearestFraction(of: edge)
            consider(edge.east + t * edge.eastward, edge.north + t * edge.northward)
        }
    }
}

extension LocalMetric {
    /// The distance in the plane to the straight line between an edge's ends.
    func chordMeters(to edge: PlaneSweep.Edge) -> Double {
        let a = plane(edge.east, edge.north)
        let b = plane(edge.east + edge.eastward, edge.north + edge.northward)
        let t = Self.chordFraction(a, b)
        let x = a.x + t * (b.x - a.x)
        let y = a.y + t * (b.y - a.y)
        return squareRoot(x * x + y * y)
    }

    /// Where on an edge that is straight in degrees the point nearest to the
    /// origin lies: the chord's, then Gauss-Newton steps on the bent edge.
    func nearestFraction(of edge: PlaneSweep.Edge) -> Double {
        let end = plane(edge.east + edge.eastward, edge.north + edge.northward)
        var t = Self.chordFraction(plane(edge.east, edge.north), end)
        for _ in 0..<4 {
            let east = edge.east + t * edge.eastward
            let north = edge.north + t * edge.northward
            let here = plane(east, north)
            let dx = edge.eastward * (metersPerDegreeEast + eastSlope * north) + east * eastSlope * edge.northward
            let dy = edge.northward * (metersPerDegreeNorth + 2 * northSlope * north)
            let length = dx * dx + dy * dy
            guard length > 0 else { break }
            let next = min(max(t - (here.x * dx + here.y * dy) / length, 0), 1)
            let step = abs(next - t)
            t = next
            if step < 1e-9 { break }
        }
        return t
    }

    private static func chordFraction(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double)) -> Double {
        let dx = b.x - a.x
        let dy = b.y - a.y
        let length = dx * dx + dy * dy
        return length > 0 ? min(max(-(a.x * dx + a.y * dy) / length, 0), 1) : 0
    }
}
