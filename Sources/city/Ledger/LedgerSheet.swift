/// A sheet of a workbook (ECMA-376) with merged cells, made without a library
/// so that the same seed gives the same bytes.
struct LedgerSheet {
    /// A cell's content.
    enum Cell {
        case text(String)
        case number(String)
        case error(String)
    }

    private(set) var rows: [[Cell?]] = []
    private var merges: [String] = []

    /// The number of the row that comes next.
    var nextRow: Int { rows.count + 1 }

    mutating func append(_ cells: [Cell?]) { rows.append(cells) }

    /// Shows cells as one: rows from 1, columns by their letters.
    mutating func merge(_ range: String) { merges.append(range) }

    /// The bytes of the workbook.
    var workbook: [UInt8] {
        let types = """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
            <Default Extension="xml" ContentType="application/xml"/>\
            <Override PartName="/xl/workbook.xml" ContentType=\
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType=\
            "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>
            """
        let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let package = "http://schemas.openxmlformats.org/package/2006/relationships"
        let book = """
            <workbook xmlns="\(spreadsheet)" xmlns:r="\(relations)"><sheets>\
            <sheet name="楼宇台账" sheetId="1" r:id="rId1"/></sheets></workbook>
            """
        func relation(_ kind: String, _ target: String) -> String {
            "<Relationships xmlns=\"\(package)\"><Relationship Id=\"rId1\" Type=\"\(relations)/\(kind)\" "
                + "Target=\"\(target)\"/></Relationships>"
        }
        let parts = [
            ("[Content_Types].xml", types), ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
            ("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
            ("xl/worksheets/sheet1.xml", xml(spreadsheet)),
        ]
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        return ZipArchive.archive(parts.map { ($0.0, Array((head + $0.1).utf8)) }, distances: [])
    }

    private func xml(_ namespace: String) -> String {
        var xml = "<worksheet xmlns=\"\(namespace)\"><sheetData>"
        for (index, row) in rows.enumerated() where row.contains(where: { $0 != nil }) {
            xml += "<row r=\"\(index + 1)\">"
            for (column, cell) in row.enumerated() {
                guard let cell else { continue }
                let place = "\(Self.letters[column])\(index + 1)"
                switch cell {
                case .text(let text):
                    xml +=
                        "<c r=\"\(place)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(Self.escaped(text))</t></is></c>"
                case .number(let digits): xml += "<c r=\"\(place)\"><v>\(digits)</v></c>"
                case .error(let code): xml += "<c r=\"\(place)\" t=\"e\"><v>\(code)</v></c>"
                }
            }
            xml += "</row>"
        }
        xml += "</sheetData>"
        if !merges.isEmpty {
            xml +=
                "<mergeCells count=\"\(merges.count)\">" + merges.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
                + "</mergeCells>"
        }
        return xml + "</worksheet>"
    }

    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map { String($0) }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
