public import Messages

extension Exchange {
    /// Opens a sheet of a workbook, or a table of values, by its path; `-` is
    /// standard input, which can be a table alone.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - sheet: the name of the sheet or its number from 1; `nil` for the
    ///     first that is not hidden.
    ///   - encoding: the encoding of a table; `nil` to detect it.
    /// - Returns: its reader.
    /// - Throws: `Failure`: `.unusableInput` for a file that is neither; as
    ///   `WorkbookReader` and `CSVSheetReader` do.
    public static func openSheet(
        path: String, sheet: String? = nil, encoding: TextEncoding? = nil
    ) throws(Failure) -> any SheetReader {
        if path != "-", try FileFormat.detect(path: path) == .workbook {
            return try WorkbookReader(path: path, sheet: sheet)
        }
        return try openSheet(ByteInput(path: path), sheet: sheet, encoding: encoding)
    }

    /// Opens a table of values from a stream.
    ///
    /// - Throws: as the other; `.usage` for a workbook, which needs a file.
    public static func openSheet(
        _ input: ByteInput, sheet: String? = nil, encoding: TextEncoding? = nil
    ) throws(Failure) -> any SheetReader {
        switch try FileFormat.detect(input) {
        case .csv: break
        case .workbook: throw Failure(.usage, .needsFile(input.path), hint: .saveFirst)
        default: throw Failure(.unusableInput, .noSheet(input.path), hint: .knownSheets)
        }
        let reader = try CSVSheetReader(input, encoding: encoding)
        if let sheet, sheet != reader.sheetName, sheet != "1" {
            throw Failure(.usage, .noSuchSheet(input.path, sheet), hint: .sheetsAre(reader.sheetNames))
        }
        return reader
    }
}
