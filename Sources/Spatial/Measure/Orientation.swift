/// On which side of a line a position lies, exactly.
///
/// A floating-point filter decides all but nearly collinear triples (error
/// bound after Shewchuk, Adaptive Precision Floating-Point Arithmetic, 1997);
/// those are decided by adding up the exact products.
enum Orientation {
    /// The orientation of c to the line a → b.
    ///
    /// - Returns: positive where c lies left of a → b, negative where right,
    ///   0 exactly where on it (or where an ordinate is NaN).
    @inline(__always)
    static func sign(_ a: LonLat, _ b: LonLat, _ c: LonLat) -> Double {
        let left = (a.longitude - c.longitude) * (b.latitude - c.latitude)
        let right = (a.latitude - c.latitude) * (b.longitude - c.longitude)
        let determinant = left - right
        if left == 0 && right == 0 { return 0 }
        if abs(determinant) > 4e-16 * (abs(left) + abs(right)) { return determinant }
        return exactSign(a, b, c)
    }

    /// The same without the filter: the determinant's six products as exact
    /// sums of two numbers each, added without loss.
    @inline(never)
    private static func exactSign(_ a: LonLat, _ b: LonLat, _ c: LonLat) -> Double {
        var sum = ExactSum()
        sum.add(a.longitude, times: b.latitude)
        sum.add(-a.longitude, times: c.latitude)
        sum.add(-c.longitude, times: b.latitude)
        sum.add(-a.latitude, times: b.longitude)
        sum.add(a.latitude, times: c.longitude)
        sum.add(c.latitude, times: b.longitude)
        return sum.sign
    }
}

/// A sum of products kept without rounding, as parts that do not overlap.
private struct ExactSum {
    private var parts: [Double] = []

    mutating func add(_ a: Double, times b: Double) {
        let product = a * b
        grow((-product).addingProduct(a, b))
        grow(product)
    }

    /// Adds one number to every part in order of size, keeping what rounds
    /// off.
    private mutating func grow(_ value: Double) {
        var carry = value
        for index in parts.indices {
            let part = parts[index]
            let sum = carry + part
            let virtual = sum - carry
            parts[index] = (carry - (sum - virtual)) + (part - virtual)
            carry = sum
        }
        parts.append(carry)
    }

    /// The largest part that is not zero: it has the sign of the sum.
    var sign: Double { parts.last { $0 != 0 } ?? 0 }
}
