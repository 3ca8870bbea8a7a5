import Foundation
import Messages

/// A file read at any place through a window of some size; one thread at a time.
final class FileWindow {
    private let file: RandomAccessFile
    private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 8)
    private var start = 0
    private var filled = 0

    /// The path.
    var path: String { file.path }
    /// The size of the file in bytes when it was opened.
    var size: Int { file.size }

    /// - Throws: `Failure`: `.notFound`, `.inputOutput`, `.unusableInput` for
    ///   what is no file.
    init(path: String) throws(Failure) { file = try RandomAccessFile(path: path) }

    deinit { buffer.deallocate() }

    /// The bytes at a place, valid until the next call; `nil` where the file
    /// does not have them all.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    func bytes(at offset: Int, count: Int) throws(Failure) -> UnsafeRawBufferPointer? {
        guard offset >= 0, count >= 0, offset <= size, count <= size - offset else { return nil }
        if offset < start || offset + count > start + filled { try fill(at: offset, atLeast: count) }
        guard offset + count <= start + filled else { return nil }
        return UnsafeRawBufferPointer(rebasing: buffer[(offset - start)..<(offset - start + count)])
    }

    private static let jumpSize = 4096

    /// Reads a whole window where the file is walked through, little where it is jumped in.
    private func fill(at offset: Int, atLeast count: Int) throws(Failure) {
        if count > buffer.count {
            buffer.deallocate()
            buffer = .allocate(byteCount: count, alignment: 8)
        }
        let isWalk = offset >= start && offset <= start + filled + Self.jumpSize
        let wanted = isWalk ? buffer.count : max(count, min(Self.jumpSize, buffer.count))
        (start, filled) = (offset, 0)
        filled = try file.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
    }
}

extension UnsafeRawBufferPointer {
    /// A little-endian integer; the place must be inside.
    func littleEndian<Number: FixedWidthInteger>(_ offset: Int, as type: Number.Type = Number.self) -> Number {
        Number(littleEndian: loadUnaligned(fromByteOffset: offset, as: type))
    }

    /// A big-endian integer; the place must be inside.
    func bigEndian<Number: FixedWidthInteger>(_ offset: Int, as type: Number.Type = Number.self) -> Number {
        Number(bigEndian: loadUnaligned(fromByteOffset: offset, as: type))
    }

    /// A little-endian double; the place must be inside.
    func double(_ offset: Int) -> Double { Double(bitPattern: littleEndian(offset, as: UInt64.self)) }
}
