import CGEOS

/// Spatial predicates of the simple-features model, computed by GEOS on the
/// plane of the coordinates.
///
/// A collection is dissolved before it is asked about. Where it then still
/// mixes points, lines and polygons, GEOS 3.11 may misjudge points on the
/// boundary of its other members; ask about its members one by one there.
///
/// All of them throw `GEOSError` where a coordinate is not finite or a ring
/// not closed, and where GEOS 3.11 supports no collections. Complexity of
/// all: O(n log n) in the positions of both.
extension Geometry {
    /// Whether the two share a point; touching counts (`GEOSIntersects_r`).
    ///
    /// - Throws: `GEOSError`.
    public func intersects(_ other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSIntersects_r", other, GEOSIntersects_r)
    }

    /// Whether the two share no point (`GEOSDisjoint_r`).
    ///
    /// - Throws: `GEOSError`.
    public func isDisjoint(with other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSDisjoint_r", other, GEOSDisjoint_r)
    }

    /// Whether the two share boundary points but no interior ones
    /// (`GEOSTouches_r`).
    ///
    /// - Throws: `GEOSError`.
    public func touches(_ other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSTouches_r", other, GEOSTouches_r)
    }

    /// Whether no point of `other` lies outside and some lies in the interior
    /// (`GEOSContains_r`); what lies on the boundary alone is not contained.
    ///
    /// - Throws: `GEOSError`.
    public func contains(_ other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSContains_r", other, GEOSContains_r)
    }

    /// Whether `other` contains this one (`GEOSWithin_r`).
    ///
    /// - Throws: `GEOSError`.
    public func isWithin(_ other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSWithin_r", other, GEOSWithin_r)
    }

    /// Whether no point of `other` lies outside; the boundary belongs to the
    /// inside (`GEOSCovers_r`). False where one of them is empty.
    ///
    /// - Throws: `GEOSError`.
    public func covers(_ other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSCovers_r", other, GEOSCovers_r)
    }

    /// Whether `other` covers this one (`GEOSCoveredBy_r`).
    ///
    /// - Throws: `GEOSError`.
    public func isCovered(by other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSCoveredBy_r", other, GEOSCoveredBy_r)
    }

    /// Whether they share some but not all interior points, and what they
    /// share has a smaller dimension than the larger of them
    /// (`GEOSCrosses_r`).
    ///
    /// - Throws: `GEOSError`.
    public func crosses(_ other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSCrosses_r", other, GEOSCrosses_r)
    }

    /// Whether two geometries of one dimension share some but not all of
    /// their points, and what they share has that dimension
    /// (`GEOSOverlaps_r`).
    ///
    /// - Throws: `GEOSError`.
    public func overlaps(_ other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSOverlaps_r", other, GEOSOverlaps_r)
    }

    /// Whether the two are the same set of points, however drawn
    /// (`GEOSEquals_r`).
    ///
    /// - Throws: `GEOSError`.
    public func equalsTopologically(_ other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSEquals_r", other, GEOSEquals_r)
    }

    /// Whether type, order and number of positions are the same and no
    /// coordinate differs by more than a tolerance (`GEOSEqualsExact_r`).
    ///
    /// - Parameters:
    ///   - other: the other one.
    ///   - tolerance: in the unit of the coordinates, degrees for WGS 84.
    /// - Returns: whether they are equal; empty members are left out first.
    /// - Throws: `GEOSError`.
    /// - Complexity: O(positions).
    public func equals(_ other: Geometry, tolerance: Double) throws(GEOSError) -> Bool {
        try withGEOS { context throws(GEOSError) in
            let a = try context.export(self)
            let b = try context.export(other)
            return try context.predicate(
                "GEOSEqualsExact_r", GEOSEqualsExact_r(context.handle, a.pointer, b.pointer, tolerance))
        }
    }

    /// The relation of the two as nine letters of the DE-9IM matrix, row by
    /// row: interior, boundary, exterior (`GEOSRelate_r`).
    ///
    /// - Throws: `GEOSError`.
    public func relation(to other: Geometry) throws(GEOSError) -> String {
        try withGEOS { context throws(GEOSError) in
            let a = try context.operand(self)
            let b = try context.operand(other)
            guard let matrix = GEOSRelate_r(context.handle, a.pointer, b.pointer) else {
                throw context.failure("GEOSRelate_r")
            }
            defer { GEOSFree_r(context.handle, matrix) }
            return String(cString: matrix)
        }
    }

    /// Whether the relation matches a DE-9IM pattern of nine letters out of
    /// `T`, `F`, `*`, `0`, `1`, `2` (`GEOSRelatePattern_r`).
    ///
    /// - Throws: `GEOSError`, also for anything that is no such pattern.
    public func relates(to other: Geometry, as pattern: String) throws(GEOSError) -> Bool {
        guard pattern.utf8.count == 9, pattern.utf8.allSatisfy("TF*012tf".utf8.contains) else {
            throw GEOSError(
                function: "GEOSRelatePattern_r", message: "a pattern is nine letters out of T F * 0 1 2")
        }
        return try withGEOS { context throws(GEOSError) in
            let a = try context.operand(self)
            let b = try context.operand(other)
            return try context.predicate(
                "GEOSRelatePattern_r", GEOSRelatePattern_r(context.handle, a.pointer, b.pointer, pattern))
        }
    }

    private typealias Predicate = (GEOSContextHandle_t?, OpaquePointer?, OpaquePointer?) -> CChar

    @inline(__always)
    private func predicate(
        _ function: StaticString, _ other: Geometry, _ answer: Predicate
    ) throws(GEOSError) -> Bool {
        try withGEOS { context throws(GEOSError) in
            let a = try context.operand(self)
            let b = try context.operand(other)
            return try context.predicate(function, answer(context.handle, a.pointer, b.pointer))
        }
    }
}

extension GEOSContext {
    /// An operand of a predicate: collections are dissolved first, since GEOS
    /// 3.11 fails on, or misjudges, members that overlap.
    func operand(_ geometry: Geometry) throws(GEOSError) -> GEOSGeometryHandle {
        let exported = try export(geometry)
        guard case .collection = geometry else { return exported }
        return try self.geometry("GEOSUnaryUnion_r", GEOSUnaryUnion_r(handle, exported.pointer))
    }
}
