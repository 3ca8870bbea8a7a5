import Testing

@testable import Siting

/// The program of every model, also of those that have solvers of their own.
@Suite struct CompactModelTests {
    @Test(arguments: PlacementModels.supported)
    func `programs give the best of all sets of sites`(_ model: PlacementModels.Model) {
        OracleJudge(goal: model.goal, extensions: model.extensions).compare(seeds: 2_000..<2_030) {
            problem throws(PlacementFailure) in try CompactModel.solve(problem, PlacementControl())
        }
    }
}
