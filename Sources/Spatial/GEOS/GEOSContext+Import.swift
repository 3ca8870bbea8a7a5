import CGEOS

/// GEOS geometries into values.
extension GEOSContext {
    /// The value of a geometry that GEOS keeps.
    func value(of geometry: borrowing GEOSGeometryHandle) throws(GEOSError) -> Geometry {
        try value(of: geometry.pointer)
    }

    private func value(of geometry: OpaquePointer) throws(GEOSError) -> Geometry {
        let type = try check("GEOSGeomTypeId_r", status: GEOSGeomTypeId_r(handle, geometry), failure: -1)
        switch GEOSGeomTypes(UInt32(type)) {
        case GEOS_POINT: return .point(try point(geometry))
        case GEOS_LINESTRING, GEOS_LINEARRING: return .lineString(try line(geometry))
        case GEOS_POLYGON: return .polygon(try polygon(geometry))
        case GEOS_MULTIPOINT: return .multiPoint(try members(geometry) { part throws(GEOSError) in try point(part) })
        case GEOS_MULTILINESTRING:
            return .multiLineString(try members(geometry) { part throws(GEOSError) in try line(part) })
        case GEOS_MULTIPOLYGON:
            return .multiPolygon(try members(geometry) { part throws(GEOSError) in try polygon(part) })
        case GEOS_GEOMETRYCOLLECTION:
            return .collection(try members(geometry) { part throws(GEOSError) in try value(of: part) })
        default: throw GEOSError(function: "GEOSGeomTypeId_r", message: "unknown geometry type \(type)")
        }
    }

    /// Whether a geometry has no position.
    func isEmpty(_ geometry: OpaquePointer) throws(GEOSError) -> Bool {
        try predicate("GEOSisEmpty_r", GEOSisEmpty_r(handle, geometry))
    }

    private func point(_ geometry: OpaquePointer) throws(GEOSError) -> Point {
        if try isEmpty(geometry) { return Point(nil) }
        let line = try line(geometry)
        return Point(line.positions.first, heightMeters: line.heightsMeters.first)
    }

    private func line(_ geometry: OpaquePointer) throws(GEOSError) -> LineString {
        let sequence = try check("GEOSGeom_getCoordSeq_r", nonNull: GEOSGeom_getCoordSeq_r(handle, geometry))
        var count: UInt32 = 0
        try check("GEOSCoordSeq_getSize_r", status: GEOSCoordSeq_getSize_r(handle, sequence, &count), failure: 0)
        if count == 0 { return LineString([]) }
        var dimensions: UInt32 = 2
        try check(
            "GEOSCoordSeq_getDimensions_r",
            status: GEOSCoordSeq_getDimensions_r(handle, sequence, &dimensions), failure: 0)
        return dimensions < 3
            ? LineString(try positions(sequence, Int(count))) : try lineWithHeights(sequence, Int(count))
    }

    private func positions(_ sequence: OpaquePointer, _ count: Int) throws(GEOSError) -> [LonLat] {
        var status: CInt = 0
        let positions = [LonLat](unsafeUninitializedCapacity: count) { buffer, initialized in
            buffer.withMemoryRebound(to: Double.self) {
                status = GEOSCoordSeq_copyToBuffer_r(handle, sequence, $0.baseAddress, 0, 0)
            }
            initialized = status == 0 ? 0 : count
        }
        try check("GEOSCoordSeq_copyToBuffer_r", status: status, failure: 0)
        return positions
    }

    private func lineWithHeights(_ sequence: OpaquePointer, _ count: Int) throws(GEOSError) -> LineString {
        var buffer = [Double](repeating: .nan, count: count * 3)
        try check(
            "GEOSCoordSeq_copyToBuffer_r",
            status: GEOSCoordSeq_copyToBuffer_r(handle, sequence, &buffer, 1, 0), failure: 0)
        let heights = (0..<count).map { buffer[3 * $0 + 2] }
        return LineString(
            (0..<count).map { LonLat(buffer[3 * $0], buffer[3 * $0 + 1]) },
            heightsMeters: heights.allSatisfy(\.isNaN) ? [] : heights)
    }

    private func polygon(_ geometry: OpaquePointer) throws(GEOSError) -> Polygon {
        if try isEmpty(geometry) { return Polygon(LineString([])) }
        let shell = try check("GEOSGetExteriorRing_r", nonNull: GEOSGetExteriorRing_r(handle, geometry))
        let count = try check(
            "GEOSGetNumInteriorRings_r", status: GEOSGetNumInteriorRings_r(handle, geometry), failure: -1)
        var holes: [LineString] = []
        holes.reserveCapacity(Int(count))
        for index in 0..<count {
            let hole = GEOSGetInteriorRingN_r(handle, geometry, index)
            holes.append(try line(try check("GEOSGetInteriorRingN_r", nonNull: hole)))
        }
        return Polygon(try line(shell), holes: holes)
    }

    private func members<Member>(
        _ geometry: OpaquePointer, _ member: (OpaquePointer) throws(GEOSError) -> Member
    ) throws(GEOSError) -> [Member] {
        let count = try check(
            "GEOSGetNumGeometries_r", status: GEOSGetNumGeometries_r(handle, geometry), failure: -1)
        var members: [Member] = []
        members.reserveCapacity(Int(count))
        for index in 0..<count {
            let part = GEOSGetGeometryN_r(handle, geometry, index)
            members.append(try member(try check("GEOSGetGeometryN_r", nonNull: part)))
        }
        return members
    }
}
