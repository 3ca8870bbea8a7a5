import Messages
import Spatial
import Testing

@Suite struct CQL2ParsingTests {
    private typealias Case = (String, CQL2Expression)

    @Test(
        arguments: [
            ("storeys >= 20", .comparison(.property("storeys"), .greaterOrEqual, .integer(20))),
            ("楼层 > 30", .comparison(.property("楼层"), .greater, .integer(30))),
            ("\"floor area\" <> 1.5", .comparison(.property("floor area"), .notEqual, .real(1.5))),
            ("建筑面积＞＝5e3", .comparison(.property("建筑面积"), .greaterOrEqual, .real(5000))),
            ("name = 'it''s'", .comparison(.property("name"), .equal, .string("it's"))),
            ("a = -5", .comparison(.property("a"), .equal, .integer(-5))),
            ("a = -9223372036854775808", .comparison(.property("a"), .equal, .integer(.min))),
            ("vacant = TRUE", .comparison(.property("vacant"), .equal, .boolean(true))),
            ("true", .boolean(true)),
            ("name like '%大厦'", .like(.property("name"), pattern: .string("%大厦"), isNegated: false)),
            (
                "CASEI(name) NOT LIKE CASEI('a%')",
                .like(.caseInsensitive(.property("name")), pattern: .caseInsensitive(.string("a%")), isNegated: true)
            ),
            ("grade IN ('A', 'B')", .isIn(.property("grade"), [.string("A"), .string("B")], isNegated: false)),
            ("grade NOT IN (1)", .isIn(.property("grade"), [.integer(1)], isNegated: true)),
            (
                "a BETWEEN 1 AND 2 + 3",
                .between(
                    .property("a"), low: .integer(1), high: .arithmetic(.integer(2), .plus, .integer(3)),
                    isNegated: false)
            ),
            ("a IS NULL", .isNull(.property("a"), isNegated: false)),
            ("a IS NOT NULL", .isNull(.property("a"), isNegated: true)),
            ("built < DATE('2000-02-29')", .comparison(.property("built"), .less, .date("2000-02-29"))),
            (
                "t = TIMESTAMP('2024-01-01T00:00:00.5Z')",
                .comparison(.property("t"), .equal, .timestamp("2024-01-01T00:00:00.5Z"))
            ),
            ("date = 3", .comparison(.property("date"), .equal, .integer(3))),
            ("S_WITHIN(geom, '渝中区')", .spatial(.within, property: "geom", .place("渝中区"))),
            ("s_intersects('渝中区')", .spatial(.intersects, property: nil, .place("渝中区"))),
            (
                "S_INTERSECTS(geom, bbox(1, -2, 3, 4))",
                .spatial(.intersects, property: "geom", .box(BoundingBox(west: 1, south: -2, east: 3, north: 4)))
            ),
            (
                "S_INTERSECTS(POINT (106.5  -29.5), \"my geom\")",
                .spatial(.intersects, property: "my geom", .geometry(.point(Point(LonLat(106.5, -29.5)))))
            ),
            (
                "S_WITHIN(geom, polygon((0 0,1 0,1 1,0 0),(.1 .1,.2 .1,.2 .2,.1 .1)))",
                .spatial(
                    .within, property: "geom",
                    .geometry(
                        .polygon(
                            Polygon(
                                LineString([LonLat(0, 0), LonLat(1, 0), LonLat(1, 1), LonLat(0, 0)]),
                                holes: [
                                    LineString([LonLat(0.1, 0.1), LonLat(0.2, 0.1), LonLat(0.2, 0.2), LonLat(0.1, 0.1)])
                                ]))))
            ),
            (
                "S_WITHIN(geom, GEOMETRYCOLLECTION(POINT Z(1 2 3), LINESTRING EMPTY))",
                .spatial(
                    .within, property: "geom",
                    .geometry(
                        .collection([.point(Point(LonLat(1, 2), heightMeters: 3)), .lineString(LineString([]))])))
            ),
        ] as [(String, CQL2Expression)])
    func conditionsAreRead(text: String, expected: CQL2Expression) throws {
        #expect(try CQL2Expression(parsing: text) == expected)
    }

    @Test func operatorsBindAsInTheStandard() throws {
        let read = { (text: String) throws in try CQL2Expression(parsing: text) }
        #expect(try read("a=1 OR b=2 AND NOT c=3") == read("a=1 OR (b=2 AND (NOT (c=3)))"))
        #expect(try read("a + b * c - d = 1") == read("((a + (b * c)) - d) = 1"))
        #expect(try read("(a + 1) * 2 > 3 AND (b = 1)") == read("((a + 1) * 2) > 3 AND b = 1"))
        #expect(try read("a=1 AND b=2 AND c=3") != read("a=1 AND (b=2 AND c=3)"))
        #expect(try read("a BETWEEN 1 AND 2 AND b = 3") == read("(a BETWEEN 1 AND 2) AND (b = 3)"))
        #expect(try read("a - -1 = - b") == read("(a) - (-1) = (-(b))"))
    }

    @Test(
        arguments: [
            ("", 1), ("   ", 1), ("a", 1), ("a =", 4), ("a = 1 b", 7), ("a = 'x", 5), ("a = (1", 7), ("= 3", 1),
            ("a AND b = 1", 1), ("a = 1 AND 5", 11), ("(a = 1) + 2 = 3", 1), ("a LIKE 5", 8), ("a IN 5", 6),
            ("a IN ()", 7), ("a BETWEEN 1 OR 2", 13), ("a IS 5", 6), ("foo(a) = 1", 1), ("a # 1", 3), ("a = 1e999", 5),
            ("and = 1", 1), ("\"\" = 1", 1), ("d = DATE('2023-02-29')", 10), ("d = TIMESTAMP('2024-01-01')", 15),
            ("S_WITHIN(geom)", 14), ("S_WITHIN(geom, 5)", 16), ("S_WITHIN('x', geom)", 13),
            ("S_WITHIN(geom, POINT(1))", 23),
            ("S_WITHIN(geom, BBOX(1,2,3))", 20), ("S_WITHIN(geom, BBOX(1,4,3,2))", 20),
            ("S_WITHIN(geom, BBOX(1,2,3,99))", 20),
            ("name = “重庆”", 8), ("楼层 > > 3", 6), ("NOT", 4), ("a = 1;", 6),
        ] as [(String, Int)])
    func mistakesAreShownWhereTheyAre(text: String, column: Int) {
        #expect {
            _ = try CQL2Expression(parsing: text)
        } throws: { error in
            guard let error = error as? CQL2SyntaxError else { return false }
            #expect(error.column == column, "\(text): \(error.what.en)")
            #expect(error.failure.code == .usage)
            #expect(error.failure.what.zh.contains("\(column)") && error.failure.what.en.contains("\(column)"))
            return true
        }
    }

    @Test func aReservedWordSaysHowToBeAName() {
        #expect {
            _ = try CQL2Expression(parsing: "in > 3")
        } throws: {
            ($0 as? CQL2SyntaxError)?.hint.en.contains("\"in\"") ?? false
        }
    }

    @Test(arguments: ["(", "NOT ", "-", "CASEI(", "a = (", "NOT (", "S_WITHIN(geom, GEOMETRYCOLLECTION("])
    func deepNestingIsRefused(open: String) {
        for count in [1000, 100_000] {
            #expect(throws: CQL2SyntaxError.self) {
                try CQL2Expression(parsing: String(repeating: open, count: min(count, 900_000 / open.utf8.count)))
            }
        }
    }

    @Test func longChainsAreTakenFlatOrRefused() throws {
        let many = (0..<20_000).map { "a = \($0)" }.joined(separator: " OR ")
        guard case .or(let parts) = try CQL2Expression(parsing: many) else {
            Issue.record("no OR")
            return
        }
        #expect(parts.count == 20_000)
        #expect(throws: CQL2SyntaxError.self) {
            try CQL2Expression(parsing: "a = 1" + String(repeating: " + 1", count: 100_000))
        }
        #expect(throws: CQL2SyntaxError.self) {
            try CQL2Expression(parsing: "a = '" + String(repeating: "x", count: 2_000_000) + "'")
        }
    }

    @Test func namesComeInOrder() throws {
        let condition = try CQL2Expression(
            parsing:
                "b > a + 1 AND S_WITHIN(geom, 'x') AND NOT (S_INTERSECTS(geom, 'y') OR S_WITHIN(geom, 'x')) AND (c IN (d) OR NOT a LIKE 'x') AND CASEI(e) = CASEI(b)"
        )
        #expect(condition.propertyNames == ["b", "a", "c", "d", "e"])
        #expect(condition.placeNames == ["x", "y"])
        #expect(condition.comparedNames == ["d", "b"])
    }
}
