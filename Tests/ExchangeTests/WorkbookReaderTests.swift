@testable import Exchange
import Foundation
import Messages
import TestSupport
import Testing

@Suite struct WorkbookReaderTests {
    @Test func valuesOfEveryKind() throws {
        var book = WorkbookBuilder()
        book.strings = """
            <si><t>楼宇名称</t></si><si><r><t>重庆</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 大厦</t></r>\
            <rPh sb="0" eb="1"><t>ちょう</t></rPh></si><si><t>a_x000D_b_x005F_x0041_ &lt;&amp;</t></si><si><t/></si>
            """
        book.rows = """
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" t="s"><v>2</v></c>\
            <c r="E2" t="s"><v>3</v></c></row><row r="5" hidden="1"><c r="A5"><v>1.5</v></c><c r="B5"><v>-12</v></c>\
            <c r="C5" t="b"><v>1</v></c><c r="D5" t="b"><v>0</v></c><c r="E5" t="e"><v>#N/A</v></c>\
            <c r="F5" t="inlineStr"><is><t>内</t><r><t>联</t></r><rPh><t>x</t></rPh></is></c>\
            <c r="G5"><f>SUM(A1:A3)</f><v>1E+3</v></c><c r="H5" t="str"><f>A1&amp;"x"</f><v>甲x</v></c>\
            <c r="I5"><f>1+1</f></c><c r="J5"><f>1+1</f><v></v></c><c r="K5" t="str"><f>""</f><v></v></c>\
            <c r="L5" t="n"><v>7</v></c><c r="M5" t="d"><v>2026-03-01T09:30:00Z</v></c><c r="N5" s="0"/></row>\
            <row r="6"><c r="A6" s="0"/></row>
            """
        let rows = try book.read()
        #expect(rows.map(\.number) == [2, 5])
        #expect(rows[0].cells == [.text("楼宇名称"), .empty, .text("重庆 大厦"), .text("a\rb_x0041_ <&")])
        let expected: [SheetCell.Value] = [
            .number(1.5), .number(-12), .bool(true), .bool(false), .error("#N/A"), .text("内联"), .number(1000),
            .text("甲x"), .formulaWithoutValue, .formulaWithoutValue, .empty, .number(7),
            .date(SheetDate(year: 2026, month: 3, day: 1, hour: 9, minute: 30)),
        ]
        #expect(rows[1].cells == expected)
        #expect(rows[1].cell(8).reference == "I5")
        #expect(rows[1][99] == .empty)
    }

    @Test func stylesMakeDates() throws {
        var book = WorkbookBuilder()
        book.formats = ["yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "0.00&quot;日&quot;", "[h]:mm", "h:mm"]
        book.rows = """
            <row r="1"><c r="A1" s="1"><v>46082.395833333336</v></c><c r="B1" s="2"><v>46082</v></c>\
            <c r="C1" s="3"><v>1.5</v></c><c r="D1" s="4"><v>0.5</v></c><c r="E1" s="1"><v>60</v></c>\
            <c r="F1" s="1"><v>-1</v></c><c r="G1" s="1"><v>3000000</v></c></row>
            """
        let noon = SheetDate(year: 0, month: 0, day: 0, hour: 12)
        let expected: [SheetCell.Value] = [
            .date(SheetDate(year: 2026, month: 3, day: 1, hour: 9, minute: 30)), .number(46082), .number(1.5),
            .date(noon), .number(60), .number(-1), .number(3_000_000),
        ]
        #expect(try book.read()[0].cells == expected)
        #expect(noon.description == "12:00:00" && expected.count == 7)
        book.properties = "date1904=\"1\""
        let first = try #require(try book.read()[0].cells.first)
        #expect(first == .date(SheetDate(year: 2030, month: 3, day: 2, hour: 9, minute: 30)))
    }

    @Test(arguments: [
        ("yyyy-mm-dd", true), ("yyyy\"年\"m\"月\"d\"日\"", true), ("[$-804]yyyy年m月d日;@", true),
        ("[DBNum1][$-804]yyyy\"年\"m\"月\"", true), ("h:mm AM/PM", true), ("mm:ss.0", true), ("mmm", true),
        ("aaaa", true), ("上午/下午h\"时\"", true), ("d\\-mmm\\-yy", true), ("General", false), ("G/通用格式", false),
        ("0.00E+00", false), ("#,##0.00\"万元\"", false), ("[Red]0", false), ("[h]:mm:ss", false), ("[mm]:ss", false),
        ("@", false), ("_ * #,##0.00_ ", false), ("0\"day\"", false), ("\"d\"", false), ("0.0\\m", false),
        (";;;", false),
        ("0;yyyy", false), ("", false), ("\"unclosed yyyy", false), ("[unclosed yyyy", false), ("\\", false),
    ])
    func formatsTellDates(code: String, isDate: Bool) {
        #expect(NumberFormat.isDate(code: code) == isDate, "\(code)")
    }

    @Test func serialsAreDaysOfTheCalendar() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        let march = try #require(calendar.date(from: DateComponents(year: 1900, month: 3, day: 1)))
        var generator = SeededGenerator(seed: 5)
        for serial in [61, 2_958_465, 36_525, 43_890, 43_891]
            + (0..<2000).map({ _ in
                Int.random(in: 61...2_958_465, using: &generator)
            })
        {
            let expected = calendar.dateComponents([.year, .month, .day], from: march + Double(serial - 61) * 86_400)
            let date = try #require(SheetDate(serial: Double(serial), countsFrom1904: false))
            #expect((date.year, date.month, date.day) == (expected.year, expected.month, expected.day), "\(serial)")
            #expect(date.serial == Double(serial))
            #expect(SheetDate(serial: Double(serial - 1462), countsFrom1904: true) == (serial < 1462 ? nil : date))
        }
        #expect(SheetDate(serial: 1, countsFrom1904: false) == SheetDate(year: 1900, month: 1, day: 1))
        #expect(SheetDate(serial: 59, countsFrom1904: false) == SheetDate(year: 1900, month: 2, day: 28))
        #expect(SheetDate(serial: 60, countsFrom1904: false) == nil)
        #expect(SheetDate(serial: .nan, countsFrom1904: false) == nil)
        #expect(SheetDate(serial: 2_958_465.999999, countsFrom1904: false) == nil)
        #expect(SheetDate(year: 2025, month: 2, day: 29).serial == nil)
    }

    @Test func placesMayBeLeftOut() throws {
        var book = WorkbookBuilder()
        book.rows = """
            <row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c r="C2"><v>4</v></c><c><v>5</v></c></row>\
            <row r="9"><c><v>6</v></c></row><row><c r="B10"><v>8</v></c><c r="A10"><v>7</v></c></row>
            """
        let rows = try book.read()
        #expect(rows.map(\.number) == [1, 2, 9, 10])
        #expect(rows[0].cells == [.number(1), .empty, .number(3)])
        #expect(rows[1].cells == [.empty, .empty, .number(4), .number(5)])
        #expect(rows[3].cells == [.number(7), .number(8)])
    }

    @Test func rowsOutOfOrderAreSorted() throws {
        var book = WorkbookBuilder()
        book.rows = [7, 3, 5, 1].map { "<row r=\"\($0)\"><c r=\"A\($0)\"><v>\($0)</v></c></row>" }.joined()
        #expect(try book.read().map(\.number) == [1, 3, 5, 7])
        book.rows += "<row r=\"3\"><c r=\"B3\"><v>1</v></c></row>"
        let failure = #expect(throws: Failure.self) { try book.read() }
        #expect(failure?.what.en.contains("row 3 is there twice") == true)
    }

    @Test func mergedCellsAreKnownBeforeTheFirstRow() throws {
        var book = WorkbookBuilder()
        book.rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
        book.afterRows = "<mergeCells count=\"2\"><mergeCell ref=\"A1:C2\"/><mergeCell ref=\"$D$4:$D$9\"/></mergeCells>"
        let file = try TemporaryFile(book.bytes, ending: ".xlsx")
        let reader = try WorkbookReader(path: file.path)
        #expect(
            reader.mergedRanges == [
                MergedRange(rows: 1...2, columns: 0...2), MergedRange(rows: 4...9, columns: 3...3),
            ])
        #expect(
            reader.mergedRanges[0].contains(row: 2, column: 2) && !reader.mergedRanges[0].contains(row: 3, column: 2))
        #expect(try reader.rest().count == 1)
    }

    @Test func prefixesAndTheStrictKind() throws {
        var book = WorkbookBuilder()
        book.main = "http://purl.oclc.org/ooxml/spreadsheetml/main"
        book.relationships = "http://purl.oclc.org/ooxml/officeDocument/relationships"
        book.strings = "<si><t>甲</t></si>"
        book.sheet = """
            <x:worksheet xmlns:x="urn:x"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row>\
            </x:sheetData><x:extLst><x:ext><x:row r="9"><x:c r="A9"><x:v>1</x:v></x:c></x:row></x:ext></x:extLst>\
            </x:worksheet>
            """
        #expect(try book.read().map(\.cells) == [[.text("甲")]])
    }

    @Test func sheetsAreChosenByNameOrNumber() throws {
        var book = WorkbookBuilder()
        book.rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
        book.sheets = [("名单", "hidden"), ("3", "visible"), (" Third ", "visible")]
        let file = try TemporaryFile(book.bytes, ending: ".xlsm")
        func name(_ wish: String?) throws -> String { try WorkbookReader(path: file.path, sheet: wish).sheetName }
        #expect(try name(nil) == "3")
        #expect(try name("1") == "名单")
        #expect(try name("3") == "3")
        #expect(try name("third") == " Third ")
        #expect(try WorkbookReader(path: file.path, sheet: "名单").sheetNames == ["名单", "3", " Third "])
        for wish in ["4", "0", "-1", "x", ""] {
            let failure = #expect(throws: Failure.self) { try name(wish) }
            #expect(failure?.code == .usage && failure?.hint?.zh.contains("名单") == true)
        }
    }

    @Test func columnsHaveLetters() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            #expect(SheetCell.name(ofColumn: column) == name)
            let place = CellReference.place(Array("\(name)7".utf8)[...])
            #expect(place?.row == 7 && place?.column == column)
        }
        for wrong in ["", "A", "7", "A0", "XFE1", "A1048577", "A1:B2", "AAAAAAAAAAAAAAAAAAAA1", "甲1", "A-1", "A1 "] {
            #expect(CellReference.place(Array(wrong.utf8)[...]) == nil, "\(wrong)")
        }
    }

    @Test func theFrontDoorOpensWorkbooksAndTables() throws {
        var book = WorkbookBuilder()
        book.rows = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row>"
        for ending in [".xlsx", ".XLSM", "", ".bin"] {
            let file = try TemporaryFile(book.bytes, ending: ending)
            #expect(try FileFormat.detect(path: file.path) == .workbook)
            #expect(try Exchange.openSheet(path: file.path).rest().map(\.cells) == [[.text("a")]])
        }
        let table = try TemporaryFile("a,b\n", ending: ".csv")
        #expect(try Exchange.openSheet(path: table.path, sheet: "1").rest().map(\.cells) == [[.text("a"), .text("b")]])
        #expect(throws: Failure.self) { try Exchange.openSheet(path: table.path, sheet: "x") }
        let other = try TemporaryFile("{\"type\":\"Point\",\"coordinates\":[1,2]}")
        #expect(throws: Failure.self) { try Exchange.openSheet(path: other.path) }
        #expect(throws: Failure.self) { try Exchange.openSheet(path: "/nowhere/a.xlsx") }
    }
}
