import Foundation
import TestSupport
import Testing

@Suite("list and export", .enabled(if: Louyu.path != nil, "needs the built program"))
struct LayerContractTests {
    private let village: Workplace

    init() throws { village = try Village.workplace() }

    @Test func `list gives places with all their columns`() throws {
        let rows = try village.json(["list", "building"])
        #expect(rows.texts("ref") == ["H1", "H2", "H3"])
        let columns: Set = [
            "id", "ref", "layer", "name", "lon", "lat", "name_en", "address", "complex", "use", "grade", "storeys",
            "height_m", "floor_area_m2", "floor_area_estimated", "vacant_area_m2", "year_built",
        ]
        #expect(rows[0].keys.isSuperset(of: columns), "\(columns.subtracting(rows[0].keys))")
        #expect(rows[0]["owner"].text == "Anna", "what is in attributes is flattened")
        #expect(rows[0]["storeys"].number == 40, "numbers are numbers")
    }

    @Test(
        arguments: [
            ("storeys >= 20", ["H1", "H2"]), ("grade = '甲级'", ["H1"]), ("等级 = '甲级' OR 楼层 < 15", ["H1", "H3"]),
            ("建筑面积 BETWEEN 10000 AND 30000", ["H2", "H3"]), ("name LIKE '%大厦'", ["H2", "H3"]),
            ("grade IN ('甲级','乙级') AND NOT (storeys > 30)", ["H2"]), ("grade IS NULL", ["H3"]),
            ("CASEI(name_en) = CASEI('GLOBE TOWER')", ["H2"]), ("owner = 'Anna'", ["H1"]),
            ("S_WITHIN(geom, '东街道')", ["H3"]), ("S_INTERSECTS(geom, '西街道')", ["H1", "H2"]),
            ("S_INTERSECTS(geom, POLYGON((-0.12 51.5, -0.1168 51.5, -0.1168 51.51, -0.12 51.51, -0.12 51.5)))", ["H1"]),
            ("name = 'x'' OR 1=1'", []), ("storeys > 1e9", []), ("名称 like '环球%'", ["H1", "H2"]),
        ])
    func `--where is CQL2 over names and Chinese titles`(_ condition: String, _ refs: [String]) throws {
        #expect(try village.json(["list", "building", "--where", condition]).texts("ref").sorted() == refs)
    }

    @Test(arguments: [
        "storeys >", "colour = 1", "storeys = 'x", "((((", "DROP TABLE building", "", "name LIKE", "1 = 1; --",
    ])
    func `a condition that cannot be read is a usage error`(_ condition: String) throws {
        let answer = try village.louyu(["list", "building", "--where", condition, "--lang", "en"])
        #expect(answer.status == 64, "\(condition): \(answer.status) \(answer.output)\(answer.errors)")
        #expect(answer.errors.hasPrefix("error: "))
    }

    @Test func `a condition may be nested deeply without harm`() throws {
        let depth = 20_000
        let condition = String(repeating: "(", count: depth) + "storeys > 1" + String(repeating: ")", count: depth)
        let answer = try village.louyu(["list", "building", "--where", condition])
        #expect(answer.status == 64 || answer.status == 0, "\(answer.status)")
    }

    @Test func `--in takes boundaries and zones and repeats as a union`() throws {
        #expect(try village.json(["list", "building", "--in", "西街道"]).texts("ref") == ["H1", "H2"])
        #expect(
            try village.json(["list", "building", "--in", "西街道", "--in", "东街道"]).texts("ref").sorted() == [
                "H1", "H2", "H3",
            ])
        #expect(try village.json(["list", "building", "--in", "东街道", "--where", "storeys > 15"]) == .array([]))
        #expect(try village.louyu(["list", "building", "--in", "南街道"]).status == 66)
        let csv = try village.louyu(["export", "building", "--in", "东街道", "--format", "csv"]).output
        #expect(csv.contains("H3") && !csv.contains("H1"))
    }

    @Test func `a column that is nearly one is suggested`() throws {
        for word in ["storey", "Storeys", "storyes", "flor_area_m2"] {
            let answer = try village.louyu(["list", "building", "--where", "\(word) > 3", "--lang", "en"])
            let meant = word.hasPrefix("flor") ? "floor_area_m2" : "storeys"
            #expect(answer.status == 64, "\(word): \(answer.status)")
            #expect(answer.errors.contains("did you mean \(meant)?"), "\(word): \(answer.errors)")
        }
        let answer = try village.louyu(["list", "building", "--sort", "colour", "--lang", "en"])
        #expect(answer.status == 64 && answer.errors.contains("floor_area_m2"), "or all are listed: \(answer.errors)")
    }

    @Test(arguments: ["grade = \"甲级\"", "grade = 甲级", "storeys > 3 AND NOT (grade IN ('乙级', \"甲级\"))"])
    func `text without single quotes is no column, and the hint says so`(_ condition: String) throws {
        let answers = try ["en", "zh"].map {
            try village.louyu(["list", "building", "--where", condition, "--lang", $0])
        }
        #expect(answers.map(\.status) == [64, 64])
        #expect(answers[0].errors.contains("if it is a text, write '甲级' in single quotes"), "\(answers[0].errors)")
        #expect(answers[0].errors.contains("there are: ref, "), "\(answers[0].errors)")
        #expect(answers[1].errors.contains("若是文本，请用英文单引号写成 '甲级'；可用："), "\(answers[1].errors)")
    }

    @Test(arguments: ["甲级 = 3", "甲级 IN (1)", "甲级 IS NULL", "甲级 LIKE '%'", "\"甲级\" BETWEEN 1 AND 2"])
    func `a column that is compared with something is not taken for text`(_ condition: String) throws {
        let answer = try village.louyu(["list", "building", "--where", condition, "--lang", "en"])
        #expect(answer.status == 64 && !answer.errors.contains("single quotes"), "\(answer.errors)")
    }

    @Test func `--kind picks stations of a kind`() throws {
        #expect(try village.json(["list", "station", "--kind", "党群驿站"]).texts("ref") == ["S1"])
        #expect(try village.json(["list", "station", "--kind", "学校"]) == .array([]))
        let features = try village.json(["export", "station", "--kind", "便民服务点"])["features"]
        #expect(features.array.map { $0["properties"]["name"].text } == ["东站"])
    }

    @Test func `--sort takes names and titles, --columns picks`() throws {
        #expect(try village.json(["list", "building", "--sort", "storeys"]).texts("ref") == ["H3", "H2", "H1"])
        #expect(try village.json(["list", "building", "--sort", "建筑面积"]).texts("ref") == ["H3", "H2", "H1"])
        for columns in [["grade,storeys"], ["grade", "storeys"], ["等级,楼层"]] {
            let row = try village.json(["list", "building", "--columns"] + columns)[0]
            #expect(row.keys == ["id", "ref", "layer", "name", "lon", "lat", "grade", "storeys"], "\(columns)")
        }
        #expect(try village.louyu(["list", "building", "--columns", "colour"]).status == 64)
        #expect(try village.louyu(["list", "tree"]).status == 64)
    }

    @Test func `totals have the contract's members and add up`() throws {
        let rows = try village.json(["list", "building", "--per", "subdistrict", "--sum", "floor_area_m2", "storeys"])
        #expect(rows[0].keys == ["boundary", "count", "sum"])
        #expect(rows.array.map { $0["boundary"]["ref"].text } == ["E", "W"])
        #expect(rows.array.map { $0["count"].integer } == [1, 2])
        #expect(rows.array.map { $0["sum"]["floor_area_m2"].number } == [10000, 120_000])
        #expect(rows.array.map { $0["sum"]["storeys"].number } == [10, 60])
    }

    @Test(arguments: ["district", "subdistrict", "community"])
    func `totals per boundary add up to the whole city`(_ level: String) throws {
        let city = try City.workplace()
        let whole = try city.json(["list", "building", "--columns", "floor_area_m2"])
        let rows = try city.json(["list", "building", "--per", level, "--sum", "floor_area_m2"])
        #expect(rows.array.compactMap { $0["count"].integer }.reduce(0, +) == 3000)
        let sum = rows.array.compactMap { $0["sum"]["floor_area_m2"].number }.reduce(0, +)
        let expected = whole.array.compactMap { $0["floor_area_m2"].number }.reduce(0, +)
        #expect(abs(sum - expected) < 0.01, "\(sum) is not \(expected)")
        let tables = try ["zh", "en"].map { try city.louyu(["list", "building", "--per", level, "--lang", $0]).output }
        #expect(tables[0] != tables[1])
    }

    @Test func `totals with --in are of the boundaries in it, and add up`() throws {
        func refs(_ words: String...) throws -> [String] {
            try village.json(["list"] + words).array.map { $0["boundary"]["ref"].text ?? "none" }
        }
        #expect(try refs("building", "--per", "subdistrict", "--in", "西街道") == ["W"])
        #expect(try refs("building", "--per", "community", "--in", "西街道") == ["CW", "none"])
        #expect(try refs("building", "--per", "community", "--in", "大坪区") == ["CE", "CW", "none"])
        #expect(try refs("building", "--per", "district", "--in", "西街道/袁家岗社区") == ["D"], "even without a building")
        #expect(try village.json(["list", "boundary", "--in", "西街道"]).texts("ref").sorted() == ["CW", "W"])
        #expect(try village.json(["list", "boundary", "--in", "大坪区"]).array.count == 5)
        let city = try City.workplace()
        let whole = try city.json(["list", "building", "--in", "汐屿区"]).array.count
        for level in ["district", "subdistrict", "community"] {
            let rows = try city.json(["list", "building", "--in", "汐屿区", "--per", level])
            #expect(rows.array.compactMap { $0["count"].integer }.reduce(0, +) == whole, "\(level)")
            let others = rows.array.compactMap { $0["boundary"]["ref"].text }.filter { !$0.hasPrefix("990101") }
            #expect(others.isEmpty, "\(level): \(others)")
        }
    }

    @Test func `--sum adds texts that say a number, and counts those that say none`() throws {
        let houses = [("\"1,012.5\"", 0), ("\" 7 \"", 1), ("\"many\"", 2), ("null", 3)].map { value, index in
            Village.house("T\(index)", "t", -0.119 + Double(index) * 0.001, 51.507, "\"tenants\":\(value)")
        }
        try village.write("t.geojsonl", houses.joined(separator: "\n"))
        try village.imported(["t.geojsonl", "--layer", "building"])
        let words = ["list", "building", "--per", "subdistrict", "--sum", "tenants", "--in", "西街道"]
        let answer = try village.louyu(words + ["--format", "json", "--lang", "en"])
        #expect(answer.json[0]["sum"]["tenants"].number == 1019.5, "\(answer.output)")
        #expect(answer.errors.hasPrefix("1 value of \"tenants\" is "), "\(answer.errors)")
        #expect(try village.louyu(["list", "building", "--per", "subdistrict", "--sum", "owner"]).status == 64)
    }

    @Test func `a record on a border counts once, for the lowest ref`() throws {
        try village.write(
            "p.geojson",
            "{\"type\":\"Feature\",\"id\":\"P\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[-0.11,51.507]},\"properties\":{}}"
        )
        try village.imported(["p.geojson", "--layer", "building"])
        let rows = try village.json(["list", "building", "--per", "subdistrict"])
        #expect(rows.array.map { $0["count"].integer } == [2, 2], "E before W")
    }

    @Test func `export writes RFC 7946 with all columns, attributes flattened`() throws {
        let collection = try village.json(["export", "building"])
        #expect(collection["type"].text == "FeatureCollection")
        #expect(collection["crs"] == .null)
        let feature = collection["features"][0]
        #expect(feature["id"].text == "H1" && feature["type"].text == "Feature")
        #expect(feature["properties"]["owner"].text == "Anna" && feature["properties"]["floor_area_m2"].number == 90000)
        #expect(feature["properties"]["attributes"] == .null)
        let ring = feature["geometry"]["coordinates"][0].array.map { ($0[0].number ?? 0, $0[1].number ?? 0) }
        let doubled = zip(ring, ring.dropFirst()).map { $0.0 * $1.1 - $1.0 * $0.1 }.reduce(0, +)
        #expect(doubled > 0, "the outer ring runs counter-clockwise")
        let decimals = try village.louyu(["export", "building"]).output.matches(of: #/\.(\d+)/#).map(\.output.1.count)
        #expect((decimals.max() ?? 0) <= 7)
    }

    @Test func `--bbox may begin with a minus sign`() throws {
        let features = try village.json(["export", "building", "--bbox", "-0.1195,51.50,-0.1172,51.52"])["features"]
        #expect(features.array.compactMap { $0["id"].text } == ["H1"])
        #expect(try village.json(["export", "building", "--bbox=-0.105,51.5,-0.1,51.6"])["features"].array.count == 1)
        for box in ["1,2,3", "1,2,3,x", "0,60,1,50"] {
            #expect(try village.louyu(["export", "building", "--bbox", box]).status == 64, "\(box)")
        }
    }

    @Test func `--crs turns coordinates on the way out, and back on the way in`() throws {
        for crs in ["gcj02", "bd09", "EPSG:4490", "EPSG:32630"] {
            let answer = try village.louyu([
                "export", "building", "--crs", crs, "-o", "\(crs.filter(\.isNumber)).geojson",
            ])
            #expect(answer.status == 0, "\(crs): \(answer.errors)")
            let name = "\(crs.filter(\.isNumber)).geojson"
            let counts = try village.imported([name, "--layer", "building", "--crs", crs, "--atlas", "\(name).gpkg"])
            #expect(counts["building"]["added"].integer == 3, "\(crs)")
            let row = try village.json(["list", "building", "--atlas", "\(name).gpkg"])[0]
            let meters = Geodesic.meters((row["lon"].number ?? 0, row["lat"].number ?? 0), (-0.1175, 51.5055))
            #expect(meters < 0.05, "\(crs): \(meters) m")
        }
        #expect(try village.louyu(["export", "building", "--crs", "EPSG:1"]).status == 64)
        #expect(try village.louyu(["export", "building", "--crs", "mars"]).status == 64)
    }

    @Test(arguments: [["--format", "table"], ["-o", "x.txt"], ["-o", "x.json", "--format", "table"]])
    func `a table is in WGS 84, and --crs is refused for it`(_ form: [String]) throws {
        let words = ["export", "building"] + form
        for crs in ["EPSG:4547", "gcj02"] {
            let answers = try ["en", "zh"].map { try village.louyu(words + ["--crs", crs, "--lang", $0]) }
            #expect(answers.map(\.status) == [64, 64] && answers.map(\.output) == ["", ""], "\(answers)")
            #expect(answers[0].errors.hasPrefix("error: a table tells positions in WGS 84 only; leave out --crs"))
            #expect(answers[1].errors.hasPrefix("错误：表格中的经纬度只能是 WGS 84；请去掉 --crs"))
        }
        #expect(!village.names.contains { $0.hasPrefix("x.") }, "\(village.names)")
        #expect(try village.louyu(words).status == 0)
    }

    @Test(arguments: ["geojson", "geojsonl", "csv", "gpkg"])
    func `what is exported comes in again unchanged`(_ ending: String) throws {
        let name = "out.\(ending)"
        #expect(try village.louyu(["export", "building", "-o", name]).status == 0)
        let key = ending == "csv" ? ["--key", "ref"] : []
        let again = try village.imported([name, "--layer", "building", "--atlas", "again.gpkg"] + key)["building"]
        #expect(again["added"].integer == 3 && again["rejected"].integer == 0)
        let rows = try village.json(["list", "building", "--atlas", "again.gpkg", "--sort", "ref"])
        #expect(rows.texts("ref") == ["H1", "H2", "H3"])
        #expect(rows.texts("name") == ["环球金融中心", "环球大厦", "未来大厦"])
        #expect(rows.texts("owner") == ["Anna", "Bo \"the\" Builder, Ltd"])
        #expect(rows.array.map { $0["storeys"].number } == [40, 20, 10])
    }

    @Test func `CSV for spreadsheets begins with a byte order mark and quotes what needs it`() throws {
        let bytes = try village.louyu(["export", "building", "--format", "csv"]).bytes
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(String(decoding: bytes, as: UTF8.self).contains("\"Bo \"\"the\"\" Builder, Ltd\""))
    }

    @Test func `every exported feature lies in the file that was imported`() throws {
        let city = try City.workplace()
        let sources = CityFiles.features(
            try Data(contentsOf: Repository.city.appending(path: "buildings.geojsonl")), isSequence: true)
        let answer = try city.louyu(["export", "building", "--format", "geojsonseq"])
        let features = CityFiles.features(answer.bytes, isSequence: true)
        #expect(features.count == sources.count)
        for (feature, source) in zip(features, sources) {
            #expect(feature["id"] == source["id"])
            #expect(feature["geometry"] == source["geometry"])
            for (key, value) in source["properties"].members { #expect(feature["properties"][key] == value, "\(key)") }
        }
    }
}
