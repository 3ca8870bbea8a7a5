import Atlas
import Messages
import Spatial
import Store
import Testing

/// Which records a filter lets through.
@Suite struct FilterTests {
    private static let corner = """
        {"type":"Polygon","coordinates":[[[106.5,29.5],[106.51,29.5],[106.51,29.502],[106.502,29.502],\
        [106.502,29.51],[106.5,29.51],[106.5,29.5]]]}
        """

    private func buildings() throws -> SmallAtlas {
        try SmallAtlas(
            .building,
            features: [
                SmallAtlas.feature("L", #""name":"L","storeys":5,"t":"80","say \"it\"":7"#, Self.corner),
                SmallAtlas.feature("M", #""name":"M","storeys":30,"t":180"#, SmallAtlas.point(106.52, 29.52)),
                SmallAtlas.feature("N", #""name":"N","t":"abc""#, SmallAtlas.point(106.53, 29.52)),
            ])
    }

    private func refs(_ small: SmallAtlas, _ layer: Layer = .building, where expression: String) throws -> [String] {
        var filter = RecordFilter()
        filter.expression = expression
        return try small.atlas.list(layer, filter: filter).map(\.ref)
    }

    private func code(_ body: () throws -> Void) -> Failure.Code? {
        do {
            try body()
            return nil
        } catch { return (error as? Failure)?.code }
    }

    @Test func aBoxMeetsTheShapeAndNotItsBox() throws {
        let small = try buildings()
        var filter = RecordFilter()
        filter.box = BoundingBox(west: 106.505, south: 29.505, east: 106.509, north: 29.509)
        #expect(try small.atlas.list(.building, filter: filter).isEmpty)
        filter.box = BoundingBox(west: 106.501, south: 29.505, east: 106.509, north: 29.509)
        #expect(try small.atlas.list(.building, filter: filter).map(\.ref) == ["L"])
    }

    @Test func aBoxMayLieAcrossTheAntimeridian() throws {
        let small = try SmallAtlas(
            .station,
            features: [(-179.0, "E"), (0, "Z"), (179, "W")].map {
                SmallAtlas.feature($1, #""name":"\#($1)""#, SmallAtlas.point($0, 10))
            })
        var filter = RecordFilter()
        filter.box = BoundingBox(west: 170, south: -20, east: -170, north: 40)
        #expect(try small.atlas.list(.station, filter: filter).map(\.ref).sorted() == ["E", "W"])
        let expression = "S_INTERSECTS(geom, BBOX(170, -20, -170, 40))"
        #expect(try refs(small, .station, where: expression).sorted() == ["E", "W"])
        #expect(try refs(small, .station, where: "NOT \(expression)") == ["Z"])
    }

    @Test(arguments: [
        ("t > 100", ["M"]), ("t >= 80", ["L", "M"]), ("t = 80", ["L"]), ("t IN (80, 180)", ["L", "M"]),
        ("t BETWEEN 1 AND 100", ["L"]), ("t + 1 = 81", ["L"]), ("t = 'abc'", ["N"]), ("storeys > 5", ["M"]),
        ("\"say \"\"it\"\"\" = 7", ["L"]), ("name LIKE 'M%' OR t < 81", ["L", "M"]),
    ]) func numbersAreComparedWithNumbers(_ expression: String, _ expected: [String]) throws {
        #expect(try refs(buildings(), where: expression) == expected, "\(expression)")
    }

    @Test func longConditionsAreAnsweredOrRefused() throws {
        let small = try buildings()
        let many = (0..<5000).map { "storeys = \($0)" }.joined(separator: " OR ")
        #expect(try refs(small, where: many) == ["L", "M"])
        #expect(try refs(small, where: many.replacing("=", with: "<>").replacing("OR", with: "AND")).isEmpty)
        let list = (0..<40_000).map(String.init).joined(separator: ",")
        #expect(code { _ = try refs(small, where: "storeys IN (\(list))") } == .usage)
        #expect(code { _ = try refs(small, where: "name LIKE '\(String(repeating: "x", count: 60_000))'") } == .usage)
    }

    @Test func aKindIsAskedOfLayersThatHaveOne() throws {
        let small = try buildings()
        var filter = RecordFilter()
        filter.kind = "驿站"
        #expect(code { _ = try small.atlas.list(.building, filter: filter) } == .usage)
        #expect(try small.atlas.list(.station, filter: filter).isEmpty)
    }

    @Test func attributesSortAndSum() throws {
        let small = try buildings()
        #expect(
            try small.atlas.list(.building, sortColumn: "storeys", isDescending: true).map(\.ref) == ["M", "L", "N"])
        #expect(try small.atlas.list(.building, sortColumn: "say \"it\"").map(\.ref) == ["L", "M", "N"])
        let totals = try small.atlas.totals(.building, per: .district, summing: ["t", "storeys"])
        #expect(totals.map(\.sums) == [[260, 35]])
        #expect(code { _ = try small.atlas.totals(.building, per: .district, summing: ["name"]) } == .usage)
    }

    @Test func findTellsTheBestOnly() throws {
        let small = try SmallAtlas(
            .building,
            features: [("a", "北塔楼"), ("b", "塔楼"), ("c", "南塔楼")].map {
                SmallAtlas.feature($0, #""name":"\#($1)""#, SmallAtlas.point(106.5, 29.5))
            })
        #expect(try small.atlas.find("塔楼").map(\.ref) == ["b", "a", "c"])
        #expect(try small.atlas.find("塔楼", limit: 2).map(\.ref) == ["b", "a"])
        #expect(try small.atlas.find("塔楼", limit: -1).isEmpty)
    }
}
