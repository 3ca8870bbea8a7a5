/// Places of cells as workbooks write them.
enum CellReference {
    /// The row, from 1, and the column, from 0, of `B7` or `$B$7`; `nil` for
    /// what is no place of a sheet.
    static func place(_ text: ArraySlice<UInt8>) -> (row: Int, column: Int)? {
        var column = 0
        var row = 0
        var offset = text.startIndex
        func skipDollar() { if offset < text.endIndex, text[offset] == UInt8(ascii: "$") { offset += 1 } }
        skipDollar()
        while offset < text.endIndex {
            let letter = text[offset] & ~0x20
            guard letter >= UInt8(ascii: "A"), letter <= UInt8(ascii: "Z") else { break }
            column = column * 26 + Int(letter - UInt8(ascii: "A")) + 1
            guard column <= SheetBounds.columns else { return nil }
            offset += 1
        }
        skipDollar()
        guard column > 0, let number = number(text[offset...]), number <= SheetBounds.rows else { return nil }
        row = number
        return row > 0 ? (row, column - 1) : nil
    }

    /// The cells of `A1:C2`, or of the one cell `A1`.
    static func range(_ text: ArraySlice<UInt8>) -> MergedRange? {
        let parts = text.split(separator: UInt8(ascii: ":"), maxSplits: 1)
        guard let first = parts.first.flatMap(place), let last = parts.last.flatMap(place) else { return nil }
        return MergedRange(
            rows: min(first.row, last.row)...max(first.row, last.row),
            columns: min(first.column, last.column)...max(first.column, last.column))
    }

    /// A number of at most nine digits.
    static func number(_ text: ArraySlice<UInt8>) -> Int? {
        guard !text.isEmpty, text.count <= 9 else { return nil }
        var number = 0
        for digit in text {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }
}
