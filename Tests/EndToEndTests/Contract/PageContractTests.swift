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
    ]

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

    @Test(arguments: questions.filter { $0 != ["check"] }) func `a map has a frame, a scale, north and a legend`(
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
        #expect(stations.compactMap { $0["名称（地址）"] } == answer["stations"].texts("name"))
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

    // MARK: Hostile

    @Test func `names that are markup stay names`() throws {
        let names = [
            "<script>alert(1)</script>", "A&B \"x\" 'y'", "]]></style><b>", "&lt;b&gt;", "\\u0007bell\\u202Eturned",
            "</td></tr></table>",
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
        }
        let rows = PrintedPage.rows(try #require(PrintedPage(bytes(["list", "building"], in: place))).tables[0])
        for name in names.prefix(4) { #expect(rows.contains { $0["名称（地址）"] == name }, "\(name)") }
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

    @Test(
        .enabled(
            if: chromium != nil && Programs.has("pdfinfo") && Programs.has("pdftotext"),
            "needs chromium and poppler-utils"))
    func `a browser prints every sheet with its number, its notices and its heading`() throws {
        let city = try City.workplace()
        let scratch = try ScratchFolder()
        let page = scratch.url.appending(path: "page.html")
        try bytes(
            [
                "border", "汐屿区", "漪北区", "--kind", "社区卫生服务站", "--minutes", "15", "--unserved", "--where",
                "floor_area_m2 > 5000",
            ], in: city
        ).write(to: page)
        let browser = try #require(Self.chromium)
        _ = try Tool.run(
            browser,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--user-data-dir=profile",
                "--print-to-pdf=page.pdf", page.absoluteString,
            ], in: scratch.url)
        let info = try Tool.run(try #require(Tool.path("pdfinfo")), ["page.pdf"], in: scratch.url)
        let count = try #require(info.firstMatch(of: #/Pages: +(\d+)/#).flatMap { Int($0.1) })
        #expect(count == 3 && info.contains("A4"), "\(info)")
        let text = try Tool.run(try #require(Tool.path("pdftotext")), ["-layout", "page.pdf", "-"], in: scratch.url)
        let sheets = text.split(separator: "\u{0C}").map { $0.replacing(" ", with: "") }
        try #require(sheets.count == count)
        for (index, sheet) in sheets.enumerated() {
            #expect(sheet.contains("第\(index + 1)页，共\(count)页"))
            #expect(sheet.contains("仅供内部使用") && sheet.contains("界线仅供参考"))
            #expect(sheet.contains("序号"), "the heading of the table stands on sheet \(index + 1)")
        }
        #expect(sheets.last?.contains("单位：") == true && sheets.last?.contains("共43条") == true)
    }
}
