/// Rows under headings, padded for a terminal; Chinese characters take two columns.
struct TextTable {
    /// The headings.
    let headings: [String]
    /// Which columns hold numbers and stand to the right.
    let isNumeric: [Bool]
    /// The cells.
    let rows: [[String]]

    /// The table as text, one line a row.
    var text: String {
        var widths = headings.map(Self.width)
        for row in rows { for (index, cell) in row.enumerated() { widths[index] = max(widths[index], Self.width(cell)) } }
        var lines = [line(headings, widths)]
        lines.append(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))
        lines += rows.map { line($0, widths) }
        return lines.map { $0 + "\n" }.joined()
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: widths[index] - Self.width(cell))
            if index > 0 { line += "  " }
            line += isNumeric[index] ? padding + cell : cell + padding
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    /// Columns that a text takes on a terminal (Unicode Annex 11, wide and full-width forms).
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + (isWide($1.value) ? 2 : isCombining($1) ? 0 : 1) }
    }

    private static func isWide(_ code: UInt32) -> Bool {
        switch code {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .nonspacingMark || scalar.properties.generalCategory == .format
    }
}
