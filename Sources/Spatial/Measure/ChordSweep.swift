/// The nearest point of a geometry in space, for what no plane around the
/// position serves: far away, at the poles, across the antimeridian, edges of
/// many kilometres.
///
/// Chords through the Earth rank points as geodesics do, to 2e-7 below 100 km
/// and 2e-5 below 1000 km; the point found is then measured by geodesic.
/// Edges are halved until they are straight enough in space, and left out as
/// soon as their bound shows them to be farther than the best.
struct ChordSweep: GeometryVisitor {
    private let probe: PointProbe
    private let origin: SIMD3<Double>
    private var bestMeters = Double.infinity
    private var budget = 0
    /// One bit a turn of longitude, set inside of the polygon being walked.
    private var insideTurns = 0
    private(set) var isTouching = false
    private(set) var best: LonLat?

    init(_ probe: PointProbe) {
        self.probe = probe
        origin = Self.cartesian(probe.position)
    }

    mutating func visit(point: LonLat) {
        guard Self.isOnEarth(point) else { return }
        let offset = Self.cartesian(point) - origin
        consider(squareRoot((offset * offset).sum()), point)
    }

    mutating func visit(line: CoordinateRun) { measure(line) }

    mutating func visit(ring: CoordinateRun, isHole: Bool) {
        measure(ring)
        for turn in 0..<3 {
            var counter = CrossingCounter(
                LonLat(probe.position.longitude + Double(turn - 1) * 360, probe.position.latitude))
            counter.count(ring)
            if counter.isOnEdge { isTouching = true }
            if counter.isOdd { insideTurns ^= 1 << turn }
        }
    }

    mutating func endPolygon() {
        if insideTurns != 0 { isTouching = true }
        insideTurns = 0
    }

    private mutating func consider(_ meters: Double, _ position: LonLat) {
        guard meters < bestMeters else { return }
        bestMeters = meters
        best = position
    }

    private mutating func measure(_ run: CoordinateRun) {
        visit(point: run[0])
        var from = run[0]
        var start = Self.cartesian(from) - origin
        for index in 1..<max(1, run.count) {
            let to = run[index]
            let end = Self.cartesian(to) - origin
            if Self.isOnEarth(from) && Self.isOnEarth(to) {
                budget = 16384
                descend(Piece(from: from, start: start, to: to, end: end))
            }
            from = to
            start = end
        }
    }

    private struct Piece {
        let from: LonLat
        let start: SIMD3<Double>
        let to: LonLat
        let end: SIMD3<Double>
    }

    private mutating func descend(_ piece: Piece) {
        let along = piece.end - piece.start
        let length = (along * along).sum()
        let t = length > 0 ? min(max(-(piece.start * along).sum() / length, 0), 1) : 0
        let nearest = piece.start + t * along
        let meters = squareRoot((nearest * nearest).sum())
        let eastward = piece.to.longitude - piece.from.longitude
        let northward = piece.to.latitude - piece.from.latitude
        let bend = Self.bendMeters(eastward, northward)
        guard meters - bend < bestMeters else { return }
        budget -= 1
        if bend < 1e-4 + 1e-7 * meters || budget <= 0 {
            let position = LonLat(piece.from.longitude + t * eastward, piece.from.latitude + t * northward)
            let offset = Self.cartesian(position) - origin
            consider(squareRoot((offset * offset).sum()), position)
            return
        }
        let middle = LonLat(piece.from.longitude + eastward / 2, piece.from.latitude + northward / 2)
        let half = Self.cartesian(middle) - origin
        let first = Piece(from: piece.from, start: piece.start, to: middle, end: half)
        let second = Piece(from: middle, start: half, to: piece.to, end: piece.end)
        descend(t < 0.5 ? first : second)
        descend(t < 0.5 ? second : first)
    }

    /// The most by which an edge that is straight in degrees leaves its chord
    /// in space: an eighth of its largest second derivative, which is at most
    /// a(|Δλ| + |Δφ|)², enlarged for the ellipsoid.
    private static func bendMeters(_ eastward: Double, _ northward: Double) -> Double {
        let angle = (abs(eastward) + abs(northward)) * radiansPerDegree
        return 1.02 * Earth.equatorialRadiusMeters * angle * angle / 8
    }

    private static func isOnEarth(_ position: LonLat) -> Bool {
        abs(position.latitude) <= 90 && abs(position.longitude) <= 540
    }

    /// The position in space on the ellipsoid, in metres from its centre.
    private static func cartesian(_ position: LonLat) -> SIMD3<Double> {
        let sinLatitude = sine(position.latitude * radiansPerDegree)
        let cosLatitude = cosine(position.latitude * radiansPerDegree)
        let normal = Earth.curvatureRadiiMeters(sine: sinLatitude).primeVertical
        let across = normal * cosLatitude
        return SIMD3(
            across * cosine(position.longitude * radiansPerDegree),
            across * sine(position.longitude * radiansPerDegree),
            normal * (1 - Earth.eccentricitySquared) * sinLatitude)
    }
}
