import Exchange
import Foundation
import Messages
import Spatial

/// What a person decided about a row.
enum ReviewDecision: Hashable {
    /// The row is about this record.
    case record(ref: String)
    /// The row is a record of its own; where, if the person says so.
    case new(at: LonLat?)
    /// The row is not to be taken.
    case skip
    /// What stands there says nothing that can be done.
    case unclear(String)
}

/// The table of rows that a person has to decide: the row, its candidates,
/// and an empty column to fill in.
///
/// It is imported as it was written; its header tells what it is.
enum ReviewTable {
    /// The column to fill in.
    static let choice = "选定"
    /// The columns in front of the row's own.
    static let leading = [choice, "原行号", "原因", "台账"]
    private static let row = "原行号"
    private static let ledger = "台账"
    private static let candidate = ["编号", "名称", "地址", "相似度", "距离（米）"]
    /// Between the headings of one column, in place of lines above each other.
    static let joint = " | "

    // MARK: Writing

    /// What rows come from.
    struct Origin: Hashable {
        /// What the ledger is known by.
        let ledger: String
        /// The options that say what its rows mean, as the program takes them.
        let options: [String]

        /// Both in one cell.
        var text: String { ([ledger] + options).joined(separator: ReviewTable.joint) }

        init(ledger: String, options: [String]) { (self.ledger, self.options) = (ledger, options) }

        fileprivate init(_ text: String) {
            let parts = text.components(separatedBy: ReviewTable.joint)
            options = Array(parts.drop { !$0.hasPrefix("--") })
            ledger = parts.dropLast(options.count).joined(separator: ReviewTable.joint)
        }
    }

    /// A row that is unsure.
    struct Entry {
        let row: Int
        let reason: Text
        let cells: [SheetCell.Value]
        let candidates: [LedgerCandidate]
    }

    /// The header and the rows of a review table, with what they come from in
    /// each; a line is made when it is asked for.
    static func lines(
        _ entries: [Entry], columns: [LedgerColumn], origin: Origin, language: Language
    ) -> some Collection<[SheetCell.Value]> {
        let most = entries.map(\.candidates.count).max() ?? 0
        let numbers = most == 0 ? [] : Array(1...most)
        let header =
            leading + numbers.flatMap { number in candidate.map { "候选\(number)\($0)" } } + columns.map(heading)
        return (0...entries.count).lazy.map { number in
            guard number > 0 else { return header.map { .text($0) } }
            let entry = entries[number - 1]
            let first: [SheetCell.Value] = [
                .empty, .number(Double(entry.row)), .text(entry.reason[language]), .text(origin.text),
            ]
            return first + cells(entry.candidates, of: most) + entry.cells
        }
    }

    /// The cells of some candidates, with room for more.
    private static func cells(_ candidates: [LedgerCandidate], of most: Int) -> [SheetCell.Value] {
        var cells: [SheetCell.Value] = []
        for one in candidates {
            cells += [
                .text(one.ref), one.name.map { .text($0) } ?? .empty, one.address.map { .text($0) } ?? .empty,
                .number(one.score), one.distanceMeters.map { .number($0) } ?? .empty,
            ]
        }
        return cells + Array(repeating: .empty, count: (most - candidates.count) * candidate.count)
    }

    /// A column's headings in one cell, with the unit that stood above the table.
    private static func heading(_ column: LedgerColumn) -> String {
        var path = column.path
        if let unit = column.unit, LedgerUnit.split(header: path.last ?? "").unit == nil {
            path.append(stated + unit.name)
        }
        return path.joined(separator: joint)
    }

    private static let stated = "单位："

    // MARK: Reading

    /// Where the columns of a review table stand.
    struct Layout {
        let choice: Int
        let row: Int
        let ledger: Int?
        /// For each candidate the column of its ref.
        let candidates: [Int]
        /// The columns of the rows themselves, as indexes into the table's.
        let own: [Int]
    }

    /// The layout of a table; `nil` where it is no review table.
    static func layout(of columns: [LedgerColumn]) -> Layout? {
        let titles = columns.map { LedgerText.key($0.path.last ?? "") }
        func index(_ title: String) -> Int? { titles.firstIndex(of: LedgerText.key(title)) }
        guard let choice = index(choice), let row = index(row), index("原因") != nil else { return nil }
        var candidates: [Int] = []
        while let next = index("候选\(candidates.count + 1)编号") { candidates.append(next) }
        let control = Set(leading.map(LedgerText.key))
        let own = columns.indices.filter { index in
            !control.contains(titles[index])
                && !(titles[index].hasPrefix("候选") && titles[index].dropFirst(2).first?.isNumber == true)
        }
        return Layout(choice: choice, row: row, ledger: index(ledger), candidates: candidates, own: own)
    }

    /// What a filled-in row says; `nil` where it was left empty.
    static func decision(_ row: LedgerRow, _ layout: Layout) -> ReviewDecision? {
        let text = row.cells[layout.choice].shown
        let key = LedgerText.key(text)
        guard !key.isEmpty else { return nil }
        if ["跳过", "忽略", "不导入", "skip"].contains(key) { return .skip }
        for word in ["新建", "新增", "new"] where key.hasPrefix(word) {
            let rest = String(key.dropFirst(word.count).drop { ":".contains($0) })
            if rest.isEmpty { return .new(at: nil) }
            guard let place = LedgerPosition(rest), abs(place.x) <= 180, abs(place.y) <= 90 else {
                return .unclear(text)
            }
            return .new(at: LonLat(place.x, place.y))
        }
        if let number = Int(key.hasPrefix("候选") ? String(key.dropFirst(2)) : key), (1...99).contains(number) {
            guard layout.candidates.indices.contains(number - 1) else { return .unclear(text) }
            let ref = row.cells[layout.candidates[number - 1]].shown
            return ref.isEmpty ? .unclear(text) : .record(ref: ref)
        }
        return .record(ref: text)
    }

    /// The number that the row had in the ledger.
    static func originalRow(_ row: LedgerRow, _ layout: Layout) -> Int? {
        LedgerNumber(row.cells[layout.row].shown).flatMap { Int(exactly: $0.value) }
    }

    /// What the row comes from; `nil` where the table does not say.
    static func origin(_ row: LedgerRow, _ layout: Layout) -> Origin? {
        layout.ledger.map { row.cells[$0].shown }.flatMap { $0.isEmpty ? nil : Origin($0) }
    }

    /// A column of the ledger as its review table names it.
    static func restored(_ column: LedgerColumn) -> LedgerColumn {
        var path = (column.path.last ?? "").components(separatedBy: joint)
        guard path.count > 1, let last = path.last, last.hasPrefix(stated) else {
            return LedgerColumn(index: column.index, path: path)
        }
        path.removeLast()
        return LedgerColumn(index: column.index, path: path, unit: LedgerUnit(String(last.dropFirst(stated.count))))
    }
}
