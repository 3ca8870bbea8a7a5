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
    /// The merged cells of several rows met last in each column, by their first column.
    private var open: [Int: (rows: ClosedRange<Int>, value: SheetCell.Value)] = [:]

    /// Finds the table of a sheet.
    ///
    /// - Parameters:
    ///   - source: the sheet, from its first row.
    ///   - path: the file, for messages; `nil` names the sheet.
    ///   - headerRows: how many rows the header has; `nil` to find out.
    ///   - isKnown: whether a heading is a known column's, by `LedgerText.key`.
    /// - Throws: `Failure` with `.unusableInput` where there is no header or
    ///   merged cells overlap, or what the sheet throws.
    public init(
        _ source: any SheetReader, path: String? = nil, headerRows: Int? = nil, isKnown: (String) -> Bool
    ) throws(Failure) {
        self.source = source
        var first: [SheetRow] = []
        while first.count < LedgerHeader.window, let row = try source.next() { first.append(row) }
        let all = source.mergedRanges
        guard !LedgerHeader.mergesOverlap(all, in: first) else {
            throw Failure(.unusableInput, .mergesOverlap(path ?? source.sheetName), hint: .checkSource)
        }
        guard let found = LedgerHeader.find(in: first, merges: all, count: headerRows, isKnown: isKnown) else {
            throw Failure(
                .unusableInput, .ledgerWithoutHeader(path ?? source.sheetName, source.sheetName), hint: .nameHeader)
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
                    remarks.append(LedgerRemark(row: row.number, kind: kind, text: Self.words(row)))
                }
                if kind != .outside { for merge in begun { open[merge.columns.lowerBound] = nil } }
                continue
            }
            let cells = columns.map { filled(row[$0.index].settled, row: row.number, column: $0.index) }
            let beyond = columns.last.map { $0.index + 1 } ?? 0
            cellsOutside += row.cells.dropFirst(beyond).count { !$0.settled.isEmpty }
            guard cells.contains(where: { !$0.isEmpty }) else {
                remarks.append(LedgerRemark(row: row.number, kind: .outside, text: Self.words(row)))
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

    /// Takes up the merged cells that begin in a row.
    ///
    /// - Returns: those that begin in it.
    private func begin(_ row: SheetRow) -> [MergedRange] {
        var begun: [MergedRange] = []
        while let next = merges.last, next.rows.lowerBound <= row.number {
            merges.removeLast()
            guard next.rows.lowerBound == row.number else { continue }
            begun.append(next)
            let first = next.columns.lowerBound
            if next.rows.count > 1 { open[first] = (next.rows, row[first].settled) }
        }
        return begun
    }

    /// A cell, or the value of the merged cell that it belongs to.
    private func filled(_ cell: SheetCell.Value, row: Int, column: Int) -> SheetCell.Value {
        guard cell.isEmpty, let merge = open[column], merge.rows.contains(row) else { return cell }
        return merge.value
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
        let words = row.cells.lazy.map(\.shown).filter { !$0.isEmpty }.joined(separator: " ")
        return String(words.prefix(80))
    }
}
