import Atlas
import Foundation
import Reach
import Spatial
import TestSupport
import Testing

/// Areas on foot of a real city against its network.
@Suite struct WalkingAreaTests {
    #if DEBUG
        private static let places = 20
    #else
        private static let places = 200
    #endif
    private static let seed: UInt64 = 20_261_208

    /// How many crossings lie inside areas, and how many are in reach.
    private struct Tally {
        var inside = 0
        var outOfReach = 0
        var reached = 0
        var outside = 0

        var outOfReachShare: Double { Double(outOfReach) / Double(inside) }
        var outsideShare: Double { Double(outside) / Double(reached) }
    }

    @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
    func crossingsInsideAreInReachAndThoseInReachInside() throws {
        let file = try SharedData.file("osm/porto.osm.pbf").path
        let graph = try SmallAtlas(nil, file: file).atlas.streetGraph()
        let network = graph.network(paceMetersPerMinute: 60)
        let arcs = network.arcs(.toward)
        let search = NetworkSearch(arcs)
        let index = StreetIndex(graph.shapes)
        let tracer = AreaTracer(StreetRaster(graph.shapes), network, arcs)
        let limit = Ticks.of(seconds: 900)
        var random = SeededGenerator(seed: Self.seed)
        var tally = Tally()
        for _ in 0..<Self.places {
            let position = Self.position(on: graph.shapes, &random)
            let place = try #require(index.foothold(near: position, limitMeters: 50))
            search.run(network.seeds(of: [place], .toward), limitTicks: limit)
            let area = tracer.area(of: place, search, limitTicks: limit)
            #expect(try area.geometry.validity() == .valid)
            try Self.count(area, search, graph.shapes, &tally)
        }
        print("\(tally.outOfReachShare * 100) % of \(tally.inside) crossings inside are out of reach")
        print("\(tally.outsideShare * 100) % of \(tally.reached) crossings in reach lie outside")
        #expect(tally.inside > 100 * Self.places)
        #expect(tally.outOfReachShare <= 0.002, "seed \(Self.seed)")
        #expect(tally.outsideShare <= 0.006, "seed \(Self.seed)")
    }

    /// A random point of a random edge.
    private static func position(on shapes: StreetShapes, _ random: inout SeededGenerator) -> LonLat {
        let corners = Array(shapes.corners(of: .random(in: 0..<shapes.edgeCount, using: &random)))
        let piece = Int.random(in: 1..<corners.count, using: &random)
        let (a, b) = (corners[piece - 1], corners[piece])
        let share = Double.random(in: 0...1, using: &random)
        return LonLat(
            a.longitude + share * (b.longitude - a.longitude), a.latitude + share * (b.latitude - a.latitude))
    }

    private static func count(
        _ area: WalkingArea, _ search: NetworkSearch, _ shapes: StreetShapes, _ tally: inout Tally
    ) throws {
        let box = area.geometry.box
        try area.geometry.withPrepared { prepared in
            for (node, position) in shapes.nodePositions.enumerated() {
                let isReached = search.ticks(of: node) != nil
                let isInside = box.contains(position) ? try prepared.contains(position) : false
                tally.reached += isReached ? 1 : 0
                tally.inside += isInside ? 1 : 0
                tally.outOfReach += isInside && !isReached ? 1 : 0
                tally.outside += isReached && !isInside ? 1 : 0
            }
        }
    }
}
