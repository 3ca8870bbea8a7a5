import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

@Suite struct GeoJSONWriterTests {
    private func coordinates(_ geometry: Geometry, options: GeoJSONOptions = .init()) throws -> String {
        let line = try written(batch(of: [geometry]), as: true, options: options)
        let start = try #require(line.range(of: #""geometry":"#)?.upperBound)
        let end = try #require(line.range(of: #","properties""#)?.lowerBound)
        return String(line[start..<end])
    }

    @Test func numbersAreRoundedAsTheirDoublesSay() throws {
        var generator = SeededGenerator(seed: 77)
        for _ in 0..<2000 {
            let value =
                Bool.random(using: &generator)
                ? Double.random(in: -180...180, using: &generator)
                : Double(Int.random(in: -36_000_000_000...36_000_000_000, using: &generator)) / 2e8
            var expected = String(format: "%.7f", value)
            while expected.hasSuffix("0") { expected.removeLast() }
            if expected.hasSuffix(".") { expected.removeLast() }
            if expected == "-0" { expected = "0" }
            #expect(
                try coordinates(.point(Point(LonLat(value, 0)))) == #"{"type":"Point","coordinates":[\#(expected),0]}"#,
                "seed 77")
        }
    }

    @Test func ringsWindToTheRightAndLoseDoubles() throws {
        let clockwise = Polygon(
            ring([(0, 0), (0, 4), (4, 4), (4.00000001, 4), (4, 0), (0, 0)]),
            holes: [ring([(1, 1), (2, 1), (2, 2), (1, 1)]), ring([(3, 3), (3, 3.00000001), (3, 3), (3, 3)])])
        #expect(
            try coordinates(.polygon(clockwise))
                == #"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[2,2],[2,1],[1,1]]]}"#)
    }

    @Test func whatRoundingLeavesNothingOfIsNull() throws {
        let speck = Polygon(ring([(0, 0), (1e-9, 0), (1e-9, 1e-9), (0, 0)]))
        #expect(try coordinates(.polygon(speck)) == "null")
        #expect(try coordinates(.point(Point(LonLat(.infinity, 0)))) == "null")
        #expect(try coordinates(.lineString(ring([(0, 0), (.nan, 0)]))) == "null")
        #expect(try coordinates(.point(Point(nil))) == "null")
        let some = Geometry.multiPolygon([speck, Polygon(ring([(0, 0), (1, 0), (1, 1), (0, 0)]))])
        #expect(try coordinates(some) == #"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}"#)
    }

    @Test func theRepairIsAskedWhereEdgesMeetAfterRounding() throws {
        var options = GeoJSONOptions()
        let fixed = Polygon(ring([(0, 0), (1, 0), (1, 1), (0, 0)]))
        options.repairAfterRounding = { _, grid in
            #expect(grid == 1e-7)
            return Geometry.polygon(fixed).wkb
        }
        // The notch's tip touches the base once it is rounded.
        let notched = ring([(0, 0), (2, 0), (2, 1), (1, 4e-8), (0, 1), (0, 0)])
        #expect(
            try coordinates(.polygon(Polygon(notched)), options: options)
                == #"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#)
        let sound = ring([(0, 0), (2, 0), (2, 1), (1, 0.50000004), (0, 1), (0, 0)])
        #expect(try coordinates(.polygon(Polygon(sound)), options: options).contains("[1,0.5]"))
    }

    @Test func linesAndAreasAreCutAtTheAntimeridian() throws {
        #expect(
            try coordinates(.lineString(ring([(179, 0), (-179, 2)])))
                == #"{"type":"MultiLineString","coordinates":[[[179,0],[180,1]],[[-180,1],[-179,2]]]}"#)
        let box = Polygon(ring([(178, 0), (182, 0), (182, 2), (178, 2), (178, 0)]))
        let cut = try coordinates(.polygon(box))
        #expect(cut.hasPrefix(#"{"type":"MultiPolygon""#))
        for corner in ["[180,0]", "[180,2]", "[178,0]", "[-178,2]", "[-180,0]", "[-180,2]"] {
            #expect(cut.contains(corner), "\(cut)")
        }
        #expect(try coordinates(.point(Point(LonLat(190, 1)))) == #"{"type":"Point","coordinates":[-170,1]}"#)
    }

    @Test func boxesAreWrittenOnRequest() throws {
        var options = GeoJSONOptions()
        options.writesBox = true
        let batch = batch(of: [.lineString(ring([(1, 2), (3, 4)])), .lineString(ring([(179, 0), (-179, 2)]))])
        let text = try written(batch, options: options)
        #expect(text.contains(#""bbox":[1,2,3,4],"geometry""#))
        #expect(text.contains(#""bbox":[179,0,-179,2],"geometry""#))
        #expect(text.hasSuffix("\n],\"bbox\":[-180,0,180,4]}\n"))
    }

    @Test func valuesIDsAndNamesAreKept() throws {
        var batch = FeatureBatch()
        batch.append(
            Feature(
                id: .text("way/1"), geometry: nil,
                attributes: [
                    ("名\"称", .text("a\"\\\n\u{1}渝")), ("r", .real(32)), ("s", .real(0.1)), ("t", .real(.nan)),
                    ("u", .integer(.min)), ("v", .json("{\n\"a\": 1}")), ("w", .real(1e-9)), ("x", .boolean(false)),
                ]), position: .record(1))
        let expected =
            #"{"type":"Feature","id":"way/1","geometry":null,"properties":{"名\"称":"a\"\\\n\u0001渝","r":32.0,"s":0.1,"#
            + #""t":null,"u":-9223372036854775808,"v":{"a": 1},"w":1e-09,"x":false}}"#
        #expect(try written(batch, as: true) == expected + "\n")
        var options = GeoJSONOptions()
        options.writesRecordSeparators = true
        #expect(try written(batch, as: true, options: options) == "\u{1E}" + expected + "\n")
        #expect(try written(FeatureBatch()) == "{\"type\":\"FeatureCollection\",\"features\":[\n]}\n")
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func whatIsWrittenReadsBackTheSame(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var batch = FeatureBatch()
        for number in 1...200 { batch.append(randomFeature(&generator), position: .record(number)) }
        let features = try batch.records.indices.map { try batch.feature(at: $0) }
        for asSequence in [false, true] {
            let result = try readGeoJSON(written(batch, as: asSequence))
            #expect(result.rejections.isEmpty && result.features == features, "seed \(seed)")
        }
    }

    private func randomFeature(_ generator: inout SeededGenerator) -> Feature {
        func place(_ g: inout SeededGenerator) -> (Double, Double) {
            (
                Double(Int.random(in: -900_000_000...900_000_000, using: &g)) / 1e7,
                Double(Int.random(in: -900_000_000...900_000_000, using: &g)) / 1e7
            )
        }
        let (x, y) = place(&generator)
        let geometries: [Geometry?] = [
            nil, .point(Point(LonLat(x, y))), .multiPoint([Point(LonLat(x, y)), Point(LonLat(y, x))]),
            .lineString(ring([(x, y), place(&generator), place(&generator)])),
            .polygon(
                Polygon(
                    ring([(0, 0), (9, 0), (9, 9), (0, 9), (0, 0)]), holes: [ring([(1, 1), (1, 2), (2, 2), (1, 1)])])),
            .lineString(LineString([LonLat(1, 2), LonLat(3, 4)], heightsMeters: [5.5, -6])),
            .collection([.point(Point(LonLat(x, y))), .lineString(ring([(x, y), place(&generator)]))]),
        ]
        let values: [Attribute] = [
            .null, .boolean(true), .integer(Int64.random(in: .min ... .max, using: &generator)), .real(x),
            .real(Double(bitPattern: UInt64.random(in: 0..<0x7FF0_0000_0000_0000, using: &generator))),
            .real(Double(Int.random(in: -99...99, using: &generator))), .text("渝\u{1F3D9}\"\\\t\u{7}"),
            .json("[1,{\"a\":null}]"),
        ]
        return Feature(
            id: [.null, .integer(4), .text("x")].randomElement(using: &generator) ?? .null,
            geometry: geometries.randomElement(using: &generator) ?? nil,
            attributes: (0..<4).map { ("k\($0)", values.randomElement(using: &generator) ?? .null) })
    }
}
