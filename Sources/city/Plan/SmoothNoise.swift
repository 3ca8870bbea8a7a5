import Foundation

/// Numbers in -1...1 that change smoothly over the plane: random values at
/// whole coordinates, blended between them.
///
/// Uses only operations that IEEE 754 fixes to the last bit, so that every
/// machine makes the same city.
struct SmoothNoise {
    private let seed: UInt64

    init(seed: UInt64, _ purpose: SplitMix64.Purpose) {
        var mixer = SplitMix64(seed: seed, purpose, 0, 0)
        self.seed = mixer.next()
    }

    func value(_ x: Double, _ y: Double) -> Double {
        let (floorX, floorY) = (x.rounded(.down), y.rounded(.down))
        let (i, j) = (Int64(floorX), Int64(floorY))
        let (s, t) = (smoothStep(x - floorX), smoothStep(y - floorY))
        let low = corner(i, j) * (1 - s) + corner(i + 1, j) * s
        let high = corner(i, j + 1) * (1 - s) + corner(i + 1, j + 1) * s
        return low * (1 - t) + high * t
    }

    private func corner(_ i: Int64, _ j: Int64) -> Double {
        var z = seed &+ UInt64(bitPattern: i) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = z &+ UInt64(bitPattern: j) &* 0xD1B5_4A32_D192_ED03
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        z ^= z >> 31
        return Double(z >> 11) * 0x1p-52 - 1
    }
}

/// 0 below 0, 1 above 1, and a smooth rise between.
func smoothStep(_ t: Double) -> Double {
    let t = min(max(t, 0), 1)
    return t * t * (3 - 2 * t)
}

/// A smooth curve through evenly spaced values (Catmull-Rom).
struct Profile {
    private let values: [Double]
    private let spacing: Double

    /// Makes a curve whose first value stands at 0.
    init(spacing: Double, _ values: [Double]) {
        self.values = values
        self.spacing = spacing
    }

    /// The value at a place; beyond the ends the last value holds.
    func callAsFunction(_ place: Double) -> Double {
        let scaled = min(max(place / spacing, 0), Double(values.count - 1))
        let index = min(Int(scaled), values.count - 2)
        let t = scaled - Double(index)
        let (b, c) = (values[index], values[index + 1])
        let a = index > 0 ? values[index - 1] : b
        let d = index + 2 < values.count ? values[index + 2] : c
        let cubic = 3 * (b - c) + d - a
        let square = 2 * a - 5 * b + 4 * c - d
        return b + 0.5 * t * (c - a + t * (square + t * cubic))
    }
}
