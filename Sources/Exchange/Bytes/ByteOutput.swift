import Foundation
public import Messages

/// Buffered writing to a file or standard output.
///
/// A file is written beside its place under another name and renamed by
/// `commit`, so that nobody sees half of it; an output that is dropped
/// without `commit` leaves nothing behind. What is no file (a device, a named
/// pipe, an open file by its number) is written to as it stands.
public final class ByteOutput {
    /// The path as the user gave it; `-` is standard output.
    public let path: String

    private let descriptor: Int32
    private let part: PartFile?
    private let taken: Failure?
    private var buffer: [UInt8] = []
    private static let capacity = 1 << 18

    /// Opens an output; `-` is standard output.
    ///
    /// - Throws: `Failure` with `.cannotCreate` where the file exists and may
    ///   not be replaced, is a folder, or cannot be made.
    public init(path: String, overwrite: Bool = false) throws(Failure) {
        self.path = path
        taken = overwrite ? nil : Failure(.cannotCreate, .outputExists(path), hint: .useOverwrite)
        buffer.reserveCapacity(Self.capacity + 65536)
        guard path != "-" else {
            (descriptor, part) = (dup(1), nil)
            return
        }
        switch PathKind(output: path) {
        case .absent: break
        case .folder: throw Failure(.cannotCreate, .isFolder(path), hint: .nameAFile)
        case .file: if let taken { throw taken }
        case .device:
            descriptor =
                OutputPlace(path).descriptor.map(OutputPlace.duplicate) ?? open(path, O_WRONLY | O_CLOEXEC)
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
    /// - Throws: `Failure` with `.inputOutput`, or `.cannotCreate` where a file
    ///   came meanwhile that may not be replaced.
    public func commit() throws(Failure) {
        try flush()
        try part?.publish(orIfTaken: taken)
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
