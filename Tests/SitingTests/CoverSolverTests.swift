import Testing

@testable import Siting

@Suite struct CoverSolverTests {
    /// Demand of its own at every site, and one that a kept station covers.
    private func islands(weights: [Double], keptWeight: Double, stations: Int) -> PlacementProblem {
        let count = weights.count + 1
        let table = CostTable(
            siteCount: count, rowStarts: Array(0...count), sites: (0..<UInt32(count)).map { $0 },
            costs: Array(repeating: 1, count: count))
        var problem = PlacementProblem(
            goal: .cover, table: table, weights: weights + [keptWeight], stationCount: stations)
        problem.kept = [UInt32(count - 1)]
        return problem
    }

    @Test(arguments: [0, 0.25]) func `small gains count beside much kept weight`(fraction: Double) throws {
        for seed in 0..<200 as Range<UInt64> {
            var plain = OracleProblems.problem(.cover, [], seed: seed)
            plain.weights = plain.weights.map { $0.rounded() + fraction }
            let expected = try Placement.solve(plain).value
            // One more demand, which a kept station of its own covers.
            let table = plain.table
            var kept = plain
            kept.table = CostTable(
                siteCount: table.siteCount + 1, rowStarts: table.rowStarts + [table.sites.count + 1],
                sites: table.sites + [UInt32(table.siteCount)], costs: table.costs + [0])
            kept.weights.append(2e10)
            kept.kept = [UInt32(table.siteCount)]
            let answer = try Placement.solve(kept)
            #expect(answer.isProved && answer.value == 2e10 + expected, "seed \(seed)")
        }
        let answer = try Placement.solve(
            islands(weights: [1, 3, 2].map { $0 + fraction }, keptWeight: 2e10, stations: 1))
        #expect(answer.sites == [1])
    }

    @Test func `whole costs keep to a whole budget`() throws {
        var problem = islands(weights: [1, 1], keptWeight: 0, stations: 2)
        problem.siteCosts = [1_500_000_000, 1_500_000_001, 0]
        problem.budget = 3_000_000_000
        for goal in [PlacementProblem.Goal.cover, .median, .center] {
            problem.goal = goal
            problem.beyondCost = goal == .cover ? nil : 2
            let answer = try Placement.solve(problem)
            #expect(answer.isProved && answer.sites.count <= 1, "\(goal)")
        }
        problem.goal = .cover
        problem.beyondCost = nil
        problem.budget = 3_000_000_001
        #expect(try Placement.solve(problem).sites == [0, 1])
        problem.siteCosts = [0.1, 0.2, 0]
        problem.budget = 0.3
        #expect(try Placement.solve(problem).sites == [0, 1])
    }
}
