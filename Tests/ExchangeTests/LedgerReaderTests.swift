import Messages
import Testing

@testable import Exchange

/// A sheet in memory; `_` is an empty cell.
final class SheetInMemory: SheetReader {
    let sheetName = "表"
    let sheetNames = ["表"]
    let mergedRanges: [MergedRange]
    private var rows: [SheetRow]

    init(rows: [SheetRow], merges: [MergedRange]) { (self.rows, mergedRanges) = (rows.reversed(), merges) }

    init(_ lines: [String], merges: [MergedRange] = []) {
        mergedRanges = merges
        rows = lines.enumerated().map { index, line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map { text -> SheetCell.Value in
                text == "_" || text.isEmpty ? .empty : Double(text).map { .number($0) } ?? .text(String(text))
            }
            return SheetRow(number: index + 1, cells: cells)
        }.filter { $0.cells.contains { !$0.isEmpty } }.reversed()
    }

    func next() throws(Failure) -> SheetRow? { rows.popLast() }
}

@Suite("Tables of ledgers") struct LedgerReaderTests {
    private static let known: Set<String> = ["楼宇名称", "地址", "建筑面积", "空置面积", "税收", "物业公司"]

    private func read(
        _ lines: [String], merges: [MergedRange] = [], headerRows: Int? = nil
    ) throws -> (reader: LedgerReader, rows: [LedgerRow]) {
        let reader = try LedgerReader(SheetInMemory(lines, merges: merges), headerRows: headerRows) {
            Self.known.contains($0)
        }
        var rows: [LedgerRow] = []
        while let row = try reader.next() { rows.append(row) }
        return (reader, rows)
    }

    @Test("titles and a unit stand above the header")
    func titles() throws {
        let (reader, rows) = try read([
            "重点楼宇台账", "单位：万元", "序号,楼宇名称,税收,建筑面积（万㎡）", "1,甲大厦,5,1.2",
        ])
        #expect(reader.columns.map(\.name) == ["序号", "楼宇名称", "税收", "建筑面积"])
        #expect(reader.columns.map { $0.unit?.name } == [nil, nil, "万元", "万平方米"])
        #expect(rows.map(\.number) == [4])
        #expect(reader.remarks.map(\.kind) == [.title, .title])
    }

    @Test("a header of two rows: merged in a workbook, with empty cells in a table of values")
    func twoRows() throws {
        let lines = ["楼宇名称,面积,_,地址", "_,建筑面积,空置面积,_", "甲大厦,1,2,某路1号"]
        let merges = [
            MergedRange(rows: 1...2, columns: 0...0), MergedRange(rows: 1...1, columns: 1...2),
            MergedRange(rows: 1...2, columns: 3...3),
        ]
        for merges in [merges, []] {
            let (reader, rows) = try read(lines, merges: merges)
            #expect(reader.columns.map(\.title) == ["楼宇名称", "面积/建筑面积", "面积/空置面积", "地址"])
            #expect(reader.headerRows == 1...2)
            #expect(rows.count == 1)
        }
    }

    @Test("a merged cell belongs to all its rows, and to its first column only")
    func mergedCells() throws {
        let (_, rows) = try read(
            ["楼宇名称,物业公司,税收", "甲,某物业,1", "乙,_,2", "丙,_,3", "丁,_,4"],
            merges: [MergedRange(rows: 2...4, columns: 1...1)])
        #expect(rows.map { $0.cells[1].shown } == ["某物业", "某物业", "某物业", ""])
    }

    @Test("merged cells without end take no time", .timeLimit(.minutes(1)))
    func hostileMerges() throws {
        let header = SheetRow(number: 1, cells: [.text("楼宇名称"), .text("地址"), .text("税收")])
        let records = (2..<30_000).map { SheetRow(number: $0, cells: [.text("甲"), .empty, .empty]) }
        let long = (0..<200_000).map { _ in MergedRange(rows: 100...1_048_576, columns: 0...0) }
        let beside = (0..<16_384).map { MergedRange(rows: 10...1_048_576, columns: $0...$0) }
        for merges in [long, beside] {
            let reader = try LedgerReader(SheetInMemory(rows: [header] + records, merges: merges)) {
                Self.known.contains($0)
            }
            var count = 0
            while try reader.next() != nil { count += 1 }
            #expect(count == records.count)
        }
        let wide = SheetRow(number: 1, cells: header.cells + (3..<16_384).map { .text("列\($0)") })
        let across = (0..<200_000).map { _ in MergedRange(rows: 1...1, columns: 0...16_383) }
        #expect(throws: Failure.self) {
            try LedgerReader(SheetInMemory(rows: [wide] + records.prefix(50), merges: across)) {
                Self.known.contains($0)
            }
        }
    }

    @Test(
        "what is no record",
        arguments: [
            ("合 计,_,99", LedgerRemark.Kind.total), ("_,小计,99", .total), ("备注：以上数据截至月底", .note), ("填表人：某某", .note),
            ("注：空置面积不含地下室,_,_", .note), ("楼宇名称,地址,税收", .header),
        ])
    func remarks(line: String, kind: LedgerRemark.Kind) throws {
        let (reader, rows) = try read(["楼宇名称,地址,税收,物业公司", "甲大厦,某路1号,5,某", line, "_", "乙大厦,某路2号,6,某"])
        #expect(rows.map { $0.cells[0].shown } == ["甲大厦", "乙大厦"])
        #expect(reader.remarks.map(\.kind) == [kind])
        #expect(reader.remarks.map(\.row) == [3])
    }

    @Test("a building may begin with such a word")
    func namesLikeNotes() throws {
        let (_, rows) = try read(["楼宇名称,地址,税收", "合计大厦,某路1号,5", "总部基地,某路3号,7", "说明书大厦,_,_"])
        #expect(rows.map { $0.cells[0].shown } == ["合计大厦", "总部基地", "说明书大厦"])
    }

    @Test("without a known heading the table is refused, unless its header is counted")
    func noHeader() throws {
        let lines = ["甲,乙,丙", "1,2,3"]
        #expect(throws: Failure.self) { try read(lines) }
        #expect(try read(lines, headerRows: 1).rows.count == 1)
        #expect(throws: Failure.self) { try read(["只有一格"]) }
    }

    @Test("a mapping is read line by line, and refused with the line")
    func mapping() throws {
        let text =
            "# 列\n楼宇名称: name\n\"面积/建筑面积\":\n  field: floor_area_m2\n  unit: 万㎡\n  empty: erase\n序号: ignore # 不要\n"
        let mapping = try LedgerMapping(text, path: "m.yaml")
        #expect(mapping.rules.map(\.column) == ["楼宇名称", "面积/建筑面积", "序号"])
        #expect(mapping.rules.map(\.field) == ["name", "floor_area_m2", "ignore"])
        #expect(mapping.rules[1].unit?.name == "万平方米" && mapping.rules[1].erases)
        for (bad, line) in [
            ("a: b\n- c\n", 2), ("a\n", 1), ("a:\n\tfield: b\n", 2), ("a: b\na: c\n", 2), ("a:\n  unit: 斗\n", 2),
            ("a: {b: c}\n", 1), ("a: *x\n", 1), ("  a: b\n", 1), ("a:\n  colour: red\n", 2), ("a: b\n  field: c\n", 2),
        ] {
            let failure = #expect(throws: Failure.self) { try LedgerMapping(bad, path: "m.yaml") }
            #expect(failure?.what.en.contains("line \(line):") == true, "\(bad): \(failure?.what.en ?? "")")
        }
    }
}
