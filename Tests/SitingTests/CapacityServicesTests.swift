import Siting
import Testing

/// Who is served from where with capacities: what it is worth is what the
/// solvers say of the same stations.
@Suite struct CapacityServicesTests {
    @Test(arguments: [PlacementProblem.Goal.cover, .median, .all])
    func partsAreWorthWhatTheAnswerIs(_ goal: PlacementProblem.Goal) throws {
        var compared = 0
        for seed in UInt64(0)..<400 {
            let problem = OracleProblems.problem(
                goal, goal == .median ? [.capacities, .beyondCost] : [.capacities], seed: seed)
            guard let answer = try? Placement.solve(problem) else { continue }
            compared += 1
            let open = (problem.kept + answer.sites).sorted()
            let parts = CapacityServices(problem, open: open).parts
            var ofDemand = [Double](repeating: 0, count: problem.table.demandCount)
            var ofSite = [Double](repeating: 0, count: problem.table.siteCount)
            var walks = 0.0
            for part in parts {
                ofDemand[Int(part.demand)] += part.weight
                ofSite[Int(part.site)] += part.weight
                walks += part.weight * part.cost
                #expect(open.contains(part.site), "seed \(seed)")
                let row = problem.table.row(Int(part.demand))
                #expect(row.contains { problem.table.sites[$0] == part.site && problem.table.costs[$0] == part.cost })
            }
            for site in ofSite.indices {
                #expect(ofSite[site] <= problem.capacities[site] * (1 + 1e-9), "seed \(seed)")
            }
            for demand in ofDemand.indices {
                #expect(ofDemand[demand] <= problem.weights[demand] * (1 + 1e-9), "seed \(seed)")
            }
            let served = ofDemand.reduce(0, +)
            let tolerance = 1e-6 * (1 + abs(answer.value))
            switch goal {
            case .cover: #expect(abs(served - answer.value) < tolerance, "seed \(seed): \(served), not \(answer.value)")
            case .median:
                let reachable = ofDemand.indices.filter { !problem.table.row($0).isEmpty }
                let rest = reachable.reduce(0) { $0 + max(0, problem.weights[$1] - ofDemand[$1]) }
                let value = walks + rest * (problem.beyondCost ?? 0)
                #expect(abs(value - answer.value) < tolerance, "seed \(seed): \(value), not \(answer.value)")
            default:
                let reach = problem.radius ?? .infinity
                let wanted = ofDemand.indices.filter { demand in
                    problem.table.row(demand).contains { problem.table.costs[$0] <= reach }
                }
                let weight = wanted.reduce(0) { $0 + problem.weights[$1] }
                #expect(abs(served - weight) < 1e-6 * (1 + weight), "seed \(seed)")
            }
        }
        #expect(compared > 100, "\(compared) problems have an answer")
    }
}
