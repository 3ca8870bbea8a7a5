import CZlib

/// Reads zip archives that honest programs wrote, for tests that look inside of them.
public enum ZipMembers {
    /// What an archive cannot be.
    public struct Damaged: Error {}

    /// The members by name, unpacked.
    ///
    /// - Throws: `Damaged` for what is no such archive.
    public static func read(_ archive: [UInt8]) throws -> [String: [UInt8]] {
        func number(_ place: Int, _ count: Int) throws -> Int {
            guard place >= 0, place + count <= archive.count else { throw Damaged() }
            return (0..<count).reduce(0) { $0 | Int(archive[place + $1]) << (8 * $1) }
        }
        guard let end = archive.indices.dropLast(21).last(where: { archive[$0...].starts(with: [0x50, 0x4B, 5, 6]) })
        else { throw Damaged() }
        var members: [String: [UInt8]] = [:]
        var entry = try number(end + 16, 4)
        for _ in 0..<(try number(end + 10, 2)) {
            let (method, packed, size) = (
                try number(entry + 10, 2), try number(entry + 20, 4), try number(entry + 24, 4)
            )
            let nameLength = try number(entry + 28, 2)
            let local = try number(entry + 42, 4)
            let start = local + 30 + (try number(local + 26, 2)) + (try number(local + 28, 2))
            guard start + packed <= archive.count, entry + 46 + nameLength <= archive.count else { throw Damaged() }
            let name = String(decoding: archive[entry + 46..<entry + 46 + nameLength], as: UTF8.self)
            let bytes = Array(archive[start..<start + packed])
            members[name] = method == 0 ? bytes : try inflated(bytes, size)
            entry += 46 + nameLength + (try number(entry + 30, 2)) + (try number(entry + 32, 2))
        }
        return members
    }

    /// Unpacks raw deflate.
    private static func inflated(_ packed: [UInt8], _ size: Int) throws -> [UInt8] {
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw Damaged()
        }
        defer { inflateEnd(&stream) }
        var input = packed
        var output = [UInt8](repeating: 0, count: max(1, size))
        let status = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END else { throw Damaged() }
        return Array(output.prefix(size))
    }
}
