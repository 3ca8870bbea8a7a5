import Foundation
import Messages

/// A file that several threads read at any place.
final class RandomAccessFile: Sendable {
    /// The path.
    let path: String
    /// Its size in bytes when it was opened.
    let size: Int
    private let descriptor: Int32

    /// - Throws: `Failure`: `.notFound`, `.inputOutput`, `.unusableInput` for
    ///   what is no file.
    init(path: String) throws(Failure) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw Failure(.notFound, .noSuchFile(path), hint: .checkPath) }
            throw Failure(.inputOutput, .cannotOpen(path, String(cString: strerror(errno))), hint: .checkPath)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw Failure(.unusableInput, .notRegularFile(path), hint: .checkPath)
        }
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Fills a buffer from an offset of the file.
    ///
    /// - Returns: how many bytes; fewer only at the end of the file.
    /// - Throws: `Failure` with `.inputOutput`.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        var filled = 0
        while filled < buffer.count {
            let got = pread(
                descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled, off_t(offset + filled))
            if got == 0 { break }
            if got < 0 {
                if errno == EINTR { continue }
                throw Failure(.inputOutput, .readFailed(path, String(cString: strerror(errno))), hint: .checkPath)
            }
            filled += got
        }
        return filled
    }

    /// The bytes from an offset on, at most so many.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    func bytes(at offset: Int, atMost count: Int) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(0, min(count, size - offset)))
        var result: Result<Int, Failure> = .success(0)
        bytes.withUnsafeMutableBytes { buffer in
            result = Result { () throws(Failure) in try read(at: offset, into: buffer) }
        }
        bytes.removeLast(bytes.count - (try result.get()))
        return bytes
    }
}
