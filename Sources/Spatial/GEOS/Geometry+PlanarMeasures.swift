import CGEOS

/// Measures on the plane of the coordinates: for comparing, not for showing.
extension Geometry {
    /// The area in square units of the coordinates, square degrees for
    /// WGS 84; 0 for points and lines (`GEOSArea_r`).
    ///
    /// - Throws: `GEOSError`.
    /// - Complexity: O(positions).
    public func areaSquareCoordinateUnits() throws(GEOSError) -> Double {
        try withGEOS { context throws(GEOSError) in
            let geometry = try context.export(self)
            var area = 0.0
            try context.check("GEOSArea_r", status: GEOSArea_r(context.handle, geometry.pointer, &area), failure: 0)
            return area
        }
    }

    /// The length of lines and of rings in the unit of the coordinates,
    /// degrees for WGS 84 (`GEOSLength_r`).
    ///
    /// - Throws: `GEOSError`.
    /// - Complexity: O(positions).
    public func lengthCoordinateUnits() throws(GEOSError) -> Double {
        try withGEOS { context throws(GEOSError) in
            let geometry = try context.export(self)
            var length = 0.0
            try context.check(
                "GEOSLength_r", status: GEOSLength_r(context.handle, geometry.pointer, &length), failure: 0)
            return length
        }
    }

    /// The shortest distance between two geometries in the unit of the
    /// coordinates, degrees for WGS 84 (`GEOSDistance_r`).
    ///
    /// - Returns: 0 where they intersect, `nil` where one of them is empty.
    /// - Throws: `GEOSError`.
    public func distanceCoordinateUnits(to other: Geometry) throws(GEOSError) -> Double? {
        try withGEOS { context throws(GEOSError) in
            let a = try context.export(self)
            let b = try context.export(other)
            if try context.isEmpty(a.pointer) { return nil }
            if try context.isEmpty(b.pointer) { return nil }
            var distance = 0.0
            try context.check(
                "GEOSDistance_r", status: GEOSDistance_r(context.handle, a.pointer, b.pointer, &distance), failure: 0)
            return distance
        }
    }

    /// Whether no line crosses or touches itself between its ends, and no
    /// point comes twice (`GEOSisSimple_r`).
    ///
    /// - Throws: `GEOSError`.
    public func isSimple() throws(GEOSError) -> Bool {
        try withGEOS { context throws(GEOSError) in
            let geometry = try context.export(self)
            return try context.predicate("GEOSisSimple_r", GEOSisSimple_r(context.handle, geometry.pointer))
        }
    }
}
