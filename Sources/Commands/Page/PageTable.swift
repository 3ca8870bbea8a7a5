import Messages

/// A table of a page: its columns are what the rows tell, without those that
/// tell nothing.
struct PageTable {
    /// What it is called; `nil` where the page's title says it.
    var title: Text?
    /// The rows, in order.
    var rows: [AnswerRow]
    /// How many rows there are beyond those given.
    var furtherRows = 0
    /// Rows that close it.
    var closing: [AnswerRow] = []
    /// Whether rows have numbers.
    var isNumbered = true
    /// Columns of a map or a program, not of paper.
    var leftOut: Set<String> = ["lon", "lat", "id"]
    /// Columns that are added up; those that are no sums are never.
    var summed: Set<String> = Self.usuallySummed
    /// What is said where there are no rows.
    let empty: Text

    init(_ title: Text? = nil, _ rows: [AnswerRow], empty: Text = .nothingHere) {
        self.empty = empty
        self.title = title
        self.rows = rows.count > Self.mostRows ? Array(rows[..<Self.mostRows]) : rows
        furtherRows = rows.count - self.rows.count
    }

    /// More rows than that nobody reads on paper.
    static let mostRows = 5000
    /// Columns whose sum says something.
    static let usuallySummed: Set = ["floor_area_m2", "vacant_area_m2"]

    /// One column.
    struct Column {
        let key: String
        let title: Text
        var isNumeric: Bool
        /// The width in half-width characters that its text would like to have.
        var width: Int
    }

    /// The cells of all rows below their columns.
    struct Layout {
        let columns: [Column]
        /// By row and column.
        let cells: [[String]]
        /// The same of the closing rows.
        let closing: [[String]]

        /// The width in half-width characters that the table would like to have.
        var width: Int { columns.reduce(5) { $0 + min(max($1.width, 4), 30) + 2 } }
    }

    /// The columns that tell something, and their cells.
    var layout: Layout {
        var columns: [Column] = []
        var places: [String: Int] = [:]
        var cells: [[String]] = []
        var sums: [Double?] = []
        let all = rows + closing
        for (index, row) in all.enumerated() {
            var line = Array(repeating: "", count: columns.count)
            for field in row.tableFields where !leftOut.contains(field.key) {
                let place: Int
                if let known = places[field.key] {
                    place = known
                } else {
                    place = columns.count
                    places[field.key] = place
                    columns.append(Column(key: field.key, title: field.title, isNumeric: true, width: 0))
                    line.append("")
                    sums.append(summed.contains(field.key) ? 0 : nil)
                }
                let text = PageNumber.text(field)
                line[place] = text
                if !field.isNumeric && !text.isEmpty { columns[place].isNumeric = false }
                columns[place].width = max(columns[place].width, TextTable.width(text))
                if index < rows.count, let sum = sums[place] { sums[place] = sum + (field.number ?? 0) }
            }
            cells.append(line)
        }
        let isTold = columns.map { $0.width > 0 }
        let closingSum = closing.isEmpty ? sumLine(columns, sums) : nil
        func told(_ line: [String]) -> [String] {
            columns.indices.filter { isTold[$0] }.map { $0 < line.count ? line[$0] : "" }
        }
        for index in columns.indices {
            columns[index].width = max(columns[index].width, (TextTable.width(columns[index].title.spoken) + 1) / 2)
        }
        return Layout(
            columns: zip(columns, isTold).filter(\.1).map(\.0), cells: cells[..<rows.count].map(told),
            closing: (cells[rows.count...] + (closingSum.map { [$0] } ?? [])).map(told))
    }

    /// The line of sums; `nil` where nothing is added up, or only a part is here.
    private func sumLine(_ columns: [Column], _ sums: [Double?]) -> [String]? {
        guard rows.count > 1, furtherRows == 0, sums.contains(where: { ($0 ?? 0) != 0 }) else { return nil }
        var line = columns.indices.map { sums[$0].map { PageNumber.text($0, decimals: 1) } ?? "" }
        if let first = line.first, first.isEmpty { line[0] = Text.total.spoken }
        return line
    }
}

/// Numbers as they are printed.
enum PageNumber {
    /// A field's value.
    static func text(_ field: AnswerRow.Field) -> String {
        if let shown = field.shown { return shown }
        switch field.value {
        case .integer(let value): return text(Double(value), decimals: 0)
        case .number(let value, let decimals): return text(value, decimals: decimals)
        case .raw(let raw): return Double(raw).map { text($0, decimals: 3) } ?? raw
        default: return field.value.cell
        }
    }

    /// A number with no more decimals than anybody reads, in groups of three
    /// where it has five digits or more before the point.
    static func text(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "" }
        let plain = JSONValue.digits(value, decimals: min(decimals, abs(value) < 1 ? 3 : 1))
        let parts = plain.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first, whole.drop(while: { $0 == "-" }).count >= 5 else { return plain }
        var grouped = ""
        for (index, digit) in whole.reversed().enumerated() {
            if index > 0, index % 3 == 0, digit != "-" { grouped = "," + grouped }
            grouped = String(digit) + grouped
        }
        return grouped + (parts.count > 1 ? "." + parts[1] : "")
    }
}

extension AnswerRow.Field {
    /// The value as a number; `nil` where it is none.
    var number: Double? {
        switch value {
        case .integer(let value): Double(value)
        case .number(let value, _): value.isFinite ? value : nil
        case .raw(let raw): Double(raw).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }
}
