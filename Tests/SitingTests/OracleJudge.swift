import Siting
import Testing

/// Compares a solver with the oracle on random problems.
struct OracleJudge {
    let goal: PlacementProblem.Goal
    let extensions: Set<OracleProblems.Extension>

    /// Solves a problem for each seed: value, proof, sites and failures have to be
    /// those of the best of all sets of sites.
    func compare(
        seeds: Range<UInt64>, made problem: ((UInt64) -> PlacementProblem)? = nil,
        with solve: (PlacementProblem) throws(PlacementFailure) -> PlacementAnswer
    ) {
        for seed in seeds {
            let problem = problem?(seed) ?? OracleProblems.problem(goal, extensions, seed: seed)
            let oracle = Oracle(problem)
            let best = oracle.best()
            let name = Comment("\(goal.rawValue) \(extensions.map(\.rawValue).sorted()) seed \(seed)")
            do throws(PlacementFailure) {
                let answer = try solve(problem)
                #expect(best != nil, name)
                #expect(isEqual(answer.value, best ?? .nan), name)
                #expect(answer.isProved && answer.bound == answer.value, name)
                #expect(isEqual(answer.value, oracle.value(of: answer.sites.map(Int.init)) ?? .nan), name)
                #expect(zip(answer.sites, answer.sites.dropFirst()).allSatisfy { $0 < $1 }, name)
                #expect(Set(answer.sites).isDisjoint(with: problem.kept), name)
            } catch {
                #expect(best == nil, "\(name): \(error)")
                #expect(isFitting(error, problem), "\(name): \(error)")
            }
        }
    }

    private func isEqual(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= 1e-9 * max(abs(left), abs(right))
    }

    /// Whether a failure is of the kind that the problem can have.
    private func isFitting(_ failure: PlacementFailure, _ problem: PlacementProblem) -> Bool {
        switch failure {
        case .sharesClash(let groups, let isLeast): problem.shares != nil && isLeast && isLeastClash(groups, problem)
        case .unservable(let demand): !problem.table.row(demand).isEmpty
        case .capacityTooSmall(let weight, let capacity): weight > capacity
        default: false
        }
    }

    /// Whether these groups clash, and do not without any one of them.
    private func isLeastClash(_ groups: [Int], _ problem: PlacementProblem) -> Bool {
        func best(_ groups: [Int]) -> Double? {
            var part = problem
            part.shares?.groups = (problem.shares?.groups ?? []).map {
                groups.contains(Int($0)) ? $0 : PlacementProblem.Shares.noGroup
            }
            return Oracle(part).best()
        }
        return best(groups) == nil && groups.allSatisfy { group in best(groups.filter { $0 != group }) != nil }
    }
}
