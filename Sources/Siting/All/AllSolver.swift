/// As few new stations as reach all demand within the radius: set covering
/// (Toregas, Swain, ReVelle and Bergman 1971), with backup set multicovering,
/// with shares partial covering.
enum AllSolver {
    /// Finds the fewest stations for a problem checked by `PlacementCheck`, or as
    /// few as the control leaves time for.
    static func solve(
        _ problem: PlacementProblem, _ control: PlacementControl
    ) throws(PlacementFailure) -> PlacementAnswer {
        precondition(problem.capacities.isEmpty && problem.budget == nil, "neither capacities nor a budget")
        let covers = EqualCovers(problem)
        let wish = CoveringSolver.Wish(gap: control.gap, isAudible: true)
        guard problem.shares != nil else {
            return try answer(try CoveringSolver.solve(CoveringProgram(covers), wish, control)) { UInt32($0) }
        }
        let shares = CoverShares(problem, covers)
        let model = CoverModel(problem, covers, shares).sharesAlone { control.end == nil }
        // Enough stations give each group all it can have: groups clash alone only.
        if let group = model.hopelessGroup { throw .sharesClash(groups: [shares.groups[group]], isLeast: true) }
        return try answer(try ShareSolver.solve(model, wish, control)) { model.siteNumbers[Int($0)] }
    }

    private static func answer(
        _ outcome: CoveringSolver.Outcome, site: (Int32) -> UInt32
    ) throws(PlacementFailure) -> PlacementAnswer {
        guard let columns = outcome.columns else { throw .noAnswerYet(outcome.end ?? .limitReached) }
        let isProved = outcome.bound >= outcome.value
        return PlacementAnswer(
            sites: columns.map(site), value: outcome.value, bound: min(outcome.bound, outcome.value),
            end: isProved ? .proved : outcome.end ?? .limitReached)
    }
}

extension CoveringProgram {
    /// The rows of merged demands; every site is a column and costs 1.
    init(_ covers: EqualCovers) {
        self.init(
            costs: [Double](repeating: 1, count: covers.siteCount), rowStarts: covers.rowStarts,
            rowColumns: covers.sites.map { Int32(bitPattern: $0) }, needs: covers.needs)
    }
}
