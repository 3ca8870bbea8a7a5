import Foundation
import Testing

@Suite("adjacent, check, repair, info", .enabled(if: Louyu.path != nil, "needs the built program"))
struct AdjacentContractTests {
    private static let borderFields: Set = ["contact", "sharedBorderMeters", "waterShare", "gapMeters", "bridges"]

    @Test func `neighbours of a boundary have the contract's members`() throws {
        let village = try Village.workplace()
        let rows = try village.json(["adjacent", "西街道"])
        #expect(rows.texts("ref") == ["E"])
        #expect(rows[0].keys == Self.borderFields.union(["id", "ref", "layer", "name", "lon", "lat", "level"]))
        #expect(rows[0]["contact"].text == "land" && rows[0]["level"].text == "subdistrict")
        let length = Geodesic.meters((-0.11, 51.5), (-0.11, 51.51))
        // Where it ends, the outlines run apart at right angles: one metre each is within the tolerance.
        #expect((length - 0.1...length + 2.1).contains(rows[0]["sharedBorderMeters"].number ?? 0))
        #expect(
            rows[0]["waterShare"].number == 0 && rows[0]["gapMeters"].number == 0 && rows[0]["bridges"] == .array([]))
    }

    @Test func `--all gives each pair once`() throws {
        let village = try Village.workplace()
        let pairs = try village.json(["adjacent", "--layer", "boundary", "--level", "subdistrict", "--all"])
        #expect(pairs.array.count == 1)
        #expect(pairs[0]["a"]["ref"].text == "E" && pairs[0]["b"]["ref"].text == "W")
        #expect(pairs[0].keys.isSuperset(of: Self.borderFields.union(["a", "b"])))
    }

    @Test func `the invented peninsula has two land and two bridge neighbours`() throws {
        let city = try City.workplace()
        let rows = try city.json(["adjacent", "汐屿区", "--level", "district"])
        let contacts = Dictionary(
            uniqueKeysWithValues: rows.array.map { ($0["name"].text ?? "", $0["contact"].text ?? "") })
        #expect(contacts == ["砚岗区": "land", "榆隘区": "land", "霜南区": "bridge", "漪北区": "bridge"])
        let bridges = rows.array.flatMap { $0["bridges"].array.compactMap(\.text) }
        #expect(!bridges.contains("霜屏江滨江路") && !bridges.isEmpty)
        for row in rows.array where row["contact"].text == "land" { #expect(row["bridges"] == .array([]), "\(row)") }
    }

    @Test func `adjacency is symmetric`() throws {
        let city = try City.workplace()
        let pairs = try city.json(["adjacent", "--layer", "boundary", "--level", "district", "--all"])
        for pair in pairs.array {
            for (one, other) in [("a", "b"), ("b", "a")] {
                let row = try city.json(["adjacent", pair[one]["id"].text ?? ""]).first(
                    "id", pair[other]["id"].text ?? "")
                for field in Self.borderFields {
                    #expect(row[field] == pair[field], "\(field) of \(pair[one]) and \(pair[other])")
                }
            }
        }
        #expect(!pairs.array.isEmpty)
    }

    @Test func `where exact edges explain under half, the tolerance that would serve is named, and serves`() throws {
        let place = try Workplace()
        func area(_ ref: String, _ west: Double, _ east: Double) -> String {
            "{\"type\":\"Feature\",\"id\":\"\(ref)\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                + "\(Village.square(west, 0, east, 0.01))},\"properties\":{\"name\":\"\(ref)\",\"level\":\"district\"}}"
        }
        // A narrow strip between two neighbours, 33 m away from each.
        let areas = [area("left", -0.01, -0.0003), area("strip", 0, 0.001), area("right", 0.0013, 0.01)]
        try place.write("a.geojsonl", areas.joined(separator: "\n"))
        try place.imported(["a.geojsonl", "--layer", "boundary"])
        let without = try place.louyu(["adjacent", "strip", "--lang", "en"])
        let named = try #require(without.errors.firstMatch(of: #/(\d+) ?m\b/#)?.output.1, "\(without.errors)")
        let metres = without.errors.matches(of: #/(\d+) ?m\b/#).compactMap { Int($0.output.1) }.max() ?? 0
        #expect((34...60).contains(metres), "\(named): \(without.errors)")
        #expect(try place.json(["adjacent", "strip", "--tolerance", "\(metres)m"]).array.count == 2)
        #expect(try place.json(["adjacent", "strip"]) == .array([]))
        #expect(try place.louyu(["adjacent", "strip", "--quiet"]).errors.isEmpty)
        #expect(try place.louyu(["adjacent", "strip", "--tolerance", "\(metres)m"]).errors.isEmpty)
    }

    @Test func `buildings side by side have a party wall or a gap`() throws {
        let place = try Workplace()
        let houses = [
            Village.house("A", "甲", 0, 0, "\"storeys\":1"), Village.house("B", "乙", 0.001, 0, "\"storeys\":1"),
            Village.house("C", "丙", 0.002003, 0, "\"storeys\":1"), Village.house("D", "丁", 0.00302, 0, "\"storeys\":1"),
        ]
        try place.write("h.geojsonl", houses.joined(separator: "\n"))
        try place.imported(["h.geojsonl", "--layer", "building"])
        let pairs = try place.json(["adjacent", "--layer", "building", "--all"])
        #expect(pairs.array.map { [$0["a"]["ref"].text, $0["b"]["ref"].text] } == [["A", "B"], ["B", "C"]])
        let wall = Geodesic.meters((0.001, 0), (0.001, 0.001))
        #expect(abs((pairs[0]["sharedMeters"].number ?? 0) - wall) < 0.01)
        #expect(pairs[0]["gapMeters"].number == 0)
        #expect(abs((pairs[1]["gapMeters"].number ?? 0) - Geodesic.meters((0.002, 0), (0.002003, 0))) < 0.001)
        #expect(try place.json(["adjacent", "--layer", "building", "--all", "--gap", "3m"]).array.count == 3)
        #expect(try place.json(["adjacent", "乙"]).texts("ref") == ["A", "C"])
    }

    @Test func `check is silent on health and finds what is wrong`() throws {
        let village = try Village.workplace()
        let healthy = try village.louyu(["check"])
        #expect(healthy.status == 0 && healthy.output.isEmpty, "\(healthy.output)")
        #expect(try village.json(["check"]) == .array([]))
        let wrong = [
            Village.house("T1", "重复", -0.112, 51.502, "\"storeys\":1"),
            Village.house("T2", "重复", -0.112, 51.502, "\"storeys\":1"),
            Village.house("U", "天涯", 10, 10, "\"storeys\":1"),
        ]
        try village.write("w.geojsonl", wrong.joined(separator: "\n"))
        try village.imported(["w.geojsonl", "--layer", "building"])
        let overlap = """
            {"type":"Feature","id":"O","geometry":{"type":"Polygon","coordinates":\(Village.square(-0.115, 51.5, -0.105, 51.51))},\
            "properties":{"name":"重叠街道","level":"subdistrict"}}
            """
        try village.write("o.geojson", overlap)
        try village.imported(["o.geojson", "--layer", "boundary"])
        let answer = try village.louyu(["check", "--format", "json"])
        #expect(answer.status == 65)
        #expect(answer.errors.isEmpty, "\(answer.errors)")
        let kinds = Set(answer.json.texts("kind"))
        #expect(kinds.isSuperset(of: ["duplicate", "unlocated", "overlap"]), "\(kinds)")
        for finding in answer.json.array {
            #expect(finding.keys == ["kind", "layer", "ref", "reason", "lon", "lat", "repair"], "\(finding)")
        }
        #expect(answer.json.first("kind", "unlocated")["ref"].text == "U")
        let layers = try village.louyu(["check", "--layer", "building", "--format", "json"]).json.texts("layer")
        #expect(Set(layers) == ["building"])
        #expect(try village.louyu(["repair"]).status == 0)
    }

    @Test func `the invented city's boundaries are healthy`() throws {
        let city = try City.workplace()
        let answer = try city.louyu(["check", "--layer", "boundary", "--format", "json"])
        #expect(answer.status == 0 && answer.json == .array([]), "\(answer.output)")
    }

    @Test func `repair mends what another program broke, with the area before and after`() throws {
        guard let sqlite = Tool.path("sqlite3") else { return }
        let place = try Workplace()
        let bow = "[[[0,0],[0.001,0.001],[0.001,0],[0,0.002],[0,0]]]"
        try place.write(
            "b.geojson",
            "{\"type\":\"Feature\",\"id\":\"B\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":\(bow)},\"properties\":{\"name\":\"B\"}}"
        )
        try place.imported(["b.geojson", "--layer", "building"])
        // The same bow as a GeoPackage blob without envelope, put in without the triggers that need functions of SQLite's extensions.
        var blob = "47500001E6100000" + "010300000001000000" + "05000000"
        for number in [0, 0, 0.001, 0.001, 0.001, 0, 0, 0.002, 0, 0] as [Double] {
            blob += withUnsafeBytes(of: number.bitPattern.littleEndian) {
                $0.map { String(format: "%02X", $0) }.joined()
            }
        }
        let triggers = try Tool.run(
            sqlite,
            [
                "louyu.gpkg",
                "SELECT group_concat('DROP TRIGGER \"' || name || '\";', ' ') FROM sqlite_master WHERE type='trigger' AND tbl_name='building'",
            ], in: place.url)
        _ = try Tool.run(sqlite, ["louyu.gpkg", "\(triggers) UPDATE building SET geom = x'\(blob)'"], in: place.url)
        let found = try place.louyu(["check", "--format", "json"])
        #expect(found.status == 65)
        let invalid = found.json.first("kind", "invalid")
        #expect(invalid["ref"].text == "B")
        #expect(invalid["repair"].text?.hasPrefix("louyu repair") == true)
        let mended = try place.json(["repair"])
        #expect(mended.texts("ref") == ["B"])
        #expect((mended[0]["areaAfterSquareMeters"].number ?? 0) > 0)
        #expect(try place.louyu(["check", "--format", "json"]).json.first("kind", "invalid") == .null)
        #expect(try place.json(["repair"]) == .array([]))
    }

    @Test func `info tells layers, counts, extent and its area, sources and health`() throws {
        let village = try Village.workplace()
        let info = try village.json(["info"])
        #expect(info["layers"]["building"]["count"].integer == 3)
        #expect(info["layers"]["boundary"]["count"].integer == 5)
        #expect(info["extent"].array.compactMap(\.number) == [-0.12, 51.5, -0.1, 51.51])
        let width = Geodesic.meters((-0.12, 51.505), (-0.1, 51.505))
        let height = Geodesic.meters((-0.11, 51.5), (-0.11, 51.51))
        #expect(abs((info["extentSquareKilometers"].number ?? 0) - width * height / 1e6) < 0.01)
        #expect(info["sources"].texts("file") == ["boundaries.geojson", "buildings.geojson", "stations.json"])
        #expect(info["sources"].array.allSatisfy { $0["sha256"].text?.count == 64 })
    }
}
