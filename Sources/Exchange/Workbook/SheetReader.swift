public import Messages

/// The rows of one sheet, one after the other.
///
/// Used by one thread at a time. Rows come in the order of their numbers; a
/// row without a value does not come.
public protocol SheetReader: AnyObject {
    /// The name of the sheet.
    var sheetName: String { get }
    /// The names of all sheets of the file, in order, hidden ones included.
    var sheetNames: [String] { get }
    /// Which cells of the sheet are shown as one, known before the first row.
    var mergedRanges: [MergedRange] { get }
    /// The next row; `nil` at the end.
    ///
    /// - Throws: `Failure` with `.unusableInput` that names the cell or the
    ///   part of the file, or `.inputOutput`.
    func next() throws(Failure) -> SheetRow?
}

/// What any sheet may hold at most.
enum SheetBounds {
    /// Columns of a sheet (ECMA-376: XFD).
    static let columns = 16_384
    /// Rows of a sheet (ECMA-376).
    static let rows = 1_048_576
    /// Bytes of the text of one cell, many times what spreadsheets take.
    static let cellBytes = 1 << 20
    /// Empty cells that rows may have before their last, over all rows, for
    /// nothing; more only with as many bytes of the file.
    static let freeEmptyCells = 4_000_000
    /// Bytes of all texts of one row.
    static let rowBytes = 4 << 20
}
