import Atlas
import Exchange
import Foundation
import Messages
import Spatial
import Store
import Testing

@testable import city

/// An office's work with the generated workbooks: the first month, the review,
/// the same again, the next month.
@Suite("An office's months", .serialized) struct OfficeYearTests {
    /// What is to become of a row.
    private struct Expected {
        let month: String
        let row: Int
        let landing: String
        let ref: String
        let dirt: String
    }

    private final class Office {
        let folder: URL
        var atlas: String { folder.appending(path: "louyu.gpkg").path }

        init() throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let buildings = SampleCity.committed.buildings.enumerated().map { index, building in
                LedgerBuilding(building, ref: "B" + String(String(10_000_001 + index).dropFirst()))
            }
            let maker = LedgerMaker(seed: 7, buildings: buildings)
            for month in maker.months { try write(month.name, month.sheet.workbook) }
            try write("ledger-expected.csv", maker.expected.utf8)
            // In debug a part of the register; bench and program see it whole.
            let register = EnterpriseMaker(seed: 7, buildings: buildings, count: 2000)
            try write("enterprises.csv", register.table.utf8)
            try write("enterprises-expected.csv", register.expected.utf8)
            var options = ImportOptions()
            options.layer = .building
            _ = try importFiles([Self.city], into: atlas, options: options)
        }

        /// The buildings of the committed city.
        private static let city = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "geodata/buildings.geojsonl").path

        private func write(_ name: String, _ bytes: some Collection<UInt8>) throws {
            try Data(bytes).write(to: URL(filePath: file(name)))
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func file(_ name: String) -> String { folder.appending(path: name).path }

        func bring(
            _ name: String, _ change: (inout ImportOptions) -> Void = { _ in }
        ) throws -> (counts: ImportCounts, report: LedgerReport) {
            var options = ImportOptions()
            options.layer = .building
            change(&options)
            let report = try importFiles([name.hasPrefix("/") ? name : file(name)], into: atlas, options: options)
            return (report.layers.first?.counts ?? ImportCounts(), report.ledgers.first ?? LedgerReport())
        }

        func expected(_ month: String) throws -> [Expected] {
            try String(contentsOfFile: file("ledger-expected.csv"), encoding: .utf8).split(separator: "\n").dropFirst()
                .map { line in
                    let parts = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                    return Expected(
                        month: parts[0], row: Int(parts[1]) ?? 0, landing: parts[2], ref: parts[3], dirt: parts[4])
                }.filter { $0.month == month }
        }
    }

    private func check(_ report: LedgerReport, _ expected: [Expected]) {
        let landings = Dictionary(report.landings.compactMap { one in one.row.map { ($0, one) } }) { $1 }
        for row in expected {
            let landing = landings[row.row]
            #expect(
                (landing?.kind.rawValue ?? "unchanged") == row.landing,
                "row \(row.row) (\(row.dirt), \(row.ref)): \(landing.map { "\($0)" } ?? "unchanged")")
            if let ref = landing?.ref { #expect(ref == row.ref, "row \(row.row), \(row.dirt)") }
        }
    }

    @Test("two months of 376 buildings come out exactly as they were made")
    func months() throws {
        let office = try Office()
        let january = try office.expected("2026-01")
        #expect(january.count == 376)
        #expect(Set(january.map(\.dirt)).count >= 20)
        let (first, report) = try office.bring("ledger-2026-01.xlsx")
        check(report, january)
        #expect(first.read == 376)
        #expect(first.added + first.changed + first.unchanged + first.unsure + first.rejected == 376)
        #expect(report.remarks.map(\.kind) == ["title", "title", "header", "total", "note", "note"])

        // The review table, filled in.
        let path = try #require(report.review)
        let answers = Dictionary(january.map { ($0.row, $0.ref) }) { $1 }
        let decided = try fill(path, with: answers, in: office)
        let (settled, second) = try office.bring(decided)
        #expect(settled.read == first.unsure && settled.changed == first.unsure && settled.unsure == 0)
        for landing in second.landings { #expect(landing.row.flatMap { answers[$0] } == landing.ref) }

        // The same workbook again changes nothing.
        let (again, third) = try office.bring("ledger-2026-01.xlsx") { $0.sync = true }
        #expect(
            again.changed + again.added + again.unsure + again.ended == 0,
            "\(third.landings.filter { $0.kind != .rejected })")

        // Next month.
        let february = try office.expected("2026-02")
        let (next, fourth) = try office.bring("ledger-2026-02.xlsx") { $0.sync = true }
        check(fourth, february)
        #expect(next.added == 8 && next.changed == 32 && next.ended == 5 && next.unsure == 0)
        let renamed = fourth.landings.filter { $0.kind == .changed && $0.changes.contains { $0.column == "name" } }
        #expect(renamed.count == 2)
    }

    /// Fills in the column 选定 by the number of the row.
    private func fill(_ path: String, with answers: [Int: String], in office: Office) throws -> String {
        let sheet = try WorkbookReader(path: path)
        let header = try #require(try sheet.next())
        let copy = office.file("decided.xlsx")
        let workbook = try WorkbookWriter(path: copy)
        try workbook.beginSheet("核对", columns: header.cells.map { WorkbookWriter.Column($0.shown) })
        while let row = try sheet.next() {
            var cells = row.cells
            if case .number(let number) = row[1] { cells[0] = .text(answers[Int(number)] ?? "") }
            try workbook.append(cells)
        }
        try workbook.finish()
        return copy
    }

    @Test("enterprises find their buildings")
    func enterprises() throws {
        let office = try Office()
        let answers = try String(contentsOfFile: office.file("enterprises-expected.csv"), encoding: .utf8)
            .split(separator: "\n").dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let (counts, report) = try office.bring("enterprises.csv") {
            $0.ledger.rowsAre = .enterprise
            $0.ledger.sums = ["税收"]
        }
        #expect(counts.read == 2000)
        #expect(counts.unsure == answers.count { $0[1].isEmpty })
        let found = Dictionary(report.landings.compactMap { one in one.row.map { ($0, one.ref ?? "") } }) { $1 }
        let wrong = answers.filter { found[Int($0[0]) ?? 0] ?? "" != $0[1] }
        #expect(wrong.isEmpty, "\(wrong.count) wrong, first \(wrong.first ?? [])")
    }
}
