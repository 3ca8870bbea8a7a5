/// One cell of a sheet, with its place.
public struct SheetCell: Sendable, Hashable {
    /// What a cell holds.
    public enum Value: Sendable, Hashable {
        /// Nothing, or a text without a character.
        case empty
        /// A text as it stands there, spaces and line ends included.
        case text(String)
        /// A number.
        case number(Double)
        /// A number that the cell's format shows as a date or a time of day.
        case date(SheetDate)
        /// A truth value.
        case bool(Bool)
        /// An error of a spreadsheet, as it shows it (`#N/A`, `#DIV/0!`).
        case error(String)
        /// A formula whose value the program that wrote it did not save.
        case formulaWithoutValue

        /// Whether there is nothing.
        public var isEmpty: Bool { self == .empty }
    }

    /// What it holds.
    public let value: Value
    /// The number of its row, from 1.
    public let row: Int
    /// Its column, from 0.
    public let column: Int

    /// Makes a cell.
    public init(_ value: Value, row: Int, column: Int) {
        (self.value, self.row, self.column) = (value, row, column)
    }

    /// Its place as spreadsheets write it (`B7`).
    public var reference: String { Self.reference(row: row, column: column) }

    /// The place of a cell as spreadsheets write it.
    ///
    /// - Parameters:
    ///   - row: the number of its row, from 1.
    ///   - column: its column, from 0.
    /// - Returns: the letters of the column, then the number of the row.
    public static func reference(row: Int, column: Int) -> String { name(ofColumn: column) + String(row) }

    /// The letters of a column: `A` for 0, `AA` for 26.
    public static func name(ofColumn column: Int) -> String {
        precondition(column >= 0, "columns count from 0")
        var letters: [UInt8] = []
        var rest = column
        while true {
            letters.append(UInt8(ascii: "A") + UInt8(rest % 26))
            guard rest >= 26 else { break }
            rest = rest / 26 - 1
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }
}
