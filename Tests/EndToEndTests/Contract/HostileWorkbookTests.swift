import Foundation
import TestSupport
import Testing

/// Workbooks that mean no good, or are none: each is refused or read within 64 MB and twenty times its size, with the
/// cell or the part named and what to do.
@Suite("import of hostile workbooks", .enabled(if: Louyu.path != nil, "needs the built program"))
struct HostileWorkbookTests {
    private static let header = row(1, ["楼宇名称", "地址", "空置面积"])
    private static let sheet = WorkbookBuilder.sheetPart
    private static let freeBytes = 64 << 20
    private static let bytesAByte = 20

    /// A row of texts from the first column on.
    private static func row(_ number: Int, _ texts: [String]) -> String {
        let cells = texts.enumerated().map { column, text in
            "<c r=\"\(Character(Unicode.Scalar(UInt8(65 + column))))\(number)\" t=\"str\"><v>\(text)</v></c>"
        }
        return "<row r=\"\(number)\">\(cells.joined())</row>"
    }

    private static func book(_ rows: String = "", _ change: (inout WorkbookBuilder) -> Void = { _ in }) -> [UInt8] {
        var book = WorkbookBuilder()
        book.rows = header + rows
        change(&book)
        return book.bytes
    }

    private static func relations(_ type: String, _ target: String) -> [UInt8] {
        Array("<Relationships><Relationship Id=\"rId1\" Type=\"x/\(type)\" Target=\"\(target)\"/></Relationships>".utf8)
    }

    /// A sheet that says it is of another size than it is.
    private static func lying(_ size: Int) -> [UInt8] {
        var member = ZipBuilder.Member(sheet, Array((header + String(repeating: " ", count: 1 << 20)).utf8))
        member.size = size
        let lie = member
        return book { ($0.missing, $0.extra) = ([sheet], [lie]) }
    }

    private static func compound(_ stream: String) -> [UInt8] {
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 4096)
            + stream.utf8.flatMap { [$0, 0] } + [UInt8](repeating: 0, count: 1024)
    }

    private static let laughs =
        "<!DOCTYPE w [<!ENTITY l0 \"lol\">"
        + (1...9).map { "<!ENTITY l\($0) \"\(String(repeating: "&l\($0 - 1);", count: 10))\">" }.joined() + "]>"
        + "<worksheet><sheetData><row><c t=\"str\"><v>&l9;</v></c></row></sheetData></worksheet>"

    /// Files, and what is said of them.
    private static let refused: [(name: String, bytes: @Sendable () -> [UInt8], says: [String])] = [
        ("blanks.xlsx", { book(String(repeating: " ", count: 100 << 20)) }, [sheet, "250 times"]),
        ("small.xlsx", { lying(1000) }, [sheet, "damaged"]),
        ("huge.xlsx", { lying(0xFFFF_FFF0) }, [sheet, "250 times"]),
        ("nested.xlsx", { book { $0.parts[sheet] = book() } }, [sheet, "broken at line 1"]),
        (
            "texts.xlsx", { book { $0.strings = String(repeating: "<si/>", count: 3_000_000) } },
            ["xl/sharedStrings.xml", "too much"]
        ),
        (
            "columns.xlsx", { book("<row r=\"7\">\(String(repeating: "<c/>", count: 1_000_000))</row>") },
            [sheet, "cell XFE7"]
        ),
        ("beyond.xlsx", { book("<row r=\"7\"><c r=\"XFE7\"><v>1</v></c></row>") }, [sheet, "XFE7"]),
        (
            "wide.xlsx", { book((2...400).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\"><v>1</v></c></row>" }.joined()) },
            [sheet, "cell XFD", "empty columns"]
        ),
        (
            "headings.xlsx",
            { book { $0.rows = "<row>\(String(repeating: "<c t=\"str\"><v>列</v></c>", count: 9000))</row>" } },
            ["row 1", "2000"]
        ),
        ("rows.xlsx", { book("<row r=\"1048577\"/>") }, [sheet, "1048577"]),
        (
            "notes.xlsx", { book((2...25_000).map { row($0, ["合计", "3"]) }.joined()) }, ["row 20002", "totals"]
        ),
        (
            "formulas.xlsx",
            { book { $0.rows = "<row r=\"1\"><c r=\"A1\"><f>X1</f></c><c r=\"B1\"><f>X2</f></c></row>" } },
            ["cell A1 is a formula", "calculates"]
        ),
        ("laughs.xlsx", { book { $0.sheet = laughs } }, [sheet, "DTD"]),
        (
            "merged.xlsx",
            { book { $0.afterRows = String(repeating: "<mergeCell ref=\"A1:XFD4\"/>", count: 60_000) } },
            [sheet, "more entries"]
        ),
        ("cell.xlsx", { book("<row r=\"2\"><c r=\"B2\" t=\"s\"><v>9</v></c></row>") }, [sheet, "cell B2"]),
        ("missing.xlsx", { book { $0.missing = [sheet] } }, [sheet, "missing"]),
        (
            "unrelated.xlsx", { book { $0.missing = ["xl/_rels/workbook.xml.rels"] } },
            ["xl/_rels/workbook.xml.rels", "missing"]
        ),
        (
            "chart.xlsx", { book { $0.parts["xl/_rels/workbook.xml.rels"] = relations("chartsheet", "a.xml") } },
            ["xl/workbook.xml", "no sheet"]
        ),
        (
            "circle.xlsx", { book { $0.parts["xl/_rels/workbook.xml.rels"] = relations("worksheet", "workbook.xml") } },
            ["xl/workbook.xml", "no sheet"]
        ),
        (
            "outside.xlsx",
            { book { $0.parts["xl/_rels/workbook.xml.rels"] = relations("worksheet", "../../../etc/passwd") } },
            ["not in this file"]
        ),
        ("locked.xlsx", { compound("EncryptedPackage") }, ["part EncryptedPackage", "password"]),
        ("old.xls", { compound("Workbook") }, ["before 2007", "save it as .xlsx"]),
        ("old.xlsx", { compound("Workbook") }, ["before 2007", "save it as .xlsx"]),
        ("old.bin", { compound("Workbook") }, ["before 2007", "save it as .xlsx"]),
        ("page.xls", { Array("<html><table><tr><td>楼宇名称</td></tr></table></html>".utf8) }, ["no .xlsx workbook"]),
        ("table.xlsx", { Array("楼宇名称,地址\n甲,乙\n".utf8) }, ["no .xlsx workbook"]),
        ("paper.xlsx", { Array("%PDF-1.7\n1 0 obj\n".utf8) }, ["no .xlsx workbook"]),
        ("empty.xlsx", { [] }, ["empty"]),
        ("text.xlsx", { ZipBuilder([ZipBuilder.Member("word/document.xml", [])]).bytes }, ["no .xlsx workbook"]),
    ]

    private static func office() throws -> Workplace {
        let place = try Workplace()
        try place.write("b.csv", "ref,name,address,lon,lat\nb1,枫汇大厦,大坪正街1号,106.50,29.50\n")
        try place.imported(["b.csv", "--layer", "building", "--key", "ref", "--crs", "wgs84"])
        return place
    }

    private func imported(_ name: String, _ bytes: [UInt8], in place: Workplace, _ more: [String] = []) throws -> Answer
    {
        try Data(bytes).write(to: place.url.appending(path: name))
        let answer = try place.louyu(["import", name, "--layer", "building", "--lang", "en"] + more)
        #expect(!answer.timedOut && answer.status >= 0, "\(name): \(answer.status)")
        let allowed = Self.freeBytes + Self.bytesAByte * bytes.count
        #expect(answer.peakBytes <= allowed, "\(name): \(bytes.count) bytes took \(answer.peakBytes >> 20) MB")
        return answer
    }

    @Test func `each is refused by its cell or part, and nothing is kept`() throws {
        let place = try Self.office()
        let before = try place.exported("building")
        for (number, file) in Self.refused.enumerated() {
            let answer = try imported(file.name, file.bytes(), in: place, number % 2 == 0 ? [] : ["--dry-run"])
            #expect(answer.status == 65, "\(file.name): \(answer.status) \(answer.errors)")
            #expect(answer.errors.hasPrefix("error: \(file.name)"), "\(answer.errors)")
            #expect(answer.errors.contains("; "), "no hint: \(answer.errors)")
            for words in file.says { #expect(answer.errors.contains(words), "\(file.name): \(answer.errors)") }
            try place.remove(file.name)
        }
        #expect(try place.exported("building") == before)
        #expect(place.names == ["b.csv", "louyu.gpkg"])
    }

    @Test func `a workbook through a pipe is told to be saved first`() throws {
        let place = try Self.office()
        try Data(Self.book()).write(to: place.url.appending(path: "a.xlsx"))
        for more in [[], ["--join", "name"]] {
            let answer = try Louyu.run(
                ["import", "-", "--layer", "building", "--lang", "en"] + more, in: place.url, input: Data(Self.book()))
            #expect(answer.status == 64 && answer.errors.contains("file"), "\(answer.status) \(answer.errors)")
        }
    }

    @Test func `what only looks hostile is read`() throws {
        let place = try Self.office()
        let stray = "<c r=\"XFD2\"/></row>"
        let honest = [
            ("styled.xlsx", Self.book(Self.row(2, ["枫汇大厦", "大坪正街1号"]).replacing("</row>", with: stray))),
            ("blank.xlsx", Self.book(Self.row(2, ["枫汇大厦"]) + (3...60_000).map { "<row r=\"\($0)\"/>" }.joined())),
            ("far.xlsx", Self.book(Self.row(1_048_576, ["枫汇大厦"]))),
        ]
        for (name, bytes) in honest {
            let answer = try imported(name, bytes, in: place, ["--dry-run", "--format", "json"])
            #expect(answer.status == 0, "\(name): \(answer.errors)")
            #expect(answer.json["layers"]["building"]["unchanged"].integer == 1, "\(name): \(answer.output)")
        }
    }

    @Test func `formulas without results are told by their cells`() throws {
        let place = try Self.office()
        let rows = (2...300).map { "<row r=\"\($0)\"><c r=\"A\($0)\"><f>B1</f></c><c r=\"B\($0)\"><f>C1</f></c></row>" }
        let answer = try imported("f.xlsx", Self.book(rows.joined()), in: place, ["--format", "json"])
        #expect(answer.status == 0 && answer.errors.contains("598 cells of f.xlsx are formulas"), "\(answer.errors)")
        #expect(answer.errors.contains("the first is A2"), "\(answer.errors)")
        #expect(answer.json["layers"]["building"]["rejected"].integer == 299)
    }

    @Test func `a sheet of many megabytes is read, or refused by the row that is too much`() throws {
        let place = try Self.office()
        let long = String(repeating: "大坪正街", count: 100)
        let rows = (2...40_000).map { Self.row($0, ["枫汇大厦", "\(long)\($0 &* 7919 % 100_003)号"]) }.joined()
        let answer = try imported("long.xlsx", Self.book(rows), in: place, ["--dry-run", "--format", "json"])
        #expect(answer.status == 65 && answer.errors.contains("up to row "), "\(answer.status) \(answer.errors)")
    }

    @Test func `a workbook cut or changed anywhere is read or refused`() throws {
        let seed: UInt64 = 20_261_122
        let place = try Self.office()
        let sound = Self.book(Self.row(2, ["枫汇大厦", "大坪正街1号", "5"])) { $0.strings = "<si><t>甲</t></si>" }
        var generator = SeededGenerator(seed: seed)
        for number in 0..<12 {
            let bytes =
                number < 6
                ? Array(sound[..<Int.random(in: 1..<sound.count, using: &generator)])
                : Mutation.bytes(of: sound, number: number, seed: seed)
            let answer = try imported("cut.xlsx", bytes, in: place, ["--dry-run"])
            #expect(
                [0, 65].contains(answer.status), "seed \(seed), number \(number): \(answer.status) \(answer.errors)")
        }
    }
}
