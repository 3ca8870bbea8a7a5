/// A small generator whose sequence is fixed by its seed and the place it is
/// used at, so that every part of a city can be made again on its own.
///
/// Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
/// doi:10.1145/2660193.2660195.
struct SplitMix64 {
    private var state: UInt64

    /// What a sequence of random numbers is for.
    enum Purpose: UInt64 {
        case warpEast = 1
        case warpNorth, hills, knolls, split, block, building, green, merge, street, station, border, ledger, enterprise
    }

    init(seed: UInt64) { state = seed }

    /// The generator of one place for one purpose.
    init(seed: UInt64, _ purpose: Purpose, _ a: Int, _ b: Int) {
        var mixer = SplitMix64(seed: seed &+ purpose.rawValue &* 0xA24B_AED4_963E_E407)
        let first = mixer.next() ^ UInt64(bitPattern: Int64(a))
        mixer = SplitMix64(seed: first &* 0x9FB2_1C65_1E98_DF25)
        state = mixer.next() ^ UInt64(bitPattern: Int64(b))
        state = next()
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number between two others.
    mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

    /// A whole number between two others, both included.
    mutating func integer(_ low: Int, _ high: Int) -> Int { low + Int(next() % UInt64(high - low + 1)) }

    /// True in that share of cases.
    mutating func chance(_ share: Double) -> Bool { unit() < share }

    /// One of several.
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[integer(0, choices.count - 1)] }
}
