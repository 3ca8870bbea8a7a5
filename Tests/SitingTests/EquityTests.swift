import Foundation
import Siting
import TestSupport
import Testing

@Suite struct EquityTests {
    /// The least equivalent of all choices of so many sites; `nil` where none
    /// serves everybody. By the definition, with another formula than the code.
    private static func least(_ problem: PlacementProblem, kappa: Double) -> Double? {
        let table = problem.table
        let candidates = (0..<UInt32(table.siteCount)).filter { !problem.kept.contains($0) }
        var least: Double?
        for mask in 0..<(1 << candidates.count) where mask.nonzeroBitCount <= problem.stationCount ?? 0 {
            let open = Set(problem.kept + candidates.indices.filter { mask >> $0 & 1 != 0 }.map { candidates[$0] })
            var (mean, whole) = (0.0, 0.0)
            for demand in 0..<table.demandCount where !table.row(demand).isEmpty {
                let entry = table.row(demand).first { open.contains(table.sites[$0]) }
                let cost = min(entry.map { table.costs[$0] } ?? .infinity, problem.beyondCost ?? .infinity)
                mean += problem.weights[demand] * (problem.weights[demand] > 0 ? exp(kappa * cost) : cost)
                whole += problem.weights[demand]
            }
            guard mean.isFinite else { continue }
            let equivalent = whole > 0 ? log(mean / whole) / kappa : 0
            least = min(least ?? .infinity, equivalent)
        }
        return least
    }

    @Test func `the fairest plan is the best of all sets of sites`() throws {
        for seed in 0..<UInt64(1000) {
            var problem = OracleProblems.problem(.median, seed % 2 == 0 ? [.kept] : [.beyondCost], seed: seed)
            if seed % 3 == 0 { problem.beyondCost = (problem.table.costs.max() ?? 1) * 1.5 }
            let equity = KolmPollak(problem, aversion: [0.5, 1, 2][Int(seed % 3)])
            guard equity.kappa > 0 else { continue }
            let least = Self.least(problem, kappa: equity.kappa)
            guard let answer = try? Placement.solve(equity.problem(problem)) else {
                #expect(least == nil, "seed \(seed)")
                continue
            }
            let fair = equity.answer(answer, of: problem)
            #expect(fair.isProved && fair.bound == fair.value, "seed \(seed)")
            #expect(abs(fair.value - (least ?? .nan)) <= 1e-6 * max(1, fair.value), "seed \(seed)")
        }
    }

    @Test func `the equivalent lies between the mean and the worst`() {
        let costs = [1.0, 2, 3, 10]
        let weights = [1.0, 2, 3, 1]
        let mean = zip(costs, weights).reduce(0) { $0 + $1.0 * $1.1 } / 7
        var before = mean
        for kappa in [1e-9, 0.01, 0.1, 1, 10] {
            let equivalent = KolmPollak(kappa: kappa).equivalent(costs: costs, weights: weights)
            #expect(before <= equivalent + 1e-9 && equivalent <= 10)
            before = equivalent
        }
        #expect(abs(before - 10) < 0.2)
        #expect(KolmPollak(kappa: 0).equivalent(costs: costs, weights: weights) == mean)
        #expect(KolmPollak(kappa: 1).equivalent(costs: [], weights: []) == 0)
    }

    @Test func `the unit of cost does not matter`() {
        let minutes = [1.0, 4, 2, 8]
        let weights = [3.0, 1, 2, 1]
        let inMinutes = KolmPollak(costs: minutes, weights: weights)
        let inSeconds = KolmPollak(costs: minutes.map { 60 * $0 }, weights: weights)
        let equivalent = inMinutes.equivalent(costs: minutes, weights: weights)
        let same = inSeconds.equivalent(costs: minutes.map { 60 * $0 }, weights: weights) / 60
        #expect(abs(equivalent - same) < 1e-9)
        #expect(abs(inMinutes.kappa - 60 * inSeconds.kappa) < 1e-12)
    }

    @Test func `extreme costs stay finite`() throws {
        let table = CostTable(
            siteCount: 2, rowStarts: [0, 2, 4], sites: [0, 1, 0, 1], costs: [0.001, 1e9, 0.001, 1e9])
        let problem = PlacementProblem(goal: .median, table: table, weights: [1, 1], stationCount: 1)
        let equity = KolmPollak(problem)
        let fair = equity.answer(try Placement.solve(equity.problem(problem)), of: problem)
        #expect(fair.sites == [0] && fair.value.isFinite)
        let idle = PlacementProblem(
            goal: .median, table: CostTable(siteCount: 1, rowStarts: [0, 1], sites: [0], costs: [0]), weights: [1],
            stationCount: 1)
        #expect(KolmPollak(idle).kappa == 0)
    }
}
