import Foundation
import Spatial
import TestSupport
import Testing

/// Random buildings on a grid of whole numbers, where touching, crossing and
/// running along each other is common; against brute force that counts in
/// whole numbers or samples the walls.
@Suite struct AdjacencyBuildingProperties {
    /// A corner in whole steps; a step is 2^-20 degrees (10 cm), so that every
    /// corner is a double exactly.
    private struct Corner: Hashable {
        let x: Int
        let y: Int

        var position: LonLat { LonLat(139.75 + Double(x) / 1_048_576, 35.5 + Double(y) / 1_048_576) }
        /// Metres at 35.5 degrees north by the textbook series for the length of a degree.
        var meters: (x: Double, y: Double) {
            let angle = 35.5 * Double.pi / 180
            let east = 111_412.84 * cos(angle) - 93.5 * cos(3 * angle) + 0.118 * cos(5 * angle)
            let north = 111_132.92 - 559.82 * cos(2 * angle) + 1.175 * cos(4 * angle) - 0.0023 * cos(6 * angle)
            return (Double(x) / 1_048_576 * east, Double(y) / 1_048_576 * north)
        }

        static func turn(_ a: Corner, _ b: Corner, _ c: Corner) -> Int {
            ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)).signum()
        }
    }

    private typealias Edge = (a: Corner, b: Corner)

    private struct House {
        var corners: [Corner]
        var edges: [Edge] { corners.indices.map { (corners[$0], corners[($0 + 1) % corners.count]) } }
        var geometry: Geometry { .polygon(Polygon(LineString((corners + corners.prefix(1)).map(\.position)))) }
    }

    private func houses(_ count: Int, seed: UInt64) -> [House] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let x = Int.random(in: 0...500, using: &generator)
            let y = Int.random(in: 0...500, using: &generator)
            func size() -> Int { Int.random(in: 2...12, using: &generator) * 10 }
            let (width, height) = (size(), size())
            switch Int.random(in: 0..<4, using: &generator) {
            case 0:
                return House(corners: [
                    Corner(x: x, y: y), Corner(x: x + width, y: y + height / 3),
                    Corner(x: x + width / 2, y: y + height),
                ])
            case 1:
                return House(corners: [
                    Corner(x: x, y: y), Corner(x: x + width, y: y), Corner(x: x + width, y: y + height / 2),
                    Corner(x: x + width / 2, y: y + height / 2), Corner(x: x + width / 2, y: y + height),
                    Corner(x: x, y: y + height),
                ])
            default:
                let (left, low) = (x / 20 * 20, y / 20 * 20)
                return House(corners: [
                    Corner(x: left, y: low), Corner(x: left + width, y: low),
                    Corner(x: left + width, y: low + height), Corner(x: left, y: low + height),
                ])
            }
        }
    }

    private func meet(_ a: Edge, _ b: Edge) -> Bool {
        let boxesMeet =
            min(a.a.x, a.b.x) <= max(b.a.x, b.b.x) && min(b.a.x, b.b.x) <= max(a.a.x, a.b.x)
            && min(a.a.y, a.b.y) <= max(b.a.y, b.b.y) && min(b.a.y, b.b.y) <= max(a.a.y, a.b.y)
        return boxesMeet && Corner.turn(a.a, a.b, b.a) * Corner.turn(a.a, a.b, b.b) <= 0
            && Corner.turn(b.a, b.b, a.a) * Corner.turn(b.a, b.b, a.b) <= 0
    }

    private func holds(_ house: House, _ corner: Corner) -> Bool {
        var isInside = false
        for (a, b) in house.edges where (a.y > corner.y) != (b.y > corner.y) {
            if (Corner.turn(a, b, corner) > 0) == (b.y > a.y) { isInside.toggle() }
        }
        return isInside
    }

    private func meet(_ a: House, _ b: House) -> Bool {
        a.edges.contains { edge in b.edges.contains { meet(edge, $0) } }
            || holds(a, b.corners[0]) || holds(b, a.corners[0])
    }

    private func distance(_ p: (x: Double, y: Double), _ edge: Edge) -> (meters: Double, hasFoot: Bool) {
        let (a, b) = (edge.a.meters, edge.b.meters)
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let share = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy)
        let clamped = min(max(share, 0), 1)
        return (hypot(p.x - a.x - clamped * dx, p.y - a.y - clamped * dy), share == clamped)
    }

    private func gap(_ a: House, _ b: House) -> Double {
        func least(_ corners: [Corner], _ edges: [Edge]) -> Double {
            corners.flatMap { corner in edges.map { distance(corner.meters, $0).meters } }.min() ?? .infinity
        }
        return min(least(a.corners, b.edges), least(b.corners, a.edges))
    }

    /// The length of the walls of a that face b, by samples a centimetre apart.
    private func sampledFacing(_ a: House, _ b: House, within meters: Double) -> Double {
        a.edges.reduce(0) { total, edge in
            let (from, to) = (edge.a.meters, edge.b.meters)
            let (dx, dy) = (to.x - from.x, to.y - from.y)
            let length = hypot(dx, dy)
            let parallel = b.edges.filter { other in
                let (ox, oy) = (other.b.meters.x - other.a.meters.x, other.b.meters.y - other.a.meters.y)
                return abs(dx * oy - dy * ox) <= 0.5 * length * hypot(ox, oy)
            }
            let steps = Int(length / 0.01)
            let hits = (0..<steps).count { step in
                let share = (Double(step) + 0.5) / Double(steps)
                return parallel.contains { other in
                    let found = distance((from.x + share * dx, from.y + share * dy), other)
                    return found.hasFoot && found.meters <= meters
                }
            }
            return total + length * Double(hits) / Double(max(steps, 1))
        }
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func pairsThatMeetAreThoseOfBruteForce(seed: UInt64) {
        let houses = houses(160, seed: seed)
        let found = FootprintBuffer(houses.map(\.geometry)).adjacentPairs(within: 0)
        var expected: [[Int]] = []
        for first in houses.indices {
            for second in houses.indices[(first + 1)...] where meet(houses[first], houses[second]) {
                expected.append([first, second])
            }
        }
        #expect(found.map { [$0.first, $0.second] } == expected, "seed \(seed)")
        #expect(found.allSatisfy { $0.gapMeters == 0 && $0.contact != .gap })
    }

    @Test(arguments: 21...26 as ClosedRange<UInt64>)
    func gapsAreThoseOfBruteForce(seed: UInt64) {
        let houses = houses(120, seed: seed)
        let limit = 1.5
        let found = FootprintBuffer(houses.map(\.geometry)).adjacentPairs(within: limit)
        let byPair = Dictionary(uniqueKeysWithValues: found.map { ([$0.first, $0.second], $0) })
        for first in houses.indices {
            for second in houses.indices[(first + 1)...] {
                let expected = meet(houses[first], houses[second]) ? 0 : gap(houses[first], houses[second])
                let pair = byPair[[first, second]]
                if abs(expected - limit) < 1e-4 { continue }
                #expect((pair != nil) == (expected <= limit), "seed \(seed): \(first), \(second), \(expected)")
                if let pair { #expect(abs(pair.gapMeters - expected) < 1e-4, "seed \(seed): \(first), \(second)") }
            }
        }
    }

    @Test(arguments: 31...33 as ClosedRange<UInt64>)
    func sharedLengthIsThatOfSamples(seed: UInt64) {
        let houses = houses(60, seed: seed)
        for pair in FootprintBuffer(houses.map(\.geometry)).adjacentPairs(within: 0.47) {
            let (a, b) = (houses[pair.first], houses[pair.second])
            let sampled = (sampledFacing(a, b, within: 0.47) + sampledFacing(b, a, within: 0.47)) / 2
            #expect(abs(pair.sharedMeters - sampled) < 0.06, "seed \(seed): \(pair)")
        }
    }

    @Test(arguments: 41...44 as ClosedRange<UInt64>)
    func theOrderOfTheBuildingsDoesNotMatter(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let geometries = houses(200, seed: seed).map(\.geometry)
        let found = FootprintBuffer(geometries).adjacentPairs(within: 0.5)
        #expect(found == FootprintBuffer(geometries).adjacentPairs(within: 0.5))
        let order = geometries.indices.shuffled(using: &generator)
        let shuffled = FootprintBuffer(order.map { geometries[$0] }).adjacentPairs(within: 0.5)
        let renamed = shuffled.map { [order[$0.first], order[$0.second]].sorted() }
        #expect(Set(renamed) == Set(found.map { [$0.first, $0.second] }), "seed \(seed)")
        let sums = (found.map(\.sharedMeters).reduce(0, +), shuffled.map(\.sharedMeters).reduce(0, +))
        #expect(abs(sums.0 - sums.1) < 1e-6, "seed \(seed)")
    }

    @Test(arguments: 51...54 as ClosedRange<UInt64>)
    func damagedBytesAreSkippedWhereTheyAreNoAreas(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let whole = houses(60, seed: seed).map(\.geometry.wkb)
        var bytes: [UInt8] = []
        var ranges: [Range<Int>] = []
        var boxes: [BoundingBox] = []
        var expected: [Int] = []
        for index in 0..<1_500 {
            var wkb = whole[index % whole.count]
            if Bool.random(using: &generator) { wkb.removeLast(Int.random(in: 0..<wkb.count, using: &generator)) }
            for _ in 0..<Int.random(in: 0...2, using: &generator) where !wkb.isEmpty {
                // Mostly in the head, where types and counts stand.
                let reach = Bool.random(using: &generator) ? min(wkb.count, 16) : wkb.count
                wkb[Int.random(in: 0..<reach, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            let geometry = try? Geometry(wkb: wkb)
            if geometry?.type != .polygon && geometry?.type != .multiPolygon { expected.append(index) }
            ranges.append(bytes.count..<bytes.count + wkb.count)
            bytes += wkb
            boxes.append(geometry?.box ?? BoundingBox(west: 139, south: 35, east: 140, north: 36))
        }
        let buffer = FootprintBuffer(bytes: bytes, ranges: ranges, boxes: boxes)
        #expect(buffer.skipped == expected, "seed \(seed)")
        let skipped = Set(expected)
        let pairs = buffer.adjacentPairs(within: 0.1)
        #expect(pairs.allSatisfy { !skipped.contains($0.first) && !skipped.contains($0.second) }, "seed \(seed)")
    }

    @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
    func threeWardsOfTokyoHaveThePairsThatGEOSFinds() throws {
        let file = try SharedData.file("tokyo/chiyoda_chuo_minato.geojsonl.gz")
        let geometries = try JSONFeatures.geometries(ofGzippedLines: file)
        #expect(geometries.count == 52_331)
        let buffer = FootprintBuffer(geometries)
        // Shapely 2.2.0 with GEOS 3.14.1, STRtree.query(predicate="intersects").
        let touching = buffer.adjacentPairs(within: 0)
        #expect(touching.count == 1_357)
        let near = buffer.adjacentPairs(within: 0.5)
        #expect(
            near.filter { $0.gapMeters == 0 }.map { [$0.first, $0.second] } == touching.map { [$0.first, $0.second] })
        #expect(near.allSatisfy { $0.gapMeters <= 0.5 && $0.first < $0.second })
    }
}
