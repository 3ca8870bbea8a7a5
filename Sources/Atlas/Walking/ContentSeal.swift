/// Tells content that was kept in an atlas from content that was damaged,
/// exchanged, or brought there from another atlas.
///
/// No protection against forgery: what is read is checked all the same.
struct ContentSeal {
    private let salt: UInt64

    /// A seal for content of this name, worked out of this state of the rows.
    init(_ words: String...) {
        salt = words.reduce(0) { salt, word in Array(word.utf8).withUnsafeBytes { Self.digest($0, salt: salt) } }
    }

    private static let size = MemoryLayout<UInt64>.size

    /// The content with its seal behind it.
    func sealed(_ content: [UInt8]) -> [UInt8] {
        let digest = content.withUnsafeBytes { Self.digest($0, salt: salt) }
        return content + withUnsafeBytes(of: digest.littleEndian) { Array($0) }
    }

    /// The content without its seal; `nil` where the seal is not its own.
    func opened(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard bytes.count >= Self.size else { return nil }
        let content = UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count - Self.size)])
        let seal = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: content.count, as: UInt64.self))
        return seal == Self.digest(content, salt: salt) ? content : nil
    }

    /// Four chains of multiplication side by side, then the rest. Each step can
    /// be undone, so that content with one word changed has another digest.
    ///
    /// - Complexity: O(bytes); some milliseconds a hundred megabytes.
    private static func digest(_ bytes: UnsafeRawBufferPointer, salt: UInt64) -> UInt64 {
        let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
        @inline(__always)
        func step(_ chain: UInt64, _ word: UInt64) -> UInt64 {
            let product = (chain ^ word) &* factor
            return product << 29 | product >> 35
        }
        @inline(__always)
        func word(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        var (a, b, c, d) = (salt, salt &+ 1, salt &+ 2, salt &+ 3)
        var offset = 0
        while offset + 4 * size <= bytes.count {
            a = step(a, word(offset))
            b = step(b, word(offset + size))
            c = step(c, word(offset + 2 * size))
            d = step(d, word(offset + 3 * size))
            offset += 4 * size
        }
        var digest = step(step(step(step(UInt64(bytes.count), a), b), c), d)
        while offset < bytes.count {
            digest = step(digest, UInt64(bytes[offset]))
            offset += 1
        }
        return digest ^ digest >> 32
    }
}
