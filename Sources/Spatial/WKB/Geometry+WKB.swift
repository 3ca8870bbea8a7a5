extension Geometry {
    /// Reads well-known binary: ISO or EWKB, either byte order, Z kept and M
    /// dropped.
    ///
    /// - Parameter bytes: one geometry; bytes behind it are ignored.
    /// - Throws: `WKBError`; no count is believed beyond the bytes left.
    /// - Complexity: O(bytes).
    public init(wkb bytes: UnsafeRawBufferPointer) throws(WKBError) {
        var cursor = WKBCursor(bytes)
        self = try Geometry.read(&cursor, depth: 0)
    }

    /// Reads well-known binary from an array.
    public init(wkb bytes: some Collection<UInt8>) throws(WKBError) {
        let array = Array(bytes)
        var result: Result<Geometry, WKBError> = .failure(.truncated)
        array.withUnsafeBytes { buffer in
            result = Result { () throws(WKBError) in try Geometry(wkb: buffer) }
        }
        self = try result.get()
    }

    /// The geometry as ISO WKB, little-endian; Z where heights are given.
    public var wkb: [UInt8] {
        var bytes: [UInt8] = []
        append(toWKB: &bytes)
        return bytes
    }

    /// Appends the geometry as ISO WKB, little-endian.
    public func append(toWKB bytes: inout [UInt8]) {
        switch self {
        case .point(let point): bytes.append(wkb: point)
        case .lineString(let line): bytes.append(wkb: line)
        case .polygon(let polygon): bytes.append(wkb: polygon)
        case .multiPoint(let points):
            bytes.append(wkbHeader: .multiPoint, hasZ: hasHeights, count: points.count)
            points.forEach { bytes.append(wkb: $0) }
        case .multiLineString(let lines):
            bytes.append(wkbHeader: .multiLineString, hasZ: hasHeights, count: lines.count)
            lines.forEach { bytes.append(wkb: $0) }
        case .multiPolygon(let polygons):
            bytes.append(wkbHeader: .multiPolygon, hasZ: hasHeights, count: polygons.count)
            polygons.forEach { bytes.append(wkb: $0) }
        case .collection(let members):
            bytes.append(wkbHeader: .collection, hasZ: hasHeights, count: members.count)
            members.forEach { $0.append(toWKB: &bytes) }
        }
    }

    /// Whether any part has heights.
    public var hasHeights: Bool {
        switch self {
        case .point(let point): point.heightMeters != nil
        case .lineString(let line): line.hasHeights
        case .polygon(let polygon): polygon.hasHeights
        case .multiPoint(let points): points.contains { $0.heightMeters != nil }
        case .multiLineString(let lines): lines.contains(where: \.hasHeights)
        case .multiPolygon(let polygons): polygons.contains(where: \.hasHeights)
        case .collection(let members): members.contains(where: \.hasHeights)
        }
    }

    private static func read(_ cursor: inout WKBCursor, depth: Int) throws(WKBError) -> Geometry {
        guard depth <= 32 else { throw .tooDeep }
        let header = try cursor.header()
        switch header.type {
        case .point: return .point(try cursor.point(header))
        case .lineString: return .lineString(try cursor.line(header))
        case .polygon: return .polygon(try cursor.polygon(header))
        case .multiPoint:
            return .multiPoint(
                try cursor.members(header, of: .point) { cursor, header throws(WKBError) in try cursor.point(header) })
        case .multiLineString:
            return .multiLineString(
                try cursor.members(header, of: .lineString) { cursor, header throws(WKBError) in
                    try cursor.line(header)
                })
        case .multiPolygon:
            return .multiPolygon(
                try cursor.members(header, of: .polygon) { cursor, header throws(WKBError) in
                    try cursor.polygon(header)
                })
        case .collection:
            let count = try cursor.count(header, atLeast: 5)
            var members: [Geometry] = []
            members.reserveCapacity(min(count, WKBCursor.mostReserved))
            for _ in 0..<count { members.append(try read(&cursor, depth: depth + 1)) }
            return .collection(members)
        }
    }
}

extension LineString {
    var hasHeights: Bool { !heightsMeters.isEmpty }
}

extension Polygon {
    var hasHeights: Bool { exterior.hasHeights || holes.contains(where: \.hasHeights) }
}

extension [UInt8] {
    fileprivate mutating func append(wkb point: Point) {
        let hasZ = point.heightMeters != nil
        append(wkbHeader: .point, hasZ: hasZ)
        append(wkb: point.position?.longitude ?? .nan)
        append(wkb: point.position?.latitude ?? .nan)
        if hasZ { append(wkb: point.heightMeters ?? .nan) }
    }

    fileprivate mutating func append(wkb line: LineString) {
        append(wkbHeader: .lineString, hasZ: line.hasHeights)
        append(wkbRing: line, hasZ: line.hasHeights)
    }

    fileprivate mutating func append(wkb polygon: Polygon) {
        let rings = polygon.rings
        append(wkbHeader: .polygon, hasZ: polygon.hasHeights, count: rings.count)
        for ring in rings { append(wkbRing: ring, hasZ: polygon.hasHeights) }
    }

    private mutating func append(wkbRing line: LineString, hasZ: Bool) {
        append(wkb: UInt32(line.positions.count))
        for (index, position) in line.positions.enumerated() {
            append(wkb: position.longitude)
            append(wkb: position.latitude)
            if hasZ { append(wkb: line.hasHeights ? line.heightsMeters[index] : .nan) }
        }
    }

    /// Appends byte order 1, the ISO type code and, where given, a count.
    @inlinable
    public mutating func append(wkbHeader type: GeometryType, hasZ: Bool, count: Int? = nil) {
        append(1)
        append(wkb: type.rawValue + (hasZ ? 1000 : 0))
        if let count { append(wkb: UInt32(count)) }
    }

    /// Appends four bytes, little-endian.
    @inlinable
    public mutating func append(wkb value: UInt32) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    /// Appends eight bytes, little-endian.
    @inlinable
    public mutating func append(wkb value: Double) {
        Swift.withUnsafeBytes(of: value.bitPattern.littleEndian) { append(contentsOf: $0) }
    }
}
