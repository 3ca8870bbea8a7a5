import Reach
import TestSupport
import Testing

/// Places and their nearest stations, against the plainest search there is.
@Suite struct SearchPlacesTests {
    private static let seed: UInt64 = 20_261_201

    @Test func exactListsEqualBellmanAndFord() {
        var random = SeededGenerator(seed: Self.seed)
        for round in 0..<150 {
            let city = SearchNetwork(&random)
            for direction in WalkingDirection.allCases {
                let places = PlacesOnNetwork(city.places, on: city.network, direction)
                let search = PlaceSearch(city.network.arcs(direction), places)
                for _ in 0..<3 {
                    let stations = city.stations.shuffled(using: &random)
                    let limit = SearchNetwork.limit(&random)
                    let oracle = SearchOracle(network: city.network, direction: direction, limitTicks: limit)
                    search.run(stations, limitTicks: limit)
                    let expected = oracle.places(city.places, stations).map(\.first)
                    let list = expected.enumerated().compactMap { place, nearest in
                        nearest.map {
                            PlaceInReach(place: UInt32(place), ticks: UInt32($0.ticks), label: UInt32($0.label))
                        }
                    }
                    let isSame = search.reached == list
                    #expect(isSame, "seed \(Self.seed) round \(round) \(direction)")
                    for place in city.places.indices {
                        #expect(search.ticks(of: place) == expected[place].map { UInt32($0.ticks) })
                        #expect(search.label(of: place) == expected[place].map { UInt32($0.label) })
                    }
                    let crossings = oracle.crossings(stations).map(\.first)
                    for node in 0..<city.network.nodeCount {
                        #expect(search.crossings.ticks(of: node) == crossings[node].map { UInt32($0.ticks) })
                        #expect(search.crossings.label(of: node) == crossings[node].map { UInt32($0.label) })
                    }
                }
            }
        }
    }

    @Test func wholeCitiesEqualBellmanAndFord() {
        var random = SeededGenerator(seed: Self.seed &+ 1)
        for round in 0..<150 {
            let city = SearchNetwork(&random, stationCount: 0...8)
            for direction in WalkingDirection.allCases {
                let search = NetworkSearch(city.network.arcs(direction))
                let limit = SearchNetwork.limit(&random)
                let found = search.nearest(
                    of: city.places, to: city.stations, in: city.network, limitTicks: limit)
                let expected = SearchOracle(network: city.network, direction: direction, limitTicks: limit)
                    .places(city.places, city.stations).map(\.first)
                #expect(
                    found.ticks == expected.map { $0.map { UInt32($0.ticks) } ?? Ticks.never },
                    "seed \(Self.seed &+ 1) round \(round) \(direction)")
                #expect(found.labels == expected.map { $0.map { UInt32($0.label) } ?? .max })
                let places = PlacesOnNetwork(city.places, on: city.network, direction)
                let byRows = search.nearest(of: places, to: city.stations, limitTicks: limit)
                #expect(byRows.ticks == found.ticks, "seed \(Self.seed &+ 1) round \(round) \(direction)")
                #expect(byRows.labels == found.labels)
            }
        }
    }

    @Test func manyPlacesAskedAtOnceAnswerAsEachAlone() {
        var random = SeededGenerator(seed: Self.seed &+ 3)
        let city = SearchNetwork(&random)
        let footholds = (0..<100_000).map { _ in SearchNetwork.foothold(&random, city.network) }
        let search = NetworkSearch(city.network.arcs(.toward))
        let limit = Ticks.never
        let found = search.nearest(of: footholds, to: city.stations, in: city.network, limitTicks: limit)
        let places = PlacesOnNetwork(footholds, on: city.network, .toward)
        let byRows = search.nearest(of: places, to: city.stations, limitTicks: limit)
        #expect(found.ticks == byRows.ticks && found.labels == byRows.labels)
        #expect(found.ticks.contains { $0 != limit })
        for place in stride(from: 0, to: footholds.count, by: 997) {
            let alone = search.nearest(
                of: [footholds[place]], to: city.stations, in: city.network, limitTicks: limit)
            #expect(alone.ticks == [found.ticks[place]] && alone.labels == [found.labels[place]])
        }
    }

    @Test func towardIsAwayOnTheReversedNetwork() {
        var random = SeededGenerator(seed: Self.seed &+ 2)
        for round in 0..<200 {
            let city = SearchNetwork(&random)
            let reversed = WalkingNetwork(
                nodeCount: city.network.nodeCount,
                edges: city.network.edges.map {
                    WalkingNetwork.Edge(
                        tail: $0.tail, head: $0.head, forwardTicks: $0.backwardTicks, backwardTicks: $0.forwardTicks)
                }, paceMetersPerMinute: city.network.paceMetersPerMinute)
            let limit = SearchNetwork.limit(&random)
            func reached(_ network: WalkingNetwork, _ direction: WalkingDirection) -> [PlaceInReach] {
                let search = PlaceSearch(
                    network.arcs(direction), PlacesOnNetwork(city.places, on: network, direction))
                search.run(city.stations, limitTicks: limit)
                return search.reached
            }
            #expect(
                reached(city.network, .toward) == reached(reversed, .away), "seed \(Self.seed &+ 2) round \(round)")
        }
    }

    @Test func aStationReachesItsNeighbourWithoutTheCrossings() {
        let network = WalkingNetwork(
            nodeCount: 2, edges: [.init(tail: 0, head: 1, forwardTicks: 1000, backwardTicks: Ticks.never)],
            paceMetersPerMinute: 60)
        let place = Foothold(edge: 0, share: 0.25, offsetMeters: 0)
        let station = Foothold(edge: 0, share: 0.75, offsetMeters: 1)
        func ticks(_ direction: WalkingDirection) -> UInt32? {
            let search = PlaceSearch(network.arcs(direction), PlacesOnNetwork([place], on: network, direction))
            search.run([station], limitTicks: 14_400)
            return search.ticks(of: 0)
        }
        #expect(ticks(.toward) == 516)
        // The edge is walked one way only, and there is no other way back.
        #expect(ticks(.away) == nil)
    }
}
