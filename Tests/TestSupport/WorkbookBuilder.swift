/// Workbooks made of the XML of their parts, sound or not.
public struct WorkbookBuilder {
    /// What stands in `sheetData`.
    public var rows = ""
    /// What stands behind `sheetData`.
    public var afterRows = ""
    /// The whole first sheet; `nil` for the usual one around `rows`.
    public var sheet: String?
    /// The `si` of the shared texts; `nil` for no such part.
    public var strings: String?
    /// The codes of formats, of which style 1 is the first, and so on.
    public var formats: [String] = []
    /// What stands in `workbookPr`.
    public var properties = ""
    /// The sheets: their names and states.
    public var sheets: [(name: String, state: String)] = [("台账", "visible")]
    /// Parts that replace or join the usual ones.
    public var parts: [String: [UInt8]] = [:]
    /// Parts that are left out.
    public var missing: Set<String> = []
    /// Members behind all others, whatever their names.
    public var extra: [ZipBuilder.Member] = []
    /// Whether the parts are not packed.
    public var isStored = false
    /// The namespace of the elements; the strict kind has another.
    public var main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    /// The namespace of relationships; the strict kind has another.
    public var relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    /// The part of the first sheet.
    public static let sheetPart = "xl/worksheets/sheet1.xml"

    /// An empty workbook of one sheet.
    public init() {}

    /// The file.
    public var bytes: [UInt8] {
        var named: [(String, [UInt8])] = [
            ("[Content_Types].xml", Array("<Types/>".utf8)),
            ("_rels/.rels", Array(relations([("rId1", "officeDocument", "xl/workbook.xml")]).utf8)),
            ("xl/workbook.xml", Array(workbook.utf8)), ("xl/_rels/workbook.xml.rels", Array(workbookRelations.utf8)),
            ("xl/styles.xml", Array(styles.utf8)),
        ]
        if let strings { named.append(("xl/sharedStrings.xml", Array("<sst xmlns=\"\(main)\">\(strings)</sst>".utf8))) }
        for number in sheets.indices {
            let own = number == 0 ? sheet ?? Self.worksheet(rows, afterRows, main) : Self.worksheet("", "", main)
            named.append(("xl/worksheets/sheet\(number + 1).xml", Array(own.utf8)))
        }
        var members: [ZipBuilder.Member] = []
        for (name, bytes) in named where !missing.contains(name) {
            members.append(ZipBuilder.Member(name, parts[name] ?? bytes, isStored: isStored))
        }
        let others = parts.filter { part in !named.contains { $0.0 == part.key } }
        for (name, bytes) in others.sorted(by: { $0.key < $1.key }) {
            members.append(ZipBuilder.Member(name, bytes, isStored: isStored))
        }
        return ZipBuilder(members + extra).bytes
    }

    /// A sheet around rows.
    public static func worksheet(_ rows: String, _ afterRows: String = "", _ main: String = "urn:main") -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"\(main)\">"
            + "<cols><col min=\"1\" max=\"2\"/></cols><sheetData>\(rows)</sheetData>\(afterRows)</worksheet>"
    }

    private func relations(_ entries: [(id: String, type: String, target: String)]) -> String {
        let package = "http://schemas.openxmlformats.org/package/2006/relationships"
        let entries = entries.map { entry in
            "<Relationship Id=\"\(entry.id)\" Type=\"\(relationships)/\(entry.type)\" Target=\"\(entry.target)\"/>"
        }
        return "<Relationships xmlns=\"\(package)\">\(entries.joined())</Relationships>"
    }

    private var workbookRelations: String {
        relations(
            sheets.indices.map { ("rId\($0 + 1)", "worksheet", "worksheets/sheet\($0 + 1).xml") }
                + [("s1", "sharedStrings", "sharedStrings.xml"), ("s2", "styles", "/xl/styles.xml")])
    }

    private var workbook: String {
        let entries = sheets.enumerated().map { index, sheet in
            "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 7)\" state=\"\(sheet.state)\" r:id=\"rId\(index + 1)\"/>"
        }
        return "<workbook xmlns=\"\(main)\" xmlns:r=\"\(relationships)\"><workbookPr \(properties)/>"
            + "<sheets>\(entries.joined())</sheets></workbook>"
    }

    private var styles: String {
        let codes = formats.enumerated().map { index, code in
            "<numFmt numFmtId=\"\(200 + index)\" formatCode=\"\(code)\"/>"
        }
        let formats = formats.indices.map { "<xf numFmtId=\"\(200 + $0)\" applyNumberFormat=\"1\"/>" }
        return "<styleSheet xmlns=\"\(main)\"><numFmts>\(codes.joined())</numFmts><cellStyleXfs><xf numFmtId=\"14\"/>"
            + "</cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>\(formats.joined())</cellXfs></styleSheet>"
    }
}
