import CZlib
import Foundation
public import Messages

/// A file read from its beginning to its end; gzip is unpacked on the way.
///
/// Used by one thread at a time.
public final class ByteInput {
    /// The path as the user gave it; `-` is standard input.
    public let path: String
    /// The size of the file in bytes; `nil` where it is a pipe.
    public let size: Int?
    /// Bytes taken from the file so far, before unpacking.
    public private(set) var bytesRead = 0

    /// The longest record that a reader may keep whole, in bytes. Of packed
    /// data it grows with what was read of the file, at a rate beyond that of
    /// honest data: a small file that unpacks to a large one stays small.
    public var longestRecord: Int { packed == nil ? .max : Self.harmlessRecord + Self.packingRatio * bytesRead }

    private static let harmlessRecord = 4 << 20
    private static let packingRatio = 16

    private let descriptor: Int32
    private let hash: ContentHash?
    private var packed: GzipDecoder?
    private var lookahead: [UInt8] = []
    private var lookaheadOffset = 0

    /// Opens a file; `-` is standard input.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - hashing: whether the bytes of the file, as they stand on disk, go
    ///     into a `contentHash()` as they are read.
    /// - Throws: `Failure` with `.notFound` or `.inputOutput`.
    public init(path: String, hashing: Bool = false) throws(Failure) {
        self.path = path
        hash = hashing ? try ContentHash() : nil
        descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw Failure(.notFound, .noSuchFile(path), hint: .checkPath) }
            throw Failure(.inputOutput, .cannotOpen(path, String(cString: strerror(errno))), hint: .checkPath)
        }
        var status = stat()
        let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        size = isFile ? Int(status.st_size) : nil
        lookahead = try readRaw(atMost: 65536)
        if lookahead.starts(with: [0x1F, 0x8B]) { packed = GzipDecoder() }
    }

    /// Takes over an open descriptor, which is closed with the input.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    init(descriptor: Int32, path: String) throws(Failure) {
        (self.descriptor, self.path, size, hash) = (descriptor, path, nil, nil)
        lookahead = try readRaw(atMost: 65536)
        if lookahead.starts(with: [0x1F, 0x8B]) { packed = GzipDecoder() }
    }

    deinit {
        close(descriptor)
        piece?.deallocate()
    }

    /// The first bytes, unpacked, without taking them; fewer at the end of
    /// a short file.
    ///
    /// - Throws: `Failure` with `.inputOutput` or `.unusableInput`.
    public func peek(_ count: Int) throws(Failure) -> [UInt8] {
        if packed != nil {
            if let peeked, peeked.count >= count { return Array(peeked.prefix(count)) }
            var bytes = peeked ?? []
            while bytes.count < count {
                var chunk = [UInt8](repeating: 0, count: max(count, 65536))
                let got = try read(unpackedInto: &chunk)
                if got == 0 { break }
                bytes += chunk[..<got]
            }
            peeked = bytes
            return Array(bytes.prefix(count))
        }
        while lookahead.count - lookaheadOffset < count {
            let more = try readRaw(atMost: 65536)
            if more.isEmpty { break }
            lookahead += more
        }
        return Array(lookahead[lookaheadOffset...].prefix(count))
    }

    private var peeked: [UInt8]?

    /// Reads the next bytes into a buffer.
    ///
    /// - Returns: how many; 0 at the end of the file.
    /// - Throws: `Failure` with `.inputOutput`, or `.unusableInput` for
    ///   damaged gzip.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        if let bytes = peeked, !bytes.isEmpty {
            let count = min(bytes.count, buffer.count)
            buffer.copyBytes(from: bytes[..<count])
            peeked = Array(bytes[count...])
            return count
        }
        guard packed != nil else { return try readPlain(into: buffer) }
        return try readUnpacked(into: buffer)
    }

    /// Appends up to `count` bytes to an array, at most 256 KiB at a time.
    ///
    /// - Returns: how many; 0 at the end of the file.
    public func read(appendingTo bytes: inout [UInt8], atMost count: Int) throws(Failure) -> Int {
        let piece = piece ?? .allocate(byteCount: Self.pieceSize, alignment: 16)
        self.piece = piece
        let got = try read(into: UnsafeMutableRawBufferPointer(rebasing: piece[..<min(count, Self.pieceSize)]))
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece[..<got]))
        return got
    }

    private var piece: UnsafeMutableRawBufferPointer?
    private static let pieceSize = 1 << 18

    private func read(unpackedInto chunk: inout [UInt8]) throws(Failure) -> Int {
        var result: Result<Int, Failure> = .success(0)
        chunk.withUnsafeMutableBytes { buffer in
            result = Result { () throws(Failure) in try readUnpacked(into: buffer) }
        }
        return try result.get()
    }

    private func readPlain(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        if lookaheadOffset < lookahead.count {
            let count = min(buffer.count, lookahead.count - lookaheadOffset)
            buffer.copyBytes(from: lookahead[lookaheadOffset..<lookaheadOffset + count])
            lookaheadOffset += count
            if lookaheadOffset == lookahead.count { (lookahead, lookaheadOffset) = ([], 0) }
            return count
        }
        return try readDescriptor(into: buffer)
    }

    private func readUnpacked(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        guard let packed else { return 0 }
        while true {
            let got = packed.unpack(into: buffer)
            if got > 0 { return got }
            if packed.isDamaged { throw Failure(.unusableInput, .damagedCompression(path)) }
            let more = lookahead.isEmpty ? try readRaw(atMost: 262_144) : lookahead
            lookahead = []
            if more.isEmpty {
                if packed.isInsideMember { throw Failure(.unusableInput, .damagedCompression(path)) }
                return 0
            }
            packed.feed(more)
        }
    }

    private func readRaw(atMost count: Int) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var result: Result<Int, Failure> = .success(0)
        bytes.withUnsafeMutableBytes { buffer in
            result = Result { () throws(Failure) in try readDescriptor(into: buffer) }
        }
        bytes.removeLast(count - (try result.get()))
        return bytes
    }

    /// The SHA-256 of the whole file as it stands on disk, in hexadecimal;
    /// `nil` unless opened with `hashing`. What has not been read yet is read
    /// and lost: call it last.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    public func contentHash() throws(Failure) -> String? {
        guard let hash else { return nil }
        while !(try readRaw(atMost: 262_144)).isEmpty {}
        return try hash.hex()
    }

    private func readDescriptor(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        while true {
            let got = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if got >= 0 {
                bytesRead += got
                hash?.update(UnsafeRawBufferPointer(rebasing: buffer[..<got]))
                return got
            }
            if errno == EINTR { continue }
            throw Failure(.inputOutput, .readFailed(path, String(cString: strerror(errno))), hint: .checkPath)
        }
    }
}
