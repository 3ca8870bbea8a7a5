import Testing

@testable import Siting

/// The program of every model, also of those that have solvers of their own.
@Suite struct CompactModelTests {
    @Test(arguments: PlacementProblem.Goal.allCases)
    func `programs give the best of all sets of sites`(goal: PlacementProblem.Goal) {
        for extensions in PlacementTests.extensions[goal] ?? [] {
            OracleJudge(goal: goal, extensions: extensions).compare(seeds: 2_000..<2_030) {
                problem throws(PlacementFailure) in try CompactModel.solve(problem, PlacementControl())
            }
        }
    }
}
