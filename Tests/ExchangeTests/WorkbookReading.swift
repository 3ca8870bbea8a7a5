import Exchange
import TestSupport

extension SheetReader {
    /// All rows that are left.
    func rest() throws -> [SheetRow] {
        var rows: [SheetRow] = []
        while let row = try next() { rows.append(row) }
        return rows
    }
}

extension WorkbookBuilder {
    /// The rows of a sheet.
    func read(_ sheet: String? = nil) throws -> [SheetRow] {
        let file = try TemporaryFile(bytes, ending: ".xlsx")
        return try withExtendedLifetime(file) { try WorkbookReader(path: file.path, sheet: sheet).rest() }
    }
}
