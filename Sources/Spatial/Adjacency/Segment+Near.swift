extension Segment {
    /// The part of it, in metres from `a`, that lies within a distance of
    /// another segment of the same plane; `nil` where none does.
    ///
    /// All that lies near a segment is one convex shape, so the part is one
    /// stretch: from the nearest of its two end circles and its strip to the
    /// farthest.
    func stretch(within meters: Double, of other: Segment) -> ClosedRange<Double>? {
        let length = length
        guard length > 0 else { return nil }
        let direction = (b - a) / length
        var low = Double.infinity
        var high = -Double.infinity
        for center in [other.a, other.b] {
            let offset = center - a
            let along = offset.x * direction.x + offset.y * direction.y
            let across = offset.x * direction.y - offset.y * direction.x
            let half = (meters * meters - across * across).squareRoot()
            guard half >= 0 else { continue }
            low = min(low, along - half)
            high = max(high, along + half)
        }
        if let strip = stretch(direction, length, inStripOf: other, within: meters) {
            low = min(low, strip.lowerBound)
            high = max(high, strip.upperBound)
        }
        low = max(low, 0)
        high = min(high, length)
        return low <= high ? low...high : nil
    }

    /// The part whose foot falls on the other segment, within a distance.
    private func stretch(
        _ direction: SIMD2<Double>, _ length: Double, inStripOf other: Segment, within meters: Double
    ) -> ClosedRange<Double>? {
        let otherLength = other.length
        guard otherLength > 0 else { return nil }
        let axis = (other.b - other.a) / otherLength
        let offset = a - other.a
        var low = 0.0
        var high = length
        func clip(_ start: Double, _ pace: Double, _ least: Double, _ most: Double) {
            if pace == 0 {
                if start < least || start > most { high = -.infinity }
                return
            }
            let ends = ((least - start) / pace, (most - start) / pace)
            low = max(low, min(ends.0, ends.1))
            high = min(high, max(ends.0, ends.1))
        }
        clip(
            axis.x * offset.x + axis.y * offset.y, axis.x * direction.x + axis.y * direction.y, 0, otherLength)
        clip(
            axis.x * offset.y - axis.y * offset.x, axis.x * direction.y - axis.y * direction.x, -meters, meters)
        return low <= high ? low...high : nil
    }

    /// The part that lies on another segment of the same line, in shares of
    /// its own length from `a`; `nil` where that is a point or nothing.
    ///
    /// Exact about whether there is one: degrees in, as they were given.
    func share(onLineOf other: Segment) -> ClosedRange<Double>? {
        guard boxMeets(other), isCollinear(with: other) else { return nil }
        // The wider axis tells places apart.
        let axis = abs(b.x - a.x) >= abs(b.y - a.y) ? 0 : 1
        let span = b[axis] - a[axis]
        guard span != 0 else { return nil }
        let low = max(min(a[axis], b[axis]), min(other.a[axis], other.b[axis]))
        let high = min(max(a[axis], b[axis]), max(other.a[axis], other.b[axis]))
        guard low < high else { return nil }
        let ends = ((low - a[axis]) / span, (high - a[axis]) / span)
        return min(ends.0, ends.1)...max(ends.0, ends.1)
    }
}
