import Reach
import TestSupport
import Testing

/// The second and third nearest stations, against the plainest search there is.
@Suite struct SearchNearestTests {
    private static let seed: UInt64 = 20_261_204

    @Test(arguments: [1, 2, 3, 8])
    func equalsTheSortedListOfAllStations(count: Int) {
        var random = SeededGenerator(seed: Self.seed &+ UInt64(count))
        for round in 0..<60 {
            let city = SearchNetwork(&random, stationCount: 0...10)
            for direction in WalkingDirection.allCases {
                let search = NearestSearch(city.network.arcs(direction), count: count)
                for _ in 0..<2 {
                    let stations = city.stations.shuffled(using: &random)
                    let limit = SearchNetwork.limit(&random)
                    let oracle = SearchOracle(network: city.network, direction: direction, limitTicks: limit)
                    let lists = search.nearest(
                        of: city.places, to: stations, in: city.network, limitTicks: limit)
                    let places = oracle.places(city.places, stations).map { prefix($0, count) }
                    let crossings = oracle.crossings(stations).map { prefix($0, count) }
                    let isSame =
                        city.places.indices.allSatisfy { lists.stations(of: $0) == places[$0] }
                        && crossings.indices.allSatisfy { search.stations(ofNode: $0) == crossings[$0] }
                    #expect(isSame, "seed \(Self.seed &+ UInt64(count)) round \(round) \(direction)")
                    #expect(search.reachedNodes.count == crossings.filter { !$0.isEmpty }.count)
                }
            }
        }
    }

    private func prefix(_ all: [OracleNearness], _ count: Int) -> [StationTicks] {
        all.prefix(count).map { StationTicks(label: UInt32($0.label), ticks: UInt32($0.ticks)) }
    }

    @Test func ranksBeyondTheStationsAreNone() {
        let network = WalkingNetwork(
            nodeCount: 2, edges: [.init(tail: 0, head: 1, forwardTicks: 100, backwardTicks: 100)],
            paceMetersPerMinute: 60)
        let middle = Foothold(edge: 0, share: 0.5, offsetMeters: 0)
        let lists = NearestSearch(network.arcs(.toward), count: 3)
            .nearest(of: [middle, nil], to: [middle, nil, middle], in: network, limitTicks: 100)
        #expect(lists.station(of: 0, rank: 0) == StationTicks(label: 0, ticks: 0))
        #expect(lists.station(of: 0, rank: 1) == StationTicks(label: 2, ticks: 0))
        #expect(lists.station(of: 0, rank: 2) == nil)
        #expect(lists.stations(of: 1).isEmpty)
    }
}
