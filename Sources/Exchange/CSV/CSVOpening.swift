/// The beginning of a table: its delimiter, header and first rows.
struct CSVOpening {
    /// The byte between values.
    let delimiter: UInt8
    /// The names of the columns; `nil` where there is no row, or its quotation
    /// marks do not match.
    let header: [String]?
    /// The first rows behind the header.
    let sample: CSVSample
    /// Where the first row behind the header begins.
    let end: Int
    /// The line it stands at.
    let nextLine: Int

    /// Looks at the first bytes of a table.
    init(_ window: [UInt8], isLast: Bool, delimiter named: UInt8?) {
        var offset = 0
        var line = 1
        var row = CSVRow()
        (delimiter, header, sample, end, nextLine) = window.withUnsafeBytes { bytes in
            let separator = Self.separatorLine(bytes)
            if let separator { (offset, line) = (separator.end, 2) }
            let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
            let delimiter = named ?? separator?.delimiter ?? CSVDelimiter.detect(rest, isLast: isLast)
            var header: [String]?
            while offset < bytes.count, header == nil {
                guard case .row(let end) = row.scan(bytes, from: offset, delimiter: delimiter, isLast: isLast) else {
                    break
                }
                if row.values.contains(where: { !$0.range.isEmpty }) { header = Self.names(row, bytes) }
                line += row.lines
                offset = end
            }
            var sample = CSVSample(columns: header?.count ?? 0)
            var next = offset
            for _ in 0..<CSVSample.rowLimit where next < bytes.count {
                guard case .row(let end) = row.scan(bytes, from: next, delimiter: delimiter, isLast: isLast) else {
                    break
                }
                sample.add(row, of: bytes)
                next = end
            }
            return (delimiter, header, sample, offset, line)
        }
    }

    private static func names(_ row: CSVRow, _ bytes: UnsafeRawBufferPointer) -> [String]? {
        var names = row.values.map { value in
            let name = CSVRow.string(bytes, value)
            return String(name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }
        while names.last == "" { names.removeLast() }
        return names.isEmpty ? nil : names
    }

    /// The delimiter that the line `sep=;` tells spreadsheets, and where the
    /// table behind it begins; `nil` where there is no such line.
    static func separator(of window: [UInt8]) -> (delimiter: UInt8, end: Int)? {
        window.withUnsafeBytes(separatorLine)
    }

    private static func separatorLine(_ bytes: UnsafeRawBufferPointer) -> (delimiter: UInt8, end: Int)? {
        let mark = Array("sep=".utf8)
        guard bytes.count > 5, bytes.prefix(4).elementsEqual(mark), bytes[4] >= 9, bytes[4] < 128 else { return nil }
        var end = 5
        if bytes[end] == UInt8(ascii: "\r") { end += 1 }
        if end < bytes.count, bytes[end] == UInt8(ascii: "\n") { end += 1 }
        return end > 5 ? (bytes[4], end) : nil
    }
}
