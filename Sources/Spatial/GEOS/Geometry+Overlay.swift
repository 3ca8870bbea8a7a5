import CGEOS

/// Set operations, computed by GEOS on the plane of the coordinates.
///
/// With a grid size (in the unit of the coordinates, degrees for WGS 84) the
/// result is valid and all its coordinates lie on that grid; without, full
/// floating precision. Heights are kept, and interpolated where new positions
/// arise. Complexity of all: O((n + k) log n) in positions and crossings.
extension Geometry {
    /// What lies in both (`GEOSIntersection_r`).
    ///
    /// - Throws: `GEOSError`, where an operand is invalid or, for collections
    ///   of mixed types, unsupported.
    public func intersection(_ other: Geometry, onGrid gridSize: Double? = nil) throws(GEOSError) -> Geometry {
        if let gridSize {
            return try overlay("GEOSIntersectionPrec_r", other, gridSize, GEOSIntersectionPrec_r)
        }
        return try overlay("GEOSIntersection_r", other, GEOSIntersection_r)
    }

    /// What lies in either (`GEOSUnion_r`).
    ///
    /// - Throws: `GEOSError`, where an operand is invalid or, for collections
    ///   of mixed types, unsupported.
    public func union(_ other: Geometry, onGrid gridSize: Double? = nil) throws(GEOSError) -> Geometry {
        if let gridSize {
            return try overlay("GEOSUnionPrec_r", other, gridSize, GEOSUnionPrec_r)
        }
        return try overlay("GEOSUnion_r", other, GEOSUnion_r)
    }

    /// What lies in this one and not in the other (`GEOSDifference_r`).
    ///
    /// - Throws: `GEOSError`, where an operand is invalid or, for collections
    ///   of mixed types, unsupported.
    public func difference(_ other: Geometry, onGrid gridSize: Double? = nil) throws(GEOSError) -> Geometry {
        if let gridSize {
            return try overlay("GEOSDifferencePrec_r", other, gridSize, GEOSDifferencePrec_r)
        }
        return try overlay("GEOSDifference_r", other, GEOSDifference_r)
    }

    /// What lies in exactly one of them (`GEOSSymDifference_r`).
    ///
    /// - Throws: `GEOSError`, where an operand is invalid or, for collections
    ///   of mixed types, unsupported.
    public func symmetricDifference(
        _ other: Geometry, onGrid gridSize: Double? = nil
    ) throws(GEOSError) -> Geometry {
        if let gridSize {
            return try overlay("GEOSSymDifferencePrec_r", other, gridSize, GEOSSymDifferencePrec_r)
        }
        return try overlay("GEOSSymDifference_r", other, GEOSSymDifference_r)
    }

    /// The parts merged into one another: overlaps dissolved, lines noded
    /// (`GEOSUnaryUnion_r`). Many polygons are united this way, in a
    /// collection, far faster than one by one.
    ///
    /// - Throws: `GEOSError`.
    public func dissolved(onGrid gridSize: Double? = nil) throws(GEOSError) -> Geometry {
        guard let gridSize else {
            return try derived("GEOSUnaryUnion_r") { GEOSUnaryUnion_r($0, $1) }
        }
        try requireGrid(gridSize, "GEOSUnaryUnionPrec_r")
        return try derived("GEOSUnaryUnionPrec_r") { GEOSUnaryUnionPrec_r($0, $1, gridSize) }
    }

    private typealias Overlay = (GEOSContextHandle_t?, OpaquePointer?, OpaquePointer?) -> OpaquePointer?
    private typealias GridOverlay = (GEOSContextHandle_t?, OpaquePointer?, OpaquePointer?, Double) -> OpaquePointer?

    private func overlay(
        _ function: StaticString, _ other: Geometry, _ operation: Overlay
    ) throws(GEOSError) -> Geometry {
        try withGEOS { context throws(GEOSError) in
            let a = try context.export(self)
            let b = try context.export(other)
            let result = try context.geometry(function, operation(context.handle, a.pointer, b.pointer))
            return try context.value(of: result)
        }
    }

    private func overlay(
        _ function: StaticString, _ other: Geometry, _ gridSize: Double, _ operation: GridOverlay
    ) throws(GEOSError) -> Geometry {
        try requireGrid(gridSize, function)
        return try overlay(function, other) { operation($0, $1, $2, gridSize) }
    }
}

extension Geometry {
    /// The value GEOS makes of this one.
    func derived(
        _ function: StaticString, _ operation: (GEOSContextHandle_t?, OpaquePointer?) -> OpaquePointer?
    ) throws(GEOSError) -> Geometry {
        try withGEOS { context throws(GEOSError) in
            let source = try context.export(self)
            let result = try context.geometry(function, operation(context.handle, source.pointer))
            return try context.value(of: result)
        }
    }

    /// Refuses a grid that GEOS would loop on or take for "no grid".
    func requireGrid(_ size: Double, _ function: StaticString) throws(GEOSError) {
        guard size > 0, size.isFinite, (1 / size).isFinite else {
            throw GEOSError(function: "\(function)", message: "a grid size is positive and finite, not \(size)")
        }
    }
}
