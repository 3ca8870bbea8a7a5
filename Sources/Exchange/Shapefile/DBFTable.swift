import Messages
import Spatial

/// Reads the rows of a dBase table (`.dbf`) in order.
///
/// Types C (text), N and F (numbers), I and + (32-bit integers), O (doubles),
/// D (dates, as `2024-05-01`) and L (truth values); any other type is read as
/// text. Blank values and numbers that overflowed (`***`) are null.
final class DBFTable {
    /// One column.
    struct Column {
        let name: String
        let type: UInt8
        /// Where it stands in a row.
        let range: Range<Int>
    }

    /// What a row is.
    enum Row {
        /// Its bytes, valid until the next call.
        case values(UnsafeRawBufferPointer)
        /// Marked as deleted.
        case deleted
    }

    /// The columns, in order.
    let columns: [Column]
    /// How many rows the file says it has, bounded by its size.
    let rowCount: Int
    /// The encoding of the texts.
    let encoding: TextEncoding

    private let file: FileWindow
    private let headerSize: Int
    private let rowSize: Int
    private let transcoder: Transcoder?

    /// Opens a table in the encoding that the user or a `.cpg` file names, else
    /// that of the header's language byte, else UTF-8 where the texts are
    /// valid UTF-8, else GB 18030.
    ///
    /// - Throws: `Failure` with `.unusableInput` where it is no table.
    init(_ file: FileWindow, encoding named: TextEncoding?) throws(Failure) {
        guard let header = try file.bytes(at: 0, count: 32) else {
            throw Failure(.unusableInput, .damagedTable(file.path), hint: .checkPath)
        }
        let rows = Int(header.littleEndian(4, as: UInt32.self))
        headerSize = Int(header.littleEndian(8, as: UInt16.self))
        rowSize = Int(header.littleEndian(10, as: UInt16.self))
        let language = header[29]
        guard rowSize > 0, let whole = try file.bytes(at: 0, count: headerSize),
            let raw = DBFHeader.columns(whole, rowSize: rowSize)
        else {
            throw Failure(.unusableInput, .damagedTable(file.path), hint: .checkPath)
        }
        self.file = file
        rowCount = min(rows, (file.size - headerSize) / rowSize)
        var encoding = named ?? DBFHeader.encoding(languageDriver: language)
        if encoding == nil {
            let sampled = min(rowCount, max(1, 65536 / rowSize)) * rowSize
            let sample = try file.bytes(at: headerSize, count: sampled).map(Array.init) ?? []
            encoding = DBFHeader.detectEncoding(raw, sample, rowSize: rowSize)
        }
        let known = encoding ?? .utf8
        let transcoder = known == .utf8 ? nil : try Transcoder(from: known)
        self.encoding = known
        self.transcoder = transcoder
        columns = Self.named(raw, transcoder)
    }

    private static func named(_ raw: [DBFHeader.RawColumn], _ transcoder: Transcoder?) -> [Column] {
        let names = raw.map { column in
            column.name.withUnsafeBytes { transcoder?.decode($0) ?? String(decoding: $0, as: UTF8.self) }
        }
        return zip(raw, ColumnNames.unique(names)).map { Column(name: $1, type: $0.type, range: $0.range) }
    }

    /// A row, from 0; `nil` beyond the end.
    func row(_ index: Int) throws(Failure) -> Row? {
        guard index < rowCount, let bytes = try file.bytes(at: headerSize + index * rowSize, count: rowSize) else {
            return nil
        }
        return bytes[0] == UInt8(ascii: "*") ? .deleted : .values(bytes)
    }

    /// The value of a column, its text put into `text`.
    ///
    /// - Returns: the value, and whether all of its text could be decoded.
    func value(
        _ column: Column, of row: UnsafeRawBufferPointer, storing text: inout [UInt8]
    ) -> (value: FieldValue, isSound: Bool) {
        switch column.type {
        case UInt8(ascii: "I"), UInt8(ascii: "+"):
            if column.range.count == 4 {
                return (.integer(Int64(row.littleEndian(column.range.lowerBound, as: Int32.self))), true)
            }
        case UInt8(ascii: "O"):
            if column.range.count == 8 {
                let value = row.double(column.range.lowerBound)
                return (value.isFinite ? .real(value) : .null, true)
            }
        default: break
        }
        let range = Self.trimmed(row, column.range)
        guard !range.isEmpty else { return (.null, true) }
        switch column.type {
        case UInt8(ascii: "N"), UInt8(ascii: "F"):
            if let number = Self.number(row, range) { return (number, true) }
        case UInt8(ascii: "L"):
            if let truth = Self.truth(row, range) { return (truth, true) }
        case UInt8(ascii: "D"):
            if let date = Self.date(row, range, storing: &text) { return (date, true) }
        default: break
        }
        return decode(row, range, storing: &text)
    }

    private func decode(
        _ row: UnsafeRawBufferPointer, _ range: Range<Int>, storing text: inout [UInt8]
    ) -> (value: FieldValue, isSound: Bool) {
        let start = text.count
        let bytes = UnsafeRawBufferPointer(rebasing: row[range])
        if let transcoder {
            // A field too narrow for its text ends inside a character: what is left of it is dropped.
            let old = transcoder.replacements
            _ = transcoder.decode(bytes, isLast: false, appendingTo: &text)
            return (.text(start..<text.count), transcoder.replacements == old)
        }
        let valid = UTF8Prefix.measure(bytes).count
        text.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<valid]))
        let isSound = DBFHeader.isUTF8(bytes)
        if !isSound {
            text.append(contentsOf: String(decoding: bytes[valid...], as: UTF8.self).utf8)
        }
        return (.text(start..<text.count), isSound)
    }

    private static func trimmed(_ row: UnsafeRawBufferPointer, _ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        if let zero = row[range].firstIndex(of: 0) { end = zero }
        while end > start, row[end - 1] == UInt8(ascii: " ") { end -= 1 }
        while start < end, row[start] == UInt8(ascii: " ") { start += 1 }
        return start..<end
    }

    private static func number(_ row: UnsafeRawBufferPointer, _ range: Range<Int>) -> FieldValue? {
        if row[range].contains(UInt8(ascii: "*")) { return .null }
        if case .number(let value) = CSVNumber.look(at: row, range) { return value }
        let text = String(decoding: row[range], as: UTF8.self)
        if let value = Int64(text) { return .integer(value) }
        if let value = Double(text), value.isFinite { return .real(value) }
        return nil
    }

    private static func truth(_ row: UnsafeRawBufferPointer, _ range: Range<Int>) -> FieldValue? {
        switch row[range.lowerBound] {
        case UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: "Y"), UInt8(ascii: "y"): .boolean(true)
        case UInt8(ascii: "F"), UInt8(ascii: "f"), UInt8(ascii: "N"), UInt8(ascii: "n"): .boolean(false)
        case UInt8(ascii: "?"): .null
        default: nil
        }
    }

    private static func date(
        _ row: UnsafeRawBufferPointer, _ range: Range<Int>, storing text: inout [UInt8]
    ) -> FieldValue? {
        let digits = row[range]
        guard digits.count == 8, digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else {
            return nil
        }
        if digits.allSatisfy({ $0 == UInt8(ascii: "0") }) { return .null }
        let start = text.count
        for (index, digit) in digits.enumerated() {
            if index == 4 || index == 6 { text.append(UInt8(ascii: "-")) }
            text.append(digit)
        }
        return .text(start..<text.count)
    }
}
