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
    static func find(
        in rows: [SheetRow], merges: [MergedRange], count: Int?, isKnown: (String) -> Bool
    ) -> (header: LedgerHeader, end: Int)? {
        var best: (score: Int, header: LedgerHeader, end: Int)?
        let merges = Dictionary(grouping: merges, by: \.rows.lowerBound)
        for start in rows.indices {
            let counts = count.map { $0...$0 } ?? 1...mostRows
            for length in counts where start + length <= rows.count {
                let part = Array(rows[start..<start + length])
                guard isHeading(part[0]), let header = LedgerHeader(part, merges: merges) else { continue }
                let score = header.columns.count {
                    isKnown(LedgerText.key($0.name)) || isKnown(LedgerText.key($0.title))
                }
                if score > (best?.score ?? 0) { best = (score, header, start + length) }
            }
        }
        if best == nil, let count, let first = rows.indices.first(where: { isHeading(rows[$0]) }),
            first + count <= rows.count, let header = LedgerHeader(Array(rows[first..<first + count]), merges: merges)
        {
            return (header, first + count)
        }
        return best.map { ($0.header, $0.end) }
    }

    /// Whether merged cells lie upon each other among some rows: there are
    /// more cells in them than there are.
    static func mergesOverlap(_ merges: [MergedRange], in rows: [SheetRow]) -> Bool {
        let width = rows.map(\.cells.count).max() ?? 0
        guard width > 0 else { return false }
        var cells = 0
        for merge in merges where merge.columns.lowerBound < width {
            cells += rows.count { merge.rows.contains($0.number) } * merge.columns.clamped(to: 0...width - 1).count
            if cells > rows.count * width { return true }
        }
        return false
    }

    /// Whether a row may begin a header: two texts or more, and no number.
    private static func isHeading(_ row: SheetRow) -> Bool {
        var texts = 0
        for cell in row.cells {
            switch cell.settled {
            case .text: texts += 1
            case .empty: break
            default: return false
            }
        }
        return texts > 1
    }

    /// Joins header rows; `nil` where one of them holds anything but texts.
    private init?(_ rows: [SheetRow], merges: [Int: [MergedRange]]) {
        guard let first = rows.first?.number, let last = rows.last?.number else { return nil }
        let width = rows.map(\.cells.count).max() ?? 0
        var texts: [[String]] = []
        for row in rows {
            var line: [String] = []
            for column in 0..<width {
                switch row[column].settled {
                case .text(let text): line.append(Self.oneLine(text))
                case .empty: line.append("")
                default: return nil
                }
            }
            texts.append(line)
        }
        keys = texts.map { $0.map(LedgerText.key) }
        Self.fill(&texts, numbers: rows.map(\.number), merges: merges)
        var columns: [LedgerColumn] = []
        for column in 0..<width {
            var path: [String] = []
            for line in texts where !line[column].isEmpty && line[column] != path.last { path.append(line[column]) }
            if !path.isEmpty { columns.append(LedgerColumn(index: column, path: path)) }
        }
        guard !columns.isEmpty else { return nil }
        self.columns = columns
        self.rows = first...last
    }

    /// Gives a heading over several columns to all of them: by the merged
    /// cells, here by the row that they begin in, and in tables that know none
    /// by the empty cells behind it where the row below has headings.
    private static func fill(_ texts: inout [[String]], numbers: [Int], merges: [Int: [MergedRange]]) {
        for (top, number) in numbers.enumerated() {
            for merge in merges[number] ?? [] where merge.columns.lowerBound < texts[top].count {
                let text = texts[top][merge.columns.lowerBound]
                let columns = merge.columns.clamped(to: 0...texts[top].count - 1)
                for (index, number) in numbers.enumerated() where merge.rows.contains(number) {
                    for column in columns { texts[index][column] = text }
                }
            }
        }
        guard merges.isEmpty else { return }
        for line in texts.indices.dropLast() {
            for column in texts[line].indices.dropFirst()
            where texts[line][column].isEmpty && !texts[line + 1][column].isEmpty
                && !texts[line + 1][column - 1].isEmpty
            {
                texts[line][column] = texts[line][column - 1]
            }
        }
    }

    /// A heading broken over lines, in one.
    private static func oneLine(_ text: String) -> String {
        LedgerText.trimmed(text.split(whereSeparator: \.isNewline).joined())
    }

    /// Whether a row says the headings again.
    func isRepeated(in row: SheetRow) -> Bool {
        let filled = row.cells.indices.filter { !row[$0].settled.isEmpty }
        guard filled.count > 1 else { return false }
        return keys.contains { line in
            let equal = filled.count { $0 < line.count && LedgerText.key(row[$0].shown) == line[$0] }
            return equal * 3 >= filled.count * 2 && equal > 1
        }
    }
}
