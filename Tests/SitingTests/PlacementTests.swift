import Siting
import Testing

/// Every goal with every extension, judged by trying all sets of sites.
@Suite struct PlacementTests {
    typealias Extension = OracleProblems.Extension

    @Test(
        arguments: [
            [], [.kept], [.budget], [.capacities], [.shares], [.backup], [.kept, .budget], [.kept, .shares],
            [.kept, .backup], [.kept, .capacities], [.budget, .capacities], [.shares, .backup], [.budget, .shares],
            [.kept, .budget, .shares, .backup],
        ] as [Set<Extension>])
    func `cover is the best of all sets of sites`(extensions: Set<Extension>) {
        Self.compare(.cover, extensions)
    }

    @Test(
        arguments: [
            [], [.kept], [.capacities], [.shares], [.backup], [.kept, .capacities], [.kept, .shares], [.kept, .backup],
            [.shares, .backup], [.kept, .shares, .backup],
        ] as [Set<Extension>])
    func `all is the best of all sets of sites`(extensions: Set<Extension>) {
        Self.compare(.all, extensions)
    }

    @Test(
        arguments: [
            [], [.kept], [.budget], [.capacities], [.beyondCost], [.kept, .budget], [.kept, .capacities],
            [.kept, .beyondCost], [.budget, .beyondCost], [.capacities, .beyondCost], [.budget, .capacities],
            [.kept, .budget, .capacities, .beyondCost],
        ] as [Set<Extension>])
    func `median is the best of all sets of sites`(extensions: Set<Extension>) {
        Self.compare(.median, extensions)
    }

    @Test(
        arguments: [
            [], [.kept], [.budget], [.capacities], [.backup], [.beyondCost], [.kept, .budget], [.kept, .backup],
            [.kept, .capacities], [.budget, .backup], [.capacities, .beyondCost], [.backup, .beyondCost],
            [.kept, .budget, .backup, .beyondCost],
        ] as [Set<Extension>])
    func `center is the best of all sets of sites`(extensions: Set<Extension>) {
        Self.compare(.center, extensions)
    }

    private static let seedCount = 60

    private static func compare(_ goal: PlacementProblem.Goal, _ extensions: Set<Extension>) {
        for seed in 0..<UInt64(seedCount) {
            let problem = OracleProblems.problem(goal, extensions, seed: seed)
            let oracle = Oracle(problem)
            let best = oracle.best()
            let name = Comment("\(goal.rawValue) \(extensions.map(\.rawValue).sorted()) seed \(seed)")
            do {
                let answer = try Placement.solve(problem)
                #expect(best != nil, name)
                #expect(isEqual(answer.value, best ?? .nan), name)
                #expect(answer.isProved && answer.bound == answer.value, name)
                #expect(isEqual(answer.value, oracle.value(of: answer.sites.map(Int.init)) ?? .nan), name)
                #expect(answer.sites == answer.sites.sorted() && Set(answer.sites).isDisjoint(with: problem.kept), name)
            } catch {
                #expect(best == nil, "\(name): \(error)")
                #expect(isFitting(error, problem), "\(name): \(error)")
            }
        }
    }

    private static func isEqual(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= 1e-9 * max(abs(left), abs(right))
    }

    /// Whether a failure is of the kind that the problem can have.
    private static func isFitting(_ failure: PlacementFailure, _ problem: PlacementProblem) -> Bool {
        switch failure {
        case .sharesClash(let groups): problem.shares != nil && isLeastClash(groups, problem)
        case .unservable(let demand): !problem.table.row(demand).isEmpty
        case .capacityTooSmall(let weight, let capacity): weight > capacity
        default: false
        }
    }

    /// Whether these groups clash, and do not without any one of them.
    private static func isLeastClash(_ groups: [Int], _ problem: PlacementProblem) -> Bool {
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
