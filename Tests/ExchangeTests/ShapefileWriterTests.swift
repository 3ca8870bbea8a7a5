import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

/// Shapefiles as they are written, read by Louyu and by GDAL.
@Suite struct ShapefileWriterTests {
    private let folder = ScratchLayers()

    private func write(
        _ features: [Feature], _ name: String = "x.shp", encoding: ShapefileWriter.Encoding = .utf8,
        overwrite: Bool = false
    ) throws -> ShapefileWriter {
        let writer = try ShapefileWriter(
            path: folder.file(name), overwrite: overwrite, encoding: encoding,
            projection: CoordinateTransform(.cgcs2000).wkt(.esri), titles: ["楼宇名称": Text(zh: "名称", en: "name, full")])
        for batch in features.chunked(64) { try writer.write(batch) }
        try writer.finish()
        return writer
    }

    private func read(_ name: String = "x.shp") throws -> [Feature] {
        let (features, rejections) = try ShapefileReader(path: folder.file(name)).readAll()
        #expect(rejections.isEmpty)
        return features
    }

    @Test(arguments: [0, 1, 16, 257], ShapefileWriter.Encoding.allCases)
    func pointsComeBackAsTheyWere(count: Int, encoding: ShapefileWriter.Encoding) throws {
        let features = LayerSamples.points(count, seed: 3)
        _ = try write(features, encoding: encoding)
        let found = try read()
        #expect(found.map(\.geometry) == features.map(\.geometry))
        for (feature, origin) in zip(found, features) {
            for (key, value) in origin.attributes { #expect(feature[key] == value) }
        }
        #expect(try ShapefileReader(path: folder.file("x.shp")).declaredCRS == .cgcs2000)
        let page = try String(contentsOfFile: folder.file("x.cpg"), encoding: .utf8)
        #expect(page == (encoding == .gbk ? "GBK" : "UTF-8"))
    }

    @Test func eachKindOfShapeHasAFile() throws {
        let writer = try write(LayerSamples.mixed)
        // Two points, a multipoint and the point of a collection are more than the others.
        #expect(
            folder.names.filter { $0.hasSuffix(".shp") } == ["x.shp", "x_line.shp", "x_polygon.shp"])
        #expect(writer.notes.contains { $0.en.contains("one kind of geometry") })
        let (points, lines, areas) = (try read(), try read("x_line.shp"), try read("x_polygon.shp"))
        #expect(points.count { $0.geometry != nil } == 4)
        #expect(points.count { $0.geometry == nil } == 3)
        #expect(lines.count == 4 && areas.count == 2)
        let hole = areas.first { $0["name"] == .text("g4") }?.geometry
        guard case .polygon(let polygon)? = hole else {
            Issue.record("g4 is no polygon")
            return
        }
        #expect(polygon.holes.count == 1)
        guard case .multiPolygon(let polygons)? = areas.first(where: { $0["name"] == .text("g7") })?.geometry else {
            Issue.record("g7 is no multipolygon")
            return
        }
        #expect(polygons.map(\.holes.count) == [1, 0])
        guard case .lineString(let line)? = lines.first(where: { $0["name"] == .text("g3") })?.geometry else {
            Issue.record("g3 is no line")
            return
        }
        #expect(line.heightsMeters == [1, 2])
    }

    @Test(arguments: ShapefileWriter.Encoding.allCases)
    func columnsAreTenBytesAndDistinct(encoding: ShapefileWriter.Encoding) throws {
        let keys = [
            "楼宇名称全称", "楼宇名称全部", "floor_area_m2", "floor_area_estimated", "FLOOR_AREA", "addr:street", "", "a b", "é",
            "楼a", "楼A",
        ]
        let feature = Feature(
            geometry: .point(Point(LonLat(106, 29))), attributes: keys.enumerated().map { ($1, .integer(Int64($0))) })
        let writer = try write([feature], encoding: encoding)
        let found = try read()
        let names = found.first?.attributes.map(\.key) ?? []
        #expect(names.count == keys.count)
        #expect(Set(names.map { $0.lowercased() }).count == keys.count)
        let ordinals: [Attribute] = keys.indices.map { .integer(Int64($0)) }
        #expect(found.first?.attributes.map(\.value) == ordinals)
        let table = [UInt8](try Data(contentsOf: URL(filePath: folder.file("x.dbf"))))
        for index in keys.indices { #expect(table[32 + 32 * index + 10] == 0) }
        let list = try String(contentsOfFile: folder.file("x.fields.csv"), encoding: .utf8)
        for name in names { #expect(list.contains(",\(name),")) }
        #expect(writer.notes.contains { $0.zh.contains("字段名") })
    }

    @Test func whatGBKLacksIsCountedAndTextsAreCut() throws {
        let long = String(repeating: "长", count: 200)
        let features = [
            Feature(geometry: nil, attributes: [("a", .text("楼😀宇🏢")), ("b", .text(long))]),
            Feature(geometry: nil, attributes: [("a", .text("x")), ("b", .null)]),
        ]
        let writer = try write(features, encoding: .gbk)
        let found = try read()
        #expect(found.map { $0["a"] } == [.text("楼?宇?"), .text("x")])
        #expect(found[0]["b"] == .text(String(repeating: "长", count: 127)))
        #expect(writer.notes.contains { $0.en.hasPrefix("2 characters") })
        #expect(writer.notes.contains { $0.en.hasPrefix("1 texts") })
        let whole = try write(features, "y.shp")
        #expect(try read("y.shp").map { $0["a"] } == [.text("楼😀宇🏢"), .text("x")])
        #expect(try read("y.shp")[0]["b"] == .text(String(repeating: "长", count: 84)))
        #expect(!whole.notes.contains { $0.en.contains("GBK") })
    }

    @Test func numbersKeepTheirDigits() throws {
        let values: [Attribute] = [.real(0.1), .real(-123456.789), .real(1e-7), .integer(5), .real(-0.0), .null]
        let large: [Attribute] = [.integer(.max), .integer(.min), .integer(0), .null, .integer(1), .integer(-1)]
        let features = values.indices.map {
            Feature(geometry: nil, attributes: [("r", values[$0]), ("i", large[$0]), ("t", .boolean(true))])
        }
        _ = try write(features)
        let found = try read()
        func number(_ value: Attribute?) -> Double? {
            switch value {
            case .real(let value)?: value
            case .integer(let value)?: Double(value)
            default: nil
            }
        }
        #expect(found.map { number($0["r"]) } == values.map { number($0) })
        #expect(found.map { $0["i"] }.first == .text("\(Int64.max)"))
        #expect(found.allSatisfy { $0["t"] == .boolean(true) })
    }

    @Test func noNumberIsWiderThanTheFormatKnows() throws {
        let values: [Attribute] = [.real(123_456_789_012.5), .real(0.123_456_789_012_345), .real(-12_345_678)]
        let wide: [Attribute] = [.real(-1.5e17), .real(0.5), .integer(1)]
        _ = try write(
            values.indices.map { Feature(geometry: nil, attributes: [("a", values[$0]), ("b", wide[$0])]) })
        let table = [UInt8](try Data(contentsOf: URL(filePath: folder.file("x.dbf"))))
        for column in 0..<2 where table[32 + 32 * column + 11] == UInt8(ascii: "N") {
            #expect(table[32 + 32 * column + 16] <= 20)
        }
        let found = try read()
        #expect(found[0]["a"] == values[0])
        #expect(found.map { $0["b"] } == [.text("-150000000000000000"), .text("0.5"), .text("1")])
    }

    @Test func aHeightThatIsNotKnownIsZero() throws {
        let line = LineString([LonLat(106, 29), LonLat(107, 30)], heightsMeters: [.nan, 7])
        let points = [Point(LonLat(106, 29), heightMeters: .nan), Point(LonLat(106, 30), heightMeters: 5)]
        _ = try write([Feature(geometry: .lineString(line), attributes: [("a", .integer(1))])], "l.shp")
        _ = try write(points.map { Feature(geometry: .point($0), attributes: [("a", .integer(1))]) }, "p.shp")
        #expect(
            try read("l.shp").map(\.geometry)
                == [.lineString(LineString(line.positions, heightsMeters: [0, 7]))])
        #expect(try read("p.shp").compactMap { $0.geometry?.firstHeightMeters } == [0, 5])
        for name in ["l.shp", "p.shp"] {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.file(name))))
            let lowest = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 68, as: Double.self) }
            #expect(lowest == 0)
        }
    }

    @Test func filesOfKindsThatAreNoMoreGo() throws {
        _ = try write(LayerSamples.mixed)
        #expect(folder.names.contains("x_line.dbf") && folder.names.contains("x_polygon.prj"))
        _ = try write(LayerSamples.points(3, seed: 1), overwrite: true)
        #expect(!folder.names.contains { $0.hasPrefix("x_") }, "\(folder.names)")
        // What no export wrote stays.
        try Data("x".utf8).write(to: URL(filePath: folder.file("y_line.shp")))
        _ = try write(LayerSamples.points(3, seed: 1), "y.shp", overwrite: true)
        #expect(folder.names.contains("y_line.shp"))
    }

    @Test func whatStandsInTheWayIsFoundBeforeTheFirstFeature() throws {
        for suffix in ["_point", "_line", "_polygon"] {
            let place = folder.file("x\(suffix).dbf")
            try Data("x".utf8).write(to: URL(filePath: place))
            let failure = #expect(throws: Failure.self) { _ = try ShapefileWriter(path: folder.file("x.shp")) }
            #expect(failure?.code == .cannotCreate)
            try FileManager.default.removeItem(atPath: place)
        }
    }

    @Test func whatAKilledWriterSetAsideIsNotLost() throws {
        _ = try write(LayerSamples.points(2, seed: 1))
        let manager = FileManager.default
        // One file had no new version yet, another one had.
        try manager.moveItem(atPath: folder.file("x.shp"), toPath: folder.file("x.shp.1f.part.old"))
        try manager.copyItem(atPath: folder.file("x.dbf"), toPath: folder.file("x.dbf.1f.part.old"))
        PartFile.removeLeftovers(of: folder.file("x.shp"))
        PartFile.removeLeftovers(of: folder.file("x.dbf"))
        #expect(try read().count == 2)
        #expect(!folder.names.contains { $0.hasSuffix(".old") })
    }

    @Test func anExistingFileStays() throws {
        _ = try write(LayerSamples.points(2, seed: 1))
        let before = folder.names
        #expect(throws: Failure.self) { _ = try write(LayerSamples.points(3, seed: 1)) }
        #expect(try read().count == 2)
        _ = try write(LayerSamples.points(3, seed: 1), overwrite: true)
        #expect(folder.names == before)
        #expect(try read().count == 3)
    }

    @Test func tooManyColumnsAreLeftOutAndTold() throws {
        let feature = Feature(geometry: nil, attributes: (0..<300).map { ("c\($0)", .integer(Int64($0))) })
        let writer = try write([feature])
        #expect(try read().first?.attributes.count == 255)
        #expect(writer.notes.contains { $0.en.hasPrefix("45 fields") })
    }

    @Test(.enabled(if: Programs.has("ogr2ogr"), "needs ogr2ogr"), arguments: ShapefileWriter.Encoding.allCases)
    func gdalReadsTheSame(encoding: ShapefileWriter.Encoding) throws {
        _ = try write(LayerSamples.mixed + LayerSamples.points(20, seed: 9), encoding: encoding)
        for (name, count) in [("x.shp", 27), ("x_line.shp", 4), ("x_polygon.shp", 2)] {
            let (own, foreign) = (try read(name), try folder.convert(folder.file(name)))
            #expect(own.count == count && foreign.count == count)
            for (a, b) in zip(own, foreign) {
                #expect(a["name"] == b["name"])
                #expect(a.geometry.map { $0.isNear(b.geometry) } ?? (b.geometry == nil))
            }
        }
    }
}

extension Geometry {
    fileprivate var firstHeightMeters: Double? {
        if case .point(let point) = self { point.heightMeters } else { nil }
    }
}
