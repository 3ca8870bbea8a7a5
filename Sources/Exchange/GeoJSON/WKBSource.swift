/// Walks through the little-endian ISO WKB of a batch, bounding every count
/// by the bytes left.
struct WKBSource {
    struct Header {
        /// 1 to 7.
        let type: UInt32
        let hasZ: Bool
        /// Bytes a position takes.
        let stride: Int
    }

    let bytes: UnsafeRawBufferPointer
    var offset = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The next header, or `nil` where there is none.
    mutating func header() -> Header? {
        guard offset + 5 <= bytes.count, bytes[offset] == 1 else { return nil }
        let code = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 1, as: UInt32.self))
        offset += 5
        let (dimensions, type) = (code / 1000, code % 1000)
        guard dimensions <= 3, type >= 1, type <= 7 else { return nil }
        return Header(
            type: type, hasZ: dimensions & 1 == 1, stride: dimensions == 0 ? 16 : dimensions == 3 ? 32 : 24)
    }

    /// The next count of things that take so many bytes each, or `nil`.
    mutating func count(atLeast size: Int) -> Int? {
        guard offset + 4 <= bytes.count else { return nil }
        let count = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        offset += 4
        return count <= (bytes.count - offset) / size ? count : nil
    }

    /// The double so many bytes on; it must be there.
    @inline(__always)
    func double(_ distance: Int) -> Double {
        Double(
            bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + distance, as: UInt64.self)))
    }
}
