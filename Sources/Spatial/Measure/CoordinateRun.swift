/// The positions of one point, line or ring where they lie in memory: in
/// well-known binary of either byte order, or in an array of `LonLat`.
struct CoordinateRun {
    private let base: UnsafeRawPointer?
    let count: Int
    private let stride: Int
    private let isSwapped: Bool

    init(base: UnsafeRawPointer?, count: Int, stride: Int, isSwapped: Bool) {
        self.base = base
        self.count = base == nil ? 0 : count
        self.stride = stride
        self.isSwapped = isSwapped
    }

    init(_ positions: UnsafeBufferPointer<LonLat>) {
        self.init(
            base: UnsafeRawPointer(positions.baseAddress), count: positions.count,
            stride: MemoryLayout<LonLat>.stride, isSwapped: false)
    }

    @inline(__always)
    subscript(index: Int) -> LonLat {
        guard let base, index < count else { return LonLat(.nan, .nan) }
        let x = base.loadUnaligned(fromByteOffset: index &* stride, as: UInt64.self)
        let y = base.loadUnaligned(fromByteOffset: index &* stride &+ 8, as: UInt64.self)
        return isSwapped
            ? LonLat(Double(bitPattern: x.byteSwapped), Double(bitPattern: y.byteSwapped))
            : LonLat(Double(bitPattern: x), Double(bitPattern: y))
    }

    /// Writes a position where it lies; for runs over memory that the caller
    /// may write to.
    @inline(__always)
    func store(_ position: LonLat, at index: Int) {
        guard let base, index < count else { return }
        let place = UnsafeMutableRawPointer(mutating: base) + index * stride
        let x = position.longitude.bitPattern
        let y = position.latitude.bitPattern
        place.storeBytes(of: isSwapped ? x.byteSwapped : x, as: UInt64.self)
        (place + 8).storeBytes(of: isSwapped ? y.byteSwapped : y, as: UInt64.self)
    }
}

/// What a measure does with the parts of a geometry; parts without positions
/// are not shown.
protocol GeometryVisitor {
    mutating func visit(pointRun: CoordinateRun)
    mutating func visit(point: LonLat)
    mutating func visit(line: CoordinateRun)
    mutating func visit(ring: CoordinateRun, isHole: Bool)
    mutating func endPolygon()
}

extension GeometryVisitor {
    mutating func visit(pointRun: CoordinateRun) { visit(point: pointRun[0]) }
}

extension WKBCursor {
    /// Shows every part of a geometry to a visitor without copying it.
    static func walk<Visitor: GeometryVisitor>(
        _ bytes: UnsafeRawBufferPointer, _ visitor: inout Visitor
    ) throws(WKBError) {
        var cursor = WKBCursor(bytes)
        try cursor.walk(&visitor, depth: 0)
    }

    private mutating func walk<Visitor: GeometryVisitor>(
        _ visitor: inout Visitor, depth: Int
    ) throws(WKBError) {
        guard depth <= 32 else { throw .tooDeep }
        let header = try header()
        switch header.type {
        case .point:
            guard offset + header.stride <= bytes.count else { throw .truncated }
            let point = run(header, count: 1)
            let position = point[0]
            if !(position.longitude.isNaN && position.latitude.isNaN) { visitor.visit(pointRun: point) }
        case .lineString:
            let line = try countedRun(header)
            if line.count > 0 { visitor.visit(line: line) }
        case .polygon:
            let rings = try count(header, atLeast: 4)
            for index in 0..<rings {
                let ring = try countedRun(header)
                if ring.count > 0 { visitor.visit(ring: ring, isHole: index > 0) }
            }
            if rings > 0 { visitor.endPolygon() }
        case .multiPoint, .multiLineString, .multiPolygon, .collection:
            let members = try count(header, atLeast: 5)
            for _ in 0..<members { try walk(&visitor, depth: depth + 1) }
        }
    }

    private mutating func countedRun(_ header: Header) throws(WKBError) -> CoordinateRun {
        let count = try count(header, atLeast: header.stride)
        return run(header, count: count)
    }

    private mutating func run(_ header: Header, count: Int) -> CoordinateRun {
        let base = bytes.baseAddress.map { $0 + offset }
        offset += count * header.stride
        return CoordinateRun(
            base: base, count: count, stride: header.stride,
            isSwapped: header.isLittleEndian != (UInt16(littleEndian: 1) == 1))
    }
}

extension Geometry {
    /// Shows every part to a visitor.
    func walk<Visitor: GeometryVisitor>(_ visitor: inout Visitor) {
        switch self {
        case .point(let point): if let position = point.position { visitor.visit(point: position) }
        case .multiPoint(let points):
            for case let position? in points.map(\.position) { visitor.visit(point: position) }
        case .lineString(let line): line.walk(&visitor)
        case .multiLineString(let lines): for line in lines { line.walk(&visitor) }
        case .polygon(let polygon): polygon.walk(&visitor)
        case .multiPolygon(let polygons): for polygon in polygons { polygon.walk(&visitor) }
        case .collection(let members): for member in members { member.walk(&visitor) }
        }
    }
}

extension LineString {
    fileprivate func walk<Visitor: GeometryVisitor>(_ visitor: inout Visitor) {
        positions.withUnsafeBufferPointer { if !$0.isEmpty { visitor.visit(line: CoordinateRun($0)) } }
    }
}

extension Polygon {
    fileprivate func walk<Visitor: GeometryVisitor>(_ visitor: inout Visitor) {
        for (index, ring) in rings.enumerated() {
            ring.positions.withUnsafeBufferPointer {
                if !$0.isEmpty { visitor.visit(ring: CoordinateRun($0), isHole: index > 0) }
            }
        }
        if !rings.isEmpty { visitor.endPolygon() }
    }
}
