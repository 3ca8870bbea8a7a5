/// Maximal covering: the most weight within the radius of so many stations, of
/// a budget, or of both, with backup and shares of groups (Church and ReVelle 1974).
///
/// Merged rows, greedy and swaps for the first answer; Lagrangian bounds, sites
/// fixed by them and branch and bound for the proof. The same answer for any
/// number of threads.
enum CoverSolver {
    /// Solves a problem whose goal is `cover`, checked by `PlacementCheck`.
    ///
    /// - Throws: `sharesClash`, and `noAnswerYet` where shares were not met before
    ///   the limit.
    static func solve(
        _ problem: PlacementProblem, _ control: PlacementControl
    ) throws(PlacementFailure) -> PlacementAnswer {
        precondition(
            problem.goal == .cover && problem.capacities.isEmpty, "the goal is cover, and no station has a capacity")
        let covers = EqualCovers(problem) { control.end != .cancelled }
        guard covers.isComplete else { return try answerWithoutRows(problem, covers) }
        let shares = CoverShares(problem, covers)
        let model = CoverModel(problem, covers, shares)
        var search = CoverSearch(model, keptWeight: covers.keptWeight, control)
        let end = try search.run()
        guard let best = search.best else {
            guard end == .proved else { throw .noAnswerYet(end) }
            let (groups, isLeast) = try ShareClash(model, control).leastGroups()
            if control.end == .cancelled { throw .noAnswerYet(.cancelled) }
            throw .sharesClash(groups: groups.map { shares.groups[$0] }, isLeast: isLeast)
        }
        return PlacementAnswer(
            sites: best.map { search.model.siteNumbers[Int($0)] }.sorted(),
            value: covers.keptWeight + search.bestValue, bound: covers.keptWeight + search.bound, end: end)
    }

    /// No new station, bounded by all that can be covered.
    private static func answerWithoutRows(
        _ problem: PlacementProblem, _ covers: EqualCovers
    ) throws(PlacementFailure) -> PlacementAnswer {
        guard problem.shares == nil else { throw .noAnswerYet(.cancelled) }
        return PlacementAnswer(sites: [], value: covers.keptWeight, bound: covers.reachableWeight, end: .cancelled)
    }
}
