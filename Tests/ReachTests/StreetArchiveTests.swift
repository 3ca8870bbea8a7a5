import Spatial
import TestSupport
import Testing

@testable import Reach

/// Street graphs as bytes and back.
@Suite struct StreetArchiveTests {
    private static let seed: UInt64 = 20_261_201

    /// A graph of bent streets, stairs, lifts and one-way walks strewn over a few kilometres.
    private func randomGraph(_ random: inout SeededGenerator) -> StreetGraph {
        var builder = NetworkBuilder {
            $0.longitude > 106.51 ? 240 + ($0.latitude * 1e4).truncatingRemainder(dividingBy: 9) : nil
        }
        let places = (0..<Int.random(in: 2...40, using: &random)).map { _ in
            LonLat(106.5 + .random(in: 0...0.02, using: &random), 29.5 + .random(in: 0...0.02, using: &random))
        }
        for number in 0..<Int.random(in: 1...80, using: &random) {
            var street = Street(
                (0..<Int.random(in: 2...6, using: &random)).map { _ in places.randomElement(using: &random) ?? places[0]
                })
            street.kind = Street.Kind(rawValue: .random(in: 0...4, using: &random)) ?? .path
            street.isForward = .random(using: &random)
            street.isBackward = !street.isForward || .random(using: &random)
            street.isStraight = .random(using: &random)
            street.fid = number == 7 ? .min : Int64(number)
            builder.add(street)
        }
        return builder.graph()
    }

    private func read(_ costs: [UInt8], _ shapes: [UInt8]) -> StreetGraph? {
        costs.withUnsafeBytes { costs in
            shapes.withUnsafeBytes { shapes in
                guard let costs = StreetCosts(archive: costs) else { return nil }
                return StreetShapes(archive: shapes, of: costs).flatMap { StreetGraph(costs: costs, shapes: $0) }
            }
        }
    }

    @Test func whatIsReadIsWhatWasWritten() {
        var random = SeededGenerator(seed: Self.seed)
        for round in 0..<200 {
            let graph = randomGraph(&random)
            #expect(read(graph.costs.archive, graph.shapes.archive) == graph, "seed \(Self.seed) round \(round)")
        }
        let empty = NetworkBuilder().graph()
        #expect(read(empty.costs.archive, empty.shapes.archive) == empty)
    }

    @Test func theFarEndsOfTheEarthAreKept() {
        var builder = NetworkBuilder()
        builder.add(Street([LonLat(-180, -90), LonLat(-179.9, -89.9)]))
        builder.add(Street([LonLat(180, 90), LonLat(179.9, 89.9)], fid: .max))
        let graph = builder.graph()
        #expect(graph.edges.count == 2)
        #expect(read(graph.costs.archive, graph.shapes.archive) == graph)
    }

    @Test func cutArchivesAreNone() {
        var random = SeededGenerator(seed: Self.seed &+ 1)
        let graph = randomGraph(&random)
        let (costs, shapes) = (graph.costs.archive, graph.shapes.archive)
        for count in costs.indices { #expect(read(Array(costs[..<count]), shapes) == nil) }
        for count in shapes.indices { #expect(read(costs, Array(shapes[..<count])) == nil) }
        #expect(read(costs + [0], shapes) == nil)
        #expect(read(costs, shapes + [0]) == nil)
        #expect(read(shapes, costs) == nil)
    }

    /// What passes must be usable to the end: searched, indexed, written.
    @Test func damagedArchivesAreNoneOrHarmless() {
        var random = SeededGenerator(seed: Self.seed &+ 2)
        var kept = 0
        for _ in 0..<800 {
            let graph = randomGraph(&random)
            var (costs, shapes) = (graph.costs.archive, graph.shapes.archive)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let value: UInt8 = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
                if Bool.random(using: &random) {
                    costs[Int.random(in: 0..<costs.count, using: &random)] = value
                } else {
                    shapes[Int.random(in: 0..<shapes.count, using: &random)] = value
                }
            }
            guard let damaged = read(costs, shapes) else { continue }
            kept += 1
            #expect(read(damaged.costs.archive, damaged.shapes.archive) == damaged)
            let search = NetworkSearch(damaged.network(paceMetersPerMinute: 60).arcs(.toward))
            search.run([SearchSeed(node: 0, ticks: 0)], limitTicks: 14_400)
            _ = StreetIndex(damaged.shapes).foothold(near: LonLat(106.51, 29.51), limitMeters: 500)
        }
        #expect(kept > 50 && kept < 750)
    }

    @Test func aCountAloneAsksForNoMemory() {
        var costs = NetworkBuilder().graph().costs.archive
        for place in 8..<12 { costs[place] = 0xFE }
        #expect(costs.withUnsafeBytes(StreetCosts.init(archive:)) == nil)
        for place in 12..<20 { costs[place] = 0xFE }
        #expect(costs.withUnsafeBytes(StreetCosts.init(archive:)) == nil)
    }

    @Test func costsAndShapesOfDifferentGraphsDoNotMeet() {
        let (two, three) = (DrawnCity("a--b").network(), DrawnCity("a--b--c").network())
        #expect(two.shapes.nodePositions.count != three.shapes.nodePositions.count)
        var builder = NetworkBuilder()
        for street in DrawnCity("a--b--c").streets { builder.add(street) }
        let costs = builder.graph().costs
        #expect(StreetGraph(costs: costs, shapes: two.shapes) == nil)
        #expect(StreetGraph(costs: costs, shapes: three.shapes) != nil)
        #expect(two.shapes.archive.withUnsafeBytes { StreetShapes(archive: $0, of: costs) } == nil)
    }
}
