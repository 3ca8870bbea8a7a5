import Exchange
import Foundation
import GRDB
import Messages
import Spatial
import Store
import Testing

@testable import Atlas

/// What hangs on the file that a ledger comes in.
@Suite("Files of ledgers") struct LedgerSheetTests {
    /// Writes a workbook of sheets of texts.
    private func workbook(_ sheets: [(name: String, rows: [[String]])], _ name: String, in town: LedgerTown) throws {
        try? FileManager.default.removeItem(atPath: town.file(name))
        let workbook = try WorkbookWriter(path: town.file(name))
        for sheet in sheets {
            try workbook.beginSheet(sheet.name, columns: (sheet.rows.first ?? []).map { WorkbookWriter.Column($0) })
            for row in sheet.rows.dropFirst() { try workbook.append(row.map { .text($0) }) }
        }
        try workbook.finish()
    }

    @Test("--sync of one sheet leaves alone what another sheet brought")
    func sheetsAreLedgers() throws {
        let town = try LedgerTown()
        let header = ["楼宇名称", "空置面积"]
        let other = ("解放碑", [header, ["昶融广场", "3"]])
        try workbook([("大坪", [header, ["枫汇大厦", "1"], ["檀衡中心", "2"]]), other], "l.xlsx", in: town)
        func bring(_ sheet: String) throws -> ImportCounts {
            try town.bring("l.xlsx") { ($0.ledger.sheet, $0.sync) = (sheet, true) }.counts
        }
        #expect(try bring("大坪").changed == 2)
        let counts = try bring("解放碑")
        #expect(counts.changed == 1 && counts.ended == 0)
        try workbook([("大坪", [header, ["枫汇大厦", "1"]]), other], "l.xlsx", in: town)
        #expect(try bring("大坪").ended == 1)
        #expect(try town.building("b3")?["ended_at"] == nil)
    }

    @Test("records with any number are found, in no time", .timeLimit(.minutes(1)))
    func largeFids() throws {
        let town = try LedgerTown()
        for (ref, fid) in [("b1", Int64(1) << 40), ("b2", -5), ("b3", 1 << 39)] {
            try DatabaseQueue(path: town.path).write { db in
                // They call functions that this connection does not have.
                for row in try Row.fetchAll(
                    db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'building'")
                {
                    try db.execute(sql: "DROP TRIGGER \"\(row["name"] as String)\"")
                }
                try db.execute(sql: "UPDATE building SET fid = ? WHERE ref = ?", arguments: [fid, ref])
            }
        }
        let (counts, report) = try town.ledger([
            "楼宇名称,空置面积", "枫汇大厦,1", "檀衡中心,2", "昶融广场,3", "雁融国际,4",
        ]) { $0.isDryRun = true }
        #expect(counts.changed == 4)
        #expect(report.landings.map(\.ref) == ["b1", "b2", "b3", "b10"])
    }

    @Test("what a pipe may hold grows with what came through it")
    func pipes() throws {
        let town = try LedgerTown()
        let path = town.file("pipe")
        #expect(mkfifo(path, 0o600) == 0)
        let text = "楼宇名称,空置面积\n枫汇大厦,1\n"
        Thread.detachNewThread { try? Data(text.utf8).write(to: URL(filePath: path)) }
        let source = try LedgerSource(path: path, options: LedgerOptions())
        while try source.sheet.next() != nil {}
        #expect(source.size == text.utf8.count)
    }

    @Test("where nothing can be written beside the input, the review goes to the other folder")
    func reviewElsewhere() throws {
        let town = try LedgerTown()
        for input in ["/proc/ledger.csv", "/dev/stdin", "-"] {
            let path = try ReviewFile(nil, beside: input, orIn: town.folder.path).write([[.text("甲")], [.text("乙,丙")]])
            #expect(path.hasPrefix(town.folder.path + "/ledger-待定"), "\(input): \(path)")
            #expect(try String(contentsOfFile: path, encoding: .utf8).hasSuffix("甲\r\n\"乙,丙\"\r\n"))
        }
        let named = "/proc/待定.csv"
        #expect(throws: (any Error).self) { try ReviewFile(named, beside: "l.csv", orIn: town.folder.path).write([]) }
    }

    @Test("what comes through an open file is known by nothing, and nothing is written beside it")
    func openFiles() throws {
        let town = try LedgerTown()
        try town.write("l.csv", "楼宇名称\n枫汇大厦\n")
        let file = try #require(FileHandle(forReadingAtPath: town.file("l.csv")))
        defer { try? file.close() }
        let path = "/dev/fd/\(file.fileDescriptor)"
        #expect(SourceIdentity.of(path: path, atlas: town.path) == "")
        let review = try ReviewFile(nil, beside: path, orIn: town.folder.path).write([[.text("甲")]])
        #expect(review == town.file("ledger-待定.csv"))
    }

    @Test("a review table is refused where it would be read otherwise than its ledger")
    func reviewOptions() throws {
        let town = try LedgerTown()
        func refusal(_ name: String, _ change: (inout ImportOptions) -> Void) throws -> Failure? {
            #expect(throws: Failure.self) { try town.bring(name, change) }
        }
        let (_, report) = try town.ledger(["企业名称,所在楼宇,税收", "甲公司,枫会大厦,10"]) {
            $0.ledger.rowsAre = .enterprise
        }
        let decided = try town.decide(report, ["b1"])
        let failure = try refusal(decided) { $0.ledger.rowsAre = nil }
        #expect(failure?.code == .usage && failure?.what.en.contains("--as enterprise") == true)
        #expect(try town.building("b1")?["别名"] == nil)
        let (counts, _) = try town.bring(decided) { $0.ledger.rowsAre = .enterprise }
        #expect(counts.read == 1 && counts.unsure == 0)
        let gcj02 = try CoordinateDeclaration(parsing: "gcj02")
        let (_, second) = try town.ledger(["楼宇名称,空置面积,经度,纬度", "商务大厦,10,106.7,29.7"], name: "点.csv") {
            $0.crs = gcj02
        }
        let points = try town.decide(second, ["新建"])
        #expect(try refusal(points) { _ in }?.what.en.contains("--crs") == true)
        #expect(try town.bring(points) { $0.crs = gcj02 }.counts.added == 1)
    }

    @Test("a formula's error that came through a table of values stays an error")
    func errorsAsText() throws {
        let town = try LedgerTown()
        let (counts, report) = try town.ledger(["楼宇名称,空置面积,招商情况,联系人", "枫汇大厦,#N/A,#REF!,#NAME?"])
        #expect(counts.unchanged == 1 && report.landings.first?.notes.map(\.cell) == ["B2", "C2", "D2"])
    }
}
