/// The values of one CSV row as places in a buffer (RFC 4180, and what
/// spreadsheets do beyond it: other delimiters, lone LF or CR, text behind a
/// closing quotation mark).
struct CSVRow {
    /// One value.
    struct Value {
        /// Its bytes without the quotation marks around it; with them where
        /// `needsUnquoting`.
        var range: Range<Int>
        /// Whether it stood in quotation marks.
        var isQuoted: Bool
        /// Whether there are doubled quotation marks or text behind the
        /// closing one.
        var needsUnquoting: Bool
    }

    /// What a scan came to.
    enum Outcome {
        /// A row; the next begins at the offset.
        case row(end: Int)
        /// The buffer ends inside the row and the file goes on.
        case incomplete
        /// A quotation mark is open at the end of the buffer.
        case unclosedQuote
    }

    /// The most values of a row that are kept: what a table may have columns.
    static let mostValues = 100_000

    /// The values, as many as are kept; kept over rows so that nothing is allocated.
    var values: [Value] = []
    /// How many values there are beyond those that are kept.
    var valuesLeftOut = 0
    /// Where the row's text ends, without the line end.
    var textEnd = 0
    /// Line ends in the row, its own included.
    var lines = 0

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Finds the values of the row that begins at `start`; the last buffer
    /// ends where the file does.
    mutating func scan(
        _ bytes: UnsafeRawBufferPointer, from start: Int, delimiter: UInt8, isLast: Bool
    ) -> Outcome {
        values.removeAll(keepingCapacity: true)
        valuesLeftOut = 0
        lines = 0
        var offset = start
        while true {
            if offset < bytes.count && bytes[offset] == Self.quote {
                guard scanQuoted(bytes, at: &offset, delimiter: delimiter) else { return .unclosedQuote }
            } else {
                let first = offset
                offset = Self.valueEnd(bytes, from: offset, delimiter: delimiter)
                append(Value(range: first..<offset, isQuoted: false, needsUnquoting: false))
            }
            guard offset < bytes.count else {
                textEnd = offset
                return isLast ? .row(end: offset) : .incomplete
            }
            if bytes[offset] != delimiter { break }
            offset += 1
        }
        textEnd = offset
        lines += 1
        if bytes[offset] == Self.carriageReturn {
            guard offset + 1 < bytes.count || isLast else { return .incomplete }
            if offset + 1 < bytes.count && bytes[offset + 1] == Self.lineFeed { offset += 1 }
        }
        return .row(end: offset + 1)
    }

    @inline(__always)
    private mutating func append(_ value: Value) {
        if values.count < Self.mostValues {
            values.append(value)
        } else {
            valuesLeftOut += 1
        }
    }

    /// Takes a quoted value and what follows up to the delimiter; false where
    /// the quotation mark is not closed.
    private mutating func scanQuoted(
        _ bytes: UnsafeRawBufferPointer, at offset: inout Int, delimiter: UInt8
    ) -> Bool {
        let opening = offset
        var hasDoubled = false
        var previous: UInt8 = 0
        offset += 1
        while true {
            guard offset < bytes.count else { return false }
            let byte = bytes[offset]
            if byte == Self.quote {
                guard offset + 1 < bytes.count, bytes[offset + 1] == Self.quote else { break }
                hasDoubled = true
                offset += 1
            } else if byte == Self.lineFeed && previous != Self.carriageReturn || byte == Self.carriageReturn {
                lines += 1
            }
            previous = byte
            offset += 1
        }
        let closing = offset
        offset = Self.valueEnd(bytes, from: closing + 1, delimiter: delimiter)
        let hasTail = bytes[(closing + 1)..<offset].contains { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        let needsUnquoting = hasDoubled || hasTail
        append(
            Value(
                range: needsUnquoting ? opening..<offset : opening + 1..<closing,
                isQuoted: true, needsUnquoting: needsUnquoting))
        return true
    }

    @inline(__always)
    private static func valueEnd(_ bytes: UnsafeRawBufferPointer, from start: Int, delimiter: UInt8) -> Int {
        var offset = start
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == delimiter || byte == lineFeed || byte == carriageReturn { break }
            offset += 1
        }
        return offset
    }

    /// Appends the text of a value that `needsUnquoting`.
    static func unquote(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, appendingTo text: inout [UInt8]) {
        var offset = range.lowerBound + 1
        var isInside = true
        while offset < range.upperBound {
            let byte = bytes[offset]
            if isInside && byte == quote {
                if offset + 1 < range.upperBound && bytes[offset + 1] == quote {
                    text.append(quote)
                    offset += 2
                    continue
                }
                isInside = false
            } else {
                text.append(byte)
            }
            offset += 1
        }
    }

    /// The text of a value.
    static func string(_ bytes: UnsafeRawBufferPointer, _ value: Value) -> String {
        guard value.needsUnquoting else { return String(decoding: bytes[value.range], as: UTF8.self) }
        var text: [UInt8] = []
        unquote(bytes, value.range, appendingTo: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
