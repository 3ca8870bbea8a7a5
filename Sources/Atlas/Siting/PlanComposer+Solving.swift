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
    /// - Throws: why there is none.
    func plan(rankedCount: Int?, _ control: PlacementControl) throws(PlacementFailure) -> SitePlan {
        var composer = self
        if let rankedCount, problem.stationCount == nil, problem.budget == nil {
            composer.problem.stationCount = rankedCount
        }
        var plan = try composer.solved(control)
        if let rankedCount {
            let ranked = try PlacementRanking.rank(composer.problem, count: rankedCount, control)
            plan.ranking = zip(1..., ranked).map { order, station in
                SitePlan.RankedStation(
                    order: order, site: site(station.site), gain: station.gain.isFinite ? station.gain : nil,
                    value: station.value, bound: station.bound)
            }.filter(\.value.isFinite)
        }
        return plan
    }

    private func solved(_ control: PlacementControl) throws(PlacementFailure) -> SitePlan {
        guard let equity else { return plan(try Placement.solve(problem, control)) }
        let answer = equity.answer(try Placement.solve(equity.problem(problem), control), of: problem)
        var plan = plan(answer)
        plan.value = answer.value * plan.reachableWeight
        plan.bound = answer.bound * plan.reachableWeight
        let walks = Services(problem, open: problem.kept + answer.sites).value(problem) ?? 0
        plan.equity = SitePlan.Equity(
            kappa: equity.kappa, equivalent: answer.value,
            mean: plan.reachableWeight > 0 ? walks / plan.reachableWeight : 0)
        return plan
    }
}
