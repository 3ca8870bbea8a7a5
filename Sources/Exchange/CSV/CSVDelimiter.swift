/// Finds out which byte stands between the values of a table.
enum CSVDelimiter {
    private static let candidates = Array(",\t;|".utf8)

    /// The candidate by which the most rows have as many values as the
    /// header; of equals the one with more columns; a comma where none has two.
    static func detect(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> UInt8 {
        var best = (delimiter: UInt8(ascii: ","), agreeing: 0.0, columns: 1)
        for delimiter in candidates {
            let (agreeing, columns) = judge(bytes, delimiter, isLast: isLast)
            guard columns > 1 else { continue }
            if (agreeing, columns) > (best.agreeing, best.columns) { best = (delimiter, agreeing, columns) }
        }
        return best.delimiter
    }

    private static func judge(
        _ bytes: UnsafeRawBufferPointer, _ delimiter: UInt8, isLast: Bool
    ) -> (agreeing: Double, columns: Int) {
        var row = CSVRow()
        var offset = 0
        var columns = 0
        var rows = 0
        var agreeing = 0
        while offset < bytes.count, rows < 100 {
            guard case .row(let end) = row.scan(bytes, from: offset, delimiter: delimiter, isLast: isLast) else {
                break
            }
            if row.textEnd > offset {
                if rows == 0 { columns = row.values.count }
                rows += 1
                if row.values.count == columns { agreeing += 1 }
            }
            offset = end
        }
        return (rows == 0 ? 0 : Double(agreeing) / Double(rows), columns)
    }
}
