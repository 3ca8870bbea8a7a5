import Exchange
import Foundation
import Messages
import Spatial

/// Where a review table is written, and how.
struct ReviewFile {
    /// The file that the user named.
    private let named: String?
    /// What it stands beside where nobody named it, best first.
    private let neighbors: [String]

    /// The file that the user names, or one beside the input that is not
    /// there yet: a table that somebody may be filling in is never replaced.
    ///
    /// - Parameters:
    ///   - named: what the user named.
    ///   - input: the file that it comes from; `-` is standard input.
    ///   - folder: where it goes where nothing can be written beside the input.
    /// - Throws: `Failure` with `.cannotCreate` where the named file is there.
    init(_ named: String?, beside input: String, orIn folder: String = ".") throws(Failure) {
        if let named, FileManager.default.fileExists(atPath: named) {
            throw Failure(.cannotCreate, .reviewExists(named), hint: .reviewMove)
        }
        self.named = named
        let isPipe = input == "-" || PathKind(output: input) == .device
        let other = folder + "/" + (isPipe ? "ledger" : URL(filePath: input).lastPathComponent)
        neighbors = isPipe ? [other] : [input, other]
    }

    /// Writes the lines, in the form that the file's ending says; where the
    /// library for workbooks is missing, and nobody asked for one, as CSV;
    /// where nothing can be written beside the input, in the other folder.
    ///
    /// - Returns: where they stand.
    func write(_ lines: some Collection<[SheetCell.Value]>) throws -> String {
        if let named {
            try Self.write(lines, to: named)
            return named
        }
        for neighbor in neighbors.dropLast() {
            if let path = try? Self.write(lines, beside: neighbor) { return path }
        }
        return try Self.write(lines, beside: neighbors[neighbors.count - 1])
    }

    private static func write(_ lines: some Collection<[SheetCell.Value]>, beside neighbor: String) throws -> String {
        if neighbor.lowercased().hasSuffix(".xlsx") {
            let path = free(beside: neighbor, ending: "xlsx")
            do {
                try writeWorkbook(lines, to: path)
                return path
            } catch let failure as Failure where failure.code == .notFound {}
        }
        let path = free(beside: neighbor, ending: "csv")
        try writeTable(lines, to: path)
        return path
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

    private static func write(_ lines: some Collection<[SheetCell.Value]>, to path: String) throws {
        path.lowercased().hasSuffix(".xlsx") ? try writeWorkbook(lines, to: path) : try writeTable(lines, to: path)
    }

    private static func writeTable(_ lines: some Collection<[SheetCell.Value]>, to path: String) throws {
        let output = try ByteOutput(path: path)
        for (number, line) in lines.enumerated() {
            try output.append { bytes in
                if number == 0 { bytes += [0xEF, 0xBB, 0xBF] }
                for (index, cell) in line.enumerated() {
                    if index > 0 { bytes.append(UInt8(ascii: ",")) }
                    Self.append(cell, to: &bytes)
                }
                bytes += [13, 10]
            }
        }
        try output.commit()
    }

    private static func writeWorkbook(_ lines: some Collection<[SheetCell.Value]>, to path: String) throws {
        guard let header = lines.first else { return }
        let workbook = try WorkbookWriter(path: path)
        try workbook.beginSheet("核对", columns: header.map { WorkbookWriter.Column($0.shown) })
        for line in lines.dropFirst() { try workbook.append(line) }
        try workbook.finish()
    }

    private static func append(_ cell: SheetCell.Value, to bytes: inout [UInt8]) {
        guard case .text = cell else { return bytes.append(contentsOf: cell.shown.utf8) }
        CSVCell.append(text: ArraySlice(cell.shown.utf8), to: &bytes)
    }
}
