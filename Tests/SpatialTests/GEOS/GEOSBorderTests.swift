import TestSupport
import Testing

@testable import Spatial

/// What crosses the border to GEOS and back, and how failures come back.
@Suite struct GEOSBorderTests {
    @Test(arguments: allTypes)
    func everyTypeComesBackAsItWent(wkt: String) throws {
        let geometry = try Geometry(wkt: wkt)
        let returned = try withGEOS { context throws(GEOSError) in
            try context.value(of: try context.export(geometry))
        }
        #expect(returned == geometry)
    }

    @Test(arguments: allTypes)
    func wkbOfEveryTypeIsReadAlikeByGEOS(wkt: String) throws {
        let geometry = try Geometry(wkt: wkt)
        let returned = try geometry.wkb.withUnsafeBytes { bytes in
            try withGEOS { context throws(GEOSError) in
                try context.value(of: try context.read(checkedWKB: bytes))
            }
        }
        #expect(returned == geometry)
    }

    @Test func emptyMembersAreLeftOut() throws {
        let geometry = try Geometry(
            wkt: "GEOMETRYCOLLECTION(MULTIPOINT(EMPTY,(1 2)),POLYGON EMPTY,LINESTRING(0 0,1 1))")
        let returned = try withGEOS { context throws(GEOSError) in
            try context.value(of: try context.export(geometry))
        }
        #expect(returned.wkt == "GEOMETRYCOLLECTION (MULTIPOINT ((1 2)), LINESTRING (0 0, 1 1))")
    }

    @Test func nullComesBackAsAnError() throws {
        let open = Geometry.polygon(Polygon(LineString([LonLat(0, 0), LonLat(1, 0), LonLat(1, 1), LonLat(0, 1)])))
        let error = #expect(throws: GEOSError.self) { try open.convexHull() }
        #expect(error?.function == "GEOSGeom_createLinearRing_r")
        #expect(error?.message.isEmpty == false)
    }

    @Test func statusOfFailureComesBackAsAnError() throws {
        let error = #expect(throws: GEOSError.self) {
            try withGEOS { context throws(GEOSError) in
                let point = try context.export(LonLat(1, 2))
                return try context.check(
                    "GEOSGetNumInteriorRings_r", status: GEOSBorderProbe.interiorRings(context.handle, point.pointer),
                    failure: -1)
            }
        }
        #expect(error?.function == "GEOSGetNumInteriorRings_r")
        #expect(error?.message.isEmpty == false)
    }

    @Test func predicateOfFailureComesBackAsAnError() throws {
        let error = #expect(throws: GEOSError.self) {
            try withGEOS { context throws(GEOSError) in
                let point = try context.export(LonLat(1, 2))
                return try context.predicate(
                    "GEOSRelatePattern_r", GEOSBorderProbe.relate(context.handle, point.pointer, pattern: "short"))
            }
        }
        #expect(error?.function == "GEOSRelatePattern_r")
        #expect(error?.message.isEmpty == false)
    }

    @Test func aMessageDoesNotOutliveItsOperation() throws {
        let point = Geometry.point(Point(LonLat(1, 2)))
        #expect(throws: GEOSError.self) {
            try withGEOS { context throws(GEOSError) in
                let point = try context.export(LonLat(1, 2))
                return try context.predicate(
                    "GEOSRelatePattern_r", GEOSBorderProbe.relate(context.handle, point.pointer, pattern: "short"))
            }
        }
        let later = withKnownFailure()
        #expect(later.message == "failed without a message")
        #expect(try point.intersects(point))
    }

    /// A failure of which GEOS knows nothing.
    private func withKnownFailure() -> GEOSError {
        do {
            return try withGEOS { context throws(GEOSError) in context.failure("none") }
        } catch {
            return error
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func coordinatesThatAreNoNumbersNeverReachGEOS(bad: Double) throws {
        let square = try Geometry(wkt: "POLYGON((0 0,1 0,1 1,0 1,0 0))")
        let geometries: [Geometry] = [
            .point(Point(LonLat(bad, 0))), .lineString(LineString([LonLat(0, 0), LonLat(1, bad)])),
            .polygon(Polygon(LineString([LonLat(0, 0), LonLat(bad, 0), LonLat(1, 1), LonLat(0, 0)]))),
            .collection([.multiPoint([Point(LonLat(0, bad))])]),
        ]
        for geometry in geometries {
            #expect(throws: GEOSError.self) { try geometry.intersects(square) }
            #expect(throws: GEOSError.self) { try square.union(geometry) }
            #expect(throws: GEOSError.self) { try geometry.repaired() }
            #expect(throws: GEOSError.self) { try square.distanceCoordinateUnits(to: geometry) }
            #expect(try geometry.validity() == .invalid(.invalidCoordinate, at: nil))
            #expect(throws: GEOSError.self) { try square.withPrepared { try $0.intersects(geometry) } }
        }
        #expect(throws: GEOSError.self) { try square.buffered(byCoordinateUnits: bad) }
        #expect(throws: GEOSError.self) { try square.simplified(toleranceCoordinateUnits: bad) }
        #expect(throws: GEOSError.self) { try square.densified(maximumEdgeCoordinateUnits: bad) }
        #expect(throws: GEOSError.self) { try square.snapped(toGrid: bad) }
        #expect(throws: GEOSError.self) { try square.union(square, onGrid: bad) }
    }

    @Test(arguments: allTypes + emptyMembers)
    func noPairOfShapesBreaksAnOperation(first: String) throws {
        let a = try Geometry(wkt: first)
        for second in allTypes + emptyMembers {
            let b = try Geometry(wkt: second)
            // Collections of mixed types are refused by some; a throw is fine.
            if let intersects = try? a.intersects(b) {
                #expect(try a.isDisjoint(with: b) == !intersects, "\(second)")
                #expect(try b.intersects(a) == intersects, "\(second)")
                #expect(try a.withPrepared { try $0.intersects(b) } == intersects, "\(second)")
                #expect(try a.distanceCoordinateUnits(to: b) == 0 || !intersects, "\(second)")
            }
            if let united = try? a.union(b) { #expect(try united.validity().isValid, "\(second)") }
            _ = try? a.symmetricDifference(b, onGrid: 0.1)
        }
    }

    @Test(arguments: allTypes + emptyMembers)
    func noShapeBreaksAnOperation(wkt: String) throws {
        let geometry = try Geometry(wkt: wkt)
        #expect(try geometry.convexHull().box == geometry.box)
        #expect(try geometry.densified(maximumEdgeCoordinateUnits: 0.3).box == geometry.box)
        #expect(try (geometry.pointOnSurface() == nil) == geometry.isEmpty)
        #expect(try (geometry.centroid() == nil) == geometry.isEmpty)
        #expect(try geometry.repaired().geometry.validity() == .valid)
        #expect(try geometry.normalized().box == geometry.box)
        #expect(try geometry.dissolved().box == geometry.box)
        #expect(try geometry.snapped(toGrid: 0.5).validity() == .valid)
        _ = try geometry.simplified(toleranceCoordinateUnits: 0.1)
        _ = try geometry.buffered(byCoordinateUnits: -0.1)
        _ = try? geometry.boundary()
        _ = try? geometry.isSimple()
    }

    @Test func coordinatesBeyondReasonComeToAnEnd() throws {
        let huge = try Geometry(wkt: "POLYGON((0 0,1e308 1e308,1e308 0,0 1e308,0 0))")
        #expect(throws: GEOSError.self) { try huge.simplified(toleranceCoordinateUnits: 0.1) }
        _ = try huge.validity()
        _ = try? huge.repaired()
        _ = try? huge.union(Geometry(wkt: "POINT(-1e308 5e-324)"))
        _ = try? huge.buffered(byCoordinateUnits: 1)
    }

    @Test func heightsPassThroughOverlays() throws {
        let low = try Geometry(wkt: "POLYGON Z((0 0 5,2 0 5,2 2 5,0 2 5,0 0 5))")
        let high = try Geometry(wkt: "POLYGON Z((1 1 5,3 1 5,3 3 5,1 3 5,1 1 5))")
        guard case .polygon(let shared) = try low.intersection(high) else {
            Issue.record("no polygon")
            return
        }
        #expect(shared.exterior.heightsMeters == [5, 5, 5, 5, 5])
        #expect(try low.repaired().geometry.hasHeights)
    }
}

/// One of each type, empty ones too, with holes and heights.
let allTypes = [
    "POINT EMPTY", "POINT (1 2)", "POINT Z (1 2 3)", "LINESTRING EMPTY", "LINESTRING (0 0, 1 1, 2 0)",
    "LINESTRING Z (0 0 1, 1 1 2)", "POLYGON EMPTY", "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0))",
    "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 2 1, 2 2, 1 1), (5 5, 6 5, 6 6, 5 5))",
    "POLYGON Z ((0 0 1, 9 0 1, 9 9 2, 0 0 1), (2 1 1, 3 1 1, 3 2 1, 2 1 1))", "MULTIPOINT EMPTY",
    "MULTIPOINT ((1 2), (3 4))", "MULTILINESTRING EMPTY", "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3, 4 0))",
    "MULTIPOLYGON EMPTY", "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 8 5, 8 8, 5 5), (6 5.2, 7 5.2, 7 5.5, 6 5.2)))",
    "GEOMETRYCOLLECTION EMPTY",
    "GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION (LINESTRING (0 0, 1 1), POLYGON ((3 3, 4 3, 4 4, 3 3))))",
]

/// Shapes with empty parts.
let emptyMembers = [
    "MULTIPOINT (EMPTY, (1 2))", "MULTILINESTRING (EMPTY, (0 0, 1 1))", "MULTIPOLYGON (EMPTY, ((0 0, 1 0, 1 1, 0 0)))",
    "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), EMPTY)", "GEOMETRYCOLLECTION (POINT EMPTY, MULTIPOINT (EMPTY, (1 1)))",
    "MULTIPOINT (EMPTY)", "GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (POLYGON EMPTY))",
]
