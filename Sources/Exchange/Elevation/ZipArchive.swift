import CZlib
import Messages

/// The list of members of a zip archive in memory, and their bytes
/// (PKWARE APPNOTE 6.3, sections 4.3 and 4.4).
struct ZipArchive {
    /// A member as the central directory lists it.
    struct Member {
        let name: String
        let flags: Int
        let method: Int
        let checksum: UInt32
        let packedSize: Int
        let size: Int
        let headerOffset: Int
    }

    /// The members, in order.
    let members: [Member]

    private let bytes: [UInt8]
    private let path: String

    /// Reads the list.
    ///
    /// - Throws: `Failure` with `.unusableInput`.
    init(_ bytes: [UInt8], path: String) throws(Failure) {
        (self.bytes, self.path) = (bytes, path)
        guard let end = Self.endRecord(of: bytes) else { throw Self.incomplete(path) }
        let counts = [4, 6, 8, 10].map { Self.number(bytes, end + $0, 2) ?? 0 }
        let (directorySize, directory) = (Self.number(bytes, end + 12, 4) ?? 0, Self.number(bytes, end + 16, 4) ?? 0)
        guard counts[3] != 0xFFFF, directorySize != 0xFFFF_FFFF, directory != 0xFFFF_FFFF else {
            throw Self.unreadable(path, .zip64)
        }
        guard counts[0] == 0, counts[1] == 0, counts[2] == counts[3] else { throw Self.unreadable(path, .zipSplit) }
        guard directory + directorySize <= end else { throw Self.incomplete(path) }
        var members: [Member] = []
        var offset = directory
        for _ in 0..<counts[3] {
            guard let (member, next) = Self.entry(bytes, at: offset), next <= directory + directorySize else {
                throw Self.incomplete(path)
            }
            members.append(member)
            offset = next
        }
        self.members = members
    }

    /// The bytes of a member.
    ///
    /// - Parameters:
    ///   - member: one of `members`.
    ///   - largest: as many bytes are unpacked at most, whatever the archive claims.
    /// - Returns: the bytes, as many as the archive says and with its checksum.
    /// - Throws: `Failure` with `.unusableInput` where it is encrypted, packed
    ///   in another way than stored or deflated, larger, or damaged.
    func content(of member: Member, largest: Int) throws(Failure) -> [UInt8] {
        if [member.packedSize, member.size, member.headerOffset].contains(0xFFFF_FFFF) {
            throw Self.unreadable(path, .zip64)
        }
        let (encrypted, stronglyEncrypted, hidden) = (1, 1 << 6, 1 << 13)
        guard member.flags & (encrypted | stronglyEncrypted | hidden) == 0 else {
            throw Self.unreadable(path, .zipEncrypted)
        }
        guard member.method == 0 || member.method == 8 else {
            throw Self.unreadable(path, .zipMethod(member.method))
        }
        guard member.size <= largest else { throw Failure(.unusableInput, .elevationTooLarge(path)) }
        guard let data = data(of: member) else { throw Self.incomplete(path) }
        let content = member.method == 0 ? Array(bytes[data]) : Self.inflated(bytes[data], size: member.size)
        guard let content, content.count == member.size, Self.checksum(content) == member.checksum else {
            throw Failure(.unusableInput, .damagedCompression(path), hint: .checkSource)
        }
        return content
    }

    /// Where the packed bytes of a member lie; its local header has a name and
    /// an extra field of its own.
    private func data(of member: Member) -> Range<Int>? {
        let header = member.headerOffset
        guard Self.number(bytes, header, 4) == 0x0403_4B50, let name = Self.number(bytes, header + 26, 2),
            let extra = Self.number(bytes, header + 28, 2)
        else { return nil }
        let start = header + 30 + name + extra
        return start + member.packedSize <= bytes.count ? start..<start + member.packedSize : nil
    }

    /// Unpacks raw deflate that must give just so many bytes.
    private static func inflated(_ packed: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
        var stream = z_stream()
        let withoutWrapper: Int32 = -15
        guard inflateInit2_(&stream, withoutWrapper, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return nil
        }
        defer { inflateEnd(&stream) }
        var input = Array(packed)
        var isWhole = false
        let content = input.withUnsafeMutableBufferPointer { input in
            // A byte more than there should be tells whether there is more.
            [UInt8](unsafeUninitializedCapacity: size + 1) { output, count in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(size + 1)
                isWhole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0
                count = size + 1 - Int(stream.avail_out)
            }
        }
        return isWhole ? content : nil
    }

    private static func checksum(_ content: [UInt8]) -> UInt32 {
        UInt32(crc32(0, content, UInt32(content.count)))
    }

    /// The offset of the record that ends an archive, a comment behind it.
    private static func endRecord(of bytes: [UInt8]) -> Int? {
        let (size, longestComment) = (22, 0xFFFF)
        var offset = bytes.count - size
        while offset >= max(0, bytes.count - size - longestComment) {
            if number(bytes, offset, 4) == 0x0605_4B50, let comment = number(bytes, offset + 20, 2),
                offset + size + comment <= bytes.count
            {
                return offset
            }
            offset -= 1
        }
        return nil
    }

    /// An entry of the central directory, and where the next begins.
    private static func entry(_ bytes: [UInt8], at offset: Int) -> (Member, next: Int)? {
        let fields = [8, 10, 28, 30, 32].map { number(bytes, offset + $0, 2) }
        let longFields = [16, 20, 24, 42].map { number(bytes, offset + $0, 4) }
        guard number(bytes, offset, 4) == 0x0201_4B50, let name = fields[2], let extra = fields[3],
            let comment = fields[4], let flags = fields[0], let method = fields[1], let checksum = longFields[0],
            let packedSize = longFields[1], let size = longFields[2], let header = longFields[3]
        else { return nil }
        let next = offset + 46 + name + extra + comment
        guard next <= bytes.count else { return nil }
        let member = Member(
            name: String(decoding: bytes[offset + 46..<offset + 46 + name], as: UTF8.self), flags: flags,
            method: method, checksum: UInt32(truncatingIfNeeded: checksum), packedSize: packedSize, size: size,
            headerOffset: header)
        return (member, next)
    }

    /// A little-endian number; `nil` beyond the end.
    private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - count else { return nil }
        return bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private static func incomplete(_ path: String) -> Failure {
        Failure(.unusableInput, .zipIncomplete(path), hint: .checkSource)
    }

    private static func unreadable(_ path: String, _ way: Text) -> Failure {
        Failure(.unusableInput, .zipUnreadable(path, way), hint: .unpackFirst)
    }
}
