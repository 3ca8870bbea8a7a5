import Spatial
import TestSupport
import Testing

@Suite struct GEOSConcurrencyTests {
    @Test func sixteenTasksOnSharedValuesAgree() async throws {
        let district = try Geometry(wkt: "POLYGON((0 0,10 0,10 10,5 5,0 10,0 0),(1 1,2 1,2 2,1 2,1 1))")
        var generator = SeededGenerator(seed: 16)
        let buildings: [Geometry] = (0..<300).map { _ in
            let x = Double.random(in: -1...10, using: &generator)
            let y = Double.random(in: -1...10, using: &generator)
            let corners = [(0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.0, 0.0)]
            return .polygon(Polygon(LineString(corners.map { LonLat(x + $0.0, y + $0.1) })))
        }
        let alone = try Self.answers(district, buildings)
        #expect(alone.filter { $0 > 0 }.count > 50 && alone.contains(0))
        try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<16 { group.addTask { try Self.answers(district, buildings) } }
            for try await answers in group { #expect(answers == alone) }
        }
    }

    /// The area each building shares with the district, by way of all parts
    /// of the wrapper.
    private static func answers(_ district: Geometry, _ buildings: [Geometry]) throws -> [Double] {
        try district.withPrepared { prepared in
            try buildings.map { building in
                let wkb = building.wkb
                guard try wkb.withUnsafeBytes({ try Validity(wkb: $0).isValid }) else { return -1 }
                guard try wkb.withUnsafeBytes({ try prepared.intersects(wkb: $0) }) else { return 0 }
                if try prepared.contains(building) { return try building.areaSquareCoordinateUnits() }
                #expect(throws: GEOSError.self) { try building.relates(to: district, as: "x") }
                return try district.intersection(building).areaSquareCoordinateUnits()
            }
        }
    }
}
