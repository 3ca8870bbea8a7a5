import Spatial
import TestSupport
import Testing

@Suite struct GEOSRepairTests {
    @Test func aFigureOfEightBecomesTwoPolygons() throws {
        let eight = try Geometry(wkt: "POLYGON((0 0,2 2,2 0,0 2,0 0))")
        for method in RepairMethod.allCases {
            let repair = try eight.repaired(by: method)
            #expect(repair.geometry.type == .multiPolygon)
            #expect(try repair.geometry.areaSquareCoordinateUnits() == 2)
            #expect(repair.areaBeforeSquareMeters < 0.001 * repair.areaAfterSquareMeters)
            #expect(repair.areaAfterSquareMeters == repair.geometry.areaSquareMeters)
            #expect(repair.droppedParts == 0 && repair.closedRings == 0)
        }
    }

    @Test func aSpikeIsDroppedAndThePolygonStaysOne() throws {
        let spiked = try Geometry(wkt: "POLYGON((0 0,2 0,2 1,5 1,2 1,2 2,0 2,0 0))")
        let repair = try spiked.repaired(by: .linework)
        #expect(repair.geometry.type == .polygon)
        #expect(try repair.geometry.areaSquareCoordinateUnits() == 4)
        #expect(repair.droppedParts == 1)
    }

    @Test func openRingsAreClosedAndCounted() throws {
        let open = try Geometry(wkt: "POLYGON Z((0 0 3,2 0 3,2 2 3,0 2 3),(0.5 0.5 3,1 0.5 3,1 1 3))")
        let repair = try open.repaired()
        #expect(repair.closedRings == 2)
        #expect(try repair.geometry.areaSquareCoordinateUnits() == 4 - 0.125)
        #expect(abs(repair.areaBeforeSquareMeters - repair.areaAfterSquareMeters) < 1e-3)
        #expect(repair.geometry.hasHeights)
        #expect(try repair.geometry.validity() == .valid)
    }

    @Test(arguments: ["POLYGON((0 0,1 1))", "POLYGON((0 0,1 1,2 2,0 0))", "POLYGON((3 3))"])
    func whatHasNoAreaLeavesAnEmptyPolygon(wkt: String) throws {
        let repair = try Geometry(wkt: wkt).repaired()
        #expect(repair.geometry == .polygon(Polygon(LineString([]))))
        #expect(repair.droppedParts == 1)
        #expect(repair.areaAfterSquareMeters == 0)
    }

    @Test func linesAndPointsKeepTheirType() throws {
        #expect(try Geometry(wkt: "LINESTRING(1 1,1 1)").repaired().geometry.isEmpty)
        #expect(try Geometry(wkt: "MULTILINESTRING((1 1),(0 0,1 1))").repaired().droppedParts == 1)
        #expect(try Geometry(wkt: "POINT(1 1)").repaired().geometry.wkt == "POINT (1 1)")
    }

    @Test func membersOfCollectionsAreRepairedOneByOne() throws {
        let mixed = try Geometry(
            wkt: "GEOMETRYCOLLECTION(POINT(9 9),POLYGON((0 0,2 2,2 0,0 2,0 0)),POLYGON((0 0,1 1)))")
        let repair = try mixed.repaired()
        guard case .collection(let members) = repair.geometry else {
            Issue.record("no collection")
            return
        }
        #expect(members.map(\.type) == [.point, .multiPolygon, .polygon])
        #expect(repair.droppedParts == 1)
    }

    @Test(arguments: [UInt64(7)])
    func everyRandomRingIsRepairedToAValidPolygon(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var repaired = 0
        for index in 0..<4_000 {
            let positions = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                LonLat(
                    Double(Int.random(in: 0...6, using: &generator)), Double(Int.random(in: 0...6, using: &generator)))
            }
            let geometry = Geometry.polygon(Polygon(LineString(positions)))
            for method in RepairMethod.allCases {
                let repair = try geometry.repaired(by: method)
                let isPolygonal = repair.geometry.type == .polygon || repair.geometry.type == .multiPolygon
                if try !isPolygonal || !repair.geometry.validity().isValid {
                    Issue.record("seed \(seed), ring \(index): \(geometry.wkt)")
                }
                #expect(repair.geometry.isEmpty == (repair.areaAfterSquareMeters == 0))
                if !repair.geometry.isEmpty { repaired += 1 }
            }
        }
        #expect(repaired > 4_000)
    }
}
