enum ShareSolver {
    static func solve(_ problem: PlacementProblem, _ covers: EqualCovers, _ control: PlacementControl)
        throws(PlacementFailure) -> PlacementAnswer
    {
        throw .unsupported(.all, "shares")
    }
}
