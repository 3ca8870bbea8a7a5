import Foundation
import TestSupport
import Testing

@Suite("Printed pages", .enabled(if: Louyu.path != nil, "needs the built program"))
struct PageContractTests {
    private static let day = ["SOURCE_DATE_EPOCH": "1735689600"]
    private let town: Workplace

    init() throws { town = try StreetTown.shared() }

    private static let questions: [[String]] = [
        ["info"], ["find", "楼"], ["near", "W1"], ["near", "W1", "--by", "walk"], ["locate", "W1"],
        ["list", "building"],
        ["list", "boundary", "--where", "level = 'subdistrict'"], ["list", "building", "--per", "subdistrict"],
        ["adjacent", "西街道"], ["adjacent", "W1"],
        ["adjacent", "--layer", "boundary", "--level", "subdistrict", "--all"],
        ["export", "station"], ["reach", "C1"], ["reach", "C1", "--list", "building"],
        ["coverage", "--kind", "clinic", "--blind-spots", "--across"],
        ["coverage", "--kind", "clinic", "--with", "0.018,0"],
        ["border", "西街道", "东街道", "--kind", "clinic"], ["border", "西街道", "东街道", "--kind", "clinic", "--unserved"],
        ["site", "-k", "1", "--kind", "clinic", "--minutes", "5"], ["page", "W1"], ["check"],
        ["diff", "--from", "2020-01-01"], ["history", "W1"], ["history"],
    ]
    /// What is about no place.
    private static let unmapped: [[String]] = [["check"], ["history"]]

    private func bytes(_ question: [String], in place: Workplace, language: String = "zh") throws -> Data {
        let words = question + ["--format", "html", "--lang", language, "--quiet"]
        let answer = try place.louyu(words, environment: Self.day)
        #expect(answer.status == 0 || question == ["check"], "\(words): \(answer.errors)")
        return answer.bytes
    }

    private func page(_ question: [String], language: String = "zh") throws -> PrintedPage {
        try #require(PrintedPage(bytes(question, in: town, language: language)), "\(question)")
    }

    // MARK: Every verb

    @Test(arguments: questions) func `a page is well-formed, whole in itself and the same every time`(
        _ question: [String]
    ) throws {
        for language in ["zh", "en"] {
            let bytes = try bytes(question, in: town, language: language)
            let page = try #require(PrintedPage(bytes), "\(question) in \(language) is no XML")
            #expect(page.root.name == "html" && page.root.attributes["lang"] == (language == "zh" ? "zh-CN" : "en"))
            let text = String(decoding: bytes, as: UTF8.self)
            for outside in [
                "http", "//", "src=", "href", "url(", "@import", "<script", "javascript", "<link", "<iframe",
            ] {
                #expect(!text.contains(outside), "\(question) refers to something outside: \(outside)")
            }
            #expect(page.root.all("h1").count == 1 && page.root.all("h1")[0].text.count > 1)
            #expect(text.contains(language == "zh" ? "制表日期：2025年1月1日" : "Made on 2025-01-01"))
            let notice = language == "zh" ? ["仅供内部使用", "界线仅供参考"] : ["internal use only", "for reference only"]
            for words in notice {
                #expect(
                    text.components(separatedBy: words).count == 3, "once in the margin of every sheet, once at the end"
                )
            }
            #expect(page.root.all("p", class: "sign").flatMap { $0.all("span") }.count == 3)
            let terms = page.root.all("table", class: "terms")[0].text
            #expect(terms.contains("buildings.geojson") && terms.contains("stations.json"))
            for table in page.tables {
                #expect(table.all("thead").count == 1, "the heading is repeated on every sheet")
            }
        }
        #expect(try bytes(question, in: town) == bytes(question, in: town))
    }

    @Test(arguments: questions.filter { !unmapped.contains($0) }) func `a map has a frame, a scale, north and a legend`(
        _ question: [String]
    ) throws {
        let page = try page(question)
        let map = try #require(page.root.all("svg", class: "map").first, "\(question) has no map")
        #expect(map.all("path", class: "frame").count == 1)
        let texts = map.all("text", class: "no").map(\.text)
        #expect(texts.contains("北"))
        let scale = texts.compactMap { $0.firstMatch(of: #/^([125])0* (?:米|公里)$/#) }
        #expect(scale.count == 1, "one scale of round metres: \(texts)")
        #expect(!page.root.all("figcaption").flatMap { $0.all("span") }.isEmpty)
    }

    @Test func `-o writes a page by its ending`() throws {
        let answer = try town.louyu(["near", "W1", "-o", "near.html", "--overwrite"], environment: Self.day)
        #expect(answer.status == 0 && answer.output.isEmpty, "\(answer.errors)")
        #expect(try town.bytes("near.html") == bytes(["near", "W1"], in: town, language: "en"))
        try town.remove("near.html")
    }

    // MARK: Rows and numbers

    @Test func `rows are those of the answer, numbered, and so is the map`() throws {
        let answer = try town.json(["list", "building"])
        let page = try page(["list", "building"])
        let rows = PrintedPage.rows(page.tables[0])
        #expect(rows.compactMap { $0["名称（地址）"] } == answer.texts("name"))
        #expect(rows.compactMap { $0["序号"] } == (1...answer.array.count).map { "\($0)" })
        #expect(Set(page.numbersOnMap).subtracting([0]) == Set(1...answer.array.count))
        let sums = page.tables[0].all("tr", class: "sum").flatMap { $0.all("td") }.map(\.text)
        let area = answer.array.reduce(0) { $0 + ($1["floor_area_m2"].number ?? 0) }
        #expect(sums.contains(String(format: "%.1f", area)), "\(sums)")
    }

    @Test func `the unserved along a border are listed with the question in words`() throws {
        let words = ["border", "西街道", "东街道", "--kind", "clinic", "--minutes", "2", "--unserved"]
        let question = words + ["--where", "floor_area_m2 > 300 AND use = '办公'"]
        let answer = try town.json(question)
        let page = try page(question)
        #expect(answer["buildings"].array.count == 1)
        #expect(PrintedPage.rows(page.tables[0]).compactMap { $0["名称（地址）"] } == answer["buildings"].texts("name"))
        let terms = page.root.all("table", class: "terms")[0].text
        #expect(terms.contains("西街道与东街道交界两侧 500 米以内，步行 2 分钟到不了任何clinic的楼宇"))
        #expect(terms.contains("建筑面积（平方米） > 300，且 用途 = “办公”"))
        #expect(!terms.contains("--"), "a sentence, not options")
        let asked = page.root.all("p", class: "asked")[0].text
        #expect(asked.hasPrefix("查询命令：louyu border 西街道 东街道 --kind clinic"), "\(asked)")
        #expect(asked.contains("--where 'floor_area_m2 > 300 AND use = ") && !asked.contains("--atlas"), "\(asked)")
    }

    @Test func `a page of a building tells its record, chain, neighbours and stations`() throws {
        let answer = try town.json(["page", "W1"])
        #expect(answer["building"]["ref"].text == "W1")
        #expect(answer["boundaries"].texts("ref") == ["CW", "W", "D"])
        #expect(answer["borderingAreas"].texts("ref") == ["CE"])
        // 15 minutes at 60 m a minute from the western end: its own clinic only; the school is farther.
        let near = try town.json(["reach", "W1楼", "--away", "--list", "station", "--kind", "clinic", "--minutes", "15"])
        let clinics = answer["stations"].array.filter { $0["kind"].text == "clinic" }
        #expect(clinics.map { $0["seconds"].number } == near.array.map { $0["seconds"].number } && !near.array.isEmpty)
        let page = try page(["page", "W1"])
        let record = try #require(page.root.all("table", class: "record").first).text
        #expect(record.contains("W1楼") && record.contains("100.5"))
        let stations = PrintedPage.rows(try #require(page.tables.last))
        #expect(stations.compactMap { $0["名称"] } == answer["stations"].texts("name"))
        #expect(try town.louyu(["page", "0.0005,0.0004", "--format", "json"]).json["building"]["ref"].text == "W1")
        #expect(try town.louyu(["page", "0.003,0.0045"]).status == 66)
    }

    @Test func `marks stand as far apart as the scale says`() throws {
        let page = try page(["list", "station", "--kind", "clinic"])
        let marks = page.stationMarks
        try #require(marks.count == 2)
        let map = page.root.all("svg", class: "map")[0]
        let bar = try #require(map.all("path", class: "bar").first?.attributes["d"]?.firstMatch(of: #/h(\d+)v10/#))
        let label = try #require(map.all("text").compactMap { $0.text.firstMatch(of: #/^(\d+) (米|公里)$/#) }.first)
        let barMeters = (Double(label.1) ?? 0) * (label.2 == "公里" ? 1000 : 1)
        let units = hypot(marks[0].x - marks[1].x, marks[0].y - marks[1].y)
        let meters = Geodesic.meters((StreetTown.westClinic, 0.0001), (StreetTown.eastClinic, 0.0001))
        #expect(abs(units / (Double(bar.1) ?? 1) * barMeters - meters) < 0.01 * meters)
    }

    // MARK: Changes

    @Test func `what came, went, was renamed and changed is told with its numbers on the map`() throws {
        let place = try Workplace()
        let rows = (0..<6).map { "r\($0),楼\($0),\(106.57 + 0.001 * Double($0)),29.55,\(1000 + $0)" }
        try place.write("ledger.csv", "id,name,lon,lat,floor_area_m2\n" + rows.joined(separator: "\n"))
        try place.imported(["ledger.csv", "--layer", "building"])
        try FileManager.default.copyItem(
            at: place.url.appending(path: "louyu.gpkg"), to: place.url.appending(path: "old.gpkg"))
        let next = [
            "r0,楼0,106.57,29.55,2000", "r1,一号楼,106.571,29.55,1001", rows[2], rows[3], rows[4], "r9,新楼,106.579,29.55,9",
        ]
        try place.write("ledger.csv", "id,name,lon,lat,floor_area_m2\n" + next.joined(separator: "\n"))
        try place.imported(["ledger.csv", "--layer", "building", "--sync", "--note", "十一月"])
        let page = try #require(PrintedPage(bytes(["diff", "old.gpkg", "louyu.gpkg"], in: place)))
        let told = PrintedPage.rows(page.tables[0])
        #expect(told.compactMap { $0["名称（地址）"] } == ["楼0", "一号楼", "楼5", "新楼"])
        #expect(told.compactMap { $0["变化"] } == ["变更", "更名", "消失", "新增"])
        #expect(told.first?["内容"] == "建筑面积（平方米）: 1000 → 2000", "columns by their titles")
        #expect(page.root.all("ul", class: "findings")[0].text.contains("新增 1 条，消失 1 条，更名 1 条，移动 0 条，变更 1 条。"))
        #expect(Set(page.numbersOnMap).subtracting([0]) == [1, 2, 3, 4])
        #expect(page.root.all("figcaption")[0].text.contains("消失"))
        let history = try #require(PrintedPage(bytes(["history", "r1"], in: place)))
        #expect(history.tables[0].text.contains("一号楼") && history.tables[0].text.contains("十一月"))
    }

    @Test func `what a change did is a page too`() throws {
        let place = try Workplace()
        try place.write("rows.csv", "id,name,lon,lat\na,甲楼,106.57,29.55\nb,乙楼,999,29.55\n")
        let imported = try #require(
            PrintedPage(bytes(["import", "rows.csv", "--layer", "building"], in: place)))
        #expect(imported.tables[0].text.contains("楼宇") && imported.root.text.contains("导入结果"))
        #expect(imported.tables.last?.text.contains("第 3 行") == true, "a rejected row is told")
        for (words, told) in [
            (["set", "a", "grade=A"], "甲楼"), (["add", "station", "站", "--at", "106.57,29.55"], "站"),
            (["end", "a"], "甲楼"), (["undo"], "楼宇"), (["configure"], "楼宇"),
        ] {
            let page = try #require(PrintedPage(bytes(words, in: place)), "\(words)")
            #expect(page.tables[0].text.contains(told), "\(words)")
            #expect(page.root.all("p", class: "sign").count == 1)
        }
    }

    // MARK: Hostile

    @Test func `names that are markup stay names`() throws {
        let names = [
            "<script>alert(1)</script>", "A&B \"x\" 'y'", "]]></style><b>", "&lt;b&gt;", "\\u0007bell\\u202Eturned",
            "</td></tr></table>", String(repeating: "W", count: 300), "\u{200F}שלום עולם\u{200E} مبنى", "🏢👨‍👩‍👧‍👦大厦",
        ]
        let place = try Workplace()
        let features = names.enumerated().map { index, name in
            Village.house("N\(index)", name.replacing("\"", with: "\\\""), 0.001 * Double(index), 0, "\"use\":\"<i>\"")
        }
        try place.write("names.geojson", StreetTown.collection(features))
        try place.imported(["names.geojson", "--layer", "building"])
        for question in [["list", "building"], ["near", "N1"], ["page", "N0"], ["find", "alert"]] {
            let bytes = try bytes(question, in: place)
            let text = String(decoding: bytes, as: UTF8.self)
            let page = try #require(PrintedPage(bytes), "\(question)")
            #expect(!text.contains("<script") && !text.contains("<b>") && !text.contains("<i>&"))
            #expect(!text.unicodeScalars.contains { $0.value == 7 || $0.value == 0x202E })
            #expect(page.root.all("script").isEmpty && page.root.all("b").isEmpty)
            let labels = page.root.all("svg", class: "map").flatMap { $0.all("text") }
            #expect(labels.allSatisfy { $0.text.count <= 33 }, "names on the map are short")
        }
        let rows = PrintedPage.rows(try #require(PrintedPage(bytes(["list", "building"], in: place))).tables[0])
        for name in names.prefix(4) + names.suffix(3) { #expect(rows.contains { $0["名称（地址）"] == name }, "\(name)") }
    }

    @Test func `a list longer than anybody reads says how long it is`() throws {
        let place = try Workplace()
        let stations = (0..<5003).map {
            "{\"id\":\"\($0)\",\"name\":\"站\($0)\",\"lon\":\(Double($0 % 71) / 1000),\"lat\":\(Double($0 / 71) / 1000)}"
        }
        try place.write("stations.json", "[\(stations.joined(separator: ",\n"))]")
        try place.imported(["stations.json", "--layer", "station"])
        let bytes = try bytes(["list", "station"], in: place)
        let page = try #require(PrintedPage(bytes))
        #expect(PrintedPage.rows(page.tables[0]).count == 5000)
        let counts = page.root.all("p", class: "count").map(\.text)
        #expect(counts.first == "共 5003 条。" && counts.last?.contains("前 5000 条") == true, "\(counts)")
        #expect(bytes.count < 2_000_000)
    }

    // MARK: On paper

    /// Chromium under the names that it goes by.
    private static let chromium = ["chromium", "chromium-browser", "google-chrome"].lazy.compactMap(Tool.path).first

    private static var canPrint: Bool { chromium != nil && Programs.has("pdfinfo") && Programs.has("pdftotext") }

    @Test(.enabled(if: canPrint, "needs chromium and poppler-utils"))
    func `a browser prints every sheet with its number, its notices and its heading`() throws {
        let scratch = try ScratchFolder()
        let sheets = try sheets(
            [
                "border", "汐屿区", "漪北区", "--kind", "社区卫生服务站", "--minutes", "15", "--unserved", "--where",
                "floor_area_m2 > 5000",
            ], scratch)
        #expect(sheets.count == 2)
        for (index, sheet) in sheets.enumerated() {
            #expect(sheet.contains("第\(index + 1)页，共\(sheets.count)页"))
            #expect(sheet.contains("仅供内部使用") && sheet.contains("界线仅供参考"))
            #expect(sheet.contains("序号"), "the heading of the table stands on sheet \(index + 1)")
        }
        #expect(sheets.last?.contains("单位") == true && sheets.last?.contains("共43条") == true)
    }

    @Test(.enabled(if: canPrint, "needs chromium and poppler-utils"))
    func `a building takes one sheet, and no sheet holds nothing but the lines to sign`() throws {
        let scratch = try ScratchFolder()
        for building in ["昶瀚广场", "B0000001", "B0001335"] {
            let sheets = try sheets(["page", building], scratch)
            #expect(sheets.count == 1, "\(building)")
        }
        for rows in stride(from: 22, through: 34, by: 3) {
            let sheets = try sheets(["list", "building", "--top", "\(rows)"], scratch)
            #expect(sheets.last?.contains("序号") == true, "\(rows) rows")
        }
    }

    /// The text of every sheet, without spaces.
    private func sheets(_ question: [String], _ scratch: ScratchFolder) throws -> [String] {
        let page = scratch.url.appending(path: "page.html")
        try bytes(question, in: City.workplace()).write(to: page)
        _ = try Tool.run(
            try #require(Self.chromium),
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--user-data-dir=profile",
                "--print-to-pdf=page.pdf", page.absoluteString,
            ], in: scratch.url)
        let info = try Tool.run(try #require(Tool.path("pdfinfo")), ["page.pdf"], in: scratch.url)
        let count = try #require(info.firstMatch(of: #/Pages: +(\d+)/#).flatMap { Int($0.1) })
        #expect(info.contains("A4"), "\(info)")
        let text = try Tool.run(try #require(Tool.path("pdftotext")), ["-layout", "page.pdf", "-"], in: scratch.url)
        let sheets = text.split(separator: "\u{0C}").map { String($0).replacing(" ", with: "") }
        try #require(sheets.count == count)
        return sheets
    }
}
