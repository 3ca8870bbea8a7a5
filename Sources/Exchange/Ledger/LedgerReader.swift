public import Messages

/// A row of a ledger that is a record.
public struct LedgerRow: Hashable, Sendable {
    /// Its number in the sheet, from 1.
    public let number: Int
    /// The cells, one for each of the reader's columns; a merged cell's value
    /// stands in all its rows.
    public let cells: [SheetCell.Value]

    /// Makes a row.
    public init(number: Int, cells: [SheetCell.Value]) { (self.number, self.cells) = (number, cells) }
}

/// Reads a sheet as the table that it shows: finds the header below the title
/// lines, joins its rows, gives merged cells' values to all their rows, and
/// tells records from totals, notes, sections and repeated headers.
public final class LedgerReader {
    /// The columns of the table, from left to right.
    public let columns: [LedgerColumn]
    /// The numbers of the rows of the header.
    public let headerRows: ClosedRange<Int>
    /// Rows met so far that are no records.
    public private(set) var remarks: [LedgerRemark] = []
    /// Cells outside the table's columns met so far, which no one reads.
    public private(set) var cellsOutside = 0

    private let source: any SheetReader
    private let header: LedgerHeader
    private var pending: ArraySlice<SheetRow>
    private var merges: [MergedRange]
    /// Values of merged cells over several rows: their last row and the value, by their first column.
    private var open: [Int: (end: Int, value: SheetCell.Value)] = [:]
    private let name: String

    /// Rows that are no records: as many as no sheet of an office has.
    private static let mostRemarks = 20_000
    /// Bytes of text after which no further row is looked at for the header.
    private static let windowBytes = 2 << 20
    private static let longestRemark = 80

    /// Finds the table of a sheet.
    ///
    /// - Parameters:
    ///   - source: the sheet, from its first row.
    ///   - path: the file, for messages; `nil` names the sheet.
    ///   - headerRows: how many rows the header has; `nil` to find out.
    ///   - isKnown: whether a heading is a known column's, by `LedgerText.key`.
    /// - Throws: `Failure` with `.unusableInput` where there is no header, or
    ///   what the sheet throws.
    public init(
        _ source: any SheetReader, path: String? = nil, headerRows: Int? = nil, isKnown: (String) -> Bool
    ) throws(Failure) {
        self.source = source
        name = path ?? source.sheetName
        var first: [SheetRow] = []
        var bytes = 0
        while first.count < LedgerHeader.window, bytes < Self.windowBytes, let row = try source.next() {
            bytes += row.cells.reduce(0) { $0 + $1.textBytes }
            first.append(row)
        }
        let all = source.mergedRanges
        guard let found = LedgerHeader.find(in: first, merges: all, count: headerRows, isKnown: isKnown) else {
            throw Self.withoutHeader(first, name, sheet: source.sheetName)
        }
        var header = found.header
        let titles = first[..<found.end].filter { $0.number < header.rows.lowerBound }
        remarks = titles.map { LedgerRemark(row: $0.number, kind: .title, text: Self.words($0)) }
        Self.state(titles.flatMap { LedgerUnit.stated(in: Self.words($0)) }, &header)
        self.header = header
        columns = header.columns
        self.headerRows = header.rows
        pending = first[found.end...]
        merges = all.filter { $0.rows.upperBound > found.header.rows.upperBound }
            .sorted { $0.rows.lowerBound > $1.rows.lowerBound }
    }

    /// The next record; `nil` at the end.
    ///
    /// - Throws: what the sheet throws.
    public func next() throws(Failure) -> LedgerRow? {
        while let row = try nextRow() {
            let begun = begin(row)
            if let kind = LedgerRemark.kind(of: row, header: header, merges: begun) {
                if kind != .outside || !row.cells.allSatisfy({ $0.settled.isEmpty }) {
                    try remark(row, kind)
                }
                if kind == .outside { take(begun, of: row) }
                continue
            }
            take(begun, of: row)
            let cells = columns.map { filled(row[$0.index].settled, row: row.number, column: $0.index) }
            let beyond = columns.last.map { $0.index + 1 } ?? 0
            cellsOutside += row.cells.dropFirst(beyond).count { !$0.settled.isEmpty }
            guard cells.contains(where: { !$0.isEmpty }) else {
                try remark(row, .outside)
                continue
            }
            return LedgerRow(number: row.number, cells: cells)
        }
        return nil
    }

    private func nextRow() throws(Failure) -> SheetRow? {
        if let row = pending.popFirst() { return row }
        return try source.next()
    }

    private func remark(_ row: SheetRow, _ kind: LedgerRemark.Kind) throws(Failure) {
        guard remarks.count < Self.mostRemarks else {
            throw Failure(
                .unusableInput, .sheetRow(name, row: row.number, .tooManyAsides(Self.mostRemarks)), hint: .checkSource)
        }
        remarks.append(LedgerRemark(row: row.number, kind: kind, text: Self.words(row)))
    }

    /// The merged cells that begin in a row.
    private func begin(_ row: SheetRow) -> [MergedRange] {
        var begun: [MergedRange] = []
        while let next = merges.last, next.rows.lowerBound <= row.number {
            merges.removeLast()
            if next.rows.lowerBound == row.number { begun.append(next) }
        }
        return begun
    }

    /// Takes up the values of merged cells over several rows.
    private func take(_ begun: [MergedRange], of row: SheetRow) {
        for merge in begun where merge.rows.count > 1 {
            open[merge.columns.lowerBound] = (merge.rows.upperBound, row[merge.columns.lowerBound].settled)
        }
    }

    /// A cell, or the value of the merged cell that it belongs to.
    private func filled(_ cell: SheetCell.Value, row: Int, column: Int) -> SheetCell.Value {
        guard cell.isEmpty, let merge = open[column], row <= merge.end else { return cell }
        return merge.value
    }

    /// Why a sheet has no header that is known.
    private static func withoutHeader(_ rows: [SheetRow], _ name: String, sheet: String) -> Failure {
        if let wide = rows.first(where: { $0.cells.count { !$0.isEmpty } > LedgerHeader.mostColumns }) {
            let fault = Text.tooManyHeadings(LedgerHeader.mostColumns)
            return Failure(.unusableInput, .sheetRow(name, row: wide.number, fault), hint: .deleteEmptyColumns)
        }
        for row in rows {
            guard let column = row.cells.firstIndex(of: .formulaWithoutValue) else { continue }
            return Failure(
                .unusableInput, .ledgerHeaderIsFormula(name, sheet, row.cell(column).reference), hint: .calculateAgain)
        }
        return Failure(.unusableInput, .ledgerWithoutHeader(name, sheet), hint: .nameHeader)
    }

    /// Gives the units stated above the table to the columns without one: a
    /// quantity stated in two units says nothing.
    private static func state(_ units: [LedgerUnit], _ header: inout LedgerHeader) {
        for unit in Set(units) where units.allSatisfy({ $0.quantity != unit.quantity || $0 == unit }) {
            for index in header.columns.indices where header.columns[index].unit == nil {
                if quantity(of: header.columns[index].name) == unit.quantity { header.columns[index].unit = unit }
            }
        }
    }

    /// What a column measures, by the words of its heading.
    public static func quantity(of name: String) -> LedgerUnit.Quantity? {
        let key = LedgerText.key(name)
        if key.hasSuffix("面积") || key.hasSuffix("area") { return .area }
        let words = ["税收", "税额", "营收", "收入", "产值", "利润", "资本", "资金", "投资额", "租金", "纳税", "销售额", "营业额"]
        return words.contains { key.contains($0) } && !key.contains("率") ? .money : nil
    }

    private static func words(_ row: SheetRow) -> String {
        var words = ""
        for cell in row.cells where !cell.isEmpty && words.utf8.count < 4 * longestRemark {
            let word = cell.shown
            if !word.isEmpty { words += (words.isEmpty ? "" : " ") + word.prefix(longestRemark) }
        }
        return String(words.prefix(longestRemark))
    }
}
