import CXLSXWriter
public import Foundation
public import Messages

/// Writes a workbook (`.xlsx`), sheet after sheet and row after row, ready to
/// be looked at and printed: headers that stay in sight and are repeated on
/// every page, on A4 as wide as the paper.
///
/// Texts are written as texts, never as formulas. Memory does not grow with
/// the rows; they wait in temporary files. Nothing stands at the path before
/// `finish`. Used by one thread at a time.
public final class WorkbookWriter {
    /// A column of a sheet.
    public struct Column: Sendable, Hashable {
        /// What its header says.
        public var title: String
        /// Its width in letters; `nil` to take that of the title.
        public var width: Double?
        /// How its numbers are shown, as spreadsheets write it (`#,##0.0`);
        /// `nil` for as many digits as they have.
        public var numberFormat: String?

        /// Makes a column.
        public init(_ title: String, width: Double? = nil, numberFormat: String? = nil) {
            (self.title, self.width, self.numberFormat) = (title, width, numberFormat)
        }
    }

    private let output: ByteOutput
    private let temporaryPath: String
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private let formats: WorkbookFormats
    private var names: Set<String> = []
    private var sheet: UnsafeMutablePointer<lxw_worksheet>?
    private var columns: [Column] = []
    private var nextRow = 0

    private static let longestText = 32_767

    /// Begins a workbook.
    ///
    /// - Parameters:
    ///   - path: where it will stand; `-` is standard output.
    ///   - overwrite: whether a file there may be replaced.
    ///   - madeAt: the time that it notes, to the second.
    /// - Throws: `Failure` as `ByteOutput` does; `.notFound` where
    ///   libxlsxwriter is missing.
    public init(path: String, overwrite: Bool = false, madeAt: Date = .now) throws(Failure) {
        if let reason = louyu_xlsxwriter_open() {
            throw Failure(.notFound, .noWorkbookLibrary(String(cString: reason)), hint: .installWorkbookLibrary)
        }
        output = try ByteOutput(path: path, overwrite: overwrite)
        let folder = FileManager.default.temporaryDirectory.path
        var template = Array("\(folder)/louyu-workbook-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else {
            throw Failure(.cannotCreate, .cannotOpen(folder, String(cString: strerror(errno))), hint: .freeSpace)
        }
        close(descriptor)
        temporaryPath = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard let workbook = louyu_xlsxwriter_new(temporaryPath, folder) else {
            unlink(temporaryPath)
            throw Failure(.software, .outOfMemory(path))
        }
        self.workbook = workbook
        formats = WorkbookFormats(workbook)
        var properties = lxw_doc_properties()
        // The library takes zero for the present.
        properties.created = max(1, time_t(exactly: madeAt.timeIntervalSince1970.rounded(.down)) ?? 1)
        try check(workbook_set_properties(workbook, &properties))
    }

    deinit {
        if let workbook { lxw_workbook_free(workbook) }
        unlink(temporaryPath)
    }

    /// Begins a sheet: a title over all columns where there is one, then the header.
    ///
    /// - Parameters:
    ///   - name: its name; what a spreadsheet does not take in one is changed.
    ///   - title: a line above the header.
    ///   - columns: the columns, at least one.
    /// - Throws: `Failure` with `.cannotCreate` or `.inputOutput`.
    /// - Precondition: there are 1 to 16,384 columns.
    public func beginSheet(_ name: String, title: String? = nil, columns: [Column]) throws(Failure) {
        precondition((1...SheetBounds.columns).contains(columns.count), "a sheet has 1 to 16,384 columns")
        guard let sheet = workbook_add_worksheet(workbook, SheetName.unique(name, among: &names)) else {
            throw failure(String(cString: lxw_strerror(LXW_ERROR_MEMORY_MALLOC_FAILED)))
        }
        (self.sheet, self.columns, nextRow) = (sheet, columns, 0)
        for (index, column) in columns.enumerated() {
            let width = column.width ?? SheetName.letters(of: column.title) + 4
            let place = lxw_col_t(index)
            try check(worksheet_set_column(sheet, place, place, min(255, max(6, width)), nil))
        }
        if let title { try writeTitle(title) }
        for (index, column) in columns.enumerated() {
            try write(text: column.title, column: index, format: formats.header)
        }
        worksheet_freeze_panes(sheet, lxw_row_t(nextRow + 1), 0)
        try check(worksheet_repeat_rows(sheet, lxw_row_t(nextRow), lxw_row_t(nextRow)))
        setPaper()
        nextRow += 1
    }

    /// Adds a row to the sheet begun last.
    ///
    /// - Parameters:
    ///   - cells: its cells; errors are written as texts, formulas without a
    ///     value and numbers that are not finite are left empty. Dates that a
    ///     workbook cannot hold are written as texts.
    ///   - isBold: whether it stands out, as a row of totals does.
    /// - Throws: `Failure`: `.cannotCreate` for more rows than a sheet has,
    ///   `.unusableInput` for a text longer than a cell holds (32,767
    ///   letters), which names the cell; `.inputOutput`.
    /// - Precondition: a sheet was begun, and there are as many cells as
    ///   columns at most.
    public func append(_ cells: [SheetCell.Value], isBold: Bool = false) throws(Failure) {
        precondition(sheet != nil, "no sheet was begun")
        precondition(cells.count <= columns.count, "more cells than columns")
        guard nextRow < SheetBounds.rows else {
            throw Failure(.cannotCreate, .sheetIsFull(output.path, most: SheetBounds.rows), hint: .writeCSVInstead)
        }
        for (index, cell) in cells.enumerated() { try write(cell, column: index, isBold: isBold) }
        nextRow += 1
    }

    /// Writes the workbook to its place.
    ///
    /// - Throws: `Failure` with `.inputOutput`, or `.cannotCreate` where a file
    ///   came meanwhile that may not be replaced.
    /// - Precondition: a sheet was begun.
    public func finish() throws(Failure) {
        precondition(sheet != nil, "a workbook has at least one sheet")
        guard let workbook else { return }
        (self.workbook, sheet) = (nil, nil)
        try check(workbook_close(workbook))
        let whole = try ByteInput(path: temporaryPath)
        var result: Result<Int, Failure> = .success(1)
        while try result.get() > 0 {
            try output.append { bytes in
                result = Result { () throws(Failure) in try whole.read(appendingTo: &bytes, atMost: 1 << 16) }
            }
        }
        try output.commit()
    }

    // MARK: Cells

    private func write(_ cell: SheetCell.Value, column: Int, isBold: Bool) throws(Failure) {
        let (row, place) = (lxw_row_t(nextRow), lxw_col_t(column))
        switch cell {
        case .text(let text), .error(let text): try write(text: text, column: column, format: formats.text(isBold))
        case .number(let number) where number.isFinite:
            let format = formats.number(columns[column].numberFormat, isBold)
            try check(worksheet_write_number(sheet, row, place, number, format))
        case .bool(let truth):
            try check(worksheet_write_boolean(sheet, row, place, truth ? 1 : 0, formats.text(isBold)))
        case .date(let date):
            guard let serial = date.serial else {
                return try write(text: date.description, column: column, format: formats.text(isBold))
            }
            try check(worksheet_write_number(sheet, row, place, serial, formats.number(Self.format(of: date), isBold)))
        case .empty, .number, .formulaWithoutValue:
            try check(worksheet_write_blank(sheet, row, place, formats.text(isBold)))
        }
    }

    private static func format(of date: SheetDate) -> String {
        if date.isTimeOnly { return "hh:mm:ss" }
        return date.hasTime ? "yyyy-mm-dd hh:mm:ss" : "yyyy-mm-dd"
    }

    private func write(
        text: String, column: Int, format: UnsafeMutablePointer<lxw_format>?
    ) throws(Failure) {
        let (row, place) = (lxw_row_t(nextRow), lxw_col_t(column))
        guard !text.isEmpty else { return try check(worksheet_write_blank(sheet, row, place, format)) }
        let escaped = CellEscape.escaped(text)
        guard text.utf16.count <= Self.longestText, escaped.unicodeScalars.count <= Self.longestText else {
            throw Failure(
                .unusableInput,
                .cannotWriteCell(output.path, SheetCell.reference(row: nextRow + 1, column: column), .cellTooLong),
                hint: .writeCSVInstead)
        }
        try check(worksheet_write_string(sheet, row, place, escaped, format))
    }

    private func writeTitle(_ title: String) throws(Failure) {
        if columns.count > 1 {
            let last = lxw_col_t(columns.count - 1)
            try check(worksheet_merge_range(sheet, 0, 0, 0, last, CellEscape.escaped(title), formats.title))
        } else {
            try write(text: title, column: 0, format: formats.title)
        }
        nextRow = 1
    }

    /// A4, across where there are many columns, as wide as the paper and as long as need be.
    private func setPaper() {
        let a4: UInt8 = 9
        worksheet_set_paper(sheet, a4)
        if columns.count > 6 { worksheet_set_landscape(sheet) }
        worksheet_fit_to_pages(sheet, 1, 0)
    }

    private func check(_ status: lxw_error) throws(Failure) {
        guard status != LXW_NO_ERROR else { return }
        throw failure(String(cString: lxw_strerror(status)))
    }

    private func failure(_ reason: String) -> Failure {
        Failure(.inputOutput, .writeFailed(output.path, reason), hint: .freeSpace)
    }
}

/// The looks of cells, each made once.
private final class WorkbookFormats {
    let title: UnsafeMutablePointer<lxw_format>?
    let header: UnsafeMutablePointer<lxw_format>?

    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private var others: [String: UnsafeMutablePointer<lxw_format>] = [:]

    init(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
        self.workbook = workbook
        title = workbook_add_format(workbook)
        format_set_bold(title)
        format_set_font_size(title, 14)
        header = workbook_add_format(workbook)
        format_set_bold(header)
        format_set_text_wrap(header)
        format_set_bg_color(header, 0xE7E6E6)
        for format in [title, header] {
            format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        }
        format_set_border(header, UInt8(LXW_BORDER_THIN.rawValue))
    }

    /// The look of texts.
    func text(_ isBold: Bool) -> UnsafeMutablePointer<lxw_format>? { format(nil, isBold) }

    /// The look of numbers that are shown so.
    func number(_ format: String?, _ isBold: Bool) -> UnsafeMutablePointer<lxw_format>? {
        self.format(format, isBold)
    }

    private func format(_ number: String?, _ isBold: Bool) -> UnsafeMutablePointer<lxw_format>? {
        let key = (isBold ? "b" : "n") + (number ?? "")
        if let known = others[key] { return known }
        guard let format = workbook_add_format(workbook) else { return nil }
        if isBold { format_set_bold(format) }
        if let number { format_set_num_format(format, number) }
        format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
        others[key] = format
        return format
    }
}
