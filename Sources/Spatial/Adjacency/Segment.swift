/// The side of the line from a to b on which c lies: positive left, negative
/// right, zero on it; the sign is exact.
@inline(__always)
func orientation(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>) -> Double {
    Orientation.sign(LonLat(a.x, a.y), LonLat(b.x, b.y), LonLat(c.x, c.y))
}

/// A straight piece of an outline; degrees, or metres of a local plane.
struct Segment {
    let a: SIMD2<Double>
    let b: SIMD2<Double>

    /// Whether its box and another segment's box share a point.
    @inline(__always)
    func boxMeets(_ other: Segment) -> Bool {
        min(a.x, b.x) <= max(other.a.x, other.b.x) && min(other.a.x, other.b.x) <= max(a.x, b.x)
            && min(a.y, b.y) <= max(other.a.y, other.b.y) && min(other.a.y, other.b.y) <= max(a.y, b.y)
    }

    /// Whether its box and another box share a point.
    @inline(__always)
    func boxMeets(_ box: BoundingBox) -> Bool {
        min(a.x, b.x) <= box.east && box.west <= max(a.x, b.x)
            && min(a.y, b.y) <= box.north && box.south <= max(a.y, b.y)
    }

    /// Whether two closed segments share a point; exact.
    @inline(__always)
    func intersects(_ other: Segment) -> Bool {
        guard boxMeets(other) else { return false }
        let first = Orientation.sign(other.a, other.b, a)
        let second = Orientation.sign(other.a, other.b, b)
        if first > 0 && second > 0 || first < 0 && second < 0 { return false }
        let third = Orientation.sign(a, b, other.a)
        let fourth = Orientation.sign(a, b, other.b)
        // Of segments on one line, those whose boxes meet share a point.
        return !(third > 0 && fourth > 0 || third < 0 && fourth < 0)
    }

    /// Whether both lie on one line; exact.
    func isCollinear(with other: Segment) -> Bool {
        Orientation.sign(a, b, other.a) == 0 && Orientation.sign(a, b, other.b) == 0
    }

    /// The square of the distance to a point of the same plane.
    @inline(__always)
    func squaredDistance(to point: SIMD2<Double>) -> Double {
        let direction = b - a
        let offset = point - a
        let squaredLength = direction.x * direction.x + direction.y * direction.y
        let along = offset.x * direction.x + offset.y * direction.y
        let share = squaredLength > 0 ? min(max(along / squaredLength, 0), 1) : 0
        let away = offset - share * direction
        return away.x * away.x + away.y * away.y
    }

    /// The square of the distance to a segment that does not cross this one.
    @inline(__always)
    func squaredDistance(toDisjoint other: Segment) -> Double {
        min(
            min(squaredDistance(to: other.a), squaredDistance(to: other.b)),
            min(other.squaredDistance(to: a), other.squaredDistance(to: b)))
    }

    /// The length.
    var length: Double {
        let direction = b - a
        return (direction.x * direction.x + direction.y * direction.y).squareRoot()
    }
}
