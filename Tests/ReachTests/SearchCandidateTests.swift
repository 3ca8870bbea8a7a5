import Reach
import Synchronization
import TestSupport
import Testing

/// Lists of many candidates: the same for any number of threads, and
/// stopped when asked to.
@Suite struct SearchCandidateTests {
    private static let seed: UInt64 = 20_261_207

    @Test func listsAreThoseOfSingleSearches() throws {
        var random = SeededGenerator(seed: Self.seed)
        for round in 0..<30 {
            let city = SearchNetwork(&random)
            let direction = WalkingDirection.allCases.randomElement(using: &random) ?? .toward
            let places = PlacesOnNetwork(city.places, on: city.network, direction)
            let arcs = city.network.arcs(direction)
            let candidates = (0..<Int.random(in: 0...300, using: &random)).map { _ in
                SearchNetwork.foothold(&random, city.network)
            }
            let limit = SearchNetwork.limit(&random)
            let search = PlaceSearch(arcs, places)
            for threadCount in [1, 2, 3] {
                let lists = try CandidateLists(candidates, places, arcs, limitTicks: limit, threadCount: threadCount)
                #expect(lists.count == candidates.count)
                let isSame = candidates.indices.allSatisfy { candidate in
                    search.run([candidates[candidate]], limitTicks: limit)
                    let range = lists.range(of: candidate)
                    return search.reached.map(\.place) == Array(lists.places[range])
                        && search.reached.map(\.ticks) == Array(lists.ticks[range])
                }
                #expect(isSame, "seed \(Self.seed) round \(round), \(threadCount) threads")
            }
        }
    }

    @Test func stopsWhenAskedTo() {
        var random = SeededGenerator(seed: Self.seed &+ 1)
        let city = SearchNetwork(&random)
        let places = PlacesOnNetwork(city.places, on: city.network, .toward)
        let candidates = (0..<1000).map { _ in SearchNetwork.foothold(&random, city.network) }
        let asked = Atomic<Int>(0)
        #expect(throws: CancellationError.self) {
            _ = try CandidateLists(
                candidates, places, city.network.arcs(.toward), limitTicks: 1000, threadCount: 2
            ) { asked.add(1, ordering: .relaxed).oldValue >= 100 }
        }
        // Every thread asks once more at the most.
        #expect(asked.load(ordering: .relaxed) <= 102)
    }
}
