import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

/// FlatGeobuf and KML as GDAL reads them.
@Suite(.enabled(if: Programs.has("ogr2ogr"), "needs ogr2ogr")) struct LayerWriterTests {
    private let folder = ScratchLayers()

    private func flatGeobuf(_ features: [Feature], _ name: String) throws -> String {
        let path = folder.file(name)
        let output = try ByteOutput(path: path)
        let writer = try FlatGeobufWriter(output, title: "楼宇 <1>")
        for part in features.chunked(100) { try writer.write(part) }
        try writer.finish()
        try output.commit()
        return path
    }

    @Test(arguments: [0, 1, 2, 15, 16, 17, 255, 256, 257, 4097])
    func everyFeatureComesBack(count: Int) throws {
        let features = LayerSamples.points(count, seed: UInt64(count))
        let path = try flatGeobuf(features, "x.fgb")
        let read = try folder.convert(path)
        #expect(read.count == count)
        #expect(Set(read.compactMap { $0["name"] }) == Set(features.compactMap { $0["name"] }))
        for feature in read {
            guard case .integer(let number)? = feature["number"] else {
                Issue.record("a feature without its number")
                continue
            }
            let origin = features[Int(number)]
            #expect(origin.geometry?.isNear(feature.geometry) == true)
            #expect(origin["share"] == feature["share"])
        }
    }

    @Test(arguments: [1, 17, 300, 4097])
    func theIndexFindsWhatABruteForceFinds(count: Int) throws {
        let features = LayerSamples.points(count, seed: 7)
        let path = try flatGeobuf(features, "x.fgb")
        var random = SeededGenerator(seed: UInt64(count))
        for _ in 0..<8 {
            let (x, y) = (Double.random(in: 106..<107, using: &random), Double.random(in: 29..<30, using: &random))
            let box = BoundingBox(west: x, south: y, east: x + 0.3, north: y + 0.2)
            let wanted = features.filter { feature in
                feature.geometry.map { box.contains($0.box.center) } ?? false
            }
            let read = try folder.convert(
                path, ["-spat"] + [box.west, box.south, box.east, box.north].map { "\($0)" })
            #expect(Set(read.compactMap { $0["name"] }) == Set(wanted.compactMap { $0["name"] }))
        }
    }

    /// The index is as long as nodes of sixteen make it: what stands behind it are the features.
    @Test(arguments: [1, 16, 17, 257, 4097])
    func theIndexIsWhole(count: Int) throws {
        let path = try flatGeobuf(LayerSamples.points(count, seed: 5), "x.fgb")
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        func word(_ place: Int) -> Int { (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) } }
        var (nodes, level) = (count, count)
        repeat {
            level = (level + 15) / 16
            nodes += level
        } while level > 1
        var place = 12 + word(8) + 40 * nodes
        var features = 0
        while place + 4 <= bytes.count {
            place += 4 + word(place)
            features += 1
        }
        #expect(place == bytes.count && features == count)
    }

    @Test func whatLeavesNoIndexIsTold() throws {
        for (features, count) in [(LayerSamples.points(3, seed: 1), 0), (LayerSamples.mixed, 3)] {
            let output = try ByteOutput(path: folder.file("x.fgb"), overwrite: true)
            let writer = try FlatGeobufWriter(output, title: "x")
            try writer.write(features.batch)
            try writer.finish()
            #expect(writer.notes.map { $0.en.hasPrefix("\(count) features") } == (count > 0 ? [true] : []))
        }
    }

    @Test func allKindsOfGeometryComeBack() throws {
        let features = LayerSamples.mixed
        for path in [try flatGeobuf(features, "mixed.fgb"), try kml(features, "mixed.kml")] {
            let read = try folder.convert(path)
            #expect(read.count == features.count)
            for feature in read {
                // GDAL calls the name of a placemark `Name`.
                let name = feature["name"] ?? feature["Name"]
                let origin = features.first { $0["name"] == name }
                let wanted = origin?.geometry.flatMap { $0.isEmpty ? nil : $0 }
                let got = feature.geometry.flatMap { $0.isEmpty ? nil : $0 }
                #expect(wanted?.isNear(got) ?? (got == nil), "\(feature["name"] ?? .null) of \(path)")
            }
        }
    }

    @Test func namesThatMeanMischiefComeBack() throws {
        let keys = ["a\"b", "x<y>&z", "名称", "a'; DROP", "line\nbreak", String(repeating: "长", count: 300)]
        let feature = Feature(
            geometry: .point(Point(LonLat(106, 29))),
            attributes: keys.map { ($0, .text("<\($0)>&\"'")) } + [("none", .null)])
        let read = try folder.convert(try flatGeobuf([feature], "names.fgb"))
        for key in keys { #expect(read.first?[key] == .text("<\(key)>&\"'")) }
        // GDAL changes the names of fields of KML; the values stay.
        let marked = try folder.convert(try kml([feature], "names.kml"))
        let values = Set(marked.first?.attributes.map(\.value) ?? [])
        for key in keys { #expect(values.contains(.text("<\(key)>&\"'"))) }
        let document = try String(contentsOfFile: folder.file("names.kml"), encoding: .utf8)
        #expect(document.contains("<Data name=\"line&#10;break\">"))
        #expect(document.contains("<Data name=\"名称\"><value>&lt;名称&gt;&amp;&quot;'</value>"))
    }

    @Test func valuesOfSeveralTypesBecomeText() throws {
        let values: [Attribute] = [.integer(1), .text("二"), .boolean(true), .real(1.5), .null, .json("[1]")]
        let features = values.enumerated().map { index, value in
            Feature(
                geometry: .point(Point(LonLat(106, 29))),
                attributes: [
                    ("number", .integer(Int64(index))), ("v", value), ("r", index == 0 ? .integer(2) : .real(0.5)),
                ])
        }
        let read = try folder.convert(try flatGeobuf(features, "types.fgb"))
            .sorted { "\($0["number"] ?? .null)" < "\($1["number"] ?? .null)" }
        let wanted: [Attribute?] = [.text("1"), .text("二"), .text("true"), .text("1.5"), nil]
        #expect(read.map { $0["v"] }.dropLast() == wanted[...])
        // GDAL writes a text that looks like JSON as JSON.
        #expect(read.last?["v"] == .json("[ 1 ]"))
        #expect(read.map { $0["r"] }.first == .real(2) || read.map { $0["r"] }.first == .integer(2))
    }

    @Test(.enabled(if: SmallFileSystem.isPossible, "needs a file system of its own"))
    func aFullDiskLeavesNothing() throws {
        let disk = try SmallFileSystem(kilobytes: 64)
        let features = LayerSamples.points(5000, seed: 1)
        #expect(throws: Failure.self) {
            let output = try ByteOutput(path: disk.file("x.fgb"))
            let writer = try FlatGeobufWriter(output, title: "x")
            try writer.write(features.batch)
            try writer.finish()
            try output.commit()
        }
        #expect(disk.names.isEmpty)
        #expect(throws: Failure.self) {
            let writer = try ShapefileWriter(path: disk.file("x.shp"))
            try writer.write(features.batch)
            try writer.finish()
        }
        #expect(disk.names.isEmpty)
    }

    private func kml(_ features: [Feature], _ name: String) throws -> String {
        let path = folder.file(name)
        let output = try ByteOutput(path: path)
        let writer = KMLWriter(output, title: "楼宇 & <站点>")
        try writer.write(features.batch)
        try writer.finish()
        try output.commit()
        return path
    }

    @Test func aFieldIsShownAsPeopleCallIt() throws {
        let feature = Feature(
            geometry: .point(Point(LonLat(106, 29))),
            attributes: [("name", .text("甲")), ("floor_area_m2", .integer(12)), ("other", .text("乙"))])
        let path = folder.file("titles.kml")
        let output = try ByteOutput(path: path)
        let writer = KMLWriter(output, title: "楼宇", titles: ["floor_area_m2": "建筑面积 <㎡>"])
        try writer.write([feature].batch)
        try writer.finish()
        try output.commit()
        let document = try String(contentsOfFile: path, encoding: .utf8)
        #expect(
            document.contains(
                "<Data name=\"floor_area_m2\"><displayName>建筑面积 &lt;㎡&gt;</displayName><value>12</value></Data>"))
        #expect(document.contains("<Data name=\"other\"><value>乙</value></Data>"))
        #expect(try folder.convert(path).first?["other"] == .text("乙"))
    }

    @Test func whoBreaksOffGetsNoFile() throws {
        let path = folder.file("x.fgb")
        let features = LayerSamples.points(3000, seed: 3)
        let failure = #expect(throws: Failure.self) {
            let output = try ByteOutput(path: path)
            let writer = try FlatGeobufWriter(output, title: "x", isBrokenOff: { true })
            try writer.write(features.batch)
            try writer.finish()
            try output.commit()
        }
        #expect(failure?.code == .interrupted)
        #expect(throws: Failure.self) {
            let writer = try ShapefileWriter(path: folder.file("x.shp"), isBrokenOff: { true })
            try writer.write(features.batch)
            try writer.finish()
        }
        #expect(folder.names.isEmpty, "\(folder.names)")
    }

    @Test func aDocumentWithoutFeaturesIsSound() throws {
        let read = try folder.convert(try kml([], "empty.kml"))
        #expect(read.isEmpty)
    }
}
