import Atlas
import Foundation
import Spatial
@testable import Store
import TestSupport
import Testing

/// Which records lie in an area, against looking at each.
@Suite struct AreaFilterTests {
    private static let seed: UInt64 = 20_261_122

    private struct Shapes {
        var random: SeededGenerator

        mutating func number(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &random) }

        mutating func position() -> LonLat { LonLat(number(106.4...106.6), number(29.4...29.6)) }

        mutating func ring(_ center: LonLat, _ radius: Double, corners: Int) -> LineString {
            var positions = (0..<corners).map { index in
                let angle = 2 * Double.pi * Double(index) / Double(corners)
                let reach = radius * number(0.4...1)
                return LonLat(center.longitude + reach * cos(angle), center.latitude + reach * sin(angle))
            }
            positions.append(positions[0])
            return LineString(positions)
        }

        mutating func record() -> Geometry {
            let center = position()
            switch Int.random(in: 0..<3, using: &random) {
            case 0: return .polygon(Polygon(ring(center, number(0.0001...0.02), corners: 7)))
            case 1:
                let ends = [center, LonLat(center.longitude + number(-0.05...0.05), center.latitude + 0.01)]
                return .lineString(LineString(ends))
            default: return .polygon(Polygon(ring(center, 0.0005, corners: 4)))
            }
        }

        mutating func area() -> Geometry {
            let center = position()
            let hole = ring(center, 0.01, corners: 5)
            return .polygon(Polygon(ring(center, 0.06, corners: 40), holes: [hole]))
        }
    }

    private func json(_ geometry: Geometry) -> String {
        func list(_ line: LineString) -> String {
            "[" + line.positions.map { "[\($0.longitude),\($0.latitude)]" }.joined(separator: ",") + "]"
        }
        switch geometry {
        case .lineString(let line): return "{\"type\":\"LineString\",\"coordinates\":\(list(line))}"
        case .polygon(let polygon):
            let rings = ([polygon.exterior] + polygon.holes).map(list).joined(separator: ",")
            return "{\"type\":\"Polygon\",\"coordinates\":[\(rings)]}"
        default: return "null"
        }
    }

    /// Several areas are a union: half in one and half in the other is in both together.
    @Test func aBoundaryAcrossTwoAreasLiesInTheirUnion() throws {
        func square(_ west: Double, _ east: Double) -> Geometry {
            .polygon(
                Polygon(
                    LineString([
                        LonLat(west, 29), LonLat(east, 29), LonLat(east, 30), LonLat(west, 30), LonLat(west, 29),
                    ])))
        }
        let features = [("across", 106.5, 107.5), ("outside", 107.8, 109)].map { name, west, east in
            SmallAtlas.feature(name, "\"name\":\"\(name)\",\"level\":\"community\"", json(square(west, east)))
        }
        let atlas = try SmallAtlas(.boundary, features: features).atlas
        var filter = RecordFilter()
        let areas = [square(106, 107), square(107, 108)].map {
            StoredFeature(layer: .zone, fid: 1, wkb: $0.wkb, attributes: [("ref", .text("z"))])
        }
        filter.areas = [areas[0]]
        #expect(try atlas.list(.boundary, filter: filter).isEmpty)
        filter.areas = areas
        #expect(try atlas.list(.boundary, filter: filter).map(\.name) == ["across"])
        let totals = try atlas.totals(.building, per: .community, summing: [], filter: filter)
        #expect(totals.compactMap { $0.boundary?.name } == ["across"])
    }

    @Test(arguments: [Layer.building, .water]) func areasHoldWhatTheyHold(_ layer: Layer) throws {
        var shapes = Shapes(random: SeededGenerator(seed: Self.seed))
        let records = (0..<600).map { _ in
            var record = shapes.record()
            while layer == .building, case .lineString = record { record = shapes.record() }
            return record
        }
        let small = try SmallAtlas(
            layer, features: records.enumerated().map { SmallAtlas.feature("\($0)", "\"n\":\($0)", json($1)) })
        var some = 0
        for round in 0..<12 {
            let areas = (0...round % 3).map { _ in shapes.area() }
            var filter = RecordFilter()
            filter.areas = areas.map {
                StoredFeature(layer: .zone, fid: 1, wkb: $0.wkb, attributes: [("ref", .text("z"))])
            }
            let expected = records.indices.filter { index in
                areas.contains { area in
                    guard layer == .building else { return (try? records[index].intersects(area)) ?? false }
                    return records[index].representativePoint.map(area.covers) ?? false
                }
            }.map(String.init)
            let found = try small.atlas.list(layer, filter: filter).map(\.ref)
            #expect(found == expected, "seed \(Self.seed) round \(round)")
            #expect(try small.atlas.list(layer, filter: filter, limit: 3).map(\.ref) == Array(expected.prefix(3)))
            let near = try small.atlas.near(
                .position(LonLat(106.5, 29.5)), layer: layer, withinMeters: 1e6, filter: filter)
            #expect(Set(near.map(\.feature.ref)) == Set(expected), "seed \(Self.seed) round \(round)")
            some += expected.count
        }
        #expect(some > 500)
    }

    @Test func conditionsJoin() throws {
        var shapes = Shapes(random: SeededGenerator(seed: Self.seed))
        let records = (0..<300).map { _ in shapes.record() }
        let small = try SmallAtlas(
            .water, features: records.enumerated().map { SmallAtlas.feature("\($0)", "\"n\":\($0)", json($1)) })
        let area = shapes.area()
        var filter = RecordFilter()
        filter.areas = [StoredFeature(layer: .zone, fid: 1, wkb: area.wkb, attributes: [])]
        filter.box = BoundingBox(west: 106.45, south: 29.45, east: 106.55, north: 29.6)
        filter.expression = "n < 200 AND NOT S_INTERSECTS(geom, BBOX(106.5, 29.5, 106.52, 29.52))"
        let corners = { (west: Double, south: Double, east: Double, north: Double) in
            Geometry.polygon(
                Polygon(
                    LineString([
                        LonLat(west, south), LonLat(east, south), LonLat(east, north), LonLat(west, north),
                        LonLat(west, south),
                    ])))
        }
        let box = corners(106.45, 29.45, 106.55, 29.6)
        let without = corners(106.5, 29.5, 106.52, 29.52)
        let expected = try records.indices.filter { index in
            let record = records[index]
            return try index < 200 && record.intersects(area) && record.intersects(box)
                && !record.intersects(without)
        }.map(String.init)
        #expect(expected.count > 5)
        #expect(try small.atlas.list(.water, filter: filter).map(\.ref) == expected)
    }
}
