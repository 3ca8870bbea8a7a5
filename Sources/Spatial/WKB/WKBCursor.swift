/// Walks through well-known binary, bounding every count by the bytes left.
struct WKBCursor {
    let bytes: UnsafeRawBufferPointer
    var offset = 0

    /// Members that room is made for beforehand: a count that is believed in
    /// every collection of a nest would reserve many times the bytes there are.
    static let mostReserved = 4096

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// What stands before the coordinates of one geometry.
    struct Header {
        let type: GeometryType
        let hasZ: Bool
        let hasM: Bool
        let isLittleEndian: Bool

        /// Bytes a position takes.
        var stride: Int { 16 + (hasZ ? 8 : 0) + (hasM ? 8 : 0) }
    }

    mutating func header() throws(WKBError) -> Header {
        guard offset + 5 <= bytes.count else { throw .truncated }
        let order = bytes[offset]
        guard order <= 1 else { throw .byteOrder(order) }
        offset += 1
        let code = uncheckedUInt32(isLittleEndian: order == 1)
        var kind = code & 0x0FFF_FFFF
        var hasZ = code & 0x8000_0000 != 0
        var hasM = code & 0x4000_0000 != 0
        if code & 0x2000_0000 != 0 {
            guard offset + 4 <= bytes.count else { throw .truncated }
            offset += 4
        }
        switch kind / 1000 {
        case 0: break
        case 1: hasZ = true
        case 2: hasM = true
        case 3: (hasZ, hasM) = (true, true)
        default: throw .type(code)
        }
        kind %= 1000
        guard let type = GeometryType(rawValue: kind) else { throw .type(code) }
        return Header(type: type, hasZ: hasZ, hasM: hasM, isLittleEndian: order == 1)
    }

    /// A count of things that take at least that many bytes each.
    mutating func count(_ header: Header, atLeast size: Int) throws(WKBError) -> Int {
        guard offset + 4 <= bytes.count else { throw .truncated }
        let count = Int(uncheckedUInt32(isLittleEndian: header.isLittleEndian))
        guard count <= (bytes.count - offset) / size else { throw .truncated }
        return count
    }

    mutating func point(_ header: Header) throws(WKBError) -> Point {
        guard offset + header.stride <= bytes.count else { throw .truncated }
        let x = double(at: offset, header)
        let y = double(at: offset + 8, header)
        let z = header.hasZ ? double(at: offset + 16, header) : .nan
        offset += header.stride
        if x.isNaN && y.isNaN { return Point(nil) }
        return Point(LonLat(x, y), heightMeters: z.isNaN ? nil : z)
    }

    mutating func line(_ header: Header) throws(WKBError) -> LineString {
        let count = try count(header, atLeast: header.stride)
        var positions: [LonLat] = []
        positions.reserveCapacity(count)
        var heights: [Double] = []
        if header.hasZ { heights.reserveCapacity(count) }
        for _ in 0..<count {
            positions.append(LonLat(double(at: offset, header), double(at: offset + 8, header)))
            if header.hasZ { heights.append(double(at: offset + 16, header)) }
            offset += header.stride
        }
        return LineString(positions, heightsMeters: heights)
    }

    mutating func polygon(_ header: Header) throws(WKBError) -> Polygon {
        let count = try count(header, atLeast: 4)
        guard count > 0 else { return Polygon(LineString([])) }
        let exterior = try line(header)
        var holes: [LineString] = []
        for _ in 1..<count { holes.append(try line(header)) }
        return Polygon(exterior, holes: holes)
    }

    mutating func members<Member>(
        _ header: Header, of type: GeometryType,
        _ read: (inout WKBCursor, Header) throws(WKBError) -> Member
    ) throws(WKBError) -> [Member] {
        let count = try count(header, atLeast: 9)
        var members: [Member] = []
        members.reserveCapacity(min(count, Self.mostReserved))
        for _ in 0..<count {
            let member = try self.header()
            guard member.type == type else { throw .type(member.type.rawValue) }
            members.append(try read(&self, member))
        }
        return members
    }

    func double(at place: Int, _ header: Header) -> Double {
        let bits = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        return Double(bitPattern: header.isLittleEndian ? UInt64(littleEndian: bits) : UInt64(bigEndian: bits))
    }

    private mutating func uncheckedUInt32(isLittleEndian: Bool) -> UInt32 {
        let bits = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        offset += 4
        return isLittleEndian ? UInt32(littleEndian: bits) : UInt32(bigEndian: bits)
    }
}
