/// One pass over a geometry's edges in the plane of a `LocalMetric`: the
/// nearest edge, whether the position is inside, and what bounds the error.
struct PlaneSweep: GeometryVisitor {
    private let probe: PointProbe
    private var bestSquared = Double.infinity
    private var bestEdge = Edge()
    private var isInside = false
    private var isOnEdge = false
    private var isInsideAny = false
    private var widest = 0.0
    private var tallest = 0.0
    private var largestProduct = 0.0
    private var largestNorthSquared = 0.0

    /// An edge as differences of degrees from the probe: it runs from
    /// (east, north) by (eastward, northward).
    struct Edge {
        var east = Double.nan
        var north = Double.nan
        var eastward = 0.0
        var northward = 0.0
    }

    init(_ probe: PointProbe) { self.probe = probe }

    /// Whether the position is in the geometry or on it.
    var isTouching: Bool { isOnEdge || isInsideAny }

    /// Whether the plane's error is proved to be small enough for an exact
    /// distance.
    ///
    /// The edge found nearest is then so within twice the error; what the
    /// error displaces along the edge counts only squared.
    var isProved: Bool {
        if bestSquared == .infinity { return true }
        guard sagittaMeters < 1 else { return false }
        let distance = squareRoot(bestSquared)
        let error = 2 * relativeError
        return error * distance < 2e-4 || error < (distance < 1000 ? 5e-7 : 2e-5)
    }

    /// Whether edges bend enough in the plane to take a second look at every
    /// edge that may be the nearest.
    var needsRefinement: Bool { sagittaMeters > 2.5e-4 }

    /// The nearest position in degrees; `nil` for an empty geometry.
    var best: LonLat? {
        guard bestSquared < .infinity else { return nil }
        let t = probe.metric.nearestFraction(of: bestEdge)
        return LonLat(
            probe.position.longitude + bestEdge.east + t * bestEdge.eastward,
            probe.position.latitude + bestEdge.north + t * bestEdge.northward)
    }

    /// The distance in the plane, in metres.
    var planeMeters: Double { squareRoot(bestSquared) }

    /// The most by which an edge leaves its chord, in metres.
    var sagittaMeters: Double {
        probe.metric.sagittaMeters(product: largestProduct, northSquared: largestNorthSquared)
    }

    /// The estimate; `nil` where no error is proved.
    var estimate: DistanceEstimate? {
        if isTouching { return DistanceEstimate(meters: 0, errorMeters: 0) }
        if bestSquared == .infinity { return DistanceEstimate(meters: .infinity, errorMeters: 0) }
        let distance = squareRoot(bestSquared)
        let error = distance * relativeError * 2 + sagittaMeters
        guard error < 1 + distance / 100 else { return nil }
        return DistanceEstimate(meters: distance, errorMeters: error + 1e-6)
    }

    /// The metric's error at the distance found, in whatever direction;
    /// infinite where some part lies so far away that it could look nearer
    /// than it is.
    private var relativeError: Double {
        let metric = probe.metric
        guard metric.relativeError(east: widest, north: tallest) < .infinity else { return .infinity }
        let reach = 1.1 * squareRoot(bestSquared)
        return metric.relativeError(
            east: reach / metric.metersPerDegreeEast, north: reach / metric.metersPerDegreeNorth)
    }

    mutating func visit(point: LonLat) {
        let east = point.longitude - probe.position.longitude
        let north = point.latitude - probe.position.latitude
        widest = max(widest, abs(east))
        tallest = max(tallest, abs(north))
        let plane = probe.metric.plane(east, north)
        let squared = plane.x * plane.x + plane.y * plane.y
        if squared < bestSquared {
            bestSquared = squared
            bestEdge = Edge(east: east, north: north)
        }
        if east == 0 && north == 0 { isOnEdge = true }
    }

    mutating func visit(line: CoordinateRun) { _ = sweep(line) }

    mutating func visit(ring: CoordinateRun, isHole: Bool) {
        if sweep(ring) { isInside.toggle() }
    }

    mutating func endPolygon() {
        if isInside { isInsideAny = true }
        isInside = false
    }

    /// Measures every edge of a run.
    ///
    /// - Returns: whether a ray from the position crosses the run an odd
    ///   number of times.
    private mutating func sweep(_ run: CoordinateRun) -> Bool {
        let origin = probe.position
        let metric = probe.metric
        var from = run[0]
        var east = from.longitude - origin.longitude
        var north = from.latitude - origin.latitude
        var start = metric.plane(east, north)
        visit(point: from)
        var isOdd = false
        for index in 1..<max(1, run.count) {
            let to = run[index]
            let nextEast = to.longitude - origin.longitude
            let nextNorth = to.latitude - origin.latitude
            let end = metric.plane(nextEast, nextNorth)
            let dx = end.x - start.x
            let dy = end.y - start.y
            let length = dx * dx + dy * dy
            let raw = -(start.x * dx + start.y * dy) / length
            let t = length > 0 ? min(max(raw, 0), 1) : 0
            let x = start.x + t * dx
            let y = start.y + t * dy
            let squared = x * x + y * y
            if squared < bestSquared {
                bestSquared = squared
                bestEdge = Edge(east: east, north: north, eastward: nextEast - east, northward: nextNorth - north)
            }
            widest = max(widest, abs(nextEast))
            tallest = max(tallest, abs(nextNorth))
            largestProduct = max(largestProduct, abs((nextEast - east) * (nextNorth - north)))
            largestNorthSquared = max(largestNorthSquared, (nextNorth - north) * (nextNorth - north))
            if Crossing.isPossible(north, nextNorth) {
                switch Crossing.of(from, to, origin) {
                case .none: break
                case .crosses: isOdd.toggle()
                case .touches: isOnEdge = true
                }
            }
            from = to
            east = nextEast
            north = nextNorth
            start = end
        }
        return isOdd
    }
}

/// How an edge meets the ray that runs east from a position.
enum Crossing {
    /// Not at all.
    case none
    /// In one point; an end on the ray's line counts as north of it.
    case crosses
    /// The edge goes through the position itself.
    case touches

    /// Whether an edge whose ends lie that much north of the position can
    /// meet the ray.
    @inline(__always)
    static func isPossible(_ north: Double, _ nextNorth: Double) -> Bool {
        (north >= 0) != (nextNorth >= 0) || north == 0 || nextNorth == 0
    }

    /// How the edge a → b meets the ray from a position, exactly.
    static func of(_ a: LonLat, _ b: LonLat, _ position: LonLat) -> Crossing {
        let (x, y) = (position.longitude, position.latitude)
        if (a.longitude == x && a.latitude == y) || (b.longitude == x && b.latitude == y) { return .touches }
        let aNorth = a.latitude >= y
        let bNorth = b.latitude >= y
        if aNorth == bNorth {
            let isLevel = a.latitude == y && b.latitude == y
            return isLevel && (a.longitude < x) != (b.longitude < x) ? .touches : .none
        }
        let side = Orientation.sign(a, b, position)
        if side == 0 { return .touches }
        return (side > 0) == bNorth ? .crosses : .none
    }
}
