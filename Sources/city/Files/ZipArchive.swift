/// A ZIP archive (PKWARE APPNOTE 6.3) of compressed files.
enum ZipArchive {
    /// The archive of a file; `distances` are where repeats are looked for.
    static func archive(name: String, _ content: [UInt8], distances: [Int]) -> [UInt8] {
        archive([(name, content)], distances: distances)
    }

    /// The archive of some files, in their order.
    static func archive(_ files: [(name: String, content: [UInt8])], distances: [Int]) -> [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for (name, content) in files {
            let packed = Deflate.compress(content, distances: distances)
            var entry: [UInt8] = []
            // Version 2.0, no flags, deflate, midnight of 1 January 1980.
            entry.append(little: [20, 0, 8, 0, 0x0021], width: 2)
            entry.append(little: [Int(checksum(content)), packed.count, content.count], width: 4)
            entry.append(little: [name.utf8.count, 0], width: 2)
            directory += [0x50, 0x4B, 1, 2]
            directory.append(little: [20], width: 2)
            directory += entry
            directory.append(little: [0, 0, 0], width: 2)
            directory.append(little: [0, archive.count], width: 4)
            directory += name.utf8
            archive += [0x50, 0x4B, 3, 4]
            archive += entry + name.utf8 + packed
        }
        let start = archive.count
        archive += directory
        archive += [0x50, 0x4B, 5, 6]
        archive.append(little: [0, 0, files.count, files.count], width: 2)
        archive.append(little: [directory.count, start], width: 4)
        archive.append(little: [0], width: 2)
        return archive
    }

    /// CRC-32 as in ISO 3309.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        let table = (0..<256).map { UInt32($0) }.map(shiftedByte)
        var sum = ~UInt32(0)
        for byte in bytes { sum = (sum >> 8) ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
        return ~sum
    }

    /// What eight steps of the polynomial make of a byte.
    private static func shiftedByte(_ byte: UInt32) -> UInt32 {
        var value = byte
        for _ in 0..<8 { value = (value >> 1) ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
        return value
    }
}

extension Array where Element == UInt8 {
    /// Appends numbers of that many bytes, the lowest byte first.
    mutating func append(little numbers: [Int], width: Int) {
        for number in numbers {
            for byte in 0..<width { append(UInt8(truncatingIfNeeded: number >> (8 * byte))) }
        }
    }
}
