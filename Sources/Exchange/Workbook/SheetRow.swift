/// A row of a sheet.
public struct SheetRow: Sendable, Hashable {
    /// Its number, from 1, as the program that made the sheet shows it.
    public let number: Int
    /// Its cells from the first column on, up to the last that is not empty.
    public let cells: [SheetCell.Value]

    /// Makes a row.
    public init(number: Int, cells: [SheetCell.Value]) { (self.number, self.cells) = (number, cells) }

    /// The cell of a column, counted from 0; empty beyond the last.
    public subscript(column: Int) -> SheetCell.Value {
        cells.indices.contains(column) ? cells[column] : .empty
    }

    /// The cell of a column with its place.
    public func cell(_ column: Int) -> SheetCell { SheetCell(self[column], row: number, column: column) }
}

/// Cells that are shown as one; its value is that of the first of them.
public struct MergedRange: Sendable, Hashable {
    /// The numbers of the rows, from 1.
    public let rows: ClosedRange<Int>
    /// The columns, from 0.
    public let columns: ClosedRange<Int>

    /// Makes a range.
    public init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) { (self.rows, self.columns) = (rows, columns) }

    /// Whether a cell belongs to it.
    public func contains(row: Int, column: Int) -> Bool { rows.contains(row) && columns.contains(column) }
}
