/// A set of place numbers that is read off in order: a bit for each.
struct MarkedPlaces: ~Copyable {
    private let words: UnsafeMutablePointer<UInt64>
    private let wordCount: Int

    init(count: Int) {
        wordCount = (count + 63) / 64
        words = .allocate(capacity: wordCount)
        words.initialize(repeating: 0, count: wordCount)
    }

    deinit { words.deallocate() }

    @inline(__always)
    func insert(_ place: UInt32) { words[Int(place >> 6)] |= 1 << UInt64(place & 63) }

    /// Takes all numbers out, the lowest first.
    ///
    /// - Complexity: O(room / 64 + numbers).
    @inline(__always)
    func removeAll(_ body: (UInt32) -> Void) {
        for word in 0..<wordCount where words[word] != 0 {
            var bits = words[word]
            words[word] = 0
            while bits != 0 {
                body(UInt32(truncatingIfNeeded: word << 6 | bits.trailingZeroBitCount))
                bits &= bits &- 1
            }
        }
    }
}
