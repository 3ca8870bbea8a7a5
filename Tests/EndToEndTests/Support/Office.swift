import Foundation
import TestSupport
import Testing

/// An office of the invented city: an atlas of its buildings, the workbooks
/// of two months, and what the generator says is to become of every row.
final class Office {
    /// A row of a workbook.
    struct Row {
        let number: Int
        /// What is to become of it.
        let landing: String
        /// The record that it is about; empty where nobody can tell.
        let ref: String
        /// How it differs from a clean row.
        let dirt: String
    }

    /// The program that makes cities, beside the tested one; `nil` where it was not built.
    static let city: String? = {
        guard let program = Louyu.path else { return nil }
        let path = URL(filePath: program).deletingLastPathComponent().appending(path: "city").path
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    /// Whether an office can be made here.
    static let isPossible = city != nil && Programs.has("unzip")

    static let january = "ledger-2026-01.xlsx"
    static let february = "ledger-2026-02.xlsx"

    private static let files = Result<ScratchFolder, any Error> {
        let folder = try ScratchFolder()
        folder.removeAtExit()
        _ = try Tool.run(try #require(city), ["--out", "city", "--ledgers"], in: folder.url)
        return folder
    }

    let place: Workplace

    init() throws {
        place = try Workplace()
        let folder = try Self.files.get().url.appending(path: "city")
        for name in [Self.january, Self.february, "enterprises.csv", "enterprises-expected.csv"] {
            try FileManager.default.copyItem(at: folder.appending(path: name), to: place.url.appending(path: name))
        }
        try place.link("city", to: folder)
        try place.imported(["city/buildings.geojsonl", "--layer", "building"])
    }

    /// What is to become of the rows of a month.
    func rows(_ workbook: String) throws -> [Row] {
        let month = workbook.dropFirst("ledger-".count).prefix(7)
        let table = try String(contentsOf: place.url.appending(path: "city/ledger-expected.csv"), encoding: .utf8)
        return table.split(separator: "\n").dropFirst().compactMap { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard cells[0] == month, let number = Int(cells[1]) else { return nil }
            return Row(number: number, landing: cells[2], ref: cells[3], dirt: cells[4])
        }
    }

    // MARK: Workbooks

    /// A part of a workbook, read apart from the program.
    func part(_ part: String, of workbook: String) throws -> String {
        try Tool.run(try #require(Programs.path(of: "unzip")), ["-p", workbook, part], in: place.url)
    }

    /// The cells of a generated workbook's sheet, by row and letter.
    func cells(_ workbook: String) throws -> [Int: [String: String]] {
        let sheet = try part("xl/worksheets/sheet1.xml", of: workbook)
        var cells: [Int: [String: String]] = [:]
        let cell = #/<c r="([A-Z]+)(\d+)"[^>]*>(?:<is><t[^>]*>|<v>)([^<]*)</#
        for match in sheet.matches(of: cell) {
            cells[Int(match.2) ?? 0, default: [:]][String(match.1)] = String(match.3)
        }
        return cells
    }

    /// How many rows a workbook's first sheet has.
    func rowCount(_ workbook: String) throws -> Int {
        try part("xl/worksheets/sheet1.xml", of: workbook).matches(of: #/<row /#).count
    }

    /// Fills in the first column of a review table, by the number that the
    /// row had in its ledger, as somebody with a spreadsheet does.
    func fill(_ workbook: String, as name: String, with answers: [Int: String]) throws {
        let names = ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"]
        let others = ["xl/styles.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml"]
        let sheet = "xl/worksheets/sheet1.xml"
        var members: [ZipBuilder.Member] = []
        for part in names + others {
            // `unzip` takes brackets for a pattern.
            guard let text = try? self.part(part.replacing("[", with: "\\["), of: workbook) else { continue }
            members.append(ZipBuilder.Member(part, Array(text.utf8)))
        }
        var filled = 0
        let text = try part(sheet, of: workbook).replacing(#/<c r="B(\d+)"([^>]*)><v>(\d+)</v></c>/#) { match in
            guard let answer = Int(match.3).flatMap({ answers[$0] }) else { return String(match.0) }
            filled += 1
            return "<c r=\"A\(match.1)\" t=\"inlineStr\"><is><t>\(answer)</t></is></c>\(match.0)"
        }.replacing(#/<c r="A\d+"[^>]*/>/#, with: "")
        #expect(filled == answers.count)
        members.append(ZipBuilder.Member(sheet, Array(text.utf8)))
        try Data(ZipBuilder(members).bytes).write(to: place.url.appending(path: name))
    }

    // MARK: States

    /// All that the atlas says and hands out, byte by byte, and all that it
    /// remembers of ledgers and sources.
    func state() throws -> [String: Data] {
        var state: [String: Data] = [:]
        for name in ["state.geojson", "state.csv", "state.gpkg"] {
            try place.answered(["export", "building", "-o", name, "--overwrite"])
            state[name] = name.hasSuffix("gpkg") ? try dump(name, ["building"]) : place.bytes(name)
        }
        state["list"] = try place.answered(["list", "building", "--format", "json"]).bytes
        // Versions and the number of changes go on rising.
        let info = try place.answered(["info", "--format", "json"]).output
        state["info"] = Data(info.prefix(upTo: try #require(info.firstRange(of: "\"dataVersion\"")).lowerBound).utf8)
        state["find"] = try place.answered(["find", "大厦", "--top", "5000", "--format", "json"]).bytes
        state["atlas"] = try dump(
            "louyu.gpkg", ["building", "rejected_record", "louyu_repair", "louyu_source", "louyu_ledger_row"])
        return state
    }

    /// What stands in tables of a database; nothing where no program reads it.
    private func dump(_ name: String, _ tables: [String]) throws -> Data {
        guard let sqlite = Programs.path(of: "sqlite3") else { return Data() }
        let known = try Tool.run(sqlite, [name, "SELECT name FROM sqlite_master WHERE type = 'table'"], in: place.url)
            .split(separator: "\n").map(String.init)
        var text = ""
        for table in tables where known.contains(table) {
            text += try Tool.run(sqlite, ["-quote", name, "SELECT * FROM \(table)"], in: place.url)
        }
        return Data(text.utf8)
    }
}

extension Workplace {
    /// Runs the program with words that it must answer.
    @discardableResult
    func answered(_ words: [String], sourceLocation: SourceLocation = #_sourceLocation) throws -> Answer {
        let answer = try louyu(words)
        #expect(answer.status == 0, "\(words): \(answer.errors)", sourceLocation: sourceLocation)
        return answer
    }
}
