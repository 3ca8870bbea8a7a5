import Exchange
import Foundation
import Messages
import Spatial

/// Where a review table is written, and how.
struct ReviewFile {
    /// The file.
    let path: String

    /// The file that the user names, or one beside the input that is not
    /// there yet: a table that somebody may be filling in is never replaced.
    init(_ named: String?, beside input: String) throws(Failure) {
        if let named {
            guard !FileManager.default.fileExists(atPath: named) else {
                throw Failure(.cannotCreate, .reviewExists(named), hint: .reviewMove)
            }
            path = named
            return
        }
        let url = URL(filePath: input == "-" ? "./ledger.csv" : input)
        let stem = url.deletingPathExtension().lastPathComponent
        let ending = url.pathExtension.lowercased() == "xlsx" ? "xlsx" : "csv"
        var number = 1
        var path: String
        repeat {
            let name = stem + "-待定" + (number == 1 ? "" : "-\(number)") + "." + ending
            path = url.deletingLastPathComponent().appending(path: name).path
            number += 1
        } while FileManager.default.fileExists(atPath: path) && number < 10_000
        self.path = path
    }

    /// Writes the lines, in the form that the file's ending says.
    func write(_ lines: [[SheetCell.Value]]) throws {
        guard !path.lowercased().hasSuffix(".xlsx") else { return try writeWorkbook(lines) }
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

    private func writeWorkbook(_ lines: [[SheetCell.Value]]) throws {
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
