import Foundation
import TestSupport
import Testing

@Suite("layers out", .enabled(if: Louyu.path != nil, "needs the built program"))
struct LayersOutContractTests {
    private let place: Workplace
    private static let corners: [(lon: Double, lat: Double)] = (0..<30).map { index -> (lon: Double, lat: Double) in
        let lon: Double = 106.40 + Double(index) * 0.004
        let lat: Double = 29.50 + Double(index % 7) * 0.0113
        return (lon, lat)
    }
    /// The corners of the house at a place, counter-clockwise.
    private static func ring(_ corner: (lon: Double, lat: Double)) -> [(lon: Double, lat: Double)] {
        let (east, north): (Double, Double) = (corner.lon + 0.001, corner.lat + 0.001)
        return [corner, (east, corner.lat), (east, north), (corner.lon, north)]
    }

    private static let ogr = Tool.path("ogr2ogr") ?? ""

    init() throws {
        place = try Workplace()
        let features = Self.corners.enumerated().map { index, corner in
            let ring = (Self.ring(corner) + [corner]).map { "[\($0.lon),\($0.lat)]" }.joined(separator: ",")
            return "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[\(ring)]]},"
                + "\"properties\":{\"ref\":\"b\(index)\",\"name\":\"大厦\(index)号\",\"storeys\":\(index + 1)}}"
        }
        try place.write(
            "b.geojson", "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}")
        try place.imported(["b.geojson", "--layer", "building"])
    }

    private func read(_ file: String, _ options: [String] = []) throws -> [JSON] {
        let text = try Tool.run(
            Self.ogr, ["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15"] + options + ["/vsistdout/", file],
            in: place.url)
        return JSON(Data(text.utf8))?["features"].array ?? []
    }

    private func ok(_ words: [String], sourceLocation: SourceLocation = #_sourceLocation) throws -> Answer {
        let answer = try place.louyu(words)
        #expect(answer.status == 0, "\(words): \(answer.errors)", sourceLocation: sourceLocation)
        return answer
    }

    @Test(.enabled(if: Tool.path("cs2cs") != nil && Tool.path("ogr2ogr") != nil, "needs cs2cs and ogr2ogr"))
    func `a Shapefile in CGCS2000 and GBK agrees with cs2cs and keeps Chinese`() throws {
        let west = ["--where", "storeys <= 25"]
        let answer = try ok(
            ["export", "building", "--crs", "cgcs2000-gk", "--encoding", "gbk", "-o", "a.shp"] + west)
        #expect(answer.errors.contains("EPSG:4544"), "\(answer.errors)")
        let features = try read("a.shp", ["-a_srs", "EPSG:4326"])
        #expect(features.count == 25)
        try place.write("in.txt", Self.corners.flatMap(Self.ring).map { "\($0.lat) \($0.lon)" }.joined(separator: "\n"))
        let expected = try Tool.run(
            Tool.path("cs2cs") ?? "", ["-f", "%.6f", "EPSG:4490", "EPSG:4544", "in.txt"], in: place.url
        ).split(separator: "\n").map { $0.split { $0.isWhitespace }.compactMap { Double($0) } }
        for (index, feature) in features.enumerated() {
            #expect(feature["properties"]["name"].text == "大厦\(index)号")
            let ring = feature["geometry"]["coordinates"][0].array.dropLast()
                .map { ($0[0].number ?? 0, $0[1].number ?? 0) }
            try #require(ring.count == 4)
            // It may begin anywhere and runs either way.
            let misses = (0..<8).map { turn -> Double in
                (0..<4).reduce(0) { most, step in
                    let corner = expected[4 * index + (turn + (turn < 4 ? step : 4 - step)) % 4]
                    return max(most, abs(ring[step].0 - corner[1]), abs(ring[step].1 - corner[0]))
                }
            }
            #expect((misses.min() ?? 1) < 0.001)
        }
        let info = try Tool.run(Tool.path("ogrinfo") ?? "", ["-so", "-al", "a.shp"], in: place.url)
        #expect(info.contains("4544"), "\(info)")
        #expect(place.text("a.fields.csv")?.contains("floor_area_m2,floor_area,") == true)
    }

    @Test func `an extent over two zones is refused with both codes`() throws {
        let answer = try place.louyu(["export", "building", "--crs", "cgcs2000-gk", "-o", "a.shp"])
        #expect(answer.status == 64)
        #expect(answer.errors.contains("EPSG:4544") && answer.errors.contains("EPSG:4545"), "\(answer.errors)")
        #expect(!place.names.contains { $0.hasPrefix("a.") })
    }

    @Test(
        .enabled(if: Tool.path("ogr2ogr") != nil, "needs ogr2ogr"),
        arguments: ["a.fgb", "a.kml", "a.shp", "a.gpkg", "a.geojson"])
    func `every form has every record`(file: String) throws {
        _ = try ok(["export", "building", "-o", file])
        let names = try read(file).map { $0["properties"]["name"].text ?? $0["properties"]["Name"].text ?? "" }
        #expect(names.sorted() == Self.corners.indices.map { "大厦\($0)号" }.sorted())
    }

    @Test(
        .enabled(if: Tool.path("ogr2ogr") != nil, "needs ogr2ogr"),
        arguments: ["a.fgb", "a.shp", "a.gpkg", "a.geojson"])
    func `the file says what its coordinates are`(file: String) throws {
        _ = try ok(["export", "building", "--crs", "EPSG:4523", "-o", file])
        // Back in degrees by what the file itself says.
        let features = try read(file, ["-t_srs", "EPSG:4326"])
        #expect(features.count == 30)
        for feature in features {
            let index = Int(feature["properties"]["storeys"].number ?? 0) - 1
            let corner = Self.corners[index]
            let nearest = feature["geometry"]["coordinates"][0].array.map { position -> Double in
                let (x, y) = (position[0].number ?? 0, position[1].number ?? 0)
                return abs(x - corner.lon) + abs(y - corner.lat)
            }.min()
            #expect((nearest ?? 1) < 2e-8)
        }
    }

    @Test(arguments: [
        ("105", 0, "EPSG:4544"), ("106.4999", 0, "EPSG:4544"), ("106.5", 0, "EPSG:4545"), ("108", 0, "EPSG:4545"),
        ("73.5", 0, "EPSG:4534"), ("136.4999", 0, "EPSG:4554"), ("73.4999", 64, "136.5°"), ("136.5", 64, "136.5°"),
        ("-0.1", 64, "136.5°"),
    ])
    func `the zone is that of the extent`(_ longitude: String, _ status: Int32, _ code: String) throws {
        try place.write("p.csv", "id,name,lon,lat\np,点,\(longitude),29.5\n")
        try place.imported(["p.csv", "--layer", "station", "--set", "kind=点"])
        let answer = try place.louyu(["export", "station", "--crs", "cgcs2000-gk", "-o", "z.shp"])
        #expect(answer.status == status && answer.errors.contains(code), "\(answer.status) \(answer.errors)")
        #expect(place.has("z.shp") == (status == 0))
    }

    @Test func `the same question gives the same bytes`() throws {
        let endings = ["shp", "dbf", "shx", "xlsx", "gpkg", "fgb", "kml"]
        for name in ["a", "b"] {
            // The clock goes on meanwhile.
            if name == "b" { Thread.sleep(forTimeInterval: 1.1) }
            for ending in endings where ending != "dbf" && ending != "shx" {
                _ = try ok(["export", "building", "-o", "\(name).\(ending)"])
            }
            _ = try ok(["list", "building", "-o", "\(name)2.xlsx"])
        }
        for ending in endings { #expect(place.bytes("a.\(ending)") == place.bytes("b.\(ending)"), "\(ending)") }
        #expect(place.bytes("a2.xlsx") == place.bytes("b2.xlsx"))
        let told = try place.louyu(
            ["export", "building", "-o", "c.shp"], environment: ["SOURCE_DATE_EPOCH": "1000000000"])
        #expect(told.status == 0)
        #expect(place.bytes("c.dbf")?.dropFirst().prefix(3) == Data([101, 9, 9]))
    }

    @Test func `what has no image in a system is counted`() throws {
        try place.write("p.csv", "id,name,lon,lat\np,点,-165,0\nq,点,106.5,29\n")
        try place.imported(["p.csv", "--layer", "station", "--set", "kind=点"])
        let answer = try ok(["export", "station", "--crs", "EPSG:4544", "-o", "p.geojson", "--lang", "en"])
        #expect(
            answer.errors.contains("1 features have a position that EPSG:4544 has no coordinates"), "\(answer.errors)")
        let whole = try ok(["export", "station", "-o", "w.geojson", "--lang", "en"])
        #expect(!whole.errors.contains("no coordinates"), "\(whole.errors)")
    }

    @Test func `nothing lies in no zone`() throws {
        let words = ["export", "station", "--crs", "cgcs2000-gk", "-o", "z.shp"]
        #expect(try place.louyu(words).status == 64)
        #expect(!place.names.contains { $0.hasPrefix("z.") })
    }

    @Test(arguments: ["shp", "fgb", "kml", "xlsx", "gpkg", "geojson", "csv"])
    func `Ctrl-C leaves all of an answer or nothing`(ending: String) throws {
        let city = try City.workplace()
        let scratch = try ScratchFolder()
        let folder = try Workplace()
        var random = SeededGenerator(seed: UInt64(ending.utf8.reduce(0) { $0 &* 31 &+ Int($1) }))
        for round in 0..<8 {
            let words = [round % 2 == 0 ? "export" : "list", "building", "--atlas", "\(city.url.path)/louyu.gpkg"]
            // Past the start of the process, which the program cannot watch over.
            let moment = Date.now.addingTimeInterval(.random(in: 0.02..<0.8, using: &random))
            let answer = try Louyu.run(
                words + ["-o", "a.\(ending)"], in: folder.url, environment: ["TMPDIR": scratch.url.path],
                interrupt: Interrupt(signal: SIGINT) { Date.now > moment })
            #expect([0, 130, -SIGINT].contains(answer.status), "\(answer.status) \(answer.errors)")
            let names = folder.names
            #expect(names.allSatisfy { !$0.hasSuffix(".part") }, "round \(round): \(names)")
            #expect(names.isEmpty == (answer.status != 0), "round \(round), \(answer.status): \(names)")
            if ending == "shp", answer.status == 0 {
                let set = ["a.cpg", "a.dbf", "a.fields.csv", "a.prj", "a.shp", "a.shx"]
                #expect(Set(names).isSuperset(of: set), "\(names)")
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)
            #expect(left.isEmpty, "\(left)")
            for name in names { try folder.remove(name) }
        }
    }

    @Test func `what a form cannot say is refused`() throws {
        for words in [
            ["-o", "a.kml", "--crs", "EPSG:4523"], ["-o", "a.xlsx", "--crs", "EPSG:4523"],
            ["-o", "a.xlsx", "--crs", "wgs84/latitude-first"],
            ["-o", "a.gpkg", "--crs", "gcj02"], ["-o", "a.shp", "--crs", "EPSG:4523/northing-first"],
            ["-o", "a.geojson", "--encoding", "gbk"], ["--format", "shp"], ["--save", "building"],
            ["--save", "x", "-o", "a.geojson"], ["--save", "rtree_x"], ["--save", "a;b"],
        ] {
            let answer = try place.louyu(["export", "building"] + words)
            #expect(answer.status == 64, "\(words): \(answer.status) \(answer.errors)")
        }
        #expect(!place.names.contains { $0.hasPrefix("a.") })
    }

    @Test func `an answer is kept as a styled layer`() throws {
        let before = try place.exported("building")
        let answer = try ok(["list", "building", "--where", "storeys > 20", "--save", "高楼"])
        #expect(answer.output.isEmpty && answer.errors.contains("高楼"))
        #expect(try place.louyu(["list", "building", "--save", "高楼"]).status == 73)
        _ = try ok(["list", "building", "--where", "storeys > 25", "--save", "高楼", "--overwrite"])
        let saved = try place.json(["info"])["savedLayers"].array
        #expect(saved.map { $0["name"].text } == ["高楼"])
        #expect(saved.first?["count"].number == 5)
        #expect(try place.exported("building") == before)
        if let ogrinfo = Tool.path("ogrinfo") {
            let info = try Tool.run(ogrinfo, ["-so", "louyu.gpkg", "高楼"], in: place.url)
            #expect(info.contains("Geometry: Polygon") && info.contains("Feature Count: 5"), "\(info)")
            let style = try Tool.run(
                ogrinfo, ["-q", "louyu.gpkg", "-sql", "SELECT f_table_name, useAsDefault FROM layer_styles"],
                in: place.url)
            #expect(style.contains("高楼"))
            let indexed = try Tool.run(
                ogrinfo, ["-q", "-spat", "106.39", "29.4", "107", "30", "louyu.gpkg", "高楼"], in: place.url)
            #expect(indexed.components(separatedBy: "OGRFeature").count == 6)
        }
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o444], ofItemAtPath: place.url.appending(path: "louyu.gpkg").path)
        if geteuid() != 0 { #expect(try place.louyu(["list", "building", "--save", "y"]).status == 73) }
    }
}
