/// A column of a ledger by its heading.
public struct LedgerColumn: Hashable, Sendable {
    /// Its place, from 0.
    public let index: Int
    /// The headings above it from top to bottom, each once: `面积`, `建筑面积（万㎡）`.
    public let path: [String]
    /// The lowest heading without its unit.
    public let name: String
    /// The unit of the heading, or of the line that states units for the table.
    public internal(set) var unit: LedgerUnit?

    /// Makes a column of its headings.
    ///
    /// - Parameters:
    ///   - index: its place, from 0.
    ///   - path: its headings from top to bottom, one at least.
    ///   - stated: the unit that is stated elsewhere; counts where the heading has none.
    public init(index: Int, path: [String], unit stated: LedgerUnit? = nil) {
        let lowest = path.last ?? ""
        let (name, unit) = LedgerUnit.split(header: lowest)
        (self.index, self.path) = (index, path)
        (self.name, self.unit) = (name.isEmpty ? lowest : name, unit ?? stated)
    }

    /// All headings in one: `面积/建筑面积（万㎡）`.
    public var title: String { path.joined(separator: "/") }
}

/// The rows that say what the columns are.
struct LedgerHeader {
    /// The columns that have a heading or values.
    var columns: [LedgerColumn]
    /// The numbers of the rows.
    let rows: ClosedRange<Int>
    /// The headings of each header row as `LedgerText.key` makes them, to know them again.
    let keys: [[String]]

    /// How many of the first rows are looked at.
    static let window = 40
    /// No table of an office has as many columns.
    static let mostColumns = 2000
    private static let mostRows = 4

    /// Finds the header among the first rows of a sheet: the rows whose lowest
    /// headings are known best; of equals the fewest and the first.
    ///
    /// - Parameters:
    ///   - rows: the first rows.
    ///   - merges: cells that are shown as one.
    ///   - count: how many rows the header has; `nil` to find out.
    ///   - isKnown: whether a heading is a known column's, by its key.
    /// - Returns: the header, and how many of `rows` stand before the records;
    ///   `nil` where no row looks like one.
    /// - Complexity: O(cells of the rows + merges log merges).
    static func find(
        in rows: [SheetRow], merges: [MergedRange], count: Int?, isKnown: (String) -> Bool
    ) -> (header: LedgerHeader, end: Int)? {
        let lines = HeadingLines(rows, merges: merges)
        var known: [String: Bool] = [:]
        func isKnownText(_ text: String) -> Bool {
            if let earlier = known[text] { return earlier }
            let answer = isKnown(LedgerText.key(text))
            known[text] = answer
            return answer
        }
        var best: (score: Int, header: LedgerHeader, end: Int)?
        for start in rows.indices where lines.mayBegin(start) {
            for length in count.map({ $0...$0 }) ?? 1...mostRows where start + length <= rows.count {
                guard let header = LedgerHeader(lines, start..<start + length) else { continue }
                let score = header.columns.count { isKnownText($0.name) || isKnownText($0.title) }
                if score > (best?.score ?? 0) { best = (score, header, start + length) }
            }
        }
        if best == nil, let count, let first = rows.indices.first(where: lines.mayBegin),
            first + count <= rows.count, let header = LedgerHeader(lines, first..<first + count)
        {
            return (header, first + count)
        }
        return best.map { ($0.header, $0.end) }
    }

    /// Joins header rows; `nil` where one of them holds anything but texts, or
    /// there are more columns than any table has.
    private init?(_ lines: HeadingLines, _ range: Range<Int>) {
        guard let texts = lines.filled(range) else { return nil }
        let filled = (texts.first ?? []).indices.filter { column in texts.contains { !$0[column].isEmpty } }
        guard !filled.isEmpty, filled.count <= Self.mostColumns else { return nil }
        columns = filled.map { column in
            var path: [String] = []
            for line in texts where !line[column].isEmpty && line[column] != path.last { path.append(line[column]) }
            return LedgerColumn(index: column, path: path)
        }
        rows = lines.numbers[range.lowerBound]...lines.numbers[range.upperBound - 1]
        keys = range.map { lines.texts[$0].map(LedgerText.key) }
    }

    /// Whether a row says the headings again.
    func isRepeated(in row: SheetRow) -> Bool {
        let said = row.cells.indices.lazy.filter { !row[$0].settled.isEmpty }
            .map { (column: $0, key: LedgerText.key(row[$0].shown)) }
        let filled = Array(said)
        guard filled.count > 1 else { return false }
        return keys.contains { line in
            let equal = filled.count { $0.column < line.count && $0.key == line[$0.column] }
            return equal * 3 >= filled.count * 2 && equal > 1
        }
    }
}

/// The first rows of a sheet as headings, whatever they are.
private struct HeadingLines {
    /// The numbers of the rows.
    let numbers: [Int]
    /// The texts of each row, by columns; `""` where there is none.
    private(set) var texts: [[String]] = []
    /// Whether a row holds nothing but texts.
    private var areTexts: [Bool] = []
    /// Cells shown as one, by the row that they begin in, from left to right.
    private var merges: [Int: [MergedRange]] = [:]
    /// Whether the sheet knows no cells shown as one.
    private let isPlain: Bool

    init(_ rows: [SheetRow], merges all: [MergedRange]) {
        numbers = rows.map(\.number)
        isPlain = all.isEmpty
        for row in rows {
            var isText = true
            texts.append(
                row.cells.map { cell in
                    switch cell.settled {
                    case .text(let text): return Self.oneLine(text)
                    case .empty: return ""
                    default:
                        isText = false
                        return ""
                    }
                })
            areTexts.append(isText)
        }
        guard let first = numbers.first, let last = numbers.last else { return }
        for merge in all where (first...last).contains(merge.rows.lowerBound) {
            merges[merge.rows.lowerBound, default: []].append(merge)
        }
        for (row, all) in merges { merges[row] = Self.apart(all) }
    }

    /// Whether a row may begin a header: two texts or more, and nothing else.
    func mayBegin(_ index: Int) -> Bool { areTexts[index] && texts[index].count { !$0.isEmpty } > 1 }

    /// The headings of some rows, those over several columns given to all of
    /// them: by the merged cells, and in tables that know none by the empty
    /// cells behind it where the row below has headings.
    ///
    /// - Returns: for each row as many texts; `nil` where one of the rows
    ///   holds anything but texts.
    func filled(_ range: Range<Int>) -> [[String]]? {
        guard range.allSatisfy({ areTexts[$0] }) else { return nil }
        let width = range.map { texts[$0].count }.max() ?? 0
        var lines = range.map { texts[$0] + Array(repeating: "", count: width - texts[$0].count) }
        for top in range {
            for merge in merges[numbers[top]] ?? [] where merge.columns.lowerBound < width {
                let text = lines[top - range.lowerBound][merge.columns.lowerBound]
                let columns = merge.columns.clamped(to: 0...width - 1)
                for index in range where merge.rows.contains(numbers[index]) {
                    for column in columns { lines[index - range.lowerBound][column] = text }
                }
            }
        }
        if isPlain { Self.spread(&lines) }
        return lines
    }

    private static func spread(_ lines: inout [[String]]) {
        for line in lines.indices.dropLast() {
            for column in lines[line].indices.dropFirst()
            where lines[line][column].isEmpty && !lines[line + 1][column].isEmpty
                && !lines[line + 1][column - 1].isEmpty
            {
                lines[line][column] = lines[line][column - 1]
            }
        }
    }

    /// Of cells that begin in one row those that do not lie over each other,
    /// as no spreadsheet shows them.
    private static func apart(_ merges: [MergedRange]) -> [MergedRange] {
        var kept: [MergedRange] = []
        for merge in merges.sorted(by: { $0.columns.lowerBound < $1.columns.lowerBound }) {
            if let last = kept.last, last.columns.upperBound >= merge.columns.lowerBound { continue }
            kept.append(merge)
        }
        return kept
    }

    /// A heading broken over lines, in one.
    private static func oneLine(_ text: String) -> String {
        LedgerText.trimmed(text.split(whereSeparator: \.isNewline).joined())
    }
}
