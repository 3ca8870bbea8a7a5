import CZlib
import Spatial

/// The heights of a tile as they are stored: its `.hgt` file in zlib's format
/// (RFC 1950).
enum PackedHeights {
    static func pack(_ tile: ElevationTile) -> [UInt8] {
        let bytes = tile.hgt
        let room = compressBound(UInt(bytes.count))
        return [UInt8](unsafeUninitializedCapacity: Int(room)) { packed, count in
            var size = room
            let status = compress2(packed.baseAddress, &size, bytes, UInt(bytes.count), Z_DEFAULT_COMPRESSION)
            precondition(status == Z_OK, "zlib refuses to pack")
            count = Int(size)
        }
    }

    /// The tile; `nil` where the bytes or the numbers are none of a tile.
    static func unpack(_ packed: UnsafeRawBufferPointer, south: Int, west: Int, side: Int) -> ElevationTile? {
        guard ElevationTile.sides.contains(side), let start = packed.baseAddress else { return nil }
        let expected = 2 * side * side
        var isWhole = false
        let bytes = [UInt8](unsafeUninitializedCapacity: expected) { bytes, count in
            var size = UInt(expected)
            let status = uncompress(
                bytes.baseAddress, &size, start.assumingMemoryBound(to: UInt8.self), UInt(packed.count))
            isWhole = status == Z_OK && size == UInt(expected)
            count = Int(size)
        }
        guard isWhole else { return nil }
        return bytes.withUnsafeBytes { ElevationTile(south: south, west: west, side: side, hgt: $0) }
    }
}
