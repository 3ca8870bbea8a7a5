/// Tells formats apart by the first bytes of a file, unpacked.
enum FormatSniffer {
    /// The format that a file which begins so most likely has.
    static func format(of start: [UInt8]) -> FileFormat {
        if start.starts(with: Array("SQLite format 3\0".utf8)) { return ofDatabase(start) }
        if start.starts(with: [0x00, 0x00, 0x27, 0x0A]) { return .shapefile }
        if OSMReader.recognizes(start) || isBzip2(start) { return .osm }
        let isUTF16 = start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
        if isUTF16 { return .csv }
        if isZippedTile(start) { return .elevation }
        if isWorkbook(start) { return .workbook }
        if start.starts(with: Array("PK".utf8)) || start.prefix(4096).contains(0) { return .foreign }
        let text = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start[...]
        guard let first = text.first(where: { $0 > 0x20 || $0 == 0x1E }) else { return .csv }
        switch first {
        case 0x1E: return .geoJSONSequence
        case UInt8(ascii: "{"), UInt8(ascii: "["): return ofJSON(String(decoding: text, as: UTF8.self))
        case UInt8(ascii: "<"): return .foreign
        default: return isTable(Array(text)) ? .csv : .foreign
        }
    }

    /// Of what comes packed so, OSM's XML alone is read; its reader unpacks it.
    private static func isBzip2(_ start: [UInt8]) -> Bool { start.starts(with: Array("BZh".utf8)) }

    /// Whether the first member of a zip archive is a tile of elevation.
    private static func isZippedTile(_ start: [UInt8]) -> Bool { firstMember(start)?.hasSuffix(".hgt") ?? false }

    /// Whether a file is a workbook of before 2007, or an archive that begins
    /// as the newer ones do.
    private static func isWorkbook(_ start: [UInt8]) -> Bool {
        if start.starts(with: CompoundFile.mark) { return true }
        guard let name = firstMember(start) else { return false }
        return ["[content_types].xml", "_rels/", "docprops/", "xl/"].contains { name.hasPrefix($0) }
    }

    /// The name of the first member of a zip archive, in small letters.
    private static func firstMember(_ start: [UInt8]) -> String? {
        guard start.starts(with: [0x50, 0x4B, 3, 4]), start.count > 30 else { return nil }
        let name = start[30...].prefix(Int(start[26]) | Int(start[27]) << 8)
        return String(decoding: name, as: UTF8.self).lowercased()
    }

    /// An SQLite file says at byte 68 whether it is a GeoPackage.
    private static func ofDatabase(_ start: [UInt8]) -> FileFormat {
        guard start.count >= 72 else { return .foreign }
        let mark = start[68..<72]
        return ["GPKG", "GP10", "GP11"].contains { mark.elementsEqual($0.utf8) } ? .geoPackage : .foreign
    }

    private static func ofJSON(_ text: String) -> FileFormat {
        let types = typeNames(in: text)
        if types.contains("Topology") || text.contains("\"esriGeometry") { return .foreign }
        guard let first = types.first(where: geoJSONTypes.contains) else { return .plainJSON }
        let isSequence = first == "Feature" && text.split(whereSeparator: \.isNewline).prefix(2).count == 2
        return isSequence && text.split(whereSeparator: \.isNewline).prefix(2).allSatisfy(isWholeFeature)
            ? .geoJSONSequence : .geoJSON
    }

    private static func isWholeFeature(_ line: Substring) -> Bool {
        line.hasPrefix("{") && line.contains("\"Feature\"")
    }

    private static let geoJSONTypes: Set<String> = [
        "FeatureCollection", "Feature", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString",
        "MultiPolygon", "GeometryCollection",
    ]

    /// The values of the members called "type", as far as they are texts.
    private static func typeNames(in text: String) -> [String] {
        text.matches(of: #/"type"\s*:\s*"([A-Za-z]+)"/#).map { String($0.output.1) }
    }

    /// Whether a text has a header row of several columns, and text only.
    private static func isTable(_ text: [UInt8]) -> Bool {
        let controls = text.prefix(4096).contains { $0 < 0x20 && $0 != 9 && $0 != 10 && $0 != 13 }
        guard !controls else { return false }
        let opening = CSVOpening(text, isLast: text.count < 65536, delimiter: nil)
        return (opening.header?.count ?? 0) > 1
    }
}
