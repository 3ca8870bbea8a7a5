/// Outlines of buildings in one flat buffer of well-known binary, with the
/// places of their rings found once.
public struct FootprintBuffer: Sendable {
    /// Indices whose bytes are no polygon or multipolygon, ascending: they
    /// are in no pair.
    public let skipped: [Int]
    /// A box around each outline.
    public let boxes: [BoundingBox]

    /// WKB as it was given; outlines that came big-endian stand anew at the end.
    let bytes: [UInt8]
    /// The rings of all outlines, one behind the other.
    let rings: [Ring]
    /// Where the rings of each outline begin, and where those of the last end.
    let firstRing: [Int]

    /// The positions of one ring in `bytes`, little-endian.
    struct Ring {
        let offset: Int
        let count: Int32
        /// Bytes from position to position.
        let stride: Int32
    }

    /// Reads the outlines.
    ///
    /// - Parameters:
    ///   - bytes: WKB, ISO or EWKB, longitude and latitude in degrees.
    ///   - ranges: one geometry each; several may share bytes.
    ///   - boxes: one for each range that holds the outline, as small as
    ///     possible or rounded outward.
    /// - Precondition: as many boxes as ranges, and every range lies in `bytes`.
    /// - Complexity: O(rings); coordinates are not touched.
    public init(bytes: [UInt8], ranges: [Range<Int>], boxes: [BoundingBox]) {
        precondition(ranges.count == boxes.count, "every outline needs its box")
        var reader = RingReader(bytes: bytes)
        var skipped: [Int] = []
        var firstRing: [Int] = []
        firstRing.reserveCapacity(ranges.count + 1)
        reader.rings.reserveCapacity(ranges.count)
        for (index, range) in ranges.enumerated() {
            precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "outlines lie in the bytes")
            firstRing.append(reader.rings.count)
            if !reader.read(range) {
                skipped.append(index)
                reader.rings.removeLast(reader.rings.count - firstRing[index])
            }
        }
        firstRing.append(reader.rings.count)
        self.skipped = skipped
        self.boxes = boxes
        self.bytes = reader.bytes
        self.rings = reader.rings
        self.firstRing = firstRing
    }
}

/// Finds rings in well-known binary.
private struct RingReader {
    var bytes: [UInt8]
    var rings: [FootprintBuffer.Ring] = []

    /// Appends the rings of a polygon or multipolygon; false where it is none.
    mutating func read(_ range: Range<Int>) -> Bool {
        let isLittleEndian = !range.isEmpty && bytes[range.lowerBound] == 1
        guard isLittleEndian else { return readTurned(range) }
        let read = bytes.withUnsafeBytes { buffer in
            Self.rings(in: UnsafeRawBufferPointer(rebasing: buffer[range]), at: range.lowerBound, &rings)
        }
        return read ?? readTurned(range)
    }

    /// Writes a big-endian geometry anew, little-endian, and reads that.
    private mutating func readTurned(_ range: Range<Int>) -> Bool {
        guard let geometry = try? Geometry(wkb: bytes[range]) else { return false }
        let start = bytes.count
        geometry.append(toWKB: &bytes)
        return bytes.withUnsafeBytes { buffer in
            Self.rings(in: UnsafeRawBufferPointer(rebasing: buffer[start...]), at: start, &rings)
        } ?? false
    }

    /// False where it is no polygon, `nil` where a part is big-endian.
    private static func rings(
        in buffer: UnsafeRawBufferPointer, at start: Int, _ rings: inout [FootprintBuffer.Ring]
    ) -> Bool? {
        var cursor = WKBCursor(buffer)
        do {
            let header = try cursor.header()
            switch header.type {
            case .polygon:
                guard header.isLittleEndian else { return nil }
                try appendRings(&cursor, header, start, &rings)
            case .multiPolygon:
                for _ in 0..<(try cursor.count(header, atLeast: 9)) {
                    let member = try cursor.header()
                    guard member.type == .polygon else { return false }
                    guard member.isLittleEndian else { return nil }
                    try appendRings(&cursor, member, start, &rings)
                }
            default: return false
            }
            return true
        } catch {
            return false
        }
    }

    private static func appendRings(
        _ cursor: inout WKBCursor, _ header: WKBCursor.Header, _ start: Int, _ rings: inout [FootprintBuffer.Ring]
    ) throws(WKBError) {
        for _ in 0..<(try cursor.count(header, atLeast: 4)) {
            let count = try cursor.count(header, atLeast: header.stride)
            if let positions = Int32(exactly: count), positions > 0 {
                rings.append(.init(offset: start + cursor.offset, count: positions, stride: Int32(header.stride)))
            }
            cursor.offset += count * header.stride
        }
    }
}
