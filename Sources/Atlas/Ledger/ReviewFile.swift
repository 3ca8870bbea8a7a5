import Exchange
import Foundation
import Messages
import Spatial

/// Where a review table is written, and how.
struct ReviewFile {
    /// The file.
    let path: String

    /// What it stands beside where nobody named it.
    private let input: String?

    /// The file that the user names, or one beside the input that is not
    /// there yet: a table that somebody may be filling in is never replaced.
    init(_ named: String?, beside input: String) throws(Failure) {
        self.input = named == nil ? (input == "-" ? "./ledger" : input) : nil
        if let named {
            guard !FileManager.default.fileExists(atPath: named) else {
                throw Failure(.cannotCreate, .reviewExists(named), hint: .reviewMove)
            }
            path = named
        } else {
            let isWorkbook = input.lowercased().hasSuffix(".xlsx")
            path = Self.free(beside: self.input ?? input, ending: isWorkbook ? "xlsx" : "csv")
        }
    }

    private static func free(beside input: String, ending: String) -> String {
        let url = URL(filePath: input)
        let stem = url.deletingPathExtension().lastPathComponent + "-待定"
        func path(_ number: Int) -> String {
            let name = stem + (number == 1 ? "" : "-\(number)") + "." + ending
            return url.deletingLastPathComponent().appending(path: name).path
        }
        return path((1..<10_000).first { !FileManager.default.fileExists(atPath: path($0)) } ?? 10_000)
    }

    /// Writes the lines, in the form that the file's ending says; where the
    /// library for workbooks is missing, and nobody asked for one, as CSV.
    ///
    /// - Returns: where they stand.
    func write(_ lines: some Collection<[SheetCell.Value]>) throws -> String {
        guard path.lowercased().hasSuffix(".xlsx") else {
            try Self.writeTable(lines, to: path)
            return path
        }
        do {
            try writeWorkbook(lines)
            return path
        } catch let failure as Failure where failure.code == .notFound {
            guard let input else { throw failure }
            let table = Self.free(beside: input, ending: "csv")
            try Self.writeTable(lines, to: table)
            return table
        }
    }

    private static func writeTable(_ lines: some Collection<[SheetCell.Value]>, to path: String) throws {
        let output = try ByteOutput(path: path)
        for (number, line) in lines.enumerated() {
            try output.append { bytes in
                if number == 0 { bytes += [0xEF, 0xBB, 0xBF] }
                for (index, cell) in line.enumerated() {
                    if index > 0 { bytes.append(UInt8(ascii: ",")) }
                    Self.append(cell.shown, to: &bytes)
                }
                bytes += [13, 10]
            }
        }
        try output.commit()
    }

    private func writeWorkbook(_ lines: some Collection<[SheetCell.Value]>) throws {
        guard let header = lines.first else { return }
        let workbook = try WorkbookWriter(path: path)
        try workbook.beginSheet("核对", columns: header.map { WorkbookWriter.Column($0.shown) })
        for line in lines.dropFirst() { try workbook.append(line) }
        try workbook.finish()
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        guard text.contains(where: { ",\"\n\r".contains($0) || $0 == "\r\n" }) else {
            return bytes.append(contentsOf: text.utf8)
        }
        bytes.append(contentsOf: "\"\(text.replacing("\"", with: "\"\""))\"".utf8)
    }
}
