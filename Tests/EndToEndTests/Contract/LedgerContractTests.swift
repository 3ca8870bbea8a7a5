import Foundation
import Testing

@Suite("import of ledgers", .enabled(if: Louyu.path != nil, "needs the built program"))
struct LedgerContractTests {
    private static let buildings = """
        ref,name,address,lon,lat
        b1,枫汇大厦,大坪正街1号,106.50,29.50
        b2,檀衡中心,大坪正街3号,106.51,29.50
        """
    private static let ledger = """
        2026年楼宇台账,,
        楼宇名称,地址,空置面积（万㎡）
        枫汇大厦,大坪正街1#,0.5
        檀恒中心,,0.1
        ,,3
        合计,,3.6
        """

    private func office() throws -> Workplace {
        let place = try Workplace()
        try place.write("b.csv", Self.buildings)
        try place.imported(["b.csv", "--layer", "building", "--key", "ref", "--crs", "wgs84"])
        try place.write("ledger.csv", Self.ledger)
        return place
    }

    @Test func `every row has its landing, and the counts add up`() throws {
        let place = try office()
        let answer = try place.json(["import", "ledger.csv", "--layer", "building"])
        #expect(answer.keys == ["layers", "ledgers"])
        let counts = answer["layers"]["building"]
        #expect(counts["read"].integer == 3 && counts["changed"].integer == 1)
        #expect(counts["unsure"].integer == 1 && counts["rejected"].integer == 1)
        let rows = answer["ledgers"].array[0]["rows"].array
        #expect(rows.map { $0["row"].integer } == [3, 4, 5])
        #expect(rows.map { $0["landing"].text } == ["changed", "unsure", "rejected"])
        #expect(rows[0]["changes"].array[0]["cell"].text == "C3")
        #expect(rows[1]["candidates"].array[0]["ref"].text == "b2")
        #expect(place.has("ledger-待定.csv"))
    }

    @Test func `a dry run keeps nothing and writes no review table`() throws {
        let place = try office()
        let before = try place.state()
        for language in ["zh", "en"] {
            let answer = try place.louyu([
                "import", "ledger.csv", "--layer", "building", "--dry-run", "--lang", language,
            ])
            #expect(answer.status == 0 && answer.output.contains("C3"), "\(answer.errors)")
        }
        #expect(try place.state() == before && !place.has("ledger-待定.csv"))
    }

    @Test func `the review table settles what was unsure; then nothing changes`() throws {
        let place = try office()
        try place.imported(["ledger.csv", "--layer", "building"])
        let table = try #require(place.text("ledger-待定.csv"))
        try place.write("filled.csv", table.replacingOccurrences(of: "\r\n,4,", with: "\r\n1,4,"))
        let counts = try place.imported(["filled.csv", "--layer", "building"])["building"]
        #expect(counts["changed"].integer == 1 && counts["unsure"].integer == 0)
        let before = try place.state()
        let again = try place.imported(["ledger.csv", "--layer", "building"])["building"]
        #expect(again["unchanged"].integer == 2 && again["changed"].integer == 0)
        #expect(try place.state() == before)
        #expect(try place.json(["find", "檀恒"]).texts("name") == ["檀衡中心"])
    }

    @Test func `a sheet and the rows of its header are said`() throws {
        let place = try office()
        let data = [["说明", ""], ["楼宇名称", "面积"], ["", "空置面积（㎡）"], ["枫汇大厦", "77"]]
        try SheetFile.workbook([("封面", [["楼宇名称", "空置面积"], ["檀衡中心", "5"]]), ("台账", data)]).write(
            to: place.url.appending(path: "two.xlsx"))
        let first = try place.louyu(["import", "two.xlsx", "--layer", "building", "--dry-run", "--lang", "en"])
        #expect(first.status == 0 && first.errors.contains("--sheet"), "other sheets are told: \(first.errors)")
        let words = ["--layer", "building", "--sheet", "台账", "--header-rows", "2"]
        let answer = try place.json(["import", "two.xlsx"] + words)
        #expect(answer["ledgers"][0]["sheet"].text == "台账")
        let rows = answer["ledgers"][0]["rows"]
        #expect(rows.array.count == 1 && rows[0]["ref"].text == "b1" && rows[0]["row"].integer == 4)
        #expect(rows[0]["changes"][0]["cell"].text == "B4" && rows[0]["changes"][0]["to"].number == 77)
        let none = try place.louyu(["import", "two.xlsx", "--layer", "building", "--sheet", "没有", "--lang", "en"])
        #expect(none.status == 64, "\(none.status) \(none.errors)")
        #expect(none.errors.contains("台账"), "the sheets that there are: \(none.errors)")
    }

    @Test(arguments: [
        ("ref", "b2", "ref"), ("code", "b1", "code"), ("name", "b1", "name"), ("address", "b2", "address"),
        ("point", "b2", "point"),
    ])
    func `rows are joined by what is said`(_ join: String, _ ref: String, _ by: String) throws {
        let place = try office()
        try place.write("codes.csv", "楼宇名称,楼宇编码\n枫汇大厦,QL-1\n檀衡中心,QL-2\n")
        try place.imported(["codes.csv", "--layer", "building"])
        let square = "[[106.5099,29.4999],[106.5101,29.4999],[106.5101,29.5001],[106.5099,29.5001],[106.5099,29.4999]]"
        try place.write(
            "outline.geojson",
            "{\"type\":\"Feature\",\"id\":\"b2\",\"properties\":{\"name\":\"檀衡中心\",\"address\":\"大坪正街3号\"},"
                + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[\(square)]}}")
        try place.imported(["outline.geojson", "--layer", "building"])
        // Each cell speaks for a building of its own.
        try place.write(
            "row.csv", "ref,楼宇编码,楼宇名称,地址,经度,纬度,空置面积\nb2,QL-1,枫汇大厦,大坪正街3号,106.51,29.5,9\n")
        let all = try place.json(["import", "row.csv", "--layer", "building", "--as", "building", "--dry-run"])
        #expect(all["ledgers"][0]["rows"][0]["landing"].text == "unsure")
        let words = ["import", "row.csv", "--layer", "building", "--crs", "wgs84", "--join", join]
        let row = try place.json(words)["ledgers"][0]["rows"][0]
        #expect(row["landing"].text == "changed" && row["ref"].text == ref && row["by"].text == by, "\(row)")
    }

    @Test func `a mapping file says what columns are`() throws {
        let place = try office()
        try place.write(
            "map.yaml",
            """
            # 列对照
            楼: name
            大小:
              field: floor_area_m2
              unit: 万㎡
            备注: ignore
            联系人:
              field: manager
              empty: erase
            """)
        try place.write("own.csv", "楼,大小,备注,联系人\n枫汇大厦,1.5,不导入,某\n")
        let words = ["--layer", "building", "--mapping", "map.yaml"]
        let answer = try place.json(["import", "own.csv"] + words)
        let fields = answer["ledgers"][0]["columns"].array.map { $0["field"].text }
        #expect(fields == ["name", "floor_area_m2", nil, "manager"])
        let building = try place.json(["list", "building", "--where", "name = '枫汇大厦'"])[0]
        #expect(building["floor_area_m2"].number == 15_000 && building["manager"].text == "某")
        #expect(building["备注"] == .null)
        try place.write("own.csv", "楼,大小,备注,联系人\n枫汇大厦,,,\n")
        try place.imported(["own.csv"] + words)
        let emptied = try place.json(["list", "building", "--where", "name = '枫汇大厦'"])[0]
        #expect(emptied["manager"] == .null && emptied["floor_area_m2"].number == 15_000)
    }

    @Test func `what an undecided row may be about is not ended, and told`() throws {
        let place = try office()
        try place.write("台账1月.csv", "楼宇名称,空置面积\n枫汇大厦,1\n檀衡中心,2\n")
        try place.imported(["台账1月.csv", "--layer", "building"])
        try place.write("台账2月.csv", "楼宇名称,空置面积\n枫汇大厦,1\n鑫淼森,2\n")
        let words = ["import", "台账2月.csv", "--layer", "building", "--sync"]
        for (language, note, line) in [
            ("en", "--sync again", "not ended  檀衡中心  b2"), ("zh", "再用 --sync 导入一次", "暂不终止  檀衡中心  b2"),
        ] {
            let told = try place.louyu(words + ["--dry-run", "--lang", language])
            #expect(told.errors.contains(note) && told.output.contains(line), "\(told.errors) \(told.output)")
        }
        let answer = try place.json(words)
        #expect(answer["layers"]["building"]["ended"].integer == 0)
        let held = answer["ledgers"][0]["rows"].first("landing", "held")
        #expect(held["ref"].text == "b2" && held["row"] == .null && held["reason"].text?.isEmpty == false)
        #expect(try place.json(["list", "building"]).texts("ref") == ["b1", "b2"])
    }

    @Test func `mistakes are told with what to do`() throws {
        let place = try office()
        try place.write("m.yaml", "楼宇名称: name\n没有的列: use\n")
        try place.write("plain.csv", "甲,乙\n1,2\n")
        for (words, status) in [
            (["ledger.csv", "--layer", "building", "--join", "colour"], 64),
            (["ledger.csv", "--layer", "building", "--mapping", "m.yaml"], 65),
            (["ledger.csv", "--layer", "building", "--mapping", "none.yaml"], 66),
            (["plain.csv", "--layer", "building"], 65), (["ledger.csv", "--layer", "zone", "--as", "building"], 64),
            (["ledger.csv", "--layer", "building", "--header-rows", "0"], 64),
            (["ledger.csv", "--layer", "building", "--sum", "税收"], 64),
        ] {
            let answer = try place.louyu(["import"] + words)
            #expect(answer.status == status, "\(words): \(answer.status) \(answer.errors)")
            #expect(answer.errors.hasPrefix("error: "))
        }
    }
}
