import CGEOS

/// A geometry indexed for many questions.
///
/// GEOS builds its indexes at the first question and without a lock, so a
/// prepared geometry is never `Sendable` and serves one thread.
public struct PreparedGeometry: ~Copyable {
    private let base: GEOSGeometryHandle
    private let prepared: OpaquePointer

    /// Prepares a geometry.
    ///
    /// - Throws: `GEOSError` where it cannot be prepared.
    public init(preparing geometry: Geometry) throws(GEOSError) {
        let (base, prepared) = try Self.prepare(geometry)
        self.base = GEOSGeometryHandle(owning: base)
        self.prepared = prepared
    }

    deinit { GEOSPreparedGeom_destroy_r(louyu_geos_context(), prepared) }

    private static func prepare(_ geometry: Geometry) throws(GEOSError) -> (OpaquePointer, OpaquePointer) {
        try withGEOS { context throws(GEOSError) in
            let base = try context.operand(geometry)
            let prepared = try context.check("GEOSPrepare_r", nonNull: GEOSPrepare_r(context.handle, base.pointer))
            return (base.release(), prepared)
        }
    }

    /// Whether a position lies in the interior.
    ///
    /// - Throws: `GEOSError`.
    /// - Complexity: O(log n) in the positions of a polygon.
    public func contains(_ position: LonLat) throws(GEOSError) -> Bool {
        try predicate("GEOSPreparedContains_r", position, GEOSPreparedContains_r)
    }

    /// Whether a position lies in the interior or on the boundary.
    ///
    /// - Throws: `GEOSError`.
    /// - Complexity: O(log n) in the positions of a polygon.
    public func covers(_ position: LonLat) throws(GEOSError) -> Bool {
        try predicate("GEOSPreparedCovers_r", position, GEOSPreparedCovers_r)
    }

    /// Whether the two share a point; see `Geometry.intersects(_:)`.
    ///
    /// - Throws: `GEOSError`.
    public func intersects(_ other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSPreparedIntersects_r", other, GEOSPreparedIntersects_r)
    }

    /// Whether the two share no point; see `Geometry.isDisjoint(with:)`.
    ///
    /// - Throws: `GEOSError`.
    public func isDisjoint(with other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSPreparedDisjoint_r", other, GEOSPreparedDisjoint_r)
    }

    /// Whether they share boundary points only; see `Geometry.touches(_:)`.
    ///
    /// - Throws: `GEOSError`.
    public func touches(_ other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSPreparedTouches_r", other, GEOSPreparedTouches_r)
    }

    /// Whether it contains the other; see `Geometry.contains(_:)`.
    ///
    /// - Throws: `GEOSError`.
    public func contains(_ other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSPreparedContains_r", other, GEOSPreparedContains_r)
    }

    /// Whether the other contains it; see `Geometry.isWithin(_:)`.
    ///
    /// - Throws: `GEOSError`.
    public func isWithin(_ other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSPreparedWithin_r", other, GEOSPreparedWithin_r)
    }

    /// Whether it covers the other; see `Geometry.covers(_:)`.
    ///
    /// - Throws: `GEOSError`.
    public func covers(_ other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSPreparedCovers_r", other, GEOSPreparedCovers_r)
    }

    /// Whether the other covers it; see `Geometry.isCovered(by:)`.
    ///
    /// - Throws: `GEOSError`.
    public func isCovered(by other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSPreparedCoveredBy_r", other, GEOSPreparedCoveredBy_r)
    }

    /// Whether the two cross; see `Geometry.crosses(_:)`.
    ///
    /// - Throws: `GEOSError`.
    public func crosses(_ other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSPreparedCrosses_r", other, GEOSPreparedCrosses_r)
    }

    /// Whether the two overlap; see `Geometry.overlaps(_:)`.
    ///
    /// - Throws: `GEOSError`.
    public func overlaps(_ other: Geometry) throws(GEOSError) -> Bool {
        try predicate("GEOSPreparedOverlaps_r", other, GEOSPreparedOverlaps_r)
    }

    /// Whether it shares a point with a geometry in well-known binary.
    ///
    /// - Throws: `GEOSError`, also for bytes that are no sound geometry.
    public func intersects(wkb: UnsafeRawBufferPointer) throws(GEOSError) -> Bool {
        try predicate("GEOSPreparedIntersects_r", wkb: wkb, GEOSPreparedIntersects_r)
    }

    /// Whether it contains a geometry in well-known binary.
    ///
    /// - Throws: `GEOSError`, also for bytes that are no sound geometry.
    public func contains(wkb: UnsafeRawBufferPointer) throws(GEOSError) -> Bool {
        try predicate("GEOSPreparedContains_r", wkb: wkb, GEOSPreparedContains_r)
    }

    /// Whether it covers a geometry in well-known binary.
    ///
    /// - Throws: `GEOSError`, also for bytes that are no sound geometry.
    public func covers(wkb: UnsafeRawBufferPointer) throws(GEOSError) -> Bool {
        try predicate("GEOSPreparedCovers_r", wkb: wkb, GEOSPreparedCovers_r)
    }

    private typealias Predicate = (GEOSContextHandle_t?, OpaquePointer?, OpaquePointer?) -> CChar

    @inline(__always)
    private func predicate(
        _ function: StaticString, _ position: LonLat, _ answer: Predicate
    ) throws(GEOSError) -> Bool {
        try withGEOS { context throws(GEOSError) in
            let other = try context.export(position)
            return try context.predicate(function, answer(context.handle, prepared, other.pointer))
        }
    }

    @inline(__always)
    private func predicate(
        _ function: StaticString, _ other: Geometry, _ answer: Predicate
    ) throws(GEOSError) -> Bool {
        try withGEOS { context throws(GEOSError) in
            let other = try context.operand(other)
            return try context.predicate(function, answer(context.handle, prepared, other.pointer))
        }
    }

    @inline(__always)
    private func predicate(
        _ function: StaticString, wkb: UnsafeRawBufferPointer, _ answer: Predicate
    ) throws(GEOSError) -> Bool {
        if let defect = try WKBCursor.firstDefect(in: wkb) {
            throw GEOSError(function: "\(function)", message: defect.reason.rawValue)
        }
        return try withGEOS { context throws(GEOSError) in
            let other = try context.read(checkedWKB: wkb)
            return try context.predicate(function, answer(context.handle, prepared, other.pointer))
        }
    }
}

extension Geometry {
    /// Lends this geometry, prepared for many questions, to `body`.
    ///
    /// - Parameter body: runs once, on this thread. The prepared geometry
    ///   cannot be kept.
    /// - Returns: what `body` returns.
    /// - Throws: `GEOSError` where it cannot be prepared, and whatever `body`
    ///   throws.
    public func withPrepared<Result: ~Copyable>(
        _ body: (borrowing PreparedGeometry) throws -> Result
    ) throws -> Result {
        try body(try PreparedGeometry(preparing: self))
    }
}
