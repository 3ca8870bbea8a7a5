import Siting
import Testing

/// Numbers of very different sizes: nothing small is lost beside what is great.
@Suite struct PlacementScaleTests {
    @Test(arguments: OracleProblems.Family.allCases)
    func `answers are the best whatever the size of numbers`(_ family: OracleProblems.Family) {
        for goal in PlacementProblem.Goal.allCases {
            for extensions in [[], [.capacities], [.capacities, .kept]] as [Set<OracleProblems.Extension>] {
                OracleJudge(goal: goal, extensions: extensions).compare(
                    seeds: 0..<30, made: { OracleProblems.problem(goal, extensions, of: family, seed: $0) }
                ) { problem throws(PlacementFailure) in try Placement.solve(problem) }
            }
        }
    }

    @Test func `demand beyond all capacity does not hide the others`() throws {
        let table = CostTable(siteCount: 3, rowStarts: [0, 1, 2, 3, 4], sites: [0, 1, 2, 2], costs: [1, 1, 1, 1])
        var problem = PlacementProblem(goal: .cover, table: table, weights: [1e14, 1, 2, 3], stationCount: 1)
        problem.capacities = [5, 100, 100]
        let answer = try Placement.solve(problem)
        #expect(answer == PlacementAnswer(sites: [0], value: 5, bound: 5, end: .proved))
        problem.stationCount = 2
        #expect(try Placement.solve(problem).value == 10)
    }

    @Test func `a site beyond the budget does not hide the others`() throws {
        let table = CostTable(
            siteCount: 4, rowStarts: [0, 1, 3, 4, 5], sites: [0, 1, 2, 2, 3], costs: [1, 1, 1, 1, 1])
        var problem = PlacementProblem(goal: .cover, table: table, weights: [1e12, 4, 5, 6], stationCount: 1)
        problem.capacities = [.infinity, 100, 100, 100]
        problem.siteCosts = [10, 1, 1, 1]
        problem.budget = 5
        #expect(try Placement.solve(problem) == PlacementAnswer(sites: [2], value: 9, bound: 9, end: .proved))
    }

    @Test(arguments: [PlacementProblem.Goal.cover, .median, .center])
    func `a budget in whole numbers is exact`(_ goal: PlacementProblem.Goal) throws {
        let table = CostTable(siteCount: 2, rowStarts: [0, 2, 4], sites: [0, 1, 0, 1], costs: [1, 9, 9, 1])
        for capacities in [[], [10.0, 10]] {
            var problem = PlacementProblem(goal: goal, table: table, weights: [1, 2], stationCount: 2)
            if goal == .cover { problem.radius = 5 }
            problem.capacities = capacities
            problem.siteCosts = [400_000_000, 400_000_001]
            problem.budget = 800_000_000
            let short = try Placement.solve(problem)
            #expect(short.sites.count == 1 && short.isProved, "\(goal)")
            problem.budget = 800_000_001
            #expect(try Placement.solve(problem).sites == [0, 1], "\(goal)")
        }
    }
}
