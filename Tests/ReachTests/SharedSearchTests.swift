import Foundation
import Spatial
import TestSupport
import Testing

@testable import Reach

/// Searches shared among cores, against the same on one core.
@Suite struct SharedSearchTests {
    private static let seed: UInt64 = 20_261_222

    @Test func anyNumberOfPartsGivesTheSameAnswer() {
        var random = SeededGenerator(seed: Self.seed)
        for round in 0..<150 {
            let city = SearchNetwork(&random)
            for direction in WalkingDirection.allCases {
                let alone = NetworkSearch(city.network.arcs(direction))
                let shared = NetworkSearch(city.network.arcs(direction))
                for _ in 0..<3 {
                    let seeds = city.network.seeds(of: city.stations.shuffled(using: &random), direction)
                    let limit = SearchNetwork.limit(&random)
                    let parts = Int.random(in: 2...7, using: &random)
                    alone.run(seeds, limitTicks: limit, parts: 1)
                    shared.run(seeds, limitTicks: limit, parts: parts)
                    let isSame = Self.isSame(alone, shared)
                    #expect(isSame, "seed \(Self.seed) round \(round) \(direction) \(parts) parts")
                }
            }
        }
    }

    @Test func manyStationsOfACityAreSharedAlike() {
        var random = SeededGenerator(seed: Self.seed &+ 1)
        let network = Self.grid(130, &random)
        #expect(SharedSearch.parts(of: network.nodeCount) == min(2, ProcessInfo.processInfo.activeProcessorCount))
        let alone = NetworkSearch(network.arcs(.toward))
        let shared = NetworkSearch(network.arcs(.toward))
        for limit in [500, 14_400, Ticks.never] {
            let seeds = (0..<300).map { label in
                SearchSeed(
                    node: UInt32.random(in: 0..<UInt32(network.nodeCount), using: &random),
                    ticks: UInt32.random(in: 0...100, using: &random), label: UInt32(label))
            }
            alone.run(seeds, limitTicks: limit, parts: 1)
            shared.run(seeds, limitTicks: limit)
            let isSame = Self.isSame(alone, shared)
            #expect(isSame, "seed \(Self.seed &+ 1) limit \(limit)")
        }
    }

    /// A town of so many streets each way, with a step in each of them.
    private static func grid(_ side: Int, _ random: inout SeededGenerator) -> WalkingNetwork {
        let places = (0..<side * side).map { place in
            LonLat(
                106.5 + Double(place % side) * 1e-3 + Double.random(in: 0...5e-4, using: &random),
                29.5 + Double(place / side) * 1e-3)
        }
        var builder = NetworkBuilder()
        for place in places.indices {
            for next in [place % side + 1 < side ? place + 1 : nil, place + side < places.count ? place + side : nil] {
                guard let next else { continue }
                builder.add(Street([places[place], places[next]], nodeIDs: [Int64(place), Int64(next)]))
            }
        }
        return builder.network().network
    }

    private static func isSame(_ one: NetworkSearch, _ other: NetworkSearch) -> Bool {
        one.reachedNodes.sorted() == other.reachedNodes.sorted()
            && (0..<one.arcs.nodeCount).allSatisfy {
                one.ticks(of: $0) == other.ticks(of: $0) && one.label(of: $0) == other.label(of: $0)
            }
    }
}
