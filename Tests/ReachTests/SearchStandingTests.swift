import Reach
import TestSupport
import Testing

/// Stations that come, go and move, against starting over each time.
@Suite struct SearchStandingTests {
    private static let seed: UInt64 = 20_261_205

    @Test func everyChangeEqualsStartingOver() {
        var random = SeededGenerator(seed: Self.seed)
        for round in 0..<80 {
            let city = SearchNetwork(&random, stationCount: 0...8)
            let direction = WalkingDirection.allCases.randomElement(using: &random) ?? .toward
            let limit = SearchNetwork.limit(&random)
            let places = PlacesOnNetwork(city.places, on: city.network, direction)
            let standing = StandingCoverage(places, stations: city.stations, limitTicks: limit)
            var stations = city.stations
            var known = Answer(places, stations, limit)
            for step in 0..<12 {
                let changed = change(standing, &stations, city.network, &random)
                let now = Answer(places, stations, limit)
                let expected = city.places.indices.compactMap { place in
                    known.places[place] == now.places[place]
                        ? nil : Change(place: place, before: known.places[place], after: now.places[place])
                }
                let isSame =
                    standing.stations == stations
                    && city.places.indices.allSatisfy { standing.station(of: $0) == now.places[$0] }
                    && (0..<city.network.nodeCount).allSatisfy { standing.station(ofNode: $0) == now.crossings[$0] }
                #expect(isSame, "seed \(Self.seed) round \(round) step \(step) \(direction)")
                let isListed =
                    changed.map { Change(place: Int($0.place), before: $0.before, after: $0.after) } == expected
                #expect(isListed, "seed \(Self.seed) round \(round) step \(step) \(direction)")
                known = now
            }
        }
    }

    /// Changes a random station, in both.
    private func change(
        _ standing: StandingCoverage, _ stations: inout [Foothold?], _ network: WalkingNetwork,
        _ random: inout SeededGenerator
    ) -> [ChangedPlace] {
        let label = stations.indices.randomElement(using: &random)
        let place = SearchNetwork.foothold(&random, network)
        switch (label, place) {
        case (let label?, nil):
            stations[label] = nil
            return standing.remove(label)
        case (let label?, let place?) where Bool.random(using: &random):
            stations[label] = place
            return standing.move(label, to: place)
        case (_, let place?):
            stations.append(place)
            return standing.add(place)
        case (nil, nil): return []
        }
    }

    private struct Change: Equatable {
        let place: Int
        let before: StationTicks?
        let after: StationTicks?
    }

    /// The answer of a search that starts over.
    private struct Answer {
        let places: [StationTicks?]
        let crossings: [StationTicks?]

        init(_ places: PlacesOnNetwork, _ stations: [Foothold?], _ limitTicks: UInt32) {
            let search = NetworkSearch(places.network.arcs(places.direction))
            let nearest = search.nearest(
                of: places.footholds, to: stations, in: places.network, limitTicks: limitTicks)
            self.places = places.footholds.indices.map {
                nearest.ticks[$0] == Ticks.never
                    ? nil : StationTicks(label: nearest.labels[$0], ticks: nearest.ticks[$0])
            }
            crossings = (0..<places.network.nodeCount).map { node in
                guard let ticks = search.ticks(of: node), let label = search.label(of: node) else { return nil }
                return StationTicks(label: label, ticks: ticks)
            }
        }
    }
}
