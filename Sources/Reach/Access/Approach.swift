import Spatial

/// Where an edge comes nearest to the outline of a place.
struct Approach {
    /// Square metres between both.
    var squaredMeters: Double
    /// Metres from the edge's tail to its nearest point.
    var alongMeters: Double
    /// The outline's nearest point.
    var door: LonLat
    /// The edge's nearest point.
    var step: LonLat
}

/// The outline of a place: the rings of a building, closed or not, or a single
/// point.
struct Outline {
    /// The middle of its box.
    let center: LonLat
    let box: BoundingBox
    let metric: LocalMetric
    private let rings: [[LonLat]]
    /// The sides of all rings in metres around the centre; a point is a side
    /// without length.
    private let sides: [Side]

    private struct Side {
        let start: SIMD2<Double>
        let end: SIMD2<Double>
        let first: LonLat
        let last: LonLat
    }

    /// `nil` where there is no position.
    init?(_ rings: [[LonLat]]) {
        var box = BoundingBox.empty
        for ring in rings { for corner in ring { box.add(corner.longitude, corner.latitude) } }
        let center = LonLat((box.west + box.east) / 2, (box.south + box.north) / 2)
        guard center.longitude.isFinite, center.latitude.isFinite else { return nil }
        let metric = LocalMetric(center)
        var sides: [Side] = []
        sides.reserveCapacity(rings.reduce(0) { $0 + $1.count })
        for ring in rings {
            guard let last = ring.last else { continue }
            let firstSide = sides.count
            var (start, first) = (metric.point(last), last)
            for corner in ring {
                let end = metric.point(corner)
                if start != end { sides.append(Side(start: start, end: end, first: first, last: corner)) }
                (start, first) = (end, corner)
            }
            if sides.count == firstSide { sides.append(Side(start: start, end: start, first: last, last: last)) }
        }
        guard !sides.isEmpty else { return nil }
        (self.box, self.center, self.metric, self.rings, self.sides) = (box, center, metric, rings, sides)
    }

    /// Where an edge comes nearest; 0 m where it touches the outline, passes
    /// through it, or lies within it.
    ///
    /// - Parameters:
    ///   - corners: of the edge.
    ///   - window: what lies outside of it is not of interest.
    /// - Returns: the first such point of the edge and the edge's length in
    ///   metres; `nil` where all of it is outside of the window.
    func approach(
        _ corners: Slice<UnsafeBufferPointer<LonLat>>, window: BoundingBox
    ) -> (approach: Approach, lengthMeters: Double)? {
        guard let first = corners.first else { return nil }
        var best: Approach?
        var (along, start, startPlace) = (0.0, metric.point(first), first)
        for corner in corners.dropFirst() {
            let end = metric.point(corner)
            let length = (end - start).length
            var box = BoundingBox(startPlace)
            box.add(corner.longitude, corner.latitude)
            if box.intersects(window) {
                offer(start, end, startPlace, corner, along: along, length: length, to: &best)
            }
            along += length
            (start, startPlace) = (end, corner)
        }
        if let door = best?.door, best?.squaredMeters ?? 0 > 0, rings.contains(where: { $0.count > 2 }) {
            if let inside = corners.first, inside.isInside(rings) {
                best = Approach(squaredMeters: 0, alongMeters: 0, door: door, step: inside)
            }
        }
        return best.map { ($0, along) }
    }

    /// Offers the nearest point of one stretch of the edge.
    private func offer(
        _ start: SIMD2<Double>, _ end: SIMD2<Double>, _ first: LonLat, _ last: LonLat, along: Double,
        length: Double, to best: inout Approach?
    ) {
        for side in sides {
            let found = nearest((start, end), (side.start, side.end))
            let alongMeters = along + found.a * length
            if let best, (best.squaredMeters, best.alongMeters) <= (found.squared, alongMeters) { continue }
            best = Approach(
                squaredMeters: found.squared, alongMeters: alongMeters,
                door: .between(side.first, side.last, found.b), step: .between(first, last, found.a))
        }
    }
}

/// Where two stretches come nearest: the squared distance, and the share of
/// each up to there.
private func nearest(
    _ a: (SIMD2<Double>, SIMD2<Double>), _ b: (SIMD2<Double>, SIMD2<Double>)
) -> (squared: Double, a: Double, b: Double) {
    let (u, v, w) = (a.1 - a.0, b.1 - b.0, b.0 - a.0)
    let cross = u.cross(v)
    if cross != 0 {
        let (s, t) = (w.cross(v) / cross, w.cross(u) / cross)
        if s >= 0, s <= 1, t >= 0, t <= 1 { return (0, s, t) }
    }
    var best = (squared: Double.infinity, a: 0.0, b: 0.0)
    func offer(_ s: Double, _ t: Double) {
        let squared = (a.0 + s * u - b.0 - t * v).squaredLength
        if squared < best.squared { best = (squared, s, t) }
    }
    offer(u.share(of: b.0 - a.0), 0)
    offer(u.share(of: b.1 - a.0), 1)
    offer(0, v.share(of: a.0 - b.0))
    offer(1, v.share(of: a.1 - b.0))
    return best
}

extension SIMD2<Double> {
    fileprivate var squaredLength: Double { x * x + y * y }
    fileprivate var length: Double { squaredLength.squareRoot() }
    @inline(__always)
    fileprivate func cross(_ other: Self) -> Double { x * other.y - y * other.x }

    /// The share of this vector, 0 to 1, whose end is nearest to another's.
    @inline(__always)
    fileprivate func share(of other: Self) -> Double {
        let squared = squaredLength
        return squared > 0 ? Swift.min(1, Swift.max(0, (x * other.x + y * other.y) / squared)) : 0
    }
}

extension LocalMetric {
    @inline(__always)
    fileprivate func point(_ position: LonLat) -> SIMD2<Double> {
        let plane = planeMeters(to: position)
        return SIMD2(plane.east, plane.north)
    }
}

extension LonLat {
    fileprivate static func between(_ a: LonLat, _ b: LonLat, _ share: Double) -> LonLat {
        LonLat(
            a.longitude + share * (b.longitude - a.longitude), a.latitude + share * (b.latitude - a.latitude))
    }
}
