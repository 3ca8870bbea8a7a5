import Reach
import Spatial
import Testing

/// Lifts that stand where ways on several levels meet.
@Suite struct LiftTests {
    /// Two streets that meet at b, a-b below and b-c above.
    private let city = DrawnCity("a---b---c")

    private func ride(_ meters: Double) -> Double { 35 + 10 + meters / 2.5 }

    /// Seconds from a to c beyond the walk itself.
    private func wait(
        _ levels: (ClosedRange<Double>?, ClosedRange<Double>?), heights: (Double, Double)? = nil,
        kind: Street.Kind = .path, ids: (Int64, Int64)? = nil, lift: Lift? = nil
    ) -> Double? {
        var builder = NetworkBuilder()
        var first = Street([city["a"], city["b"]], kind: kind, levels: levels.0)
        var second = Street([city["b"], city["c"]], levels: levels.1)
        if let heights {
            first.heightsMeters = [heights.0, heights.0]
            second.heightsMeters = [heights.1, heights.1]
        }
        if let ids {
            first.nodeIDs = [1, ids.0]
            second.nodeIDs = [ids.1, 3]
        }
        builder.add(first)
        builder.add(second)
        if let lift = lift ?? Optional(Lift([city["b"]])) { builder.add(lift) }
        let walk = kind == .path ? 240 : 120 / 0.35 + 120
        return builder.network().seconds(from: city["a"], to: city["c"]).map { $0 - walk }
    }

    private func expect(_ wait: Double?, _ expected: Double, _ location: SourceLocation = #_sourceLocation) {
        #expect(
            wait.map { abs($0 - expected) < 0.2 } == true, "\(wait.map { String($0) } ?? "no way"), not \(expected)",
            sourceLocation: location)
    }

    @Test func levelsAreRidden() {
        expect(wait((0...0, 2...2)), ride(6.6))
        expect(wait((nil, -1 ... -1)), ride(3.3))
        expect(wait((3...3, -2 ... -2)), ride(16.5))
    }

    @Test func theSameLevelIsPassedFreely() {
        expect(wait((nil, nil)), 0)
        expect(wait((1...1, 1...1)), 0)
        expect(wait((0...0, nil)), 0)
    }

    @Test func heightsAreBetterThanLevels() {
        expect(wait((0...0, 1...1), heights: (200, 250)), ride(50))
        expect(wait((0...0, 1...1), heights: (200, 200)), ride(3.3))
    }

    @Test func numbersOrPlacesJoin() {
        expect(wait((0...0, 1...1), ids: (2, 2), lift: Lift([city["b"]], nodeIDs: [2])), ride(3.3))
        // A lift that only stands at the place joins ways of different numbers.
        expect(wait((0...0, 1...1), ids: (2, 4)), ride(3.3))
        #expect(wait((0...0, 1...1), ids: (2, 4), lift: Lift([city["a"]], nodeIDs: [9])) == nil)
        expect(wait((0...0, 1...1), ids: (2, 4), lift: Lift([city["b"], city["b"]], nodeIDs: [2, 4])), ride(3.3))
    }

    @Test func stairsBetweenLevelsMeetItWhereTheyEnd() {
        // Up from 0 to 1: their end is above.
        expect(wait((0...1, 1...1), kind: .stairsUp), 0)
        expect(wait((0...1, 0...0), kind: .stairsUp), ride(3.3))
        // Where nothing tells which end is above, the level of the other way.
        expect(wait((0...1, 1...1)), 0)
        expect(wait((0...1, 0...0)), 0)
        expect(wait((0...1, 0...0), heights: (5, 5)), 0)
    }

    @Test func aStreetThatPassesIsPartedToo() {
        var builder = NetworkBuilder()
        let cross = DrawnCity("    d\n    |\na---b---c\n    |\n    e")
        builder.add(Street([cross["a"], cross["b"], cross["c"]]))
        builder.add(Street([cross["d"], cross["b"], cross["e"]], levels: 1...1))
        builder.add(Lift([cross["b"]]))
        let network = builder.network()
        #expect(network.seconds(from: cross["a"], to: cross["c"]).map { abs($0 - 240) < 0.2 } == true)
        #expect(network.seconds(from: cross["a"], to: cross["d"]).map { abs($0 - 180 - ride(3.3)) < 0.2 } == true)
        #expect(network.seconds(from: cross["d"], to: cross["e"]).map { abs($0 - 120) < 0.2 } == true)
    }

    @Test func manyLevelsAreServedAndAHostileShaftEnds() {
        let rows = (0..<3000).map { level in
            Street([LonLat(0.001, Double(level) * 1e-5 + 1e-5), LonLat(0, 0)], levels: Double(level)...Double(level))
        }
        var builder = NetworkBuilder()
        for street in rows { builder.add(street) }
        builder.add(Lift([LonLat(0, 0)]))
        builder.add(Lift([LonLat(.nan, 0)]))
        builder.add(Lift([]))
        let graph = builder.graph()
        #expect(graph.edges.count > 3000 && graph.edges.count < 3000 * 18)
        #expect(NetworkParts(graph.costs).count == 1)
    }
}
