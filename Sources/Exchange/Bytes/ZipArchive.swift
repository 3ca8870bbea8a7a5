import CZip
import Foundation
import Messages

/// The members of a zip archive and their bytes, by libzip.
///
/// Used by one thread at a time. Nothing is ever unpacked to the disk: the
/// name of a member is a name and no path.
final class ZipArchive {
    /// A member as the archive lists it.
    struct Member {
        /// Its ordinal.
        let index: Int
        /// Its name.
        let name: String
        /// How many bytes it takes in the archive.
        let packedSize: Int
        /// How many bytes it says it unpacks to.
        let size: Int
        /// The way it is packed: 0 stored, 8 deflated.
        fileprivate let method: Int
        fileprivate let isEncrypted: Bool
    }

    /// The path as the user gave it.
    let path: String
    /// The members, in order.
    let members: [Member]

    private let handle: OpaquePointer
    private static let mostMembers = 65_535

    /// Opens an archive in a file.
    ///
    /// - Throws: `Failure`: `.unusableInput`; `.notFound` where libzip is missing.
    convenience init(path: String) throws(Failure) {
        try Self.openLibrary()
        var code: Int32 = 0
        let handle = zip_open(path, ZIP_RDONLY, &code)
        try self.init(handle, path: path)
    }

    /// Opens an archive in memory.
    ///
    /// - Throws: as the other.
    convenience init(_ bytes: [UInt8], path: String) throws(Failure) {
        try Self.openLibrary()
        let isFreedByLibrary: Int32 = 1
        let handle = bytes.withUnsafeBytes { bytes -> OpaquePointer? in
            guard let base = bytes.baseAddress, let copy = malloc(bytes.count) else { return nil }
            memcpy(copy, base, bytes.count)
            guard let source = zip_source_buffer_create(copy, zip_uint64_t(bytes.count), isFreedByLibrary, nil) else {
                free(copy)
                return nil
            }
            if let handle = zip_open_from_source(source, ZIP_RDONLY, nil) { return handle }
            zip_source_free(source)
            return nil
        }
        try self.init(handle, path: path)
    }

    private init(_ handle: OpaquePointer?, path: String) throws(Failure) {
        guard let handle else { throw Failure(.unusableInput, .zipIncomplete(path), hint: .checkSource) }
        self.handle = handle
        self.path = path
        let count = Int(zip_get_num_entries(handle, 0))
        guard count <= Self.mostMembers else {
            zip_discard(handle)
            throw Failure(.unusableInput, .zipTooManyMembers(path, count), hint: .checkSource)
        }
        members = (0..<count).compactMap { Self.member($0, of: handle) }
    }

    deinit { zip_discard(handle) }

    /// Begins to unpack a member.
    ///
    /// - Throws: `Failure` with `.unusableInput` where it is encrypted, or
    ///   packed in another way than stored or deflated.
    func open(_ member: Member) throws(Failure) -> ZipMemberInput {
        guard !member.isEncrypted else { throw unreadable(.zipEncrypted) }
        guard member.method == ZIP_CM_STORE || member.method == ZIP_CM_DEFLATE else {
            throw unreadable(.zipMethod(member.method))
        }
        guard let file = zip_fopen_index(handle, zip_uint64_t(member.index), 0) else {
            throw Failure(.unusableInput, .zipDamagedMember(path, member.name), hint: .checkSource)
        }
        return ZipMemberInput(file, archive: self, member: member)
    }

    /// The bytes of a member.
    ///
    /// - Parameters:
    ///   - member: one of `members`.
    ///   - largest: as many bytes are unpacked at most, whatever the archive says.
    /// - Returns: the bytes; `nil` where there are more.
    /// - Throws: as `open`; `Failure` with `.unusableInput` where they are damaged.
    func content(of member: Member, largest: Int) throws(Failure) -> [UInt8]? {
        let input = try open(member)
        var bytes: [UInt8] = []
        let step = 1 << 16
        while bytes.count <= largest {
            let start = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: step))
            var result: Result<Int, Failure> = .success(0)
            bytes.withUnsafeMutableBytes { buffer in
                result = Result { () throws(Failure) in
                    try input.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
                }
            }
            let count = try result.get()
            bytes.removeLast(step - count)
            if count == 0 { return bytes }
        }
        return nil
    }

    private func unreadable(_ way: Text) -> Failure {
        Failure(.unusableInput, .zipUnreadable(path, way), hint: .unpackFirst)
    }

    private static func member(_ index: Int, of handle: OpaquePointer) -> Member? {
        var status = zip_stat_t()
        guard zip_stat_index(handle, zip_uint64_t(index), 0, &status) == 0, let name = status.name else { return nil }
        return Member(
            index: index, name: String(cString: name), packedSize: Int(clamping: status.comp_size),
            size: Int(clamping: status.size), method: Int(status.comp_method),
            isEncrypted: status.encryption_method != ZIP_EM_NONE)
    }

    private static func openLibrary() throws(Failure) {
        guard let reason = louyu_zip_open() else { return }
        throw Failure(.notFound, .noZipLibrary(String(cString: reason)), hint: .installZipLibrary)
    }
}

/// The bytes of one member, unpacked as they are read.
final class ZipMemberInput {
    private let file: OpaquePointer
    private let archive: ZipArchive
    private let name: String
    /// How many bytes are still to come, if the archive says the truth.
    private var left: Int

    fileprivate init(_ file: OpaquePointer, archive: ZipArchive, member: ZipArchive.Member) {
        (self.file, self.archive, name, left) = (file, archive, member.name, member.size)
    }

    deinit { zip_fclose(file) }

    /// Reads the next bytes into a buffer.
    ///
    /// - Returns: how many; 0 at the end, where size and checksum are as the
    ///   archive says.
    /// - Throws: `Failure` with `.unusableInput` where they are damaged, or
    ///   more or fewer than the archive says.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        guard let base = buffer.baseAddress, !buffer.isEmpty else { return 0 }
        let count = Int(zip_fread(file, base, zip_uint64_t(buffer.count)))
        // libzip compares checksums, but takes any size.
        guard count >= 0, count <= left, count > 0 || left == 0 else {
            throw Failure(.unusableInput, .zipDamagedMember(archive.path, name), hint: .checkSource)
        }
        left -= count
        return count
    }
}
