import CZlib

/// Writes zip archives, also such as no honest program writes.
public struct ZipBuilder {
    /// A member and what the archive claims of it.
    public struct Member {
        /// Its name.
        public var name: String
        /// Its bytes as they lie in the archive.
        public var packed: [UInt8]
        /// The size that it claims to unpack to.
        public var size: Int
        /// The checksum that it claims.
        public var checksum: UInt32
        /// 0 for stored, 8 for deflated.
        public var method = 8
        /// Bit 0 is set where it is encrypted.
        public var flags = 0

        /// A member of some bytes.
        public init(_ name: String, _ bytes: [UInt8], isStored: Bool = false) {
            (self.name, size) = (name, bytes.count)
            checksum = UInt32(crc32(0, bytes, UInt32(bytes.count)))
            packed = isStored ? bytes : Self.deflated(bytes)
            method = isStored ? 0 : 8
        }

        /// Raw deflate.
        private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
            let gzip = Gzip.pack(bytes)
            return Array(gzip[10..<gzip.count - 8])
        }
    }

    /// The members.
    public var members: [Member]
    /// What stands behind all.
    public var comment: [UInt8] = []
    /// What the end says of the number of members; `nil` for the truth.
    public var claimedCount: Int?

    /// An archive of some members.
    public init(_ members: [Member]) { self.members = members }

    /// The archive.
    public var bytes: [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for member in members {
            let offset = archive.count
            let name = Array(member.name.utf8)
            let common =
                number(20, 2) + number(member.flags, 2) + number(member.method, 2) + number(0, 4)
                + number(Int(member.checksum), 4) + number(member.packed.count, 4) + number(member.size, 4)
                + number(name.count, 2)
            // The local header has an extra field that the directory does not have.
            archive += number(0x0403_4B50, 4) + common + number(4, 2) + name + [0xAA, 0xBB, 0, 0] + member.packed
            directory += number(0x0201_4B50, 4) + number(20, 2) + common + number(0, 12) + number(offset, 4) + name
        }
        let count = number(claimedCount ?? members.count, 2)
        return archive + directory + number(0x0605_4B50, 4) + number(0, 4) + count + count
            + number(directory.count, 4) + number(archive.count, 4) + number(comment.count, 2) + comment
    }

    private func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
    }
}
