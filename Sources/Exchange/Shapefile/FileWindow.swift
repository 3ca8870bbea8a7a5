import Foundation
import Messages

/// A file read at any place through a window of some size; one thread at a time.
final class FileWindow {
    /// The path.
    let path: String
    /// The size of the file in bytes when it was opened.
    let size: Int

    private let descriptor: Int32
    private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 8)
    private var start = 0
    private var filled = 0

    /// - Throws: `Failure` with `.notFound` or `.inputOutput`.
    init(path: String) throws(Failure) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw Failure(.notFound, .noSuchFile(path), hint: .checkPath) }
            throw Failure(.inputOutput, .cannotOpen(path, String(cString: strerror(errno))), hint: .checkPath)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            size = 0
            throw Failure(.unusableInput, .notRegularFile(path), hint: .checkPath)
        }
        size = Int(status.st_size)
    }

    deinit {
        close(descriptor)
        buffer.deallocate()
    }

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
        while filled < wanted {
            let got = pread(
                descriptor, buffer.baseAddress?.advanced(by: filled), wanted - filled, off_t(offset + filled))
            if got == 0 { break }
            if got < 0 {
                if errno == EINTR { continue }
                throw Failure(.inputOutput, .readFailed(path, String(cString: strerror(errno))), hint: .checkPath)
            }
            filled += got
        }
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
