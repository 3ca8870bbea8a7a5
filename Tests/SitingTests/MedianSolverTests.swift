import TestSupport
import Testing

@testable import Siting

/// The median solver against all sets of sites, on a thousand small problems of
/// every kind.
@Suite struct MedianSolverTests {
    private static let seeds: ClosedRange<UInt64> = 1...1000

    @Test(
        arguments: [
            [], [.kept], [.budget], [.beyondCost], [.kept, .beyondCost], [.kept, .budget, .beyondCost],
        ] as [Set<OracleProblems.Extension>])
    func `every answer is proved and the best of all`(_ extensions: Set<OracleProblems.Extension>) {
        for seed in Self.seeds {
            let problem = OracleProblems.problem(.median, extensions, seed: seed)
            let oracle = Oracle(problem)
            let best = oracle.best()
            do throws(PlacementFailure) {
                let answer = try MedianSolver.solve(problem, PlacementControl())
                let value = oracle.value(of: answer.sites.map(Int.init))
                #expect(answer.isProved && answer.bound == answer.value, "seed \(seed)")
                #expect(isClose(answer.value, best), "seed \(seed): \(answer) instead of \(String(describing: best))")
                #expect(isClose(answer.value, value), "seed \(seed): \(answer) costs \(String(describing: value))")
            } catch {
                #expect(best == nil, "seed \(seed): \(error)")
                guard case .unservable = error else {
                    Issue.record("seed \(seed): \(error)")
                    continue
                }
            }
        }
    }

    private func isClose(_ value: Double, _ other: Double?) -> Bool {
        guard let other else { return false }
        return abs(value - other) <= 1e-9 * max(1, abs(other))
    }
}
