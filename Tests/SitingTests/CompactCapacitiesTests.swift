import TestSupport
import Testing

@testable import Siting

/// Prices, which only larger problems need, on problems small enough to try all.
@Suite struct CompactCapacitiesTests {
    @Test(
        arguments: [
            (.cover, [.capacities]), (.cover, [.capacities, .kept]), (.cover, [.capacities, .budget]),
            (.all, [.capacities]), (.all, [.capacities, .kept]), (.median, [.capacities]),
            (.median, [.capacities, .beyondCost]), (.median, [.capacities, .budget, .kept]), (.center, [.capacities]),
            (.center, [.capacities, .beyondCost, .kept]),
        ] as [(PlacementProblem.Goal, Set<OracleProblems.Extension>)])
    func `prices lead to the best of all sets of sites`(
        goal: PlacementProblem.Goal, extensions: Set<OracleProblems.Extension>
    ) throws {
        for seed in 0..<UInt64(60) {
            let problem = OracleProblems.problem(goal, extensions, seed: seed)
            guard let best = Oracle(problem).best() else { continue }
            let search = CompactSearch(problem, PlacementControl(), entriesForPrices: 0)
            let answer = goal == .center ? try search.solveCenter() : try search.solve()
            #expect(answer.isProved, "\(goal) seed \(seed)")
            #expect(abs(answer.value - best) <= 1e-9 * abs(best), "\(goal) seed \(seed)")
        }
    }

    /// 120 demands and 25 sites in a square.
    static func city(_ goal: PlacementProblem.Goal) -> PlacementProblem {
        var generator = SeededGenerator(seed: 11)
        let places = (0..<145).map { _ in
            (Double.random(in: 0..<3_000, using: &generator), Double.random(in: 0..<3_000, using: &generator))
        }
        var rowStarts = [0]
        var sites: [UInt32] = []
        var costs: [Double] = []
        for demand in 25..<145 {
            for site in 0..<25 {
                let (dx, dy) = (places[demand].0 - places[site].0, places[demand].1 - places[site].1)
                let cost = (dx * dx + dy * dy).squareRoot().rounded()
                if cost > 2_500 { continue }
                sites.append(UInt32(site))
                costs.append(cost)
            }
            rowStarts.append(sites.count)
        }
        let table = CostTable(siteCount: 25, rowStarts: rowStarts, sites: sites, costs: costs)
        var problem = PlacementProblem(
            goal: goal, table: table, weights: (0..<120).map { Double($0 % 9 + 1) },
            stationCount: goal == .all ? nil : 6)
        problem.capacities = (0..<25).map { Double(80 + 10 * ($0 % 5)) }
        if goal == .cover || goal == .all { problem.radius = goal == .cover ? 800 : 2_000 }
        return problem
    }

    @Test(arguments: PlacementProblem.Goal.allCases)
    func `value and bound hold each other, with any limit`(goal: PlacementProblem.Goal) throws {
        let problem = Self.city(goal)
        let full = try Placement.solve(problem, PlacementControl(workLimit: 3_000))
        for work in [20, 200] {
            let part = try Placement.solve(problem, PlacementControl(workLimit: work))
            let again = try Placement.solve(problem, PlacementControl(workLimit: work))
            #expect(part == again, "the same work gives the same answer")
            #expect(PlacementValue(problem)(part.sites) == part.value)
            if goal == .cover {
                #expect(part.value <= full.bound && full.value <= part.bound)
            } else {
                #expect(part.value >= full.bound && full.value >= part.bound)
            }
        }
    }
}

/// The cheapest way to send demand to stations, against paths that are looked
/// for in the plainest way.
@Suite struct CompactTransportTests {
    @Test func `amounts and costs equal those of plain shortest paths`() {
        for seed in 0..<UInt64(300) {
            var generator = SeededGenerator(seed: seed)
            let (demands, stations) = (
                Int.random(in: 1...8, using: &generator), Int.random(in: 1...4, using: &generator)
            )
            let isWhole = Bool.random(using: &generator)
            func amount(_ most: Double) -> Double {
                let amount = Double.random(in: 0...most, using: &generator)
                return isWhole ? amount.rounded() : amount
            }
            let weights = (0..<demands).map { _ in amount(9) }
            let capacities = (0..<stations).map { _ in amount(20) }
            let rows = (0..<demands).map { _ in
                (0..<stations).filter { _ in Int.random(in: 0..<3, using: &generator) > 0 }
                    .map { OracleFlow.Entry(site: $0, cost: amount(10)) }
            }
            var costs = Array(repeating: Double.infinity, count: demands * stations)
            for (demand, row) in rows.enumerated() {
                for entry in row { costs[demand * stations + entry.site] = entry.cost }
            }
            var transport = Transport(costs: costs, weights: weights, capacities: capacities)
            var oracle = OracleFlow(rows, weights, capacities)
            let (sent, expected) = (transport.send(), oracle.sendAll())
            #expect(abs(sent.weight - expected.weight) <= 1e-9 * (1 + expected.weight), "seed \(seed)")
            #expect(sent.isComplete == expected.missing(in: Array(weights.indices)).isEmpty, "seed \(seed)")
            if !sent.isComplete { continue }
            #expect(abs(sent.cost - expected.cost) <= 1e-9 * (1 + expected.cost), "seed \(seed)")
            if isWhole { #expect(sent.weight == sent.weight.rounded() && sent.cost.isFinite, "seed \(seed)") }
        }
    }
}

/// Capacities beyond what all sets of sites can be tried for, against CBC.
@Suite struct CompactBranchAndCutTests {
    @Test(arguments: [PlacementProblem.Goal.cover, .all, .median])
    func `the tree finds what CBC finds`(goal: PlacementProblem.Goal) throws {
        let problem = CompactCapacitiesTests.city(goal)
        let answer = try CompactModel.solve(problem, PlacementControl(gap: 1e-4))
        var program = CompactSearch(problem, PlacementControl()).capacityProgram(costAtMost: .infinity)
        program.writeRows { _ in true }
        let other = try program.program.solve(control: PlacementControl(gap: 1e-4))
        let value = try #require(other.value.map(program.value(ofCost:)))
        #expect(PlacementAnswer.gap(value: value, bound: answer.value) <= 1e-4 + 1e-9, "\(value) \(answer)")
    }
}
