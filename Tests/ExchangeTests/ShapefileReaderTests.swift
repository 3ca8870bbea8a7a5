import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

@Suite struct ShapefileReaderTests {
    private typealias Column = ShapefileBuilder.Column

    private func read(_ builder: ShapefileBuilder, _ more: [String: String] = [:]) throws -> (
        features: [Feature], rejections: [Rejection]
    ) {
        let file = try TemporaryShapefile(builder, more)
        return try ShapefileReader(path: file.path).readAll()
    }

    private func geometries(_ contents: [[UInt8]]) throws -> [Geometry?] {
        var builder = ShapefileBuilder()
        for content in contents { builder.add(content) }
        let file = try TemporaryShapefile(["shp": builder.shp])
        let (features, rejections) = try ShapefileReader(path: file.path).readAll()
        #expect(rejections.isEmpty)
        return features.map(\.geometry)
    }

    private func square(_ x: Double, _ y: Double, _ size: Double, clockwise: Bool) -> [[Double]] {
        let ring = [[x, y], [x, y + size], [x + size, y + size], [x + size, y], [x, y]]
        return clockwise ? ring : ring.reversed()
    }

    private func line(_ points: [[Double]]) -> LineString { LineString(points.map { LonLat($0[0], $0[1]) }) }

    @Test func pointsOfAllKinds() throws {
        let read = try geometries([
            ShapefileBuilder.point(1, 2), ShapefileBuilder.null, ShapefileBuilder.point(1, 2, type: 21, more: [9]),
            ShapefileBuilder.point(1, 2, type: 11, more: [3, 9]), ShapefileBuilder.multiPoint([[1, 2], [3, 4]]),
            ShapefileBuilder.multiPoint([[1, 2], [3, 4]], heights: [5, 6]),
        ])
        #expect(
            read == [
                .point(Point(LonLat(1, 2))), nil, .point(Point(LonLat(1, 2))),
                .point(Point(LonLat(1, 2), heightMeters: 3)),
                .multiPoint([Point(LonLat(1, 2)), Point(LonLat(3, 4))]),
                .multiPoint([
                    Point(LonLat(1, 2), heightMeters: 5), Point(LonLat(3, 4), heightMeters: 6),
                ]),
            ])
    }

    @Test func linesOfOneAndSeveralParts() throws {
        let (a, b) = ([[1.0, 2], [3, 4]], [[5.0, 6], [7, 8], [9, 10]])
        let read = try geometries([
            ShapefileBuilder.parts(3, [a]), ShapefileBuilder.parts(3, [a, b]),
            ShapefileBuilder.parts(13, [a], heights: [7, 8]), ShapefileBuilder.parts(3, []),
        ])
        #expect(
            read == [
                .lineString(line(a)), .multiLineString([line(a), line(b)]),
                .lineString(LineString([LonLat(1, 2), LonLat(3, 4)], heightsMeters: [7, 8])), nil,
            ])
    }

    @Test func holesGoToTheSmallestOutlineAroundThem() throws {
        let outer = square(0, 0, 10, clockwise: true)
        let lake = square(2, 2, 6, clockwise: false)
        let island = square(3, 3, 4, clockwise: true)
        let pond = square(4, 4, 1, clockwise: false)
        let other = square(20, 0, 5, clockwise: true)
        let read = try geometries([ShapefileBuilder.parts(5, [pond, outer, other, lake, island])])
        #expect(
            read == [
                .multiPolygon([
                    Polygon(line(outer), holes: [line(lake)]), Polygon(line(other)),
                    Polygon(line(island), holes: [line(pond)]),
                ])
            ])
    }

    @Test func aHoleThatTouchesItsOutlineStaysInIt() throws {
        let outer = square(0, 0, 10, clockwise: true)
        let hole = [[0.0, 5], [2, 4], [2, 6], [0, 5]]
        let other = square(-10, 0, 10, clockwise: true)
        let read = try geometries([ShapefileBuilder.parts(5, [other, outer, hole])])
        #expect(read == [.multiPolygon([Polygon(line(other)), Polygon(line(outer), holes: [line(hole)])])])
    }

    @Test func ringsOfWrongDirectionAreNestedByPlace() throws {
        let outer = square(0, 0, 10, clockwise: false)
        let hole = square(2, 2, 2, clockwise: true)
        let twin = square(5, 5, 2, clockwise: false)
        let read = try geometries([
            ShapefileBuilder.parts(5, [outer, square(2, 2, 2, clockwise: false)]),
            ShapefileBuilder.parts(5, [outer, hole, twin, square(20, 0, 3, clockwise: true)]),
        ])
        #expect(
            read == [
                .polygon(Polygon(line(outer), holes: [line(square(2, 2, 2, clockwise: false))])),
                .multiPolygon([
                    Polygon(line(outer), holes: [line(hole), line(twin)]),
                    Polygon(line(square(20, 0, 3, clockwise: true))),
                ]),
            ])
    }

    @Test func openRingsAreClosedAndStubsLeftOut() throws {
        let open = Array(square(0, 0, 1, clockwise: true).dropLast())
        let read = try geometries([ShapefileBuilder.parts(5, [open, [[5, 5], [6, 6]]])])
        #expect(read == [.polygon(Polygon(line(square(0, 0, 1, clockwise: true))))])
    }

    @Test func attributesOfAllTypes() throws {
        var builder = ShapefileBuilder(columns: [
            Column(Array("C".utf8), "C", 8), Column(Array("N".utf8), "N", 18), Column(Array("F".utf8), "F", 10),
            Column(Array("D".utf8), "D", 8), Column(Array("L".utf8), "L", 1), Column(Array("I".utf8), "I", 4),
        ])
        let point = ShapefileBuilder.point(1, 2)
        let bytes = { (text: String) in Array(text.utf8) }
        builder.add(point, [" a b ", "  42", "2.50", "20240501", "T", "\u{1}\u{2}\0\0"].map(bytes))
        builder.add(point, ["", "", "*****", "00000000", "?", "\0\0\0\0"].map(bytes))
        builder.add(point, ["gone", "1", "1", "20240501", "F", "\0\0\0\0"].map(bytes), isDeleted: true)
        builder.add(point, ["x", "123456789012345678", "-1e3", "2024", "n", "\u{7F}\u{7F}\u{7F}\u{7F}"].map(bytes))
        let file = try TemporaryShapefile(builder)
        let reader = try ShapefileReader(path: file.path)
        let (features, rejections) = try reader.readAll()
        #expect(rejections.isEmpty)
        #expect(reader.deletedRecords == 1)
        #expect(
            features.map { $0.attributes.map(\.value) } == [
                [.text("a b"), .integer(42), .real(2.5), .text("2024-05-01"), .boolean(true), .integer(513)],
                [.null, .null, .null, .null, .null, .integer(0)],
                [
                    .text("x"), .integer(123_456_789_012_345_678), .real(-1000), .text("2024"), .boolean(false),
                    .integer(0x7F7F_7F7F),
                ],
            ])
    }

    @Test(arguments: ["cpg", "language driver", "detection"]) func chineseTextsOfGBK(source: String) throws {
        let column = Column(try Iconv.encode("名称", as: "GB18030"), "C", 9)
        var builder = ShapefileBuilder(columns: [column], languageDriver: source == "language driver" ? 0x4D : 0)
        builder.add(ShapefileBuilder.point(1, 2), [try Iconv.encode("渝中区", as: "GB18030")])
        // The field is too narrow: the last character is cut in half and left out.
        builder.add(ShapefileBuilder.point(1, 2), [try Iconv.encode("解放碑步行街", as: "GB18030")])
        let (features, rejections) = try read(builder, source == "cpg" ? ["cpg": "GBK\r\n"] : [:])
        #expect(rejections.isEmpty)
        #expect(features.map { $0["名称"] } == [.text("渝中区"), .text("解放碑步")])
    }

    @Test func chineseTextsOfUTF8() throws {
        var builder = ShapefileBuilder(columns: [Column(Array("名称".utf8), "C", 10)], languageDriver: 0x57)
        builder.add(ShapefileBuilder.point(1, 2), [Array("渝中区".utf8)])
        builder.add(ShapefileBuilder.point(1, 2), [Array("解放碑步行街".utf8)])
        let (features, rejections) = try read(builder)
        #expect(rejections.isEmpty)
        #expect(features.map { $0["名称"] } == [.text("渝中区"), .text("解放碑")])
    }

    @Test func theIndexDecidesWhereRecordsStand() throws {
        var builder = ShapefileBuilder()
        for x in 0..<3 { builder.add(ShapefileBuilder.point(Double(x), 0)) }
        var shx = builder.shx
        shx.swapAt(103, 119)
        let file = try TemporaryShapefile(["shp": builder.shp, "shx": shx])
        let (features, _) = try ShapefileReader(path: file.path).readAll()
        #expect(features.map(\.geometry) == [2, 1, 0].map { .point(Point(LonLat($0, 0))) })
    }

    @Test func whatDoesNotFitTogetherIsRejected() throws {
        var builder = ShapefileBuilder(columns: [Column(Array("n".utf8), "C", 4)])
        builder.add(ShapefileBuilder.point(1, 2), [Array("ok".utf8)])
        builder.add(ShapefileBuilder.parts(31, [[[0, 0], [1, 1]]]), [Array("mesh".utf8)])
        builder.add(ShapefileBuilder.point(.nan, 2), [Array("nan".utf8)])
        builder.add(ShapefileBuilder.point(5, 6), [Array("cut".utf8)])
        let file = try TemporaryShapefile(["shp": Array(builder.shp.dropLast(4)), "dbf": builder.dbf])
        let (features, rejections) = try ShapefileReader(path: file.path).readAll()
        #expect(features.map { $0["n"] } == [.text("ok")])
        #expect(rejections.map(\.position) == [.record(2), .record(3), .record(4)])
        #expect(rejections.map(\.record) == ["n=mesh", "n=nan", "n=cut"])
        let short = try TemporaryShapefile(["shp": builder.shp, "dbf": Array(builder.dbf.dropLast(4))])
        #expect(try ShapefileReader(path: short.path).countAll() == (1, 3))
    }

    @Test func noShapefileIsAFailure() throws {
        let file = try TemporaryFile("no shape", ending: ".shp")
        #expect(throws: Failure.self) { try ShapefileReader(path: file.path) }
        #expect(throws: Failure.self) { try ShapefileReader(path: file.path + "absent") }
    }
}
