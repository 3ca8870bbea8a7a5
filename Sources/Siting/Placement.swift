/// Finds where stations shall stand: the front door of this room.
public enum Placement {
    /// Solves a problem with the solver that is best for it.
    ///
    /// Demand that no site can serve is left out. The answer is the same for
    /// every run with the same problem, seed and limit in work; a limit in time
    /// or somebody who ends it may end it elsewhere.
    ///
    /// - Parameters:
    ///   - problem: what is asked for.
    ///   - control: what the search may take, who may end it, and who hears how
    ///     far it is.
    /// - Returns: the best sites found, what they are worth, and what none can be
    ///   better than.
    /// - Throws: why the problem has no answer, or none was found in time.
    public static func solve(
        _ problem: PlacementProblem, _ control: PlacementControl = PlacementControl()
    ) throws(PlacementFailure) -> PlacementAnswer {
        try PlacementCheck(problem).check()
        var problem = problem
        if problem.capacities.allSatisfy({ $0 == .infinity }) { problem.capacities = [] }
        return bounded(try answer(problem, control), problem)
    }

    private static func answer(
        _ problem: PlacementProblem, _ control: PlacementControl
    ) throws(PlacementFailure) -> PlacementAnswer {
        guard problem.capacities.isEmpty else { return try CompactModel.solve(problem, control) }
        switch problem.goal {
        case .cover: return try CoverSolver.solve(problem, control)
        case .all: return try AllSolver.solve(problem, control)
        case .median: return try MedianSolver.solve(problem, control)
        case .center: return try CenterSolver.solve(problem, control)
        }
    }

    /// An answer whose bound is at least as good as one that takes no search: a
    /// search that was ended early may not have come to one.
    private static func bounded(_ answer: PlacementAnswer, _ problem: PlacementProblem) -> PlacementAnswer {
        guard !answer.isProved else { return answer }
        var answer = answer
        let sure = PlacementValue(problem).sureBound()
        let known = answer.bound.isFinite ? answer.bound : sure
        if problem.goal == .cover {
            answer.bound = max(answer.value, min(known, sure))
        } else {
            answer.bound = min(answer.value, max(known, sure))
        }
        if answer.gap <= PlacementValue.tolerance { (answer.bound, answer.end) = (answer.value, .proved) }
        return answer
    }
}
