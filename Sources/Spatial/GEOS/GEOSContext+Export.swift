import CGEOS

/// Values into GEOS: coordinates cross in bulk, never one by one.
extension GEOSContext {
    /// A GEOS geometry of a value, without its empty members and holes: GEOS
    /// 3.11 dereferences NULL at them in distances, points on surfaces,
    /// densifying and more.
    ///
    /// - Throws: `GEOSError` where a coordinate is not finite, a ring not
    ///   closed or shorter than four positions, a line one position long:
    ///   GEOS must not see the first and refuses the others.
    func export(_ geometry: Geometry) throws(GEOSError) -> GEOSGeometryHandle {
        switch geometry {
        case .point(let point): return try export(point)
        case .lineString(let line): return try export(line)
        case .polygon(let polygon): return try export(polygon)
        case .multiPoint(let points):
            var list = GEOSGeometryList(capacity: points.count)
            for point in points where point.position != nil { list.append(try export(point)) }
            return try collection(GEOS_MULTIPOINT, &list)
        case .multiLineString(let lines):
            var list = GEOSGeometryList(capacity: lines.count)
            for line in lines where !line.positions.isEmpty { list.append(try export(line)) }
            return try collection(GEOS_MULTILINESTRING, &list)
        case .multiPolygon(let polygons):
            var list = GEOSGeometryList(capacity: polygons.count)
            for polygon in polygons where !polygon.exterior.positions.isEmpty { list.append(try export(polygon)) }
            return try collection(GEOS_MULTIPOLYGON, &list)
        case .collection(let members):
            var list = GEOSGeometryList(capacity: members.count)
            for member in members where member.hasPosition { list.append(try export(member)) }
            return try collection(GEOS_GEOMETRYCOLLECTION, &list)
        }
    }

    /// A GEOS point of a position.
    func export(_ position: LonLat) throws(GEOSError) -> GEOSGeometryHandle {
        guard position.isFinite else { throw notFinite(position, "GEOSGeom_createPointFromXY_r") }
        return try geometry(
            "GEOSGeom_createPointFromXY_r",
            GEOSGeom_createPointFromXY_r(handle, position.longitude, position.latitude))
    }

    private func export(_ point: Point) throws(GEOSError) -> GEOSGeometryHandle {
        guard let position = point.position else {
            return try geometry("GEOSGeom_createEmptyPoint_r", GEOSGeom_createEmptyPoint_r(handle))
        }
        guard let height = point.heightMeters else { return try export(position) }
        let coordinates = try coordinates([position], heightsMeters: [height])
        return try geometry("GEOSGeom_createPoint_r", GEOSGeom_createPoint_r(handle, coordinates.release()))
    }

    private func export(_ line: LineString) throws(GEOSError) -> GEOSGeometryHandle {
        let coordinates = try coordinates(line.positions, heightsMeters: line.heightsMeters)
        return try geometry("GEOSGeom_createLineString_r", GEOSGeom_createLineString_r(handle, coordinates.release()))
    }

    private func export(ring: LineString) throws(GEOSError) -> GEOSGeometryHandle {
        let coordinates = try coordinates(ring.positions, heightsMeters: ring.heightsMeters)
        return try geometry("GEOSGeom_createLinearRing_r", GEOSGeom_createLinearRing_r(handle, coordinates.release()))
    }

    private func export(_ polygon: Polygon) throws(GEOSError) -> GEOSGeometryHandle {
        if polygon.exterior.positions.isEmpty {
            return try geometry("GEOSGeom_createEmptyPolygon_r", GEOSGeom_createEmptyPolygon_r(handle))
        }
        var list = GEOSGeometryList(capacity: polygon.holes.count)
        for hole in polygon.holes where !hole.positions.isEmpty { list.append(try export(ring: hole)) }
        let shell = try export(ring: polygon.exterior)
        var holes = list.releaseAll()
        return try geometry(
            "GEOSGeom_createPolygon_r",
            GEOSGeom_createPolygon_r(handle, shell.release(), &holes, UInt32(holes.count)))
    }

    private func collection(
        _ type: GEOSGeomTypes, _ list: inout GEOSGeometryList
    ) throws(GEOSError) -> GEOSGeometryHandle {
        var members = list.releaseAll()
        return try geometry(
            "GEOSGeom_createCollection_r",
            GEOSGeom_createCollection_r(handle, CInt(type.rawValue), &members, UInt32(members.count)))
    }

    private func coordinates(
        _ positions: [LonLat], heightsMeters: [Double]
    ) throws(GEOSError) -> GEOSCoordinatesHandle {
        for position in positions where !position.isFinite {
            throw notFinite(position, "GEOSCoordSeq_copyFromBuffer_r")
        }
        guard let count = UInt32(exactly: positions.count) else {
            throw GEOSError(function: "GEOSCoordSeq_copyFromBuffer_r", message: "too many coordinates")
        }
        guard heightsMeters.count == positions.count, !positions.isEmpty else {
            let pointer = positions.withUnsafeBufferPointer { buffer in
                buffer.withMemoryRebound(to: Double.self) {
                    GEOSCoordSeq_copyFromBuffer_r(handle, $0.baseAddress, count, 0, 0)
                }
            }
            return GEOSCoordinatesHandle(owning: try check("GEOSCoordSeq_copyFromBuffer_r", nonNull: pointer))
        }
        var buffer: [Double] = []
        buffer.reserveCapacity(positions.count * 3)
        for index in positions.indices {
            buffer.append(positions[index].longitude)
            buffer.append(positions[index].latitude)
            buffer.append(heightsMeters[index])
        }
        let pointer = GEOSCoordSeq_copyFromBuffer_r(handle, buffer, count, 1, 0)
        return GEOSCoordinatesHandle(owning: try check("GEOSCoordSeq_copyFromBuffer_r", nonNull: pointer))
    }

    private func notFinite(_ position: LonLat, _ function: String) -> GEOSError {
        GEOSError(
            function: function, message: "coordinate \(position.longitude) \(position.latitude) is not finite")
    }
}

extension LonLat {
    /// Whether both coordinates are numbers, and not infinite.
    @inlinable
    public var isFinite: Bool { longitude.isFinite && latitude.isFinite }
}

extension Geometry {
    /// Whether there is any position in it, finite or not.
    fileprivate var hasPosition: Bool {
        switch self {
        case .point(let point): point.position != nil
        case .lineString(let line): !line.positions.isEmpty
        case .polygon(let polygon): !polygon.exterior.positions.isEmpty
        case .multiPoint(let points): points.contains { $0.position != nil }
        case .multiLineString(let lines): lines.contains { !$0.positions.isEmpty }
        case .multiPolygon(let polygons): polygons.contains { !$0.exterior.positions.isEmpty }
        case .collection(let members): members.contains { $0.hasPosition }
        }
    }
}
