public import Messages

/// Reads a sheet of a workbook (`.xlsx`, `.xlsm`: ECMA-376, transitional and
/// strict), row by row.
///
/// - Texts: shared and inline ones, runs of one text joined, readings of
///   Japanese left out, spaces and line ends kept.
/// - Numbers are dates where the cell's style shows a date or a time of day,
///   counted from 1900 or 1904.
/// - Formulas have the value that was saved with them.
/// - Hidden sheets, rows and columns are read as others. Of merged cells the
///   first alone has a value. Rows without a value do not come; where the
///   file has them out of order, they are sorted.
///
/// Memory does not grow with the rows, but where they have to be sorted; texts
/// that cells share are kept. A file that would take more than 64 MB and
/// twenty times its size is refused.
public final class WorkbookReader: SheetReader {
    /// The name of the sheet.
    public let sheetName: String
    /// The names of all sheets of cells, in order, hidden ones included.
    public let sheetNames: [String]
    /// Which cells are shown as one, in the order of the file.
    public let mergedRanges: [MergedRange]

    private let scanner: SheetScanner
    private var sorted: SortedRows?

    /// What texts, or rows that have to be sorted, may take for nothing, in
    /// bytes, and how often the size of the file beyond that.
    private static let freeRoom = 8 << 20
    private static let roomPerByte = 6

    /// Opens a workbook and looks through the sheet once.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - sheet: the name of the sheet, or its number from 1; `nil` for the
    ///     first that is not hidden.
    /// - Throws: `Failure`: `.unusableInput` with the part of the file that is
    ///   damaged, missing or larger than any honest one, or for what is no
    ///   such workbook or under a password; `.usage` where there is no such
    ///   sheet; `.notFound`, `.inputOutput`.
    /// - Complexity: O(bytes of the sheet and of the texts, unpacked).
    public init(path: String, sheet: String? = nil) throws(Failure) {
        let package = try WorkbookPackage(path: path)
        let contents = try WorkbookContents(package)
        let chosen = try contents.sheet(sheet, path: path)
        guard let part = chosen.part else { throw package.failure(chosen.name, .partOutside) }
        let member = try package.requiredPart(part)
        let outline = try SheetOutline(
            XMLStream(package.archive, member, interest: SheetOutline.interest, wantsText: false))
        let room = Self.freeRoom + Self.roomPerByte * package.size
        var strings = SharedStrings()
        if let part = contents.sharedStrings, let member = try package.part(part) {
            strings = try SharedStrings(XMLStream(package.archive, member), room: min(room, Int(Int32.max)))
        }
        var styles = CellStyles()
        if let part = contents.styles, let member = try package.part(part) {
            styles = try CellStyles(XMLStream(package.archive, member, wantsText: false))
        }
        let xml = try XMLStream(package.archive, member, interest: SheetScanner.interest)
        scanner = SheetScanner(xml, strings: strings, styles: styles, countsFrom1904: contents.countsFrom1904)
        sheetName = chosen.name
        sheetNames = contents.sheets.map(\.name)
        mergedRanges = outline.mergedRanges
        sorted = outline.isInOrder ? nil : try SortedRows(scanner, xml, room: room)
    }

    /// The next row that holds anything.
    ///
    /// - Throws: `Failure` with `.unusableInput` that names the cell.
    public func next() throws(Failure) -> SheetRow? {
        sorted == nil ? try scanner.next() : sorted?.next()
    }
}

/// All rows of a sheet that has them out of order.
private struct SortedRows {
    private var rows: [SheetRow] = []
    private var nextRow = 0

    init(_ scanner: SheetScanner, _ xml: XMLStream, room: Int) throws(Failure) {
        var taken = 0
        while let row = try scanner.next() {
            taken += 64 + row.cells.reduce(0) { $0 + Self.bytes(of: $1) }
            guard taken <= room else { throw xml.failure(.rowsOutOfOrder(megabytes: room >> 20)) }
            rows.append(row)
        }
        rows.sort { $0.number < $1.number }
        for (row, next) in zip(rows, rows.dropFirst()) where row.number == next.number {
            throw xml.failure(.rowTwice(row.number))
        }
    }

    mutating func next() -> SheetRow? {
        guard nextRow < rows.count else { return nil }
        nextRow += 1
        return rows[nextRow - 1]
    }

    private static func bytes(of value: SheetCell.Value) -> Int {
        let inPlace = MemoryLayout<SheetCell.Value>.stride
        return if case .text(let text) = value, text.utf8.count > 15 { inPlace + 48 + text.utf8.count } else { inPlace }
    }
}
