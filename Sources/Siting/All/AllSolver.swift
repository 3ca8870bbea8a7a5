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
        if problem.shares != nil { return try ShareSolver.solve(problem, covers, control) }

        let program = CoveringProgram(covers)
        let wish = CoveringSolver.Wish(gap: control.gap, isAudible: true)
        let outcome = try CoveringSolver.solve(program, wish, control)
        guard let columns = outcome.columns else { throw .noAnswerYet(outcome.end ?? .limitReached) }
        let isProved = outcome.bound >= outcome.value
        return PlacementAnswer(
            sites: columns.map { UInt32($0) }, value: outcome.value, bound: min(outcome.bound, outcome.value),
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
