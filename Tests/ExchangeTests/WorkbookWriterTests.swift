import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

@Suite struct WorkbookWriterTests {
    private let place = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString).xlsx").path

    private func rows(_ path: String, _ sheet: String? = nil) throws -> [SheetRow] {
        try WorkbookReader(path: path, sheet: sheet).rest()
    }

    @Test func whatIsWrittenIsReadBack() throws {
        defer { unlink(place) }
        let writer = try WorkbookWriter(path: place)
        let columns = ["名称", "面积（㎡）", "日期", "备注"].map { WorkbookWriter.Column($0) }
        try writer.beginSheet("楼宇/台账", title: "某街道楼宇台账", columns: columns)
        let day = SheetDate(year: 2026, month: 3, day: 1)
        let row: [SheetCell.Value] = [
            .text("=1+1"), .number(12345.678), .date(day), .text("_x0041_ a\rb\n\u{1}\0\u{FFFF} 🏢 "),
        ]
        try writer.append(row)
        try writer.append([.empty, .bool(true), .date(SheetDate(year: 1899, month: 1, day: 1)), .error("#N/A")])
        try writer.append(
            [.text("001"), .number(.nan), .date(SheetDate(year: 0, month: 0, day: 0, hour: 9))], isBold: true)
        try writer.beginSheet("楼宇_台账", columns: [WorkbookWriter.Column("一")])
        #expect(PathKind(path: place) == .absent)
        try writer.finish()
        // Some spreadsheets refuse archives of version 4.5, the one of zip64.
        #expect(try Data(contentsOf: URL(filePath: place))[4..<6] == Data([20, 0]))
        let written = try rows(place)
        #expect(written.map(\.number) == [1, 2, 3, 4, 5])
        #expect(written[0].cells == [.text("某街道楼宇台账")])
        #expect(written[1].cells == columns.map { .text($0.title) })
        #expect(written[2].cells == row)
        #expect(written[3].cells == [.empty, .bool(true), .text("1899-01-01"), .text("#N/A")])
        #expect(
            written[4].cells == [.text("001"), .empty, .date(SheetDate(year: 0, month: 0, day: 0, hour: 9))])
        let reader = try WorkbookReader(path: place)
        #expect(reader.sheetNames == ["楼宇_台账", "楼宇_台账 2"])
        #expect(reader.mergedRanges == [MergedRange(rows: 1...1, columns: 0...3)])
        #expect(try rows(place, "2").map(\.cells) == [[.text("一")]])
        #expect(throws: Failure.self) { try WorkbookWriter(path: place) }
        let other = try WorkbookWriter(path: place, overwrite: true)
        try other.beginSheet("", columns: [WorkbookWriter.Column("a")])
        try other.finish()
        #expect(try WorkbookReader(path: place).sheetNames == ["Sheet"])
    }

    @Test func numbersOfMoreThanFifteenDigitsAreTexts() throws {
        defer { unlink(place) }
        var batch = FeatureBatch()
        for number: Int64 in [
            999_999_999_999_999, 1_000_000_000_000_000, 110_101_199_003_074_512, -9_007_199_254_740_994,
        ] {
            batch.append(Feature(geometry: nil, attributes: [("号码", .integer(number))]), position: .record(1))
        }
        let writer = try WorkbookFeatureWriter(
            path: place, sheet: "表", columns: [("号码", "号码")], positions: .none, overwrite: false)
        try writer.write(batch)
        try writer.finish()
        let cells = try rows(place).dropFirst().map { $0.cells[0] }
        #expect(
            cells == [
                .number(999_999_999_999_999), .text("1000000000000000"), .text("110101199003074512"),
                .text("-9007199254740994"),
            ])
    }

    @Test func tablesOfAnyContentAreReadBack() throws {
        let seed: UInt64 = 20_261_121
        for round in 0..<20 {
            var generator = SeededGenerator(seed: seed &+ UInt64(round))
            let width = Int.random(in: 1...12, using: &generator)
            let table = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                (0..<width).map { _ in Self.value(&generator) }
            }
            defer { unlink(place) }
            let writer = try WorkbookWriter(path: place)
            try writer.beginSheet("表", columns: (0..<width).map { WorkbookWriter.Column("列\($0)") })
            for row in table { try writer.append(row) }
            try writer.finish()
            let expected = table.enumerated().map { index, cells in
                SheetRow(number: index + 2, cells: Array(cells.reversed().drop(while: \.isEmpty).reversed()))
            }
            #expect(
                try rows(place).dropFirst() == expected.filter { !$0.cells.isEmpty }[...],
                "seed \(seed), round \(round)")
        }
    }

    private static func value(_ generator: inout SeededGenerator) -> SheetCell.Value {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return .empty
        case 1: return .bool(Bool.random(using: &generator))
        case 2:
            // Workbooks keep sixteen digits.
            return .number(Double(Int.random(in: -1_000_000_000_000...1_000_000_000_000, using: &generator)) / 1000)
        case 3:
            return .date(
                SheetDate(
                    year: Int.random(in: 1901...9999, using: &generator),
                    month: Int.random(in: 1...12, using: &generator), day: Int.random(in: 1...28, using: &generator),
                    hour: Int.random(in: 0...23, using: &generator), minute: Int.random(in: 0...59, using: &generator),
                    second: Int.random(in: 0...59, using: &generator)))
        default:
            let letters = Array("楼宇甲乙 _x0041_x<>&\"'\t\r\n\u{1}\u{B}é㐀🏢0=-".unicodeScalars)
            var text = String.UnicodeScalarView()
            for _ in 0...Int.random(in: 0...30, using: &generator) {
                text.append(letters.randomElement(using: &generator) ?? "a")
            }
            return .text(String(text))
        }
    }

    @Test func whatDoesNotFitIsRefusedByItsCell() throws {
        let writer = try WorkbookWriter(path: place)
        try writer.beginSheet("a", columns: [WorkbookWriter.Column("a"), WorkbookWriter.Column("b")])
        try writer.append([.empty, .text(String(repeating: "宇", count: 32_767))])
        let failure = #expect(throws: Failure.self) {
            try writer.append([.empty, .text(String(repeating: "宇", count: 32_768))])
        }
        #expect(failure?.what.en.contains("cell B3") == true && failure?.what.zh.contains("B3") == true)
        #expect(throws: Failure.self) { try WorkbookWriter(path: "/nowhere/at/all.xlsx") }
    }

    @Test func namesOfSheetsAreThoseSpreadsheetsTake() throws {
        defer { unlink(place) }
        let writer = try WorkbookWriter(path: place)
        let long = String(repeating: "🏢", count: 40)
        for name in ["[a]:b*c?d/e\\f", "'quoted'", "", long, long, "Same", "SAME", "a\nb", "'"] {
            try writer.beginSheet(name, columns: [WorkbookWriter.Column("x")])
        }
        try writer.finish()
        let names = try WorkbookReader(path: place).sheetNames
        #expect(names.count == 9 && Set(names.map { $0.lowercased() }).count == 9)
        #expect(names.allSatisfy { $0.utf16.count <= 31 })
        #expect(Array(names[..<3]) == ["_a__b_c_d_e_f", "quoted", "Sheet"])
    }
}

/// GDAL reads what is written here, and what GDAL writes is read here.
@Suite(.enabled(if: Programs.has("ogr2ogr"), "needs ogr2ogr")) struct WorkbookOracleTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString)")
    private let rows = (1...300).map { number -> [SheetCell.Value] in
        [.text("楼宇 \(number) <&>\""), .number(Double(number) * 1.25), .text("00\(number)"), .text("a\nb")]
    }

    private func texts(_ cells: [SheetCell.Value]) -> [String] {
        cells.map { cell in
            switch cell {
            case .text(let text): text
            case .number(let number): String(number)
            default: ""
            }
        }
    }

    @Test func gdalReadsWhatIsWritten() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (book, table) = (folder.appending(path: "a.xlsx").path, folder.appending(path: "a.csv").path)
        let writer = try WorkbookWriter(path: book)
        try writer.beginSheet("台账", columns: ["名称", "面积", "编号", "备注"].map { WorkbookWriter.Column($0) })
        for row in rows { try writer.append(row) }
        try writer.finish()
        let status = try Programs.run(
            "ogr2ogr", ["--config", "OGR_XLSX_FIELD_TYPES", "STRING", "-f", "CSV", table, book, "台账"])
        #expect(status == 0)
        let read = try Exchange.openSheet(path: table).rest().dropFirst()
        #expect(read.count == rows.count)
        for (row, expected) in zip(read, rows) {
            let (found, wanted) = (texts(row.cells), texts(expected))
            #expect(found[0] == wanted[0] && found[2...] == wanted[2...])
            #expect(Double(found[1]) == Double(wanted[1]))
        }
    }

    @Test func whatGDALWritesIsRead() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (book, table) = (folder.appending(path: "b.xlsx").path, folder.appending(path: "b.csv").path)
        let lines = (1...300).map {
            "楼宇 \($0) <&>,\(Double($0) * 1.25),2026-03-\($0 % 28 + 1 < 10 ? "0" : "")\($0 % 28 + 1)"
        }
        let text = "名称,面积,日期\n" + lines.joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: URL(filePath: table))
        let status = try Programs.run(
            "ogr2ogr", ["-f", "XLSX", book, table, "-oo", "AUTODETECT_TYPE=YES", "-nln", "台账"])
        #expect(status == 0)
        let read = try WorkbookReader(path: book, sheet: "台账").rest()
        #expect(read.first?.cells == [.text("名称"), .text("面积"), .text("日期")])
        #expect(read.count == 301)
        for (index, row) in read.dropFirst().enumerated() {
            let date = SheetDate(year: 2026, month: 3, day: (index + 1) % 28 + 1)
            #expect(row.cells == [.text("楼宇 \(index + 1) <&>"), .number(Double(index + 1) * 1.25), .date(date)])
        }
    }
}
