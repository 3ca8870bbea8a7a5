/// How much two texts have in common.
enum TextLikeness {
    /// The pairs of neighbouring characters of a text, each once; a single
    /// character is its own pair.
    static func pairs(_ text: String) -> [UInt64] {
        let scalars = Array(text.unicodeScalars)
        guard scalars.count > 1 else { return scalars.map { UInt64($0.value) } }
        var pairs: [UInt64] = []
        pairs.reserveCapacity(scalars.count - 1)
        for index in 1..<scalars.count {
            let pair = UInt64(scalars[index - 1].value) << 32 | UInt64(scalars[index].value)
            if !pairs.contains(pair) { pairs.append(pair) }
        }
        return pairs
    }

    /// The pairs of a text, and its single characters, by which short names
    /// with one wrong character are found.
    static func keys(_ text: String) -> [UInt64] { pairs(text) + text.unicodeScalars.map { UInt64($0.value) } }

    /// The share of pairs that two texts have in common (Dice 1945), 0 to 1.
    static func share(_ a: [UInt64], _ b: [UInt64]) -> Double {
        guard !a.isEmpty, !b.isEmpty else { return 0 }
        let common = a.count { b.contains($0) }
        return 2 * Double(common) / Double(a.count + b.count)
    }
}
