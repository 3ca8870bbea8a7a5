import CGEOS

extension GEOSContext {
    /// A GEOS geometry of well-known binary, read by GEOS itself without a
    /// Swift value in between.
    ///
    /// - Precondition: `WKBCursor.firstDefect` found none: GEOS's reader
    ///   bounds neither nesting nor coordinates.
    func read(checkedWKB bytes: UnsafeRawBufferPointer) throws(GEOSError) -> GEOSGeometryHandle {
        let reader = try check("GEOSWKBReader_create_r", nonNull: louyu_geos_wkb_reader())
        let start = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
        return try geometry(
            "GEOSWKBReader_read_r", GEOSWKBReader_read_r(handle, reader, start, bytes.count))
    }

    /// The verdict of `GEOSisValidDetail_r`.
    func validity(of geometry: borrowing GEOSGeometryHandle) throws(GEOSError) -> Validity {
        var reason: UnsafeMutablePointer<CChar>?
        var location: OpaquePointer?
        let answer = GEOSisValidDetail_r(handle, geometry.pointer, 0, &reason, &location)
        defer { if let reason { GEOSFree_r(handle, reason) } }
        let place = location.map { GEOSGeometryHandle(owning: $0) }
        if try predicate("GEOSisValidDetail_r", answer) { return .valid }
        let rule = reason.flatMap { InvalidityReason(rawValue: String(cString: $0)) } ?? .other
        guard let place, case .point(let point) = try value(of: place) else { return .invalid(rule, at: nil) }
        return .invalid(rule, at: point.position)
    }
}

extension WKBCursor {
    /// The first fault of the geometry at the start of some bytes.
    ///
    /// - Throws: `GEOSError` in the name of GEOS's reader, which such bytes
    ///   must not reach.
    static func firstDefect(in bytes: UnsafeRawBufferPointer) throws(GEOSError) -> StructuralDefect? {
        var cursor = WKBCursor(bytes)
        do {
            return try cursor.firstDefect()
        } catch {
            throw GEOSError(function: "GEOSWKBReader_read_r", message: "no WKB geometry: \(error)")
        }
    }
}
