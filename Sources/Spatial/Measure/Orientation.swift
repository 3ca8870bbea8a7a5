/// On which side of a line a position lies, exactly.
///
/// A floating-point filter answers almost always; where its error bound does
/// not, the determinant is summed exactly, barring underflow. After J. R.
/// Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust
/// Geometric Predicates", 1997, https://doi.org/10.1007/PL00009321.
enum Orientation {
    /// The orientation of c to the line a → b.
    ///
    /// - Returns: positive where c lies left of a → b, negative where right,
    ///   0 exactly where on it (or where an ordinate is NaN).
    @inline(__always)
    static func sign(_ a: LonLat, _ b: LonLat, _ c: LonLat) -> Double {
        sign(
            SIMD2(a.longitude, a.latitude), SIMD2(b.longitude, b.latitude), SIMD2(c.longitude, c.latitude))
    }

    /// The orientation of c to the line a → b, for points of a plane.
    @inline(__always)
    static func sign(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>) -> Double {
        let left = (a.x - c.x) * (b.y - c.y)
        let right = (a.y - c.y) * (b.x - c.x)
        let determinant = left - right
        let errorBound = 3.330_669_073_875_471_6e-16 * (abs(left) + abs(right))
        return abs(determinant) >= errorBound ? determinant : exactSign(a, b, c)
    }

    /// The sign of the determinant by expansion arithmetic: six products, each
    /// as a sum of two numbers, added without rounding.
    @inline(never)
    private static func exactSign(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>) -> Double {
        var sum = Expansion()
        sum.add(product: a.x, b.y)
        sum.add(product: -a.y, b.x)
        sum.add(product: b.x, c.y)
        sum.add(product: -b.y, c.x)
        sum.add(product: c.x, a.y)
        sum.add(product: -c.y, a.x)
        return sum.leading
    }
}

/// An unevaluated sum of doubles that do not overlap, smallest first.
private struct Expansion {
    private var components = SIMD16<Double>.zero
    private var count = 0

    mutating func add(product a: Double, _ b: Double) {
        let product = a * b
        add((-product).addingProduct(a, b))
        add(product)
    }

    private mutating func add(_ value: Double) {
        var carry = value
        for place in 0..<count {
            let component = components[place]
            let sum = carry + component
            let part = sum - carry
            components[place] = (carry - (sum - part)) + (component - part)
            carry = sum
        }
        components[count] = carry
        count += 1
    }

    /// The largest component that is not zero: it has the sign of the sum.
    var leading: Double {
        for place in stride(from: count - 1, through: 0, by: -1) where components[place] != 0 {
            return components[place]
        }
        return 0
    }
}
