import Foundation
public import Messages

/// Buffered writing to a file or standard output.
///
/// A file is written beside its place under another name and renamed by
/// `commit`, so that nobody sees half of it; an output that is dropped
/// without `commit` leaves nothing behind. What is no file (a device, a named
/// pipe) is written to as it stands.
public final class ByteOutput {
    /// The path as the user gave it; `-` is standard output.
    public let path: String

    private let descriptor: Int32
    private let part: PartFile?
    private var buffer: [UInt8] = []
    private static let capacity = 1 << 18

    /// Opens an output; `-` is standard output.
    ///
    /// - Throws: `Failure` with `.cannotCreate` where the file exists and may
    ///   not be replaced, is a folder, or cannot be made.
    public init(path: String, overwrite: Bool = false) throws(Failure) {
        self.path = path
        buffer.reserveCapacity(Self.capacity + 65536)
        guard path != "-" else {
            (descriptor, part) = (dup(1), nil)
            return
        }
        switch PathKind(path: path) {
        case .absent: break
        case .folder: throw Failure(.cannotCreate, .outputIsFolder(path), hint: .nameAFile)
        case .file: if !overwrite { throw Failure(.cannotCreate, .outputExists(path), hint: .useOverwrite) }
        case .device:
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
            part = nil
            guard descriptor >= 0 else {
                throw Failure(.cannotCreate, .cannotOpen(path, String(cString: strerror(errno))), hint: .freeSpace)
            }
            return
        }
        let part = try PartFile(beside: path)
        (descriptor, self.part) = (part.descriptor, part)
    }

    deinit {
        if let part {
            if !isCommitted { part.discard() }
        } else {
            close(descriptor)
        }
    }

    private var isCommitted = false

    /// Appends bytes.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    public func write(_ bytes: some Collection<UInt8>) throws(Failure) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.capacity { try flush() }
    }

    /// Appends a text as UTF-8.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    public func write(_ text: String) throws(Failure) { try write(text.utf8) }

    /// Lets `body` append straight to the buffer.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    public func append(_ body: (inout [UInt8]) -> Void) throws(Failure) {
        body(&buffer)
        if buffer.count >= Self.capacity { try flush() }
    }

    /// Writes what is left and gives the file its name.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    public func commit() throws(Failure) {
        try flush()
        if let part {
            guard fsync(descriptor) == 0, rename(part.temporaryPath, path) == 0 else { throw failure() }
        }
        isCommitted = true
    }

    private func flush() throws(Failure) {
        var offset = 0
        while offset < buffer.count {
            let wrote = buffer.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress?.advanced(by: offset), $0.count - offset)
            }
            if wrote < 0 {
                if errno == EINTR { continue }
                throw failure()
            }
            offset += wrote
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func failure() -> Failure {
        let reason = String(cString: strerror(errno))
        return Failure(
            .inputOutput, path == "-" ? .standardOutputFailed(reason) : .writeFailed(path, reason), hint: .freeSpace)
    }
}
