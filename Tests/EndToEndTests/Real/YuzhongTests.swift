import Foundation
import TestSupport
import Testing

@Suite(
    "Yuzhong, Chongqing", .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    .enabled(if: Louyu.path != nil, "needs the built program"))
struct YuzhongTests {
    private static let atlas = Result<Workplace, any Error> {
        let place = try Workplace()
        place.folder.removeAtExit()
        try place.link("data", to: try SharedData.file(""))
        try place.imported(["data/yuzhong/subdistricts.geojson", "--level", "subdistrict"])
        try place.imported(["data/yuzhong/water.geojson"])
        try place.imported(["data/yuzhong/roads.geojson"])
        let counts = try place.imported([
            "data/chongqing/districts_gcj02.json", "--crs", "gcj02", "--level", "district",
        ])["boundary"]
        #expect(counts["read"].integer == 38 && counts["added"].integer == 38 && counts["repaired"].integer == 6)
        for (file, kind) in stations {
            try place.imported(["data/yuzhong/\(file).json", "--layer", "station", "--set", "kind=\(kind)"])
        }
        return place
    }

    private static let stations = [
        ("hospitals", "医院"), ("clinics", "诊所"), ("primary_schools", "小学"), ("middle_schools", "中学"),
    ]

    private let place: Workplace

    init() throws { place = try Self.atlas.get() }

    @Test func `the district borders two by bridges and two by land`() throws {
        let rows = try place.json(["adjacent", "渝中区", "--level", "district", "--tolerance", "100m"])
        #expect(Set(rows.texts("name")) == ["江北区", "南岸区", "九龙坡区", "沙坪坝区"])
        let expected: [(String, String, Double)] = [
            ("江北区", "bridge", 0.75), ("南岸区", "bridge", 0.90), ("九龙坡区", "land", 0.09), ("沙坪坝区", "land", 0.13),
        ]
        for (name, contact, share) in expected {
            let row = rows.first("name", name)
            #expect(row["contact"].text == contact, "\(name)")
            #expect(abs((row["waterShare"].number ?? -1) - share) < 0.015, "\(name): \(row["waterShare"])")
        }
        func bridges(_ name: String) -> Set<String> {
            Set(rows.first("name", name)["bridges"].array.compactMap(\.text))
        }
        #expect(bridges("江北区").isSuperset(of: ["曾家岩大桥", "渝澳大桥", "嘉陵江大桥", "黄花园大桥"]))
        #expect(bridges("南岸区").isSuperset(of: ["东水门大桥", "石板坡长江大桥", "菜园坝长江大桥"]))
        #expect(bridges("九龙坡区").isEmpty)
        let all = Set(expected.flatMap { bridges($0.0) })
        #expect(all.isDisjoint(with: ["嘉陵江滨江路", "临崖步道"]))
    }

    @Test func `without a tolerance the answer says which one would serve`() throws {
        let answer = try place.louyu(["adjacent", "渝中区", "--level", "district", "--lang", "en", "--format", "json"])
        #expect(answer.status == 0)
        #expect(answer.errors.contains("tolerance") && answer.errors.contains(#/\d+ ?m\b/#), "\(answer.errors)")
    }

    @Test func `there are 23 pairs of subdistricts`() throws {
        let pairs = try place.json(["adjacent", "--layer", "boundary", "--level", "subdistrict", "--all"])
        #expect(pairs.array.count == 23)
        let names = pairs.array.map { Set([$0["a"]["ref"].text ?? "", $0["b"]["ref"].text ?? ""]) }
        #expect(Set(names).count == 23, "each pair once")
    }

    @Test func `every hospital, clinic and school has its one subdistrict`() throws {
        let all = try place.json(["list", "station"])
        #expect(all.array.count == 115)
        let kinds = Dictionary(grouping: all.texts("kind")) { $0 }.mapValues(\.count)
        #expect(kinds == ["医院": 21, "诊所": 46, "小学": 32, "中学": 16])
        for station in all.array {
            let location = try place.json(["locate", station["id"].text ?? ""])
            let subdistricts = location["boundaries"].array.filter { $0["level"].text == "subdistrict" }
            #expect(subdistricts.count == 1, "\(station)")
        }
    }

    @Test func `totals of stations per subdistrict add up`() throws {
        let rows = try place.json(["list", "station", "--per", "subdistrict"])
        #expect(rows.array.count == 12)
        #expect(rows.array.compactMap { $0["count"].integer }.reduce(0, +) == 115)
    }

    @Test func `districts that are GCJ-02 but not said to be are noticed`() throws {
        let other = try Workplace()
        try other.link("data", to: try SharedData.file(""))
        try other.imported(["data/yuzhong/subdistricts.geojson", "--level", "subdistrict"])
        let answer = try other.louyu([
            "import", "data/chongqing/districts_gcj02.json", "--level", "district", "--lang", "en",
        ])
        #expect((answer.output + answer.errors).contains("gcj02"), "\(answer.errors)")
        let told = try other.louyu([
            "import", "data/chongqing/districts_gcj02.json", "--level", "district", "--crs", "gcj02", "--lang", "en",
            "--atlas", "told.gpkg",
        ])
        #expect(!told.errors.contains("gcj02"), "\(told.errors)")
    }
}

@Suite(
    "Qingdao", .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    .enabled(if: Louyu.path != nil, "needs the built program"))
struct QingdaoTests {
    @Test func `331 pairs of subdistricts share a line, 4 meet at a corner, and a second import changes nothing`()
        throws
    {
        let place = try Workplace()
        try place.link("data", to: try SharedData.file(""))
        let counts = try place.imported(["data/qingdao/boundaries.geojson"])["boundary"]
        #expect(counts["added"].integer == 146)
        let levels = try place.json(["list", "boundary", "--columns", "level"]).texts("level")
        #expect(
            Dictionary(grouping: levels) { $0 }.mapValues(\.count) == ["city": 1, "district": 10, "subdistrict": 135])
        let pairs = try place.json(["adjacent", "--layer", "boundary", "--level", "subdistrict", "--all"])
        #expect(pairs.array.count { $0["contact"].text == "corner" } == 4)
        #expect(pairs.array.count { $0["contact"].text != "corner" } == 331)
        for pair in pairs.array where pair["contact"].text == "corner" {
            #expect(
                (pair["sharedBorderMeters"].number ?? 9) < 5,
                "a corner is no more than what lies within the tolerance of it")
        }
        let before = try place.exported("boundary")
        let again = try place.imported(["data/qingdao/boundaries.geojson"])["boundary"]
        #expect(again["unchanged"].integer == 146, "\(again)")
        #expect(try place.exported("boundary") == before)
    }
}
