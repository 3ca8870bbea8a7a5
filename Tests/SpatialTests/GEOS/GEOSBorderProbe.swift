import CGEOS

/// Calls that GEOS must refuse, for testing how refusals come back.
enum GEOSBorderProbe {
    static func interiorRings(_ context: OpaquePointer, _ geometry: OpaquePointer) -> CInt {
        GEOSGetNumInteriorRings_r(context, geometry)
    }

    static func relate(_ context: OpaquePointer, _ geometry: OpaquePointer, pattern: String) -> CChar {
        GEOSRelatePattern_r(context, geometry, geometry, pattern)
    }
}
