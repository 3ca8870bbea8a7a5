import Testing

@testable import Siting

@Suite struct CoverSolverTests {
    @Test(
        arguments: [
            ([], 1000), ([.kept], 1000), ([.budget], 1000), ([.shares], 1000), ([.backup], 1000),
            ([.kept, .budget], 200),
            ([.kept, .shares], 200), ([.kept, .backup], 200), ([.budget, .shares], 500), ([.shares, .backup], 200),
            ([.kept, .budget, .shares, .backup], 200),
        ] as [(Set<OracleProblems.Extension>, UInt64)])
    func `proved values are those of all sets tried`(extensions: Set<OracleProblems.Extension>, seeds: UInt64) throws {
        for seed in 0..<seeds {
            let problem = OracleProblems.problem(.cover, extensions, seed: seed)
            let expected = Oracle(problem).best()
            guard let expected else {
                expectClash(problem, seed: seed)
                continue
            }
            let answer = try CoverSolver.solve(problem, PlacementControl())
            #expect(answer.end == .proved && answer.bound == answer.value, "seed \(seed)")
            #expect(abs(answer.value - expected) <= 1e-9 * max(1, expected), "seed \(seed)")
            let reached = Oracle(problem).value(of: answer.sites.map { Int($0) })
            #expect(reached.map { abs($0 - expected) <= 1e-9 * max(1, expected) } == true, "seed \(seed)")
        }
    }

    /// The groups named clash, and without any one of them the others do not.
    private func expectClash(_ problem: PlacementProblem, seed: UInt64) {
        do throws(PlacementFailure) {
            let answer = try CoverSolver.solve(problem, PlacementControl())
            Issue.record("seed \(seed): \(answer)")
        } catch {
            guard case .sharesClash(let groups) = error else {
                Issue.record("seed \(seed): \(error)")
                return
            }
            #expect(!groups.isEmpty && Oracle(wanting(groups, problem)).best() == nil, "seed \(seed): \(groups)")
            for group in groups {
                let others = groups.filter { $0 != group }
                #expect(Oracle(wanting(others, problem)).best() != nil, "seed \(seed): \(groups) without \(group)")
            }
        }
    }

    /// The same problem where only some groups want their share.
    private func wanting(_ groups: [Int], _ problem: PlacementProblem) -> PlacementProblem {
        var problem = problem
        guard var shares = problem.shares else { return problem }
        shares.groups = shares.groups.map { groups.contains(Int($0)) ? $0 : PlacementProblem.Shares.noGroup }
        problem.shares = shares
        return problem
    }
}
