/// Compresses with fixed codes (RFC 1951), looking for repeats at two given
/// distances alone: what a grid of heights is made of.
///
/// zlib would do better, but its output differs from version to version.
struct Deflate {
    private var bytes: [UInt8] = []
    private var bits: UInt64 = 0
    private var bitCount: UInt64 = 0

    private static let lengthBases: [Int] = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let distanceBases: [Int] = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145,
    ]

    /// The compressed form of some bytes.
    static func compress(_ input: [UInt8], distances: [Int]) -> [UInt8] {
        var deflate = Deflate()
        deflate.put(3, 3)
        var place = 0
        while place < input.count {
            var best = (length: 0, distance: 0)
            for distance in distances where distance <= place {
                let length = matchLength(input, place, distance)
                if length > best.length { best = (length, distance) }
            }
            if best.length >= 3 {
                deflate.putRepeat(best.length, best.distance)
                place += best.length
            } else {
                deflate.putSymbol(Int(input[place]))
                place += 1
            }
        }
        deflate.putSymbol(256)
        deflate.put(0, (8 - deflate.bitCount % 8) % 8)
        return deflate.bytes
    }

    /// How many bytes, at most 258, are the same as those that far before.
    private static func matchLength(_ input: [UInt8], _ place: Int, _ distance: Int) -> Int {
        input.withUnsafeBufferPointer { bytes in
            let end = min(place + 258, bytes.count)
            var next = place
            while next < end && bytes[next] == bytes[next - distance] { next += 1 }
            return next - place
        }
    }

    /// Appends bits, the lowest first.
    private mutating func put(_ value: UInt64, _ count: UInt64) {
        bits |= value << bitCount
        bitCount += count
        while bitCount >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            bitCount -= 8
        }
    }

    /// Appends a code, the highest bit first.
    private mutating func putCode(_ code: Int, _ count: UInt64) {
        var reversed: UInt64 = 0
        for bit in 0..<count where code >> Int(bit) & 1 == 1 { reversed |= 1 << (count - 1 - bit) }
        put(reversed, count)
    }

    private mutating func putSymbol(_ symbol: Int) {
        switch symbol {
        case ..<144: putCode(0x30 + symbol, 8)
        case ..<256: putCode(0x190 + symbol - 144, 9)
        case ..<280: putCode(symbol - 256, 7)
        default: putCode(0xC0 + symbol - 280, 8)
        }
    }

    private mutating func putRepeat(_ length: Int, _ distance: Int) {
        let lengthCode = (Self.lengthBases.lastIndex { $0 <= length }) ?? 0
        putSymbol(257 + lengthCode)
        let lengthBits = lengthCode < 8 || lengthCode == 28 ? 0 : (lengthCode - 4) / 4
        put(UInt64(length - Self.lengthBases[lengthCode]), UInt64(lengthBits))
        let distanceCode = (Self.distanceBases.lastIndex { $0 <= distance }) ?? 0
        putCode(distanceCode, 5)
        put(UInt64(distance - Self.distanceBases[distanceCode]), UInt64(max(0, distanceCode / 2 - 1)))
    }
}
