public import Messages
public import Spatial

/// Reads a table with a header row (RFC 4180 and what spreadsheets make of
/// it) as features.
///
/// - Delimiter: comma, semicolon, tab or vertical bar, found out; a first
///   line `sep=;` decides. Line ends: CRLF, LF or CR, also inside quotes.
/// - Geometry: a column of WKT or hexadecimal WKB (`wkt`, `geom`, `geometry`,
///   `the_geom`, `geom_wkt`, `几何`), else longitude and latitude (`lon`,
///   `lng`, `longitude`, `x`, `经度`, `东经` …), else both in one cell
///   (`lonlat`, `坐标` …). These columns become the geometry and are no
///   attributes. A table without them is a ledger: `hasGeometry` is false and
///   its records have no geometry.
/// - Values: an empty cell is null. Integers and decimals are numbers where
///   they say the same when written again, at most 15 digits; a column whose
///   sampled values hold identifiers (`001`), and quoted numbers where not
///   everything is quoted, stay text. Dates, truth values and exponents stay text.
/// - Rows that are empty or hold only empty cells are no records. Missing
///   values at the end of a row are null, empty surplus ones are ignored. A
///   row with surplus values, an unclosed quotation mark, undecodable text or
///   unusable coordinates becomes a `Rejection` at its line.
public final class CSVReader: FeatureReader {
    /// Whether the rows have coordinates or shapes.
    public var hasGeometry: Bool { columns.source != nil }

    /// Always `nil`: CSV says nothing of its CRS.
    public var declaredCRS: CoordinateReferenceSystem? { nil }

    /// Bytes of the file consumed so far.
    public var bytesRead: Int { text.input.bytesRead }

    /// The names of the attributes, in order.
    public var columnNames: [String] { columns.keys }

    /// The encoding of the file as far as known; `nil` while it was ASCII only.
    public var encoding: TextEncoding? { text.encoding }

    /// The byte between values.
    public let delimiter: UInt8

    private let allowsMissingPositions: Bool
    private let text: TextInput
    private let columns: CSVColumns
    private var window: [UInt8] = []
    private var offset = 0
    private var line = 1
    private var goesOn = true
    private var row = CSVRow()
    private var bytesScannedInVain = 0

    /// How much may be scanned for quotation marks that nobody closes, in
    /// bytes; from then on a value in quotation marks ends with its line.
    private static let patience = 256 << 20
    private static let blockSize = 1 << 20
    /// The longest row, in bytes.
    private var rowLimit: Int { min(16 << 20, text.input.longestRecord) }
    private static let longestHeader = 4 << 20
    private static let batchRows = 2048
    private static let batchBytes = 1 << 20
    private static let batchFields = 1 << 16

    /// Opens a table and reads its header.
    ///
    /// - Throws: `Failure` as `ByteInput` does; `.unusableInput` for an empty
    ///   file; `.usage` for a named column that is absent or an encoding the
    ///   system does not know.
    public init(_ input: ByteInput, options: CSVOptions = CSVOptions()) throws(Failure) {
        allowsMissingPositions = options.allowsMissingPositions
        text = try TextInput(input, encoding: options.encoding)
        goesOn = try text.read(appendingTo: &window, atMost: Self.blockSize)
        while goesOn && window.count < 65536 {
            goesOn = try text.read(appendingTo: &window, atMost: Self.blockSize)
        }
        var start = CSVOpening(window, isLast: !goesOn, delimiter: options.delimiter)
        while start.header == nil, goesOn, window.count < min(Self.longestHeader, input.longestRecord) {
            let wanted = window.count * 2
            while goesOn && window.count < wanted {
                goesOn = try text.read(appendingTo: &window, atMost: Self.blockSize)
            }
            start = CSVOpening(window, isLast: !goesOn, delimiter: options.delimiter)
        }
        guard let header = start.header else {
            throw Failure(.unusableInput, .noHeader(input.path), hint: .headerNeeded)
        }
        guard header.count < CSVRow.mostValues else {
            throw Failure(.unusableInput, .tooManyColumns(input.path, most: CSVRow.mostValues), hint: .headerNeeded)
        }
        delimiter = start.delimiter
        columns = try CSVColumns(header: header, sample: start.sample, options: options)
        (offset, line) = (start.end, start.nextLine)
    }

    /// The next rows as features; positions are lines.
    public func next() throws -> FeatureBatch? {
        var batch = FeatureBatch()
        batch.keys = columns.keys
        while true {
            let outcome = takeRows(into: &batch)
            if outcome == .full { return batch }
            guard goesOn else { break }
            try refill()
        }
        return batch.records.isEmpty && batch.rejections.isEmpty ? nil : batch
    }

    private enum Progress { case full, needsMore }

    /// Drops what is used up and reads more; the longer the row at hand, the more.
    private func refill() throws(Failure) {
        guard window.count - offset < rowLimit else {
            throw Failure(
                .unusableInput,
                .rowTooLong(text.input.path, line: line, limitMegabytes: rowLimit >> 20))
        }
        window.removeFirst(offset)
        offset = 0
        goesOn = try text.read(appendingTo: &window, atMost: max(Self.blockSize, window.count))
    }

    /// Takes the whole rows of the window until the batch is full.
    private func takeRows(into batch: inout FeatureBatch) -> Progress {
        window.withUnsafeBytes { bytes in
            while offset < bytes.count {
                if batch.records.count + batch.rejections.count >= Self.batchRows
                    || batch.bytes.count >= Self.batchBytes || batch.fields.count >= Self.batchFields
                {
                    return .full
                }
                switch scanRow(bytes) {
                case .row(let end):
                    take(bytes, into: &batch)
                    line += row.lines
                    offset = end
                case .incomplete:
                    return .needsMore
                case .unclosedQuote:
                    guard isPatient else {
                        rejectLine(bytes, into: &batch)
                        continue
                    }
                    guard !goesOn || bytes.count - offset >= rowLimit else { return .needsMore }
                    bytesScannedInVain += bytes.count - offset
                    rejectLine(bytes, into: &batch)
                }
            }
            return .needsMore
        }
    }

    /// Whether a quotation mark is still looked for beyond its line.
    private var isPatient: Bool { bytesScannedInVain < Self.patience }

    private func scanRow(_ bytes: UnsafeRawBufferPointer) -> CSVRow.Outcome {
        if isPatient { return row.scan(bytes, from: offset, delimiter: delimiter, isLast: !goesOn) }
        guard let end = bytes[offset...].firstIndex(where: Self.isLineEnd) else {
            if goesOn && bytes.count - offset < rowLimit { return .incomplete }
            return row.scan(bytes, from: offset, delimiter: delimiter, isLast: true)
        }
        guard end + 1 < bytes.count || !goesOn else { return .incomplete }
        let isPair = bytes[end...].starts(with: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
        let line = UnsafeRawBufferPointer(rebasing: bytes[..<(end + (isPair ? 2 : 1))])
        return row.scan(line, from: offset, delimiter: delimiter, isLast: true)
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

    /// Takes the row just scanned as a record or a rejection.
    private func take(_ bytes: UnsafeRawBufferPointer, into batch: inout FeatureBatch) {
        guard row.valuesLeftOut > 0 || row.values.contains(where: { !$0.range.isEmpty }) else { return }
        if let reason = faultOfRow(bytes) {
            reject(bytes, offset..<row.textEnd, reason, into: &batch)
            return
        }
        let start = batch.bytes.count
        var box = BoundingBox.empty
        if let source = columns.source, !(allowsMissingPositions && CSVGeometry.isMissing(row, source)) {
            let reason = CSVGeometry.append(
                row, of: bytes, source, allowsDecimalComma: delimiter != UInt8(ascii: ","), to: &batch.bytes, &box)
            if let reason {
                batch.bytes.removeLast(batch.bytes.count - start)
                reject(bytes, offset..<row.textEnd, reason, into: &batch)
                return
            }
        }
        let geometry = start..<batch.bytes.count
        let first = batch.fields.count
        appendFields(bytes, to: &batch)
        batch.records.append(
            FeatureBatch.Record(
                position: .line(line), geometry: geometry, box: box, fields: first..<batch.fields.count))
    }

    private func faultOfRow(_ bytes: UnsafeRawBufferPointer) -> Text? {
        if row.values.count > columns.count,
            row.valuesLeftOut > 0 || row.values[columns.count...].contains(where: { !$0.range.isEmpty })
        {
            return .tooManyValues(row.values.count + row.valuesLeftOut, columns: columns.count)
        }
        if text.replacements > 0, hasReplacement(bytes[offset..<row.textEnd]) { return .undecodableText }
        return nil
    }

    private func hasReplacement(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
        guard text.count >= 3 else { return false }
        return (text.startIndex..<text.endIndex - 2).contains {
            text[$0] == 0xEF && text[$0 + 1] == 0xBF && text[$0 + 2] == 0xBD
        }
    }

    private func appendFields(_ bytes: UnsafeRawBufferPointer, to batch: inout FeatureBatch) {
        let shift = batch.bytes.count - offset
        batch.bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[offset..<row.textEnd]))
        // Values that the row does not reach are null without a field: a short row costs no more than it is long.
        for column in 0..<min(columns.count, row.values.count) {
            let key = columns.keyOfColumn[column]
            guard key >= 0 else { continue }
            guard !row.values[column].range.isEmpty else {
                batch.fields.append(FeatureBatch.Field(key: key, value: .null))
                continue
            }
            let value = row.values[column]
            if value.needsUnquoting {
                let start = batch.bytes.count
                CSVRow.unquote(bytes, value.range, appendingTo: &batch.bytes)
                batch.fields.append(FeatureBatch.Field(key: key, value: .text(start..<batch.bytes.count)))
            } else if !columns.isText[column], !(value.isQuoted && columns.quotesSpeak),
                case .number(let number) = CSVNumber.look(at: bytes, value.range)
            {
                batch.fields.append(FeatureBatch.Field(key: key, value: number))
            } else {
                let range = value.range.lowerBound + shift..<value.range.upperBound + shift
                batch.fields.append(FeatureBatch.Field(key: key, value: .text(range)))
            }
        }
    }

    /// Rejects the line that opens a quotation mark nobody closes, and goes on behind it.
    private func rejectLine(_ bytes: UnsafeRawBufferPointer, into batch: inout FeatureBatch) {
        let end = bytes[offset...].firstIndex(where: Self.isLineEnd) ?? bytes.count
        reject(bytes, offset..<end, .unclosedQuote, into: &batch)
        line += 1
        offset = end + 1
        if offset < bytes.count, bytes[end] == UInt8(ascii: "\r"), bytes[offset] == UInt8(ascii: "\n") { offset += 1 }
        offset = min(offset, bytes.count)
    }

    private func reject(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ reason: Text, into batch: inout FeatureBatch
    ) {
        batch.rejections.append(
            Rejection(
                position: .line(line), reason: reason, record: String(decoding: bytes[range], as: UTF8.self)))
    }
}
