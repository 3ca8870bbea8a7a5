public import Messages

/// A table of values as a sheet: every row that stands in the file, every
/// value a text.
///
/// Encoding and delimiter are found out as `CSVReader` does; what cannot be
/// decoded becomes U+FFFD. Rows are counted as a spreadsheet that opens the
/// file counts them: a value of several lines is in one row, an empty line is
/// a row, and a first line `sep=;` is none. Empty rows do not come.
public final class CSVSheetReader: SheetReader {
    /// The name of the file, without folder and ending.
    public let sheetName: String
    /// The one sheet there is.
    public var sheetNames: [String] { [sheetName] }
    /// None: a table of values has no such thing.
    public var mergedRanges: [MergedRange] { [] }
    /// The byte between values.
    public let delimiter: UInt8
    /// The encoding of the file as far as known; `nil` while it was ASCII only.
    public var encoding: TextEncoding? { text.encoding }

    private let text: TextInput
    private var window: [UInt8] = []
    private var offset = 0
    private var number = 0
    private var goesOn = true
    private var row = CSVRow()

    private static let blockSize = 1 << 18
    /// The longest row, in bytes.
    private var rowLimit: Int { min(16 << 20, text.input.longestRecord) }

    /// Opens a table.
    ///
    /// - Parameters:
    ///   - input: the file, from its beginning.
    ///   - encoding: its encoding; `nil` to detect it.
    ///   - delimiter: the byte between values; `nil` to detect it.
    /// - Throws: `Failure` as `ByteInput` does, or `.usage` for an encoding
    ///   that the system does not know.
    public init(
        _ input: ByteInput, encoding: TextEncoding? = nil, delimiter: UInt8? = nil
    ) throws(Failure) {
        sheetName = Self.name(of: input.path)
        text = try TextInput(input, encoding: encoding)
        while goesOn && window.count < Self.blockSize {
            goesOn = try text.read(appendingTo: &window, atMost: Self.blockSize)
        }
        let start = CSVOpening.separator(of: window)
        offset = start?.end ?? 0
        let rest = window[offset...]
        let isLast = !goesOn
        self.delimiter =
            delimiter ?? start?.delimiter
            ?? rest.withUnsafeBytes { CSVDelimiter.detect($0, isLast: isLast) }
    }

    /// The next row that is not empty.
    ///
    /// - Throws: `Failure` with `.unusableInput` for a row with more than
    ///   16,384 columns, longer than 16 MB or with a quotation mark that
    ///   nobody closes; or what `ByteInput` throws.
    public func next() throws(Failure) -> SheetRow? {
        while true {
            switch scan() {
            case .row(let end):
                number += 1
                defer { offset = end }
                guard row.values.count + row.valuesLeftOut <= SheetBounds.columns else {
                    throw Failure(
                        .unusableInput, .sheetTooWide(path, row: number, most: SheetBounds.columns),
                        hint: .deleteEmptyColumns)
                }
                let cells = cells()
                if !cells.isEmpty { return SheetRow(number: number, cells: cells) }
            case .incomplete, .unclosedQuote:
                guard goesOn else {
                    guard offset < window.count else { return nil }
                    throw Failure(.unusableInput, .sheetRow(path, row: number + 1, .unclosedQuote), hint: .checkSource)
                }
                try refill()
            }
        }
    }

    private var path: String { text.input.path }

    private func scan() -> CSVRow.Outcome {
        guard offset < window.count else { return .incomplete }
        return window.withUnsafeBytes { bytes in
            row.scan(bytes, from: offset, delimiter: delimiter, isLast: !goesOn)
        }
    }

    private func refill() throws(Failure) {
        guard window.count - offset < rowLimit else {
            throw Failure(
                .unusableInput, .sheetRow(path, row: number + 1, .longerThan(megabytes: rowLimit >> 20)),
                hint: .checkSource)
        }
        window.removeFirst(offset)
        offset = 0
        goesOn = try text.read(appendingTo: &window, atMost: max(Self.blockSize, window.count))
    }

    /// The values of the row just scanned, up to the last that is not empty.
    private func cells() -> [SheetCell.Value] {
        guard let last = row.values.lastIndex(where: { !$0.range.isEmpty }) else { return [] }
        return window.withUnsafeBytes { bytes in
            row.values[...last].map { value in
                let text = CSVRow.string(bytes, value)
                return text.isEmpty ? .empty : .text(text)
            }
        }
    }

    private static func name(of path: String) -> String {
        let file = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
        return file.lastIndex(of: ".").map { String(file[..<$0]) } ?? String(file)
    }
}
