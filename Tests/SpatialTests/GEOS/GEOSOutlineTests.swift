import Foundation
import TestSupport
import Testing

@testable import Spatial

/// `SimpleOutline` against GEOS: what it calls certain must be so.
@Suite struct GEOSOutlineTests {
    @Test(arguments: [UInt64(1), 20_261_121])
    func certainlyValidRingsAreValidForGEOS(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var certain = 0
        var valid = 0
        for index in 0..<50_000 {
            let wkb = Geometry.polygon(Polygon(LineString(Self.ring(index % 5, &generator)))).wkb
            let (isCertain, isValid) = try wkb.withUnsafeBytes {
                (SimpleOutline.isCertainlyValid(wkb: $0), try Validity(askingGEOSAboutWKB: $0).isValid)
            }
            if isCertain { certain += 1 }
            if isValid { valid += 1 }
            if isCertain && !isValid {
                Issue.record("seed \(seed), ring \(index): \(try Geometry(wkb: wkb).wkt)")
            }
        }
        print("outlines, seed \(seed): \(certain) certain, \(valid) valid of 50000")
        #expect(certain > 10_000 && valid >= certain && valid < 45_000)
    }

    /// A closed ring of one of five kinds: on a small grid; star-shaped at
    /// city coordinates; the same with a position moved by a few units in the
    /// last place onto another edge; with a spike; random.
    private static func ring(_ kind: Int, _ generator: inout SeededGenerator) -> [LonLat] {
        let count = Int.random(in: 3...(kind == 0 ? 7 : 20), using: &generator)
        var positions: [LonLat] =
            switch kind {
            case 0:
                (0..<count).map { _ in
                    LonLat(
                        Double(Int.random(in: 0...4, using: &generator)),
                        Double(Int.random(in: 0...4, using: &generator)))
                }
            case 4:
                (0..<count).map { _ in
                    LonLat(Double.random(in: -1...1, using: &generator), Double.random(in: -1...1, using: &generator))
                }
            default: star(count, &generator)
            }
        let last = positions.count - 1
        if kind == 2 {
            let edge = Int.random(in: 0..<last, using: &generator)
            let share = Double.random(in: 0...1, using: &generator)
            let (a, b) = (positions[edge], positions[edge + 1])
            var x = a.longitude + share * (b.longitude - a.longitude)
            for _ in 0..<Int.random(in: 0...2, using: &generator) { x = x.nextUp }
            let moved = LonLat(x, a.latitude + share * (b.latitude - a.latitude))
            positions[Int.random(in: 0...last, using: &generator)] = moved
        } else if kind == 3 {
            let base = Int.random(in: 0..<last, using: &generator)
            let (a, b) = (positions[base], positions[base + 1])
            let reach = Double.random(in: 0.1...2, using: &generator)
            positions.insert(
                LonLat(
                    a.longitude + reach * (b.longitude - a.longitude), a.latitude + reach * (b.latitude - a.latitude)),
                at: base + Int.random(in: 1...2, using: &generator))
        }
        return positions + [positions[0]]
    }

    private static func star(_ count: Int, _ generator: inout SeededGenerator) -> [LonLat] {
        (0..<count).map { index in
            let angle = 2 * Double.pi * Double(index) / Double(count)
            let radius = Double.random(in: 1e-5...1e-4, using: &generator)
            let x = 139.7 + radius * cos(angle)
            let y = 35.7 + radius * sin(angle)
            return LonLat((x * 1e7).rounded() / 1e7, (y * 1e7).rounded() / 1e7)
        }
    }

    @Test(arguments: [
        "POLYGON((0 0,1 0,1 1,0 0),(0.2 0.1,0.3 0.1,0.3 0.2,0.2 0.1))", "POLYGON((0 0,1 1,1 0,0 1,0 0))",
        "POLYGON((0 0,1 0,1 0,1 1,0 0))", "POLYGON((0 0,2 0,1 0,1 1,0 0))", "POLYGON((0 0,1 0,1 1,0 1))",
        "POLYGON((0 0,4 0,4 4,2 0,0 4,0 0))", "POLYGON((0 0,1 0,NaN 1,0 0))", "POLYGON((0 0,1 0,Inf 1,0 0))",
        "POLYGON EMPTY", "POINT(1 1)", "POLYGON((0 0,0 0,0 0,0 0))", "POLYGON((0 0,1 0,2 0,0 0))",
        "MULTIPOLYGON(((0 0,2 0,2 2,0 0)),((1 0,3 0,3 2,1 0)))",
        "MULTIPOLYGON(((0 0,2 0,2 2,0 0)),((2 2,3 2,3 3,2 2)))",
    ])
    func whateverIsNotPlainIsLeftToGEOS(wkt: String) throws {
        let wkb = try Geometry(wkt: wkt).wkb
        #expect(!wkb.withUnsafeBytes { SimpleOutline.isCertainlyValid(wkb: $0) })
    }

    @Test(arguments: [
        "POLYGON((0 0,1 0,1 1,0 0))", "POLYGON((0 0,0 1,1 1,1 0,0 0))", "POLYGON((0 0,1 0,2 0,2 1,0 0))",
        "POLYGON Z((0 0 5,1 0 5,1 1 5,0 0 5))", "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((2 0,3 0,3 1,2 0)))",
        "POLYGON((0 0,4 0,4 4,2 1,0 4,0 0))",
    ])
    func plainOutlinesAreCertain(wkt: String) throws {
        let wkb = try Geometry(wkt: wkt).wkb
        #expect(wkb.withUnsafeBytes { SimpleOutline.isCertainlyValid(wkb: $0) })
    }

    @Test func noPrefixOfAnOutlineIsReadBeyondItsEnd() throws {
        let wkb = try Geometry(wkt: "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((2 0,3 0,3 1,2 0)))").wkb
        for count in 0..<wkb.count {
            #expect(!Array(wkb[..<count]).withUnsafeBytes { SimpleOutline.isCertainlyValid(wkb: $0) })
        }
    }

    @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
    func buildingsOfACityAreCertain() throws {
        let lines = try SharedData.unpacked("tokyo/chiyoda_chuo_minato.geojsonl.gz").split(
            separator: UInt8(ascii: "\n"))
        var certain = 0
        for line in lines {
            let wkb = try Self.outline(line).wkb
            let isCertain = wkb.withUnsafeBytes { SimpleOutline.isCertainlyValid(wkb: $0) }
            if isCertain { certain += 1 }
            #expect(try wkb.withUnsafeBytes { try Validity(askingGEOSAboutWKB: $0) } == .valid)
        }
        print("outlines: \(certain) of \(lines.count) buildings certain")
        #expect(lines.count == 52_331)
        #expect(Double(certain) > 0.98 * Double(lines.count))
    }

    /// The geometry of a GeoJSON line: a polygon or a multipolygon.
    private static func outline(_ line: Data) throws -> Geometry {
        let object = try JSONSerialization.jsonObject(with: line) as? [String: Any]
        let geometry = object?["geometry"] as? [String: Any]
        if let rings = geometry?["coordinates"] as? [[[Double]]] { return .polygon(polygon(rings)) }
        let polygons = try #require(geometry?["coordinates"] as? [[[[Double]]]])
        return .multiPolygon(polygons.map(polygon))
    }

    private static func polygon(_ rings: [[[Double]]]) -> Polygon {
        let lines = rings.map { LineString($0.map { LonLat($0[0], $0[1]) }) }
        return Polygon(lines[0], holes: Array(lines.dropFirst()))
    }
}
