/// The first rows of a table, by which its columns are judged.
struct CSVSample {
    /// One cell.
    private struct Cell {
        let text: String
        let isQuoted: Bool
    }

    private var columns: [[Cell]]

    /// How many rows are looked at.
    static let rowLimit = 1000

    /// A sample without rows.
    init(columns count: Int) { columns = Array(repeating: [], count: count) }

    /// Adds a row; empty cells and those beyond the header are left out.
    mutating func add(_ row: CSVRow, of bytes: UnsafeRawBufferPointer) {
        for (column, value) in row.values.prefix(columns.count).enumerated() where !value.range.isEmpty {
            columns[column].append(Cell(text: CSVRow.string(bytes, value), isQuoted: value.isQuoted))
        }
    }

    /// The values of a column that are not empty.
    func values(of column: Int) -> some Sequence<String> { columns[column].lazy.map(\.text) }

    /// Whether quotation marks tell text from numbers: they stand at some
    /// values and not at all.
    var quotesSpeak: Bool { columns.contains { $0.contains { !$0.isQuoted } } }

    /// Whether numbers of a column are to be kept as text: some are
    /// identifiers (`001`), or most values are words.
    func isText(_ column: Int) -> Bool {
        let cells = columns[column]
        var numbers = 0
        for cell in cells {
            let look = Array(cell.text.utf8).withUnsafeBytes { CSVNumber.look(at: $0, 0..<$0.count) }
            switch look {
            case .number: numbers += 1
            case .identifier: return true
            case .text: break
            }
        }
        return !cells.isEmpty && numbers * 2 < cells.count
    }
}
