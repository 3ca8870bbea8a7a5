import Messages
import Siting

extension PlanComposer {
    /// Solves the problem and makes a plan of it, with a ranking where one is
    /// asked for; then so many stations are planned, too, unless the problem
    /// says how many.
    ///
    /// - Parameters:
    ///   - rankedCount: how many next stations are ranked.
    ///   - control: of the search.
    /// - Returns: the plan.
    /// - Throws: `Failure`: why there is none.
    func plan(rankedCount: Int?, _ control: PlacementControl) throws(Failure) -> SitePlan {
        var composer = self
        if let rankedCount, problem.stationCount == nil, problem.budget == nil {
            composer.problem.stationCount = rankedCount
        }
        var plan = try composer.solved(control)
        if let rankedCount {
            let ranked = try known { () throws(PlacementFailure) in
                try PlacementRanking.rank(composer.problem, count: rankedCount, control)
            }
            plan.ranking = try zip(1..., ranked).filter(\.1.value.isFinite).map { order, station throws(Failure) in
                SitePlan.RankedStation(
                    order: order, site: try site(station.site), gain: station.gain.isFinite ? station.gain : nil,
                    value: station.value, bound: station.bound)
            }
        }
        return plan
    }

    private func solved(_ control: PlacementControl) throws(Failure) -> SitePlan {
        func solve(_ problem: PlacementProblem) throws(Failure) -> PlacementAnswer {
            try known { () throws(PlacementFailure) in try Placement.solve(problem, control) }
        }
        guard let equity else { return try plan(try solve(problem)) }
        let answer = equity.answer(try solve(equity.problem(problem)), of: problem)
        var plan = try plan(answer)
        plan.value = answer.value * plan.reachableWeight
        plan.bound = answer.bound * plan.reachableWeight
        let walks = PlacementValue(problem)(answer.sites) ?? 0
        plan.equity = SitePlan.Equity(
            kappa: equity.kappa, equivalent: answer.value,
            mean: plan.reachableWeight > 0 ? walks / plan.reachableWeight : 0)
        return plan
    }

    private func known<Found>(_ find: () throws(PlacementFailure) -> Found) throws(Failure) -> Found {
        do throws(PlacementFailure) {
            return try find()
        } catch {
            throw failure(error)
        }
    }
}
