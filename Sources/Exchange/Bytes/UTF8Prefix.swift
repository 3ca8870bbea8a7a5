/// Finds where bytes stop being UTF-8 (RFC 3629: no overlong forms, no
/// surrogates, nothing above U+10FFFF).
enum UTF8Prefix {
    /// The length of the longest valid beginning, and how many characters in
    /// it are beyond ASCII.
    ///
    /// - Complexity: O(bytes); ASCII eight bytes a step.
    static func measure(_ bytes: UnsafeRawBufferPointer) -> (count: Int, beyondASCII: Int) {
        var offset = 0
        var beyondASCII = 0
        let count = bytes.count
        while offset < count {
            if bytes[offset] < 0x80 {
                while offset + 8 <= count,
                    bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
                {
                    offset += 8
                }
                while offset < count, bytes[offset] < 0x80 { offset += 1 }
                continue
            }
            let length = sequenceLength(bytes, at: offset)
            if length == 0 { break }
            beyondASCII += 1
            offset += length
        }
        return (offset, beyondASCII)
    }

    /// The length of the valid sequence of two to four bytes there; 0 for none.
    @inline(__always)
    private static func sequenceLength(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
        let left = bytes.count - offset
        let first = bytes[offset]
        guard first >= 0xC2, left >= 2 else { return 0 }
        let second = bytes[offset + 1]
        if first < 0xE0 { return second & 0xC0 == 0x80 ? 2 : 0 }
        guard left >= 3, second & 0xC0 == 0x80, bytes[offset + 2] & 0xC0 == 0x80 else { return 0 }
        if first < 0xF0 {
            let isOverlong = first == 0xE0 && second < 0xA0
            let isSurrogate = first == 0xED && second >= 0xA0
            return isOverlong || isSurrogate ? 0 : 3
        }
        guard left >= 4, first < 0xF5, bytes[offset + 3] & 0xC0 == 0x80 else { return 0 }
        let isOverlong = first == 0xF0 && second < 0x90
        let isTooLarge = first == 0xF4 && second >= 0x90
        return isOverlong || isTooLarge ? 0 : 4
    }
}
