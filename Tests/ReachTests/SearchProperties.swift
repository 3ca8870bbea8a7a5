import Reach
import Spatial
import TestSupport
import Testing

/// The search against the plainest one there is, on random networks.
@Suite struct SearchProperties {
    private static let seed: UInt64 = 20_261_130

    /// A random network: crossings strewn over a square kilometre, streets
    /// between near ones, some one-way, some of no length.
    private func network(_ random: inout SeededGenerator) -> TimedStreets {
        let count = Int.random(in: 1...60, using: &random)
        let places = (0..<count).map { _ in
            LonLat(
                106.5 + Double.random(in: 0...0.01, using: &random), 29.5 + Double.random(in: 0...0.01, using: &random))
        }
        var builder = NetworkBuilder()
        for _ in 0..<Int.random(in: 1...120, using: &random) {
            let a = Int.random(in: 0..<count, using: &random)
            let b = Bool.random(using: &random) ? (a + 1) % count : Int.random(in: 0..<count, using: &random)
            var street = Street([places[a], places[b]], nodeIDs: [Int64(a), Int64(b)])
            street.heightsMeters = [Double(a % 7) * 5, Double(b % 7) * 5]
            switch Int.random(in: 0..<6, using: &random) {
            case 0: street.isForward = false
            case 1: street.isBackward = false
            case 2: street.kind = .stairs
            default: break
            }
            builder.add(street)
        }
        return builder.network()
    }

    /// Bellman and Ford's method over the edges themselves.
    private func oracle(
        _ network: WalkingNetwork, _ seeds: [SearchSeed], _ direction: WalkingDirection, limitTicks: UInt32
    ) -> [(ticks: UInt32, label: UInt32)?] {
        var best = [(ticks: UInt32, label: UInt32)?](repeating: nil, count: network.nodeCount)
        func offer(_ node: UInt32, _ ticks: UInt32, _ label: UInt32) -> Bool {
            guard ticks <= limitTicks else { return false }
            if let known = best[Int(node)], (known.ticks, known.label) <= (ticks, label) { return false }
            best[Int(node)] = (ticks, label)
            return true
        }
        for seed in seeds { _ = offer(seed.node, seed.ticks, seed.label) }
        network.relax(direction) { start, end, ticks in
            best[Int(start)].map { offer(end, $0.ticks + ticks, $0.label) } ?? false
        }
        return best
    }

    @Test func equalsBellmanAndFord() {
        var random = SeededGenerator(seed: Self.seed)
        for round in 0..<400 {
            let network = network(&random).network
            for direction in WalkingDirection.allCases {
                let search = NetworkSearch(network.arcs(direction))
                let seeds = (0..<Int.random(in: 1...5, using: &random)).map { label in
                    SearchSeed(
                        node: UInt32.random(in: 0..<UInt32(network.nodeCount), using: &random),
                        ticks: UInt32.random(in: 0...500, using: &random), label: UInt32(label))
                }
                let limit = UInt32.random(in: 0...20_000, using: &random)
                search.run(seeds, limitTicks: limit)
                let expected = oracle(network, seeds, direction, limitTicks: limit)
                for node in 0..<network.nodeCount {
                    #expect(search.ticks(of: node) == expected[node]?.ticks, "seed \(Self.seed) round \(round)")
                    #expect(search.label(of: node) == expected[node]?.label, "seed \(Self.seed) round \(round)")
                }
                #expect(search.reachedNodes.count == expected.compactMap { $0 }.count)
            }
        }
    }

    @Test func manyPlacesAreTheLeastOfEach() {
        var random = SeededGenerator(seed: Self.seed &+ 1)
        for round in 0..<200 {
            let network = network(&random).network
            let search = NetworkSearch(network.arcs(.toward))
            let seeds = (0..<4).map { label in
                SearchSeed(
                    node: UInt32.random(in: 0..<UInt32(network.nodeCount), using: &random), ticks: 0,
                    label: UInt32(label))
            }
            var least = [UInt32?](repeating: nil, count: network.nodeCount)
            for seed in seeds {
                search.run([seed], limitTicks: 14_400)
                for node in least.indices {
                    guard let ticks = search.ticks(of: node) else { continue }
                    least[node] = min(least[node] ?? .max, ticks)
                }
            }
            search.run(seeds, limitTicks: 14_400)
            for node in least.indices {
                #expect(search.ticks(of: node) == least[node], "seed \(Self.seed) round \(round)")
            }
        }
    }

    @Test func footholdsAreTheNearestOfAllEdges() {
        var random = SeededGenerator(seed: Self.seed &+ 2)
        for round in 0..<60 {
            let shapes = network(&random).shapes
            let index = StreetIndex(shapes)
            for _ in 0..<20 {
                let place = LonLat(
                    106.5 + Double.random(in: -0.004...0.014, using: &random),
                    29.5 + Double.random(in: -0.004...0.014, using: &random))
                let probe = PointProbe(place)
                let least =
                    (0..<shapes.edgeCount).map { edge in
                        probe.distanceMeters(to: .lineString(LineString(Array(shapes.corners(of: edge)))))
                    }.min() ?? .infinity
                let found = index.foothold(near: place, limitMeters: 300)
                if least <= 299.9 {
                    #expect(
                        found.map { abs($0.offsetMeters - least) < 0.01 } == true,
                        "seed \(Self.seed) round \(round): \(found?.offsetMeters ?? -1), not \(least)")
                } else if least > 300.1 {
                    #expect(found == nil, "seed \(Self.seed) round \(round)")
                }
            }
        }
    }
}
