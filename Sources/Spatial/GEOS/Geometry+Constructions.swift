import CGEOS

/// Geometries made of one geometry, by GEOS on the plane of the coordinates.
extension Geometry {
    /// The boundary: end points of lines, rings of polygons (`GEOSBoundary_r`).
    ///
    /// - Throws: `GEOSError`, also for collections of mixed types.
    public func boundary() throws(GEOSError) -> Geometry {
        try derived("GEOSBoundary_r") { GEOSBoundary_r($0, $1) }
    }

    /// The smallest convex geometry around it (`GEOSConvexHull_r`).
    ///
    /// - Throws: `GEOSError`.
    /// - Complexity: O(n log n).
    public func convexHull() throws(GEOSError) -> Geometry {
        try derived("GEOSConvexHull_r") { GEOSConvexHull_r($0, $1) }
    }

    /// All points within a distance; negative distances shrink polygons
    /// (`GEOSBuffer_r`).
    ///
    /// - Parameters:
    ///   - distance: in the unit of the coordinates, degrees for WGS 84.
    ///   - quadrantSegments: edges of a quarter circle, 1...1000.
    /// - Returns: a polygon or several; an empty one where nothing is left.
    /// - Throws: `GEOSError`.
    public func buffered(
        byCoordinateUnits distance: Double, quadrantSegments: Int = 8
    ) throws(GEOSError) -> Geometry {
        guard distance.isFinite, (1...1000).contains(quadrantSegments) else {
            throw GEOSError(
                function: "GEOSBuffer_r",
                message: "no buffer by \(distance) with \(quadrantSegments) edges a quadrant")
        }
        return try derived("GEOSBuffer_r") { GEOSBuffer_r($0, $1, distance, CInt(quadrantSegments)) }
    }

    /// Fewer positions, none farther than a tolerance from the original
    /// (`GEOSSimplify_r`, `GEOSTopologyPreserveSimplify_r`).
    ///
    /// - Parameters:
    ///   - tolerance: in the unit of the coordinates, degrees for WGS 84.
    ///   - preservingTopology: keep every part and hole of this geometry, and
    ///     polygons valid. Without it, small parts may vanish.
    /// - Returns: a geometry of the same type, or of its multiple.
    /// - Throws: `GEOSError`, also for a tolerance below 0 and for coordinates
    ///   beyond 1e100, over which GEOS 3.11 would not come to an end.
    public func simplified(
        toleranceCoordinateUnits tolerance: Double, preservingTopology: Bool = true
    ) throws(GEOSError) -> Geometry {
        guard tolerance >= 0, tolerance.isFinite else {
            throw GEOSError(function: "GEOSSimplify_r", message: "no tolerance: \(tolerance)")
        }
        let box = box
        guard max(-box.west, -box.south, box.east, box.north) <= 1e100 else {
            throw GEOSError(function: "GEOSSimplify_r", message: "coordinates beyond 1e100")
        }
        if preservingTopology {
            return try derived("GEOSTopologyPreserveSimplify_r") {
                GEOSTopologyPreserveSimplify_r($0, $1, tolerance)
            }
        }
        return try derived("GEOSSimplify_r") { GEOSSimplify_r($0, $1, tolerance) }
    }

    /// The same course with no edge longer than a length (`GEOSDensify_r`).
    ///
    /// - Parameter length: in the unit of the coordinates, degrees for WGS 84.
    /// - Returns: a geometry of the same type, each edge cut into equal parts.
    /// - Throws: `GEOSError`, also where more than 10 million positions would
    ///   arise.
    /// - Complexity: O(positions of the result).
    public func densified(maximumEdgeCoordinateUnits length: Double) throws(GEOSError) -> Geometry {
        let box = box
        let diagonal = isEmpty ? 0 : (box.east - box.west) + (box.north - box.south)
        var edges = 0.0
        forEachPosition { _ in edges += 1 }
        guard length > 0, length.isFinite, edges * (diagonal / length + 1) <= 1e7 else {
            throw GEOSError(function: "GEOSDensify_r", message: "no edge length: \(length)")
        }
        return try derived("GEOSDensify_r") { GEOSDensify_r($0, $1, length) }
    }

    /// A point that surely lies on the geometry, for polygons in the interior
    /// (`GEOSPointOnSurface_r`).
    ///
    /// - Returns: `nil` for an empty geometry.
    /// - Throws: `GEOSError`.
    public func pointOnSurface() throws(GEOSError) -> LonLat? {
        try derivedPoint("GEOSPointOnSurface_r") { GEOSPointOnSurface_r($0, $1) }
    }

    /// The centre of mass, which may lie outside (`GEOSGetCentroid_r`).
    ///
    /// - Returns: `nil` for an empty geometry.
    /// - Throws: `GEOSError`.
    public func centroid() throws(GEOSError) -> LonLat? {
        try derivedPoint("GEOSGetCentroid_r") { GEOSGetCentroid_r($0, $1) }
    }

    /// A valid geometry whose coordinates all lie on a grid, as they are to be
    /// written with a fixed number of decimals (`GEOSGeom_setPrecision_r`).
    /// What collapses on the grid vanishes.
    ///
    /// - Parameter gridSize: in the unit of the coordinates; 1e-7 for seven
    ///   decimals.
    /// - Returns: a geometry of the same type or its multiple, empty where
    ///   everything collapses.
    /// - Throws: `GEOSError`.
    public func snapped(toGrid gridSize: Double) throws(GEOSError) -> Geometry {
        try requireGrid(gridSize, "GEOSGeom_setPrecision_r")
        return try derived("GEOSGeom_setPrecision_r") {
            GEOSGeom_setPrecision_r($0, $1, gridSize, CInt(GEOS_PREC_VALID_OUTPUT.rawValue))
        }
    }

    /// The canonical form: rings and parts in a fixed order and orientation
    /// (`GEOSNormalize_r`).
    ///
    /// - Throws: `GEOSError`.
    public func normalized() throws(GEOSError) -> Geometry {
        try withGEOS { context throws(GEOSError) in
            let geometry = try context.export(self)
            try context.check(
                "GEOSNormalize_r", status: GEOSNormalize_r(context.handle, geometry.pointer), failure: -1)
            return try context.value(of: geometry)
        }
    }

    private func derivedPoint(
        _ function: StaticString, _ operation: (GEOSContextHandle_t?, OpaquePointer?) -> OpaquePointer?
    ) throws(GEOSError) -> LonLat? {
        guard case .point(let point) = try derived(function, operation) else { return nil }
        return point.position
    }
}
