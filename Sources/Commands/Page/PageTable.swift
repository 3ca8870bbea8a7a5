import Atlas
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
    /// The sums over all rows, where some are not here.
    private var sumsOfAll: [String: Double] = [:]
    /// Rows that close it.
    var closing: [AnswerRow] = []
    /// Whether rows have numbers.
    var isNumbered = true
    /// Whether places are told with their addresses.
    var tellsAddress = true
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
        guard furtherRows > 0 else { return }
        for field in rows.lazy.flatMap(\.fields) {
            guard let number = field.number else { continue }
            sumsOfAll[field.key, default: 0] += number
        }
    }

    /// A table of records, of which only those that are printed become rows.
    init(_ records: [StoredFeature], row: (StoredFeature) -> AnswerRow) {
        self.init(nil, records.prefix(Self.mostRows).map(row))
        furtherRows = records.count - rows.count
        guard furtherRows > 0, let layer = records.first?.layer else { return }
        for key in Self.usuallySummed where layer.column(key) != nil {
            sumsOfAll[key] = records.reduce(0) { $0 + (JSONValue($1[key]).numeric ?? 0) }
        }
    }

    /// A table whose rows are not on the map.
    init(_ title: Text?, unnumbered rows: [AnswerRow], empty: Text = .nothingHere) {
        self.init(title, rows, empty: empty)
        isNumbered = false
    }

    /// More rows than that nobody reads on paper.
    static let mostRows = 5000
    /// Columns whose sum says something.
    static let usuallySummed: Set = ["floor_area_m2", "vacant_area_m2"]

    /// Columns of shares from 0 to 1, told in percent.
    private static let shares: Set = ["waterShare"]

    /// One column.
    struct Column {
        let key: String
        let title: Text
        var isNumeric = true
        /// The width in half-width characters that its text would like to have.
        var width = 0
    }

    /// The cells of all rows below their columns.
    struct Layout {
        fileprivate(set) var columns: [Column]
        /// By row and column.
        fileprivate(set) var cells: [[String]]
        /// The same of the closing rows.
        fileprivate(set) var closing: [[String]]

        /// The width in half-width characters that the table would like to have.
        var width: Int { columns.reduce(7) { $0 + min($1.width, PageTable.widestColumn) + 2 } }
    }

    /// Longer cells are broken, in half-width characters.
    static let widestColumn = 34

    /// A cell before its column is known.
    private enum Cell {
        case text(String)
        case number(Double, decimals: Int, isGrouped: Bool)
        /// Percent.
        case percent(Double)

        init(_ field: AnswerRow.Field) {
            guard let value = field.number, field.isExact else {
                self = .text(field.shown ?? field.value.cell)
                return
            }
            let number = field.shown == nil ? value : field.shown.flatMap(Double.init)
            if PageTable.shares.contains(field.key), let number {
                self = .percent(number * 100)
            } else if let number {
                self = .number(number, decimals: field.decimals, isGrouped: field.hasTitle)
            } else if let shown = field.shown, shown.hasSuffix(" %"), let share = Double(shown.dropLast(2)) {
                self = .percent(share)
            } else {
                self = .text(field.shown ?? field.value.cell)
            }
        }

        var isEmpty: Bool {
            if case .text(let text) = self { return text.isEmpty }
            return false
        }
    }

    /// The columns that tell something, and their cells.
    var layout: Layout {
        var columns: [Column] = []
        var places: [String: Int] = [:]
        var lines: [[Cell]] = []
        for row in rows + closing {
            var line = Array(repeating: Cell.text(""), count: columns.count)
            for field in row.paperFields(tellsAddress: tellsAddress) where !leftOut.contains(field.key) {
                let place = places[field.key] ?? columns.count
                if place == columns.count {
                    places[field.key] = place
                    columns.append(Column(key: field.key, title: field.title))
                    line.append(.text(""))
                }
                line[place] = Cell(field)
            }
            lines.append(line)
        }
        if let sums = sumLine(columns, lines) { lines.append(sums) }
        var cells = Array(repeating: [String](), count: lines.count)
        var told: [Column] = []
        for (place, column) in columns.enumerated() {
            let values = lines.map { place < $0.count ? $0[place] : .text("") }
            guard !values.allSatisfy(\.isEmpty) else { continue }
            let (texts, isNumeric) = Self.texts(values)
            let title = (TextTable.width(column.title.spoken) + 1) / 2
            told.append(
                Column(
                    key: column.key, title: column.title, isNumeric: isNumeric,
                    width: texts.reduce(title) { max($0, TextTable.width($1)) }))
            for (row, text) in texts.enumerated() { cells[row].append(text) }
        }
        return Layout(columns: told, cells: Array(cells[..<rows.count]), closing: Array(cells[rows.count...]))
    }

    /// The cells of a column as text, numbers with as many decimals and in
    /// groups like each other; and whether they are numbers.
    private static func texts(_ cells: [Cell]) -> (texts: [String], isNumeric: Bool) {
        var (decimals, isLarge, isNumeric) = (0, false, true)
        for cell in cells {
            switch cell {
            case .number(let number, let own, let isGrouped):
                decimals = max(decimals, PageNumber.decimals(number, atMost: own))
                isLarge = isLarge || (isGrouped && abs(number) >= 10_000)
            case .percent(let share): decimals = max(decimals, PageNumber.decimals(share, atMost: 1))
            case .text(let text): isNumeric = isNumeric && text.isEmpty
            }
        }
        let texts = cells.map { cell in
            switch cell {
            case .text(let text): text
            case .number(let number, _, _): PageNumber.fixed(number, decimals: decimals, isGrouped: isLarge)
            case .percent(let share): PageNumber.fixed(share, decimals: decimals, isGrouped: false) + " %"
            }
        }
        return (texts, isNumeric)
    }

    /// The line of sums; `nil` where nothing is added up, or only a part is here.
    private func sumLine(_ columns: [Column], _ lines: [[Cell]]) -> [Cell]? {
        guard closing.isEmpty, rows.count > 1, furtherRows == 0 || !sumsOfAll.isEmpty else { return nil }
        var line: [Cell] = []
        var isSum = false
        for (place, column) in columns.enumerated() {
            guard summed.contains(column.key) else {
                line.append(.text(place == 0 ? Text.total.spoken : ""))
                continue
            }
            var (sum, decimals, isGrouped, hasNumbers) = (0.0, 0, false, false)
            for row in lines where place < row.count {
                guard case .number(let number, let own, let grouped) = row[place] else { continue }
                sum += number
                decimals = max(decimals, own)
                isGrouped = isGrouped || grouped
                hasNumbers = true
            }
            let whole = furtherRows > 0 ? sumsOfAll[column.key] : sum
            guard hasNumbers, let whole else {
                line.append(.text(""))
                continue
            }
            isSum = true
            line.append(.number(whole, decimals: decimals, isGrouped: isGrouped))
        }
        return isSum ? line : nil
    }
}

/// Numbers as they are printed.
enum PageNumber {
    /// Decimals that a number needs, of those that paper has room for.
    static func decimals(_ value: Double, atMost: Int) -> Int {
        let most = min(atMost, abs(value) < 1 ? 3 : 1)
        let digits = JSONValue.digits(value, decimals: most)
        return digits.firstIndex(of: ".").map { digits.distance(from: $0, to: digits.endIndex) - 1 } ?? 0
    }

    /// A number by itself: no more decimals than anybody reads, in groups of
    /// three where it has five digits or more.
    static func text(_ value: Double, decimals: Int) -> String {
        fixed(value, decimals: Self.decimals(value, atMost: decimals), isGrouped: abs(value) >= 10_000)
    }

    /// A number that somebody asked for: all of its digits, up to six decimals.
    static func asked(_ value: Double) -> String {
        let digits = JSONValue.digits(value, decimals: 6).split(separator: ".")
        return fixed(value, decimals: digits.count > 1 ? digits[1].count : 0, isGrouped: abs(value) >= 10_000)
    }

    /// A number with so many decimals, zeros included.
    static func fixed(_ value: Double, decimals: Int, isGrouped: Bool) -> String {
        guard value.isFinite else { return "" }
        let parts = JSONValue.digits(value, decimals: decimals).split(separator: ".", maxSplits: 1)
        var whole = parts.first.map(String.init) ?? "0"
        if isGrouped {
            var grouped = ""
            for (index, digit) in whole.reversed().enumerated() {
                if index > 0, index.isMultiple(of: 3), digit != "-" { grouped = "," + grouped }
                grouped = String(digit) + grouped
            }
            whole = grouped
        }
        guard decimals > 0 else { return whole }
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        return whole + "." + fraction + String(repeating: "0", count: max(0, decimals - fraction.count))
    }
}

extension AnswerRow.Field {
    /// The value as a number; `nil` where it is none.
    var number: Double? { value.numeric }

    /// Whether the number is told to its last digit: `false` for long whole
    /// numbers, which name something.
    fileprivate var isExact: Bool {
        if case .integer(let value) = value { value.magnitude < 1 << 53 } else { true }
    }

    /// Whether the column is one that people have a name for; what came with a
    /// file under its own name may be a code, whose digits are not grouped.
    fileprivate var hasTitle: Bool { title.zh != key }

    /// How many decimals it may have.
    fileprivate var decimals: Int {
        if let shown { return shown.firstIndex(of: ".").map { shown.distance(from: $0, to: shown.endIndex) - 1 } ?? 0 }
        return switch value {
        case .integer: 0
        case .number(_, let decimals): decimals
        default: 3
        }
    }
}

extension JSONValue {
    /// The value as a number; `nil` where it is none.
    var numeric: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value, _): value.isFinite ? value : nil
        case .raw(let raw): Double(raw).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }
}
