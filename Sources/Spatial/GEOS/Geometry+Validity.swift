extension Geometry {
    /// Whether the geometry is valid; if not, which rule is broken and where.
    ///
    /// - Throws: `GEOSError` only where GEOS itself fails; coordinates that
    ///   are no numbers, open rings and short lines are verdicts.
    /// - Complexity: O(n log n) in its positions.
    public func validity() throws(GEOSError) -> Validity {
        var isFinite = true
        forEachPosition { isFinite = isFinite && $0.isFinite }
        guard isFinite else { return .invalid(.invalidCoordinate, at: nil) }
        var result: Result<Validity, GEOSError> = .success(.valid)
        wkb.withUnsafeBytes { bytes in
            result = Result { () throws(GEOSError) in try Validity(wkb: bytes) }
        }
        return try result.get()
    }
}

extension Validity {
    /// The verdict on one geometry in well-known binary, without a value in
    /// between: what an import asks of every record. Plain outlines are
    /// judged by `SimpleOutline`, all others by GEOS.
    ///
    /// - Parameter bytes: one geometry, ISO or EWKB; bytes behind it are
    ///   ignored.
    /// - Throws: `GEOSError` where the bytes are no geometry, or GEOS fails.
    /// - Complexity: O(n log n) in its positions.
    public init(wkb bytes: UnsafeRawBufferPointer) throws(GEOSError) {
        if SimpleOutline.isCertainlyValid(wkb: bytes) {
            self = .valid
            return
        }
        if let defect = try WKBCursor.firstDefect(in: bytes) {
            self = .invalid(defect.reason, at: defect.place)
            return
        }
        self = try withGEOS { context throws(GEOSError) in
            let geometry = try context.read(checkedWKB: bytes)
            return try context.validity(of: geometry)
        }
    }

    /// The verdict of GEOS alone, for checking `SimpleOutline` against.
    init(askingGEOSAboutWKB bytes: UnsafeRawBufferPointer) throws(GEOSError) {
        if let defect = try WKBCursor.firstDefect(in: bytes) {
            self = .invalid(defect.reason, at: defect.place)
            return
        }
        self = try withGEOS { context throws(GEOSError) in
            let geometry = try context.read(checkedWKB: bytes)
            return try context.validity(of: geometry)
        }
    }
}
