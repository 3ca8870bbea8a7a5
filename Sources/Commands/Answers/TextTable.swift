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
        let lines = ([headings] + rows).map { cells in
            cells.map(Self.printable).map { (text: $0, width: Self.width($0)) }
        }
        var widths = headings.map { _ in 0 }
        for line in lines { for (index, cell) in line.enumerated() { widths[index] = max(widths[index], cell.width) } }
        var bytes: [UInt8] = []
        append(lines[0], widths, to: &bytes)
        bytes += widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ").utf8
        bytes.append(UInt8(ascii: "\n"))
        for line in lines.dropFirst() { append(line, widths, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func append(_ cells: [(text: String, width: Int)], _ widths: [Int], to bytes: inout [UInt8]) {
        let space = UInt8(ascii: " ")
        for (index, cell) in cells.enumerated() {
            let padding = repeatElement(space, count: widths[index] - cell.width)
            if index > 0 { bytes += repeatElement(space, count: 2) }
            if isNumeric[index] { bytes += padding }
            bytes += cell.text.utf8
            if !isNumeric[index] { bytes += padding }
        }
        while bytes.last == space { bytes.removeLast() }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// The text without characters that steer a terminal (Unicode's controls):
    /// breaks and tabs become spaces, all others a replacement character.
    static func printable(_ text: String) -> String {
        guard holdsControl(text) else { return text }
        var printable = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: printable.append(" ")
            case 0..<0x20, 0x7F..<0xA0: printable.append("\u{FFFD}")
            default: printable.append(scalar)
            }
        }
        return String(printable)
    }

    /// Whether the UTF-8 holds U+0000 ... U+001F or U+007F ... U+009F.
    private static func holdsControl(_ text: String) -> Bool {
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte < 0x20 || byte == 0x7F || previous == 0xC2 && byte < 0xA0 { return true }
            previous = byte
        }
        return false
    }

    /// Columns that a text takes on a terminal (Unicode Annex 11, wide and full-width forms).
    static func width(_ text: String) -> Int {
        let length = text.utf8.count
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return length }
        return text.unicodeScalars.reduce(0) { $0 + (isWide($1.value) ? 2 : isCombining($1) ? 0 : 1) }
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
