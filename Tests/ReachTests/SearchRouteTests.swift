import Reach
import TestSupport
import Testing

/// Routes, edge by edge, against what the search says of them.
@Suite struct SearchRouteTests {
    private static let seed: UInt64 = 20_261_206

    /// A finished search and what its routes are checked with.
    private struct Case {
        let city: SearchNetwork
        let direction: WalkingDirection
        let search: NetworkSearch
        let meters: [Double]
        let limitTicks: UInt32

        init(_ random: inout SeededGenerator) {
            city = SearchNetwork(&random)
            direction = WalkingDirection.allCases.randomElement(using: &random) ?? .toward
            search = NetworkSearch(city.network.arcs(direction))
            limitTicks = SearchNetwork.limit(&random)
            meters = city.network.edges.map { _ in Double.random(in: 0...100, using: &random) }
            search.run(city.network.seeds(of: city.stations, direction), limitTicks: limitTicks)
        }

        func routes() -> Routes {
            Routes(
                search, waysBack: city.network.arcs(direction == .toward ? .away : .toward), network: city.network,
                stations: city.stations, edgeMeters: meters)
        }

        /// A point of an edge: a crossing where it is at its end.
        private enum Point: Equatable {
            case crossing(UInt32)
            case onEdge(UInt32, Double)
        }

        private func point(_ edge: UInt32, _ share: Double) -> Point {
            switch share {
            case 0: .crossing(city.network.edges[Int(edge)].tail)
            case 1: .crossing(city.network.edges[Int(edge)].head)
            default: .onEdge(edge, share)
            }
        }

        /// Whether the parts hang together, may be walked so, and add up.
        func isRight(_ route: Route, from place: Foothold?, node: Int?) -> Bool {
            guard let station = city.stations[Int(route.label)] else { return false }
            var stops = [place.map { point($0.edge, $0.share) } ?? .crossing(UInt32(node ?? 0))]
            stops.append(point(station.edge, station.share))
            if direction == .away { stops.reverse() }
            var at = stops[0]
            var ticks = UInt64(city.network.flatTicks(meters: station.offsetMeters))
            var length = station.offsetMeters
            if let place {
                ticks += UInt64(city.network.flatTicks(meters: place.offsetMeters))
                length += place.offsetMeters
            }
            for part in route.parts {
                guard at == point(part.edge, part.startShare), part.startShare != part.endShare else { return false }
                let edge = city.network.edges[Int(part.edge)]
                let whole = part.startShare < part.endShare ? edge.forwardTicks : edge.backwardTicks
                guard whole != Ticks.never else { return false }
                let share = abs(part.startShare - part.endShare)
                ticks += UInt64((share * Double(whole)).rounded())
                length += share * meters[Int(part.edge)]
                at = point(part.edge, part.endShare)
            }
            return at == stops[1] && ticks == UInt64(route.ticks) && abs(length - route.meters) < 1e-6
        }
    }

    @Test func routesHangTogetherAndTakeTheTicksOfTheSearch() {
        var random = SeededGenerator(seed: Self.seed)
        var count = 0
        for round in 0..<200 {
            let all = Case(&random)
            let routes = all.routes()
            for node in 0..<all.city.network.nodeCount {
                let route = routes.route(ofNode: node)
                #expect(route?.ticks == all.search.ticks(of: node), "seed \(Self.seed) round \(round)")
                #expect(route?.label == all.search.label(of: node))
                #expect(routes.meters(ofNode: node) == route?.meters)
                guard let route else { continue }
                count += 1
                #expect(all.isRight(route, from: nil, node: node), "seed \(Self.seed) round \(round) crossing \(node)")
            }
            let nearest = all.search.nearest(
                of: all.city.places, to: all.city.stations, in: all.city.network, limitTicks: all.limitTicks)
            for (index, place) in all.city.places.enumerated() {
                guard let place else { continue }
                let route = routes.route(of: place)
                #expect(route?.ticks ?? Ticks.never == nearest.ticks[index], "seed \(Self.seed) round \(round)")
                #expect(route?.label ?? .max == nearest.labels[index])
                #expect(routes.meters(of: place) == route?.meters)
                guard let route else { continue }
                count += 1
                #expect(all.isRight(route, from: place, node: nil), "seed \(Self.seed) round \(round) place \(index)")
            }
        }
        #expect(count > 5000)
    }

    @Test func aRouteDoesNotDependOnWhoWasAskedBefore() {
        var random = SeededGenerator(seed: Self.seed &+ 1)
        for round in 0..<100 {
            let all = Case(&random)
            let nodes = 0..<all.city.network.nodeCount
            let (first, second) = (all.routes(), all.routes())
            var ways: [Int: Route?] = [:]
            for node in nodes.shuffled(using: &random) { ways[node] = first.route(ofNode: node) }
            for node in nodes.shuffled(using: &random) {
                #expect(second.route(ofNode: node) == ways[node], "seed \(Self.seed &+ 1) round \(round)")
            }
        }
    }

    @Test func ofTwoEquallyQuickEdgesTheFirstIsWalked() {
        let edge = WalkingNetwork.Edge(tail: 0, head: 1, forwardTicks: 100, backwardTicks: 100)
        let network = WalkingNetwork(
            nodeCount: 3, edges: [edge, edge, .init(tail: 1, head: 2, forwardTicks: 0, backwardTicks: 0)],
            paceMetersPerMinute: 60)
        let station = Foothold(edge: 2, share: 1, offsetMeters: 3)
        let search = NetworkSearch(network.arcs(.toward))
        search.run(network.seeds(of: [station], .toward), limitTicks: 1000)
        let routes = Routes(
            search, waysBack: network.arcs(.away), network: network, stations: [station], edgeMeters: [7, 9, 1])
        // 2 m to the street, half an edge, an edge without time and 3 m to the station.
        let route = routes.route(of: Foothold(edge: 1, share: 0.5, offsetMeters: 2))
        #expect(route?.ticks == 130)
        #expect(route?.meters == 10.5)
        #expect(
            route?.parts == [
                RoutePart(edge: 1, startShare: 0.5, endShare: 1), RoutePart(edge: 2, startShare: 0, endShare: 1),
            ])
        #expect(routes.route(ofNode: 0)?.parts.first?.edge == 0)
        #expect(routes.meters(ofNode: 0) == 11)
    }
}
