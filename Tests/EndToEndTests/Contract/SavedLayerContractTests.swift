import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("answers kept in the atlas", .enabled(if: Louyu.path != nil, "needs the built program"))
struct SavedLayerContractTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.write("b.csv", Self.ledger(floorArea: 1000))
        try place.imported(["b.csv", "--layer", "building"])
    }

    private static func ledger(floorArea: Int) -> String {
        (0..<20).reduce("id,name,lon,lat,floor_area_m2") { text, index in
            text + "\nb\(index),第\(index)号楼,\(106.57 + Double(index) / 1000),29.55,\(floorArea + index)"
        }
    }

    private func ok(_ words: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
        let answer = try place.louyu(words)
        #expect(answer.status == 0, "\(words): \(answer.errors)", sourceLocation: sourceLocation)
    }

    /// The rows of a kept answer as GDAL reads them.
    private func rows(_ layer: String) throws -> String {
        try Tool.run(
            Tool.path("ogr2ogr") ?? "", ["-f", "GeoJSON", "/vsistdout/", "louyu.gpkg", layer], in: place.url)
    }

    @Test(.enabled(if: Tool.path("ogr2ogr") != nil, "needs ogr2ogr"))
    func `what changes the layers leaves a kept answer alone`() throws {
        let before = try place.exported("building")
        try ok(["list", "building", "--where", "floor_area_m2 >= 1010", "--save", "大楼"])
        let kept = try rows("大楼")
        #expect(JSON(Data(kept.utf8))?["features"].array.count == 10)
        try place.write("b.csv", Self.ledger(floorArea: 2000))
        for words in [
            ["import", "b.csv", "--layer", "building"], ["check"], ["repair"], ["undo"], ["undo", "--dry-run"],
        ] {
            try ok(words)
            #expect(try rows("大楼") == kept, "\(words)")
        }
        #expect(try place.exported("building") == before)
        try ok(["import", "b.csv", "--layer", "building"])
        try ok(["list", "building", "--save", "后来"])
        try ok(["undo"])
        #expect(try place.exported("building") == before, "an answer that was kept is no change to take back")
        #expect(try place.json(["info"])["savedLayers"].array.map { $0["count"].number } == [20, 10])
        #expect(try rows("大楼") == kept)
    }

    @Test(arguments: [
        "building", "Street", "layer_styles", "rejected_record", "gpkg_contents", "rtree_building_geom",
        "louyu_change", "sqlite_sequence", "a\"b", "a'b", "a;b", " a", "", "a/b", String(repeating: "长", count: 61),
    ])
    func `a name that cannot be is refused and nothing changes`(_ name: String) throws {
        let before = place.bytes("louyu.gpkg")
        let answer = try place.louyu(["list", "building", "--save", name, "--overwrite"])
        #expect(answer.status == 64, "\(answer.status) \(answer.errors)")
        #expect(place.bytes("louyu.gpkg") == before)
    }

    @Test func `names of people are taken, once`() throws {
        for name in ["高楼 2026-10", "Ä_b", "楼"] {
            try ok(["list", "building", "--save", name])
            #expect(try place.louyu(["list", "building", "--save", name]).status == 73)
            try ok(["list", "building", "--save", name, "--overwrite"])
        }
        #expect(try place.louyu(["list", "building", "--save", "楼宇"]).status == 73, "what the layer is called")
        #expect(try place.louyu(["list", "building", "--save", "ä_B"]).status == 0)
        #expect(try place.louyu(["list", "building", "--save", "ä_b", "--overwrite"]).status == 0)
    }

    @Test(.enabled(if: Tool.path("ogrinfo") != nil, "needs ogrinfo"))
    func `the answers of all verbs are kept with their styles`() throws {
        let city = try City.workplace()
        let atlas = try #require(city.bytes("louyu.gpkg"))
        try atlas.write(to: place.url.appending(path: "louyu.gpkg"))
        let kind = ["--kind", "社区卫生服务站", "--minutes", "5"]
        let boundaries = try place.json(["list", "boundary", "--where", "level = 'subdistrict'"]).array
        let name = try #require(boundaries.first?["name"].text)
        let neighbor = try #require(try place.json(["adjacent", name])[0]["name"].text)
        for (index, words) in [
            ["coverage", "--blind-spots"] + kind, ["reach", "82.5,39.5", "--minutes", "5,10"],
            ["border", name, neighbor] + kind, ["site", "-k", "2", "--in", name] + kind, ["adjacent", name],
            ["near", "82.5,39.5"], ["find", "大厦"], ["locate", "82.5,39.5"], ["export", "water"],
        ].enumerated() {
            let answer = try place.louyu(words + ["--save", "答案\(index)"])
            #expect(answer.status == 0, "\(words): \(answer.errors)")
        }
        let ogrinfo = Tool.path("ogrinfo") ?? ""
        for layer in try place.json(["info"])["savedLayers"].array {
            let table = try #require(layer["name"].text)
            let info = try Tool.run(ogrinfo, ["-so", "louyu.gpkg", table], in: place.url)
            let count = Int(layer["count"].number ?? -1)
            #expect(info.contains("Feature Count: \(count)") && !info.contains("id_2"), "\(info)")
            let style = try Tool.run(
                ogrinfo,
                [
                    "-q", "louyu.gpkg", "-sql",
                    "SELECT styleQML FROM layer_styles WHERE useAsDefault AND f_table_name = '\(table)'",
                ], in: place.url)
            let text =
                style.split(separator: "\n").first { $0.contains("styleQML") }?
                .split(separator: "=", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
            let document = try XMLDocumentShape(text)
            #expect(document.root == "qgis" && document.elements.contains("renderer-v2"), "\(text)")
        }
        #expect(try place.louyu(["check"]).status == city.louyu(["check"]).status)
    }
}

/// The elements of an XML document.
private final class XMLDocumentShape: NSObject, XMLParserDelegate {
    private(set) var elements: [String] = []
    var root: String? { elements.first }

    /// - Throws: where it is not well-formed.
    init(_ text: String) throws {
        super.init()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = self
        guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName qName: String?,
        attributes attributeDict: [String: String] = [:]
    ) { elements.append(elementName) }
}
