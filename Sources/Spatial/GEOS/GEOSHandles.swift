import CGEOS

/// A geometry owned on the Swift side of the border.
///
/// Giving it to a C function that keeps it consumes the handle, just as GEOS
/// does even where that function fails: a second use or a double free does
/// not compile.
struct GEOSGeometryHandle: ~Copyable {
    /// Lent to C functions that only read.
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { GEOSGeom_destroy_r(louyu_geos_context(), pointer) }

    /// Hands ownership to a C function.
    consuming func release() -> OpaquePointer {
        let pointer = pointer
        discard self
        return pointer
    }
}

/// Owned geometries on their way into a collection or a polygon's holes.
///
/// What has been added is destroyed where making a later member fails.
struct GEOSGeometryList: ~Copyable {
    private var pointers: [OpaquePointer?] = []

    init(capacity: Int) { pointers.reserveCapacity(capacity) }

    deinit {
        for pointer in pointers { GEOSGeom_destroy_r(louyu_geos_context(), pointer) }
    }

    mutating func append(_ geometry: consuming GEOSGeometryHandle) {
        pointers.append(geometry.release())
    }

    /// Hands ownership of all of them to a C function.
    mutating func releaseAll() -> [OpaquePointer?] {
        let released = pointers
        pointers = []
        return released
    }
}

/// A coordinate sequence owned on the Swift side of the border.
struct GEOSCoordinatesHandle: ~Copyable {
    private let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { GEOSCoordSeq_destroy_r(louyu_geos_context(), pointer) }

    /// Hands ownership to a C function.
    consuming func release() -> OpaquePointer {
        let pointer = pointer
        discard self
        return pointer
    }
}
