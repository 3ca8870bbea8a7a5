import CGEOS

extension Geometry {
    /// The geometry made valid (`GEOSMakeValidWithParams_r`), open rings
    /// closed first.
    ///
    /// A polygon gives a polygon or, in several pieces, a multipolygon;
    /// likewise lines and points. What collapses to fewer dimensions is
    /// dropped and counted. Members of collections are repaired one by one.
    ///
    /// The result is checked. Where rounding has left GEOS's own repair
    /// invalid, it is repaired once more by structure, then on the finest
    /// grid that its coordinates bear.
    ///
    /// - Throws: `GEOSError` where a coordinate is not finite (no repair can
    ///   know where it was) or where no repair gives a valid geometry.
    public func repaired(by method: RepairMethod = .structure) throws(GEOSError) -> Repair {
        if case .collection(let members) = self { return try Repair(ofMembers: members, by: method) }
        var tidying = Tidying()
        let tidy = tidying.tidied(self)
        return try withGEOS { context throws(GEOSError) in
            let source = try context.export(tidy)
            let result = try context.certainlyMadeValid(source, by: method)
            let value = try context.value(of: result)
            let kept = KeptParts(of: value, as: self.type)
            return Repair(
                geometry: kept.geometry,
                areaBeforeSquareMeters: tidy.areaSquareMeters,
                areaAfterSquareMeters: kept.geometry.areaSquareMeters,
                closedRings: tidying.closedRings,
                droppedParts: tidying.droppedParts + kept.dropped)
        }
    }
}

extension Repair {
    fileprivate init(ofMembers members: [Geometry], by method: RepairMethod) throws(GEOSError) {
        var repairs: [Repair] = []
        repairs.reserveCapacity(members.count)
        for member in members { repairs.append(try member.repaired(by: method)) }
        self.init(
            geometry: .collection(repairs.map(\.geometry)),
            areaBeforeSquareMeters: repairs.reduce(0) { $0 + $1.areaBeforeSquareMeters },
            areaAfterSquareMeters: repairs.reduce(0) { $0 + $1.areaAfterSquareMeters },
            closedRings: repairs.reduce(0) { $0 + $1.closedRings },
            droppedParts: repairs.reduce(0) { $0 + $1.droppedParts })
    }
}

extension GEOSContext {
    fileprivate func certainlyMadeValid(
        _ geometry: borrowing GEOSGeometryHandle, by method: RepairMethod
    ) throws(GEOSError) -> GEOSGeometryHandle {
        let first = try madeValid(geometry, by: method)
        if try validity(of: first).isValid { return first }
        let second = try madeValid(first, by: .structure)
        if try validity(of: second).isValid { return second }
        let box = try value(of: second).box
        let reach = max(abs(box.west), abs(box.south), abs(box.east), abs(box.north))
        let third = try self.geometry(
            "GEOSGeom_setPrecision_r",
            GEOSGeom_setPrecision_r(
                handle, second.pointer, reach * 0x1p-44, CInt(GEOS_PREC_VALID_OUTPUT.rawValue)))
        if try validity(of: third).isValid { return third }
        throw GEOSError(function: "GEOSMakeValidWithParams_r", message: "the repair is not valid")
    }

    private func madeValid(
        _ geometry: borrowing GEOSGeometryHandle, by method: RepairMethod
    ) throws(GEOSError) -> GEOSGeometryHandle {
        let parameters = try check("GEOSMakeValidParams_create_r", nonNull: GEOSMakeValidParams_create_r(handle))
        defer { GEOSMakeValidParams_destroy_r(handle, parameters) }
        let code = method == .structure ? GEOS_MAKE_VALID_STRUCTURE : GEOS_MAKE_VALID_LINEWORK
        try check(
            "GEOSMakeValidParams_setMethod_r",
            status: GEOSMakeValidParams_setMethod_r(handle, parameters, code), failure: 0)
        // Collapsed parts are asked for, so that they can be counted.
        try check(
            "GEOSMakeValidParams_setKeepCollapsed_r",
            status: GEOSMakeValidParams_setKeepCollapsed_r(handle, parameters, 1), failure: 0)
        return try self.geometry(
            "GEOSMakeValidWithParams_r", GEOSMakeValidWithParams_r(handle, geometry.pointer, parameters))
    }
}

/// Makes geometries that GEOS accepts at all: rings closed, and what has too
/// few positions for a ring or a line left out.
private struct Tidying {
    var closedRings = 0
    var droppedParts = 0

    mutating func tidied(_ geometry: Geometry) -> Geometry {
        switch geometry {
        case .point, .multiPoint, .collection: geometry
        case .lineString(let line): .lineString(tidied(line: line) ?? LineString([]))
        case .multiLineString(let lines): .multiLineString(lines.compactMap { tidied(line: $0) })
        case .polygon(let polygon): .polygon(tidied(polygon) ?? Polygon(LineString([])))
        case .multiPolygon(let polygons): .multiPolygon(polygons.compactMap { tidied($0) })
        }
    }

    private mutating func tidied(line: LineString) -> LineString? {
        if line.positions.count != 1 { return line }
        droppedParts += 1
        return nil
    }

    private mutating func tidied(_ polygon: Polygon) -> Polygon? {
        if polygon.exterior.positions.isEmpty { return polygon }
        guard let exterior = tidied(ring: polygon.exterior) else { return nil }
        return Polygon(exterior, holes: polygon.holes.compactMap { tidied(ring: $0) })
    }

    private mutating func tidied(ring: LineString) -> LineString? {
        guard let first = ring.positions.first, let last = ring.positions.last else { return nil }
        var ring = ring
        let isOpen = first != last
        if isOpen {
            let heights = ring.heightsMeters
            ring = LineString(ring.positions + [first], heightsMeters: heights + heights.prefix(1))
        }
        guard ring.positions.count >= 4 else {
            droppedParts += 1
            return nil
        }
        if isOpen { closedRings += 1 }
        return ring
    }
}

/// The parts of a result that have the dimension of the original.
private struct KeptParts {
    var geometry: Geometry
    var dropped = 0

    init(of result: Geometry, as type: GeometryType) {
        var parts = Parts()
        parts.add(result)
        switch type {
        case .point, .multiPoint:
            geometry = .multiPoint(parts.points)
            if type == .point, parts.points.count < 2 {
                geometry = .point(parts.points.first ?? Point(nil))
            }
            dropped = parts.lines.count + parts.polygons.count
        case .lineString, .multiLineString:
            geometry = .multiLineString(parts.lines)
            if type == .lineString, parts.lines.count < 2 {
                geometry = .lineString(parts.lines.first ?? LineString([]))
            }
            dropped = parts.points.count + parts.polygons.count
        case .polygon, .multiPolygon:
            geometry = .multiPolygon(parts.polygons)
            if type == .polygon, parts.polygons.count < 2 {
                geometry = .polygon(parts.polygons.first ?? Polygon(LineString([])))
            }
            dropped = parts.points.count + parts.lines.count
        case .collection: geometry = result
        }
    }

    /// All non-empty parts, sorted by dimension.
    private struct Parts {
        var points: [Point] = []
        var lines: [LineString] = []
        var polygons: [Polygon] = []

        mutating func add(_ geometry: Geometry) {
            switch geometry {
            case .point(let point): if point.position != nil { points.append(point) }
            case .lineString(let line): if !line.positions.isEmpty { lines.append(line) }
            case .polygon(let polygon): if !polygon.exterior.positions.isEmpty { polygons.append(polygon) }
            case .multiPoint(let members): members.forEach { add(.point($0)) }
            case .multiLineString(let members): members.forEach { add(.lineString($0)) }
            case .multiPolygon(let members): members.forEach { add(.polygon($0)) }
            case .collection(let members): members.forEach { add($0) }
            }
        }
    }
}
