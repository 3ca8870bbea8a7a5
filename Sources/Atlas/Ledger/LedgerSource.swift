import Exchange
import Messages
import Spatial
import Store

/// A ledger's file: a workbook, or a table without coordinates.
struct LedgerSource {
    /// The sheet.
    let sheet: any SheetReader
    private let path: String
    private let input: ByteInput?
    private let workbookSize: Int
    private let isSheetChosen: Bool

    /// Whether a file is to be read as a ledger: a workbook, a review table,
    /// what the user's options say, or a table of places without coordinates.
    ///
    /// - Throws: `Failure` as the readers do.
    static func isLedger(_ path: String, options: ImportOptions) throws -> Bool {
        if isPipe(path) { return options.ledger.isGiven }
        let format = try FileFormat.detect(path: path)
        if format == .workbook { return true }
        guard format == .csv else {
            if options.ledger.isGiven { throw Failure(.usage, .ledgerNeedsTable(path), hint: .seeSpreadsheets) }
            return false
        }
        if options.ledger.isGiven { return true }
        let layer = options.layer ?? LayerGuess.layer(path: path, options: options)
        guard layer == .building || layer == .station else { return false }
        // What is empty is told as any other empty file.
        guard try !ByteInput(path: path).peek(1).isEmpty else { return false }
        guard let table = try? CSVReader(try ByteInput(path: path)) else { return true }
        return !table.hasGeometry || table.columnNames.contains(ReviewTable.choice)
    }

    /// What is read once only.
    private static func isPipe(_ path: String) -> Bool { path == "-" || PathKind(path: path) == .device }

    /// Opens a file.
    ///
    /// - Throws: `Failure` as the readers do.
    init(path: String, options: LedgerOptions) throws {
        self.path = path
        isSheetChosen = options.sheet != nil
        if try !Self.isPipe(path) && FileFormat.detect(path: path) == .workbook {
            input = nil
            workbookSize = try ByteInput(path: path).size ?? 0
            sheet = try WorkbookReader(path: path, sheet: options.sheet)
        } else {
            let input = try ByteInput(path: path, hashing: true)
            if try FileFormat.detect(input) == .workbook { throw Failure(.usage, .needsFile(path), hint: .saveFirst) }
            self.input = input
            workbookSize = 0
            sheet = try CSVSheetReader(input)
        }
    }

    /// The size of a workbook in bytes, links followed; of a table as much as
    /// was read of it, as a pipe has no size.
    var size: Int { input?.bytesRead ?? workbookSize }

    /// What the ledger is known by: its file, and the sheet where the user
    /// chose one of several.
    func identity(atlas: String) -> String {
        let file = SourceIdentity.of(path: path, atlas: atlas)
        guard isSheetChosen, sheet.sheetNames.count > 1, !file.isEmpty else { return file }
        return file + "#" + SourceIdentity.undated(sheet.sheetName)
    }

    /// SHA-256 of the file.
    func contentHash() throws -> String? {
        if let input { return try input.contentHash() }
        return try? ByteInput(path: path, hashing: true).contentHash()
    }
}
