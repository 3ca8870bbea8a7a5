import Spatial
import Testing

@testable import city

@Suite struct StreetTests {
    private let city = SampleCity.committed

    private func lengthMeters(_ street: Street) -> Double {
        let points = street.positions.map(Site.point)
        return zip(points, points.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
    }

    /// The walking network: for each node the nodes beside it and the metres there.
    private var network: [Int: [(node: Int, meters: Double)]] {
        var network: [Int: [(node: Int, meters: Double)]] = [:]
        for street in city.streets where !street.isClosedToWalkers {
            network[street.fromNode, default: []].append((street.toNode, lengthMeters(street)))
            network[street.toNode, default: []].append((street.fromNode, lengthMeters(street)))
        }
        return network
    }

    private var positions: [Int: LonLat] {
        var positions: [Int: LonLat] = [:]
        for street in city.streets {
            positions[street.fromNode] = street.positions[0]
            positions[street.toNode] = street.positions[street.positions.count - 1]
        }
        return positions
    }

    /// Metres on foot from the nearest of some nodes.
    private func distances(from sources: [Int]) -> [Int: Double] {
        let network = network
        var distances: [Int: Double] = [:]
        var queue = sources.map { (node: $0, meters: 0.0) }
        for source in sources { distances[source] = 0 }
        while !queue.isEmpty {
            var next: [(node: Int, meters: Double)] = []
            for (node, meters) in queue where distances[node] == meters {
                for step in network[node] ?? [] where meters + step.meters < distances[step.node] ?? .infinity {
                    distances[step.node] = meters + step.meters
                    next.append((step.node, meters + step.meters))
                }
            }
            queue = next
        }
        return distances
    }

    @Test func aNodeIsOnePlaceAndAPlaceOneNode() {
        let positions = positions
        for street in city.streets {
            #expect(positions[street.fromNode] == street.positions.first)
            #expect(positions[street.toNode] == street.positions.last)
            #expect(street.positions.count == street.heightsMeters.count)
        }
        #expect(Set(positions.values).count == positions.count)
    }

    @Test func streetsMeetAtTheirEndsAlone() {
        var uses: [LonLat: Int] = [:]
        for street in city.streets {
            for position in street.positions.dropFirst().dropLast() { uses[position, default: 0] += 1 }
        }
        let ends = Set(positions.values)
        #expect(uses.allSatisfy { $0.value == 1 && !ends.contains($0.key) })
    }

    @Test func everybodyCanWalkEverywhere() throws {
        let network = network
        let start = try #require(network.keys.min())
        #expect(distances(from: [start]).count == network.count)
    }

    @Test func streetsOfAllKindsAreThere() {
        let streets = city.streets
        for kind in [Street.Class.trunk, .primary, .secondary, .residential, .footway, .steps, .elevator] {
            #expect(streets.contains { $0.kind == kind }, "\(kind)")
        }
        #expect(streets.contains { $0.isTunnel })
        #expect(streets.filter { $0.isOneWay }.count > 10)
        #expect(streets.contains { $0.isClosedToWalkers })
        #expect(streets.filter { $0.kind == .steps }.count > 100)
        let lift = streets.first { $0.kind == .elevator }
        #expect(lift.map { $0.heightsMeters[1] - $0.heightsMeters[0] > 15 && lengthMeters($0) < 10 } == true)
    }

    @Test func bridgesCrossTheRiversAndTheViaductCrossesNone() {
        let waters = city.waters
        func wetShare(_ street: Street) -> Double {
            let points = street.positions.map(Site.point)
            var wet = 0.0
            for (a, b) in zip(points, points.dropFirst()) {
                let samples = (0..<20).map { Site.position(a + (b - a) * ((Double($0) + 0.5) / 20)) }
                let share = samples.filter { sample in waters.contains { ring($0, holds: sample) } }.count
                wet += (b - a).length * Double(share) / 20
            }
            return wet / lengthMeters(street)
        }
        let bridges = city.streets.filter { $0.isBridge && $0.name?.hasSuffix("大桥") == true }
        #expect(Set(bridges.compactMap(\.name)).count >= 6)
        #expect(bridges.allSatisfy { wetShare($0) > 0.6 })
        for river in [city.plan.southMiddle, city.plan.northMiddle] {
            let middle = (0...city.plan.tipShore).map { city.ground.position(Node($0, river)) }
            #expect(bridges.filter { cross($0.positions, middle) }.count >= 3)
        }
        let viaduct = city.streets.filter { $0.isBridge && $0.name?.hasSuffix("滨江路") == true }
        #expect(viaduct.count >= 3)
        #expect(viaduct.allSatisfy { wetShare($0) == 0 })
        let shores = waters.map(box)
        for position in city.streets.filter({ !$0.isBridge }).flatMap(\.positions) {
            #expect(!zip(shores, waters).contains { $0.contains(position) && ring($1, holds: position) })
        }
    }

    @Test func someCommunityReachesNoStationOnFoot() {
        let positions = positions
        let nodes = positions.keys.sorted()
        let stations = Stations(ground: city.ground, territory: city.territory).all
        #expect(Set(stations.map(\.kind)).count >= 5)
        let sources = stations.map { station in
            let place = Site.point(station.position)
            return nodes.min { distance(positions[$0], place) < distance(positions[$1], place) } ?? 0
        }
        let walks = distances(from: sources)
        let blind = city.areas(.community).filter { area in
            let outline = city.territory.outline(of: area).map { city.ground.position($0) }
            let inside = nodes.filter { node in positions[node].map { ring(outline, holds: $0) } == true }
            // 15 minutes are 900 m on the flat, and at most 1.2 times as much downhill.
            return !inside.isEmpty && inside.allSatisfy { walks[$0] ?? .infinity > 1080 }
        }
        #expect(!blind.isEmpty)
    }

    private func distance(_ position: LonLat?, _ place: PlanarPoint) -> Double {
        position.map { (Site.point($0) - place).length } ?? .infinity
    }

    @Test func theGroundIsFoundAgainFromItsPlace() {
        for column in stride(from: 1.3, to: Double(city.plan.cellColumns), by: 7.7) {
            for row in stride(from: 0.4, to: Double(city.plan.cellRows), by: 3.1) {
                let found = city.ground.lattice(at: city.ground.point(column, row))
                #expect(abs(found.column - column) < 0.5 && abs(found.row - row) < 0.5)
            }
        }
    }
}
