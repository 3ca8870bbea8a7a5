import Foundation
import Testing

@Suite("Streets that mean no good", .enabled(if: Louyu.path != nil, "needs the built program"))
struct WalkingHostileTests {
    /// Whether a run ended as programs should: with an answer, or with one line that says why not.
    private func check(
        _ answer: Answer, _ name: String, statuses: Set<Int32> = [0, 64, 65, 66],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(!answer.timedOut, "\(name) hangs", sourceLocation: sourceLocation)
        #expect(
            statuses.contains(answer.status), "\(name): \(answer.status) \(answer.errors)",
            sourceLocation: sourceLocation)
        guard answer.status != 0 else { return }
        #expect(
            answer.errors.split(separator: "\n").contains { $0.hasPrefix("error: ") }, "\(name): \(answer.errors)",
            sourceLocation: sourceLocation)
    }

    private static let questions: [[String]] = [
        ["reach", "C1", "--minutes", "5,15"], ["reach", "C1", "--list", "building"],
        ["reach", "C1", "--list", "station", "--kind", "clinic", "--away"], ["coverage", "--kind", "clinic"],
        ["coverage", "--kind", "clinic", "--per", "community", "--across", "--blind-spots"],
        ["border", "西街道", "东街道", "--kind", "clinic"], ["near", "C1", "--by", "walk"],
        ["reach", "0,0", "--list", "building"],
    ]

    /// The town with other streets; every question is asked of it.
    @discardableResult
    private func town(_ streets: [String], _ name: String) throws -> Workplace {
        let place = try StreetTown.workplace(without: ["street"])
        try place.write("s.geojson", StreetTown.collection(streets))
        check(try place.louyu(["import", "s.geojson", "--layer", "street"]), "import of \(name)")
        for words in Self.questions { check(try place.louyu(words + ["--lang", "en"]), "\(name): \(words)") }
        return place
    }

    private func street(_ ref: String, _ geometry: String, _ more: String = "") -> String {
        StreetTown.feature(ref, "\"name\":\"\(ref)\",\"class\":\"residential\"\(more)", geometry)
    }

    private func line(_ positions: String) -> String { "{\"type\":\"LineString\",\"coordinates\":[\(positions)]}" }

    private let good = StreetTown.line("good", "大街", [(0, 0), (0.02, 0)])

    /// The answer that the good street alone gives.
    private func plain() throws -> JSON {
        try town([good], "plain").json(["reach", "C1", "--minutes", "15", "--list", "building"])
    }

    @Test func `streets without length change nothing`() throws {
        let place = try town(
            [
                good, street("a", line("[0.004,0],[0.004,0]")), street("b", line("[0,0],[0,0],[0,0]")),
                street("c", line("[0.006,0],[0.006,1e-12]")), street("d", line("[0.005,0],[0.005,0.0],[0.0050,0]")),
            ], "zero length")
        #expect(try place.json(["reach", "C1", "--minutes", "15", "--list", "building"]) == (try plain()))
    }

    @Test func `only streets without length are no streets`() throws {
        let place = try town([street("a", line("[0.004,0],[0.004,0]"))], "only zero length")
        #expect(try place.louyu(["reach", "C1"]).status == 66)
    }

    @Test func `corners that repeat, and nodes of one number in two places, do no harm`() throws {
        let repeated = street("good", line("[0,0],[0,0],[0.01,0],[0.01,0],[0.01,0],[0.02,0],[0.02,0]"))
        let place = try town([repeated], "repeated corners")
        let rows = try place.json(["reach", "C1", "--minutes", "15", "--list", "building"])
        for (row, expected) in zip(rows.array, try plain().array) {
            #expect(row["ref"] == expected["ref"])
            #expect(abs((row["seconds"].number ?? -1) - (expected["seconds"].number ?? -9)) <= 0.2)
        }
        try town(
            [
                street("a", line("[0,0],[0.01,0],[0.02,0]"), ",\"node_ids\":[1,1,1]"),
                street("b", line("[0,0.001],[0.01,0.001]"), ",\"node_ids\":[1,9223372036854775807]"),
                street("c", line("[0,0.002],[0.01,0.002]"), ",\"node_ids\":[-9223372036854775808,0]"),
                street("d", line("[0,0.003],[0.01,0.003]"), ",\"node_ids\":[1]"),
                street("e", line("[0,0.003],[0.01,0.003]"), ",\"node_ids\":\"[[[[\""),
            ], "node numbers")
    }

    @Test func `a network of one crossing`() throws {
        let loop = street("loop", line("[0.002,0],[0.003,0],[0.003,0.001],[0.002,0]"))
        let place = try town([loop], "one crossing")
        let rows = try place.json(["reach", "0.002,0.0001", "--list", "building", "--minutes", "15"])
        #expect(rows.texts("ref").contains("W2"))
        try town([street("point", "{\"type\":\"Point\",\"coordinates\":[0.002,0]}")], "a point for a street")
    }

    @Test func `numbers that are none are rejected or left out, and counted`() throws {
        let place = try StreetTown.workplace(without: ["street"])
        let rows = [
            "id,name,class,wkt", "a,甲,residential,\"LINESTRING (0 0, nan 0, 0.02 0)\"",
            "b,乙,residential,\"LINESTRING (0 0, inf 0)\"", "c,丙,residential,\"LINESTRING (0 0, 0.02 0)\"",
            "d,丁,residential,\"LINESTRING (0 0, 1e308 1e308)\"", "e,戊,residential,LINESTRING EMPTY",
            "f,己,residential,\"LINESTRING Z (0 0 nan, 0.01 0 1e300, 0.02 0 -1e300)\"",
        ]
        try place.write("s.csv", rows.joined(separator: "\n") + "\n")
        let answer = try place.louyu(["import", "s.csv", "--layer", "street", "--format", "json"])
        check(answer, "import", statuses: [0])
        let counts = answer.json["layers"]["street"]
        #expect(counts["read"].integer == 6, "\(answer.output) \(answer.errors)")
        #expect((counts["rejected"].integer ?? 0) + (counts["added"].integer ?? 0) == 6)
        #expect((counts["rejected"].integer ?? 0) >= 3)
        for words in Self.questions { check(try place.louyu(words), "nan: \(words)") }
        #expect(try place.json(["reach", "C1", "--list", "building", "--minutes", "15"]).texts("ref").contains("W1"))
    }

    @Test(.enabled(if: Tool.path("sqlite3") != nil, "needs sqlite3"))
    func `what another program writes into the street layer does no harm`() throws {
        let sqlite = try #require(Tool.path("sqlite3"))
        func blob(_ numbers: [Double], type: UInt8 = 2, count: UInt32? = nil) -> String {
            var hex = "47500001E6100000" + "01" + String(format: "%02X", type) + "000000"
            func append<Value>(_ value: Value) {
                withUnsafeBytes(of: value) { hex += $0.map { String(format: "%02X", $0) }.joined() }
            }
            append((count ?? UInt32(numbers.count / 2)).littleEndian)
            for number in numbers { append(number.bitPattern.littleEndian) }
            return "x'\(hex)'"
        }
        let blobs = [
            ("nan", blob([0, 0, .nan, .nan, 0.02, 0])), ("infinite", blob([0, 0, .infinity, 0])),
            ("beyond the world", blob([0, 0, 1e9, 1e9])), ("huge", blob([0, 0, 1e308, -1e308])),
            ("no corner", blob([])), ("one corner", blob([0.002, 0])), ("cut", blob([0, 0, 1], count: 2)),
            ("a count without end", blob([0, 0, 0.02, 0], count: .max)),
            ("another type", blob([0, 0, 0.02, 0], type: 99)),
            ("nothing", "NULL"), ("text", "'LINESTRING(0 0, 1 1)'"), ("no blob", "7"), ("empty", "x''"),
        ]
        for (name, blob) in blobs {
            let place = try StreetTown.workplace(without: ["street"])
            let streets = [good, StreetTown.line("bad", "坏路", [(0.004, 0), (0.004, 0.001)])]
            try place.write("s.geojson", StreetTown.collection(streets))
            try place.imported(["s.geojson", "--layer", "street"])
            // Without the triggers that need functions of SQLite's extensions, which QGIS has; then the version must rise.
            let triggers = try Tool.run(
                sqlite,
                [
                    "louyu.gpkg",
                    "SELECT group_concat('DROP TRIGGER \"' || name || '\";', ' ') FROM sqlite_master WHERE type='trigger' AND tbl_name='street' AND name LIKE 'rtree%'",
                ], in: place.url)
            let change = "\(triggers) UPDATE street SET geom = \(blob) WHERE ref = 'bad'"
            try place.imported(["s.geojson", "--layer", "street", "--atlas", "source.gpkg"])
            for file in ["louyu.gpkg", "source.gpkg"] { _ = try Tool.run(sqlite, [file, change], in: place.url) }
            // The same as a file to import: whatever is no street is counted, and the other one comes.
            let counts = try place.imported(["source.gpkg", "--layer", "street", "--atlas", "copy.gpkg"])["street"]
            #expect(counts["read"].integer == 2 && (counts["added"].integer ?? 0) >= 1, "\(name): \(counts)")
            #expect((counts["added"].integer ?? 0) + (counts["rejected"].integer ?? 0) == 2, "\(name): \(counts)")
            check(try place.louyu(["reach", "0.002,0.0001", "--atlas", "copy.gpkg"]), name, statuses: [0])
            for words in Self.questions {
                let answer = try place.louyu(words + ["--lang", "en"])
                check(answer, "\(name): \(words)")
            }
        }
    }

    @Test func `a hundred thousand streets that meet nowhere`() throws {
        let place = try StreetTown.workplace(without: ["street"])
        var lines: [String] = []
        lines.reserveCapacity(100_001)
        for index in 0..<100_000 {
            // Ten metres each, in a square around the town.
            let (x, y) = (Double(index % 400) * 0.00005, 0.001 + Double(index / 400) * 0.00001)
            lines.append(
                StreetTown.feature(
                    "i\(index)", "\"class\":\"footway\"",
                    "{\"type\":\"LineString\",\"coordinates\":[[\(x),\(y)],[\(x + 0.00004),\(y)]]}"))
        }
        lines.append(good)
        try place.write("s.geojsonl", lines.joined(separator: "\n"))
        let counts = try place.imported(["s.geojsonl", "--layer", "street"])
        #expect(counts["street"]["added"].integer == 100_001)
        for words in Self.questions {
            check(try place.louyu(words), "\(words)")
        }
        let coverage = try place.json(["coverage", "--kind", "clinic"])
        #expect(coverage["total"]["buildings"].integer == 8)
        let reasons = Set(coverage["blindSpots"].texts("reason"))
        #expect(reasons.contains("island") && reasons.isSubset(of: ["island", "tooFar", "acrossWater"]), "\(reasons)")
    }

    @Test func `a station in the river has its way ashore, one across the water says so`() throws {
        // Water that a place stands in does not hold it: a boat at a quay.
        let river = StreetTown.stations.replacing("\"lon\":0.012,\"lat\":0.0001", with: "\"lon\":0.01,\"lat\":0.001")
        let place = try StreetTown.workplace(without: ["station"])
        try place.write("river.json", river)
        try place.imported(["river.json", "--layer", "station"])
        for words in Self.questions + [["reach", "0.01,0.003"], ["reach", "C2"]] {
            check(try place.louyu(words + ["--lang", "en"]), "\(words)")
        }
        #expect(try place.json(["coverage", "--kind", "clinic"])["stations"].integer == 2)
        let town = try StreetTown.shared()
        for words in [["reach", "L3"], ["near", "0.0175,0.0013", "--by", "walk"]] {
            for (language, word) in [("zh", "隔水"), ("en", "water")] {
                let answer = try town.louyu(words + ["--lang", language])
                #expect(
                    answer.status == 66 && answer.errors.contains(word), "\(words): \(answer.output)\(answer.errors)")
            }
        }
        // As the crow flies nothing is in the way.
        #expect(try town.louyu(["reach", "0.01,0.001", "--by", "radius"]).status == 0)
    }

    @Test func `ways that nobody may walk are no network`() throws {
        let place = try town(
            [
                StreetTown.line("m", "高速", [(0, 0), (0.02, 0)]).replacing("residential", with: "motorway"),
                StreetTown.line("r", "铁路", [(0, 0), (0.02, 0)]).replacing("residential", with: "rail"),
                street("p", line("[0,0],[0.02,0]"), ",\"access\":\"private\""),
            ], "no walking")
        #expect(try place.louyu(["coverage", "--kind", "clinic"]).status == 66)
    }

    @Test func `streets around the world, over the antimeridian and at the pole`() throws {
        try town(
            [
                good, street("a", line("[-180,0],[180,0]")), street("b", line("[179.99,10],[-179.99,10]")),
                street("c", line("[0,90],[180,90]")), street("d", line("[0,-90],[0,90]")),
            ], "far")
    }

    @Test func `floor areas, storeys and populations beyond measure do not overflow`() throws {
        let place = try StreetTown.workplace(without: ["building", "boundary"])
        let houses = (0..<20).map { index in
            Village.house(
                "H\(index)", "楼", 0.001 + Double(index) * 0.0005, 0.0002,
                "\"floor_area_m2\":1e300,\"storeys\":\(index % 2 == 0 ? 9_000_000_000 : -4),\"use\":\"住宅\"")
        }
        try place.write("h.geojson", StreetTown.collection(houses))
        check(try place.louyu(["import", "h.geojson", "--layer", "building"]), "import")
        try place.write(
            "b.geojson",
            StreetTown.boundaries.replacing("1001", with: "9223372036854775807").replacing(":500", with: ":-3"))
        check(try place.louyu(["import", "b.geojson", "--layer", "boundary"]), "import")
        for words in Self.questions + [["coverage", "--kind", "clinic", "--vertical"]] {
            check(try place.louyu(words), "\(words)", statuses: [0])
        }
    }
}
