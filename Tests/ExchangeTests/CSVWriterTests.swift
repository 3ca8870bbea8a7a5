import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

@Suite struct CSVWriterTests {
    private func write(
        _ features: [Feature], columns: [String], options: CSVWriter.Options = CSVWriter.Options()
    ) throws -> TemporaryFile {
        let file = try TemporaryFile("")
        let output = try ByteOutput(path: file.path, overwrite: true)
        let writer = CSVWriter(output, columns: columns, options: options)
        var batch = FeatureBatch()
        for (index, feature) in features.enumerated() { batch.append(feature, position: .record(index + 1)) }
        try writer.write(batch)
        try writer.finish()
        try output.commit()
        return file
    }

    private func plain(_ shape: CSVWriter.Shape) -> CSVWriter.Options {
        var options = CSVWriter.Options()
        (options.shape, options.hasByteOrderMark, options.endsLinesWithCRLF) = (shape, false, false)
        return options
    }

    @Test func bytesAreAsTheFormatHasThem() throws {
        let feature = Feature(
            id: .text("way/1"), geometry: .point(Point(LonLat(106.57590004, -29.5))),
            attributes: [("name", .text("a,\"b\"\nc")), ("extra", .integer(1)), ("n", .integer(-7)), ("x", .null)])
        var options = CSVWriter.Options()
        options.hasID = true
        let file = try write([feature], columns: ["name", "n", "x", "楼层"], options: options)
        #expect(
            try Array(Data(contentsOf: URL(filePath: file.path)))
                == [0xEF, 0xBB, 0xBF]
                + Array(
                    "id,name,n,x,楼层,lon,lat\r\nway/1,\"a,\"\"b\"\"\nc\",-7,,,106.5759,-29.5\r\n".utf8))
    }

    @Test func whatIsWrittenReadsBackTheSame() throws {
        var random = SeededGenerator(seed: 5)
        let letters = Array("ab,\"\n\r;01. \t楼宇°=")
        let features = (0..<2000).map { _ in
            let text = String(
                (0..<Int.random(in: 1...8, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" })
            let number = Int64.random(in: -1000...1000, using: &random)
            let value = Double(Int.random(in: -999_999...999_999, using: &random)) / 1000 + 0.0001
            let x = Double(Int.random(in: -1_800_000_000...1_800_000_000, using: &random)) / 1e7
            return Feature(
                geometry: .point(Point(LonLat(x, x / 2))),
                attributes: [("text", .text(text)), ("n", .integer(number)), ("r", .real(value))])
        }
        let file = try write(features, columns: ["text", "n", "r"])
        let (read, rejections) = try CSVReader(ByteInput(path: file.path)).readAll()
        #expect(rejections.isEmpty)
        #expect(read.map(\.attributes.count) == features.map(\.attributes.count))
        for (read, feature) in zip(read, features) {
            #expect(read.attributes.map(\.value) == feature.attributes.map(\.value))
            let position = try #require(read.geometry?.box.center)
            let expected = try #require(feature.geometry?.box.center)
            #expect(abs(position.longitude - expected.longitude) < 6e-8)
            #expect(abs(position.latitude - expected.latitude) < 6e-8)
        }
    }

    @Test func outlinesAreWellKnownTextWithAPointOnThem() throws {
        let ring = LineString([LonLat(0, 0), LonLat(4, 0), LonLat(4, 4), LonLat(0, 4), LonLat(0, 0)])
        let features = [
            Feature(geometry: .polygon(Polygon(ring)), attributes: [("name", .text("甲"))]),
            Feature(geometry: nil, attributes: [("name", .text("乙"))]),
        ]
        let file = try write(features, columns: ["name"], options: plain(.coordinatesAndWKT))
        let lines = try String(contentsOfFile: file.path, encoding: .utf8).split(separator: "\n")
        #expect(lines[0] == "name,lon,lat,geom_wkt")
        #expect(lines[1].hasPrefix("甲,2,2,\"POLYGON"))
        #expect(lines[2] == "乙,,,")
        let (read, rejections) = try CSVReader(ByteInput(path: file.path)).readAll()
        #expect(read == [features[0]])
        #expect(rejections.map(\.record) == ["乙,,,"])
    }

    @Test func withoutShapesThereAreNoColumnsForThem() throws {
        let file = try write(
            [Feature(geometry: .point(Point(LonLat(1, 2))), attributes: [("name", .text("001"))])], columns: ["name"],
            options: plain(.none))
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) == "name\n\"001\"\n")
    }
}
