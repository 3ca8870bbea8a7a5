import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

@Suite struct FileFormatTests {
    private func detect(_ bytes: [UInt8], _ ending: String = "") throws -> FileFormat {
        let file = try TemporaryFile(bytes, ending: ending)
        return try withExtendedLifetime(file) { try FileFormat.detect(path: file.path) }
    }

    @Test(arguments: [
        ("a.geojson", FileFormat.geoJSON), ("A.GeoJSON.gz", .geoJSON), ("a.geojsonl.gz", .geoJSONSequence),
        ("a.gpkg", .geoPackage), ("楼宇.csv", .csv), ("a.tsv", .csv), ("a.shp", .shapefile), ("a.osm.pbf", .osm),
        ("a.osm.bz2", .osm), ("a.osm.gz", .osm),
    ])
    func endingsDecide(path: String, format: FileFormat) throws {
        #expect(try FileFormat.detect(path: path) == format)
    }

    @Test(arguments: [
        ("{\"type\": \"FeatureCollection\", \"features\": []}", FileFormat.geoJSON),
        ("[{\"type\":\"Feature\",\"geometry\":null,\"properties\":{}}]", .geoJSON),
        ("{\"type\":\"Point\",\"coordinates\":[1,2]}", .geoJSON),
        ("{\"properties\":{\"type\":\"shop\"},\"geometry\":null,\"type\":\"Feature\"}", .geoJSON),
        ("{\"type\":\"Feature\"}\n{\"type\":\"Feature\"}\n", .geoJSONSequence),
        ("\u{1E}{\"type\":\"Feature\"}\n", .geoJSONSequence),
        ("{\n\"type\":\"Feature\",\n\"geometry\":null}\n", .geoJSON),
        ("[{\"name\":\"医院\",\"lon\":1,\"lat\":2,\"type\":\"综合\"}]", .plainJSON),
        ("{\"type\":\"Topology\",\"objects\":{\"a\":{\"type\":\"Point\"}}}", .foreign),
        ("\u{FEFF}名称,经度,纬度\n甲,1,2\n", .csv), ("name;lon;lat\na;1;2\n", .csv), ("a line of text\nand more\n", .foreign),
        ("<?xml version=\"1.0\"?>\n<osm version=\"0.6\">", .osm), ("<?xml version=\"1.0\"?>\n<kml>", .foreign),
        ("PK\u{3}\u{4}", .foreign),
    ])
    func bytesDecideWhereTheNameDoesNot(text: String, format: FileFormat) throws {
        for ending in ["", ".json", ".txt"] {
            #expect(try detect(Array(text.utf8), ending) == format)
        }
    }

    @Test func databasesSayWhatTheyAre() throws {
        var bytes = Array("SQLite format 3\0".utf8) + Array(repeating: 0, count: 52) + Array("GPKG".utf8)
        bytes += Array(repeating: 0, count: 28)
        #expect(try detect(bytes) == .geoPackage)
        bytes.replaceSubrange(68..<72, with: [0, 0, 0, 0])
        #expect(try detect(bytes) == .foreign)
        #expect(try detect(Array("BZh91AY&SY".utf8)) == .osm)
        #expect(try detect(ShapefileBuilder().shp) == .shapefile)
    }

    @Test func theFrontDoorLeadsToTheReaders() throws {
        let table = try TemporaryFile("name,lon,lat\na,1,2\n", ending: ".csv")
        #expect(try Exchange.openReader(path: table.path).readAll().features.count == 1)
        let json = try TemporaryFile("{\"type\":\"Point\",\"coordinates\":[1,2]}")
        #expect(try Exchange.openReader(path: json.path).readAll().features.count == 1)
        var builder = ShapefileBuilder()
        builder.add(ShapefileBuilder.point(1, 2))
        let shape = try TemporaryShapefile(builder)
        #expect(try Exchange.openReader(path: shape.path).readAll().features.count == 1)
        #expect(throws: Failure.self) { try Exchange.openReader(path: "absent.csv") }
        #expect(throws: Failure.self) { try Exchange.openReader(path: "any.gpkg") }
        #expect(throws: Failure.self) { try Exchange.openReader(ByteInput(path: shape.path)) }
    }
}
