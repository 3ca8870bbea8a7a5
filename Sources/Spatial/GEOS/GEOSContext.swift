import CGEOS

/// The calling thread's GEOS context, together with GEOS's three ways to
/// report a failure.
///
/// It is only ever lent to the closure of `withGEOS`. The closure is
/// synchronous, so it cannot change threads half-way: the context needs no
/// lock, and no GEOS pointer crosses an `await`.
struct GEOSContext: ~Copyable {
    /// The C handle, first argument of every GEOS function.
    let handle: GEOSContextHandle_t

    fileprivate init(handle: GEOSContextHandle_t) { self.handle = handle }

    /// For functions that answer NULL on failure.
    func check(_ function: StaticString, nonNull pointer: OpaquePointer?) throws(GEOSError) -> OpaquePointer {
        guard let pointer else { throw failure(function) }
        return pointer
    }

    /// For functions that make a geometry, NULL on failure.
    func geometry(_ function: StaticString, _ pointer: OpaquePointer?) throws(GEOSError) -> GEOSGeometryHandle {
        GEOSGeometryHandle(owning: try check(function, nonNull: pointer))
    }

    /// For functions that answer a number, with one value (0 or -1) kept for
    /// failure.
    @discardableResult
    func check(_ function: StaticString, status: CInt, failure failed: CInt) throws(GEOSError) -> CInt {
        guard status != failed else { throw failure(function) }
        return status
    }

    /// For functions that answer 1 (true), 0 (false) or 2 (failure).
    func predicate(_ function: StaticString, _ answer: CChar) throws(GEOSError) -> Bool {
        guard answer != 2 else { throw failure(function) }
        return answer == 1
    }

    /// The error of a function that has just failed.
    func failure(_ function: StaticString) -> GEOSError {
        let message = String(cString: louyu_geos_message())
        return GEOSError(function: "\(function)", message: message.isEmpty ? "failed without a message" : message)
    }
}

/// Runs an operation with the calling thread's GEOS context.
///
/// - Throws: `GEOSError` out of `body`, or where no context can be made.
@inline(__always)
func withGEOS<Result: ~Copyable>(
    _ body: (borrowing GEOSContext) throws(GEOSError) -> Result
) throws(GEOSError) -> Result {
    guard let handle = louyu_geos_begin() else {
        throw GEOSError(function: "GEOS_init_r", message: String(cString: louyu_geos_message()))
    }
    return try body(GEOSContext(handle: handle))
}
