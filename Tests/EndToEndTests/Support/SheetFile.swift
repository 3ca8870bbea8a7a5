import Foundation
import TestSupport

/// A workbook of plain cells, made without the program.
enum SheetFile {
    /// The bytes of a workbook (ECMA-376) of some sheets.
    static func workbook(_ sheets: [(name: String, rows: [[String]])]) -> Data {
        let package = "http://schemas.openxmlformats.org/package/2006"
        let document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let numbers = sheets.indices.map { $0 + 1 }
        let book = zip(numbers, sheets).map { "<sheet name=\"\($1.name)\" sheetId=\"\($0)\" r:id=\"rId\($0)\"/>" }
        let links = numbers.map {
            "<Relationship Id=\"rId\($0)\" Type=\"\(document)/worksheet\" Target=\"worksheets/sheet\($0).xml\"/>"
        }
        var parts = [
            ("[Content_Types].xml", "<Types xmlns=\"\(package)/content-types\"/>"),
            (
                "_rels/.rels",
                "<Relationships xmlns=\"\(package)/relationships\"><Relationship Id=\"rId1\" "
                    + "Type=\"\(document)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
            (
                "xl/workbook.xml",
                "<workbook xmlns=\"\(main)\" xmlns:r=\"\(document)\"><sheets>\(book.joined())</sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns=\"\(package)/relationships\">\(links.joined())</Relationships>"
            ),
        ]
        for (number, sheet) in zip(numbers, sheets) {
            let rows = zip(1..., sheet.rows).map { row, cells in
                let cells = zip("ABCDEFGHIJ", cells).filter { !$1.isEmpty }.map { letter, text in
                    "<c r=\"\(letter)\(row)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
                }
                return "<row r=\"\(row)\">\(cells.joined())</row>"
            }
            parts.append(
                (
                    "xl/worksheets/sheet\(number).xml",
                    "<worksheet xmlns=\"\(main)\"><sheetData>\(rows.joined())</sheetData></worksheet>"
                ))
        }
        return Data(ZipBuilder(parts.map { ZipBuilder.Member($0.0, Array($0.1.utf8)) }).bytes)
    }
}
