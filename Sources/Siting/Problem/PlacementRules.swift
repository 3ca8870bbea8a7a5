/// Which options of a problem go together: the one place that says so, for
/// whoever has a problem, or only knows what one will hold.
public struct PlacementRules: Sendable, Hashable {
    /// What is asked for.
    public var goal: PlacementProblem.Goal
    /// Whether a number of new stations is given.
    public var hasStationCount = false
    /// Whether a radius is given.
    public var hasRadius = false
    /// Whether sites cost anything.
    public var hasSiteCosts = false
    /// Whether there is a budget.
    public var hasBudget = false
    /// Whether stations can serve only so much.
    public var hasCapacities = false
    /// Whether groups shall have their share.
    public var hasShares = false
    /// Whether a cost stands for all that are beyond it.
    public var hasBeyondCost = false
    /// How many stations have to reach a demand until it counts.
    public var backup = 1
    /// Whether the next stations are to be ranked.
    public var isRanked = false

    /// Makes rules for a problem without extensions.
    public init(goal: PlacementProblem.Goal) { self.goal = goal }

    /// Makes rules for a problem as it is.
    public init(_ problem: PlacementProblem) {
        goal = problem.goal
        hasStationCount = problem.stationCount != nil
        hasRadius = problem.radius != nil
        hasSiteCosts = !problem.siteCosts.isEmpty
        hasBudget = problem.budget != nil
        hasCapacities = !problem.capacities.isEmpty
        hasShares = problem.shares != nil
        hasBeyondCost = problem.beyondCost != nil
        backup = problem.backup
    }

    /// Throws the first thing that does not go together.
    public func check() throws(PlacementFailure) {
        let isSum = goal == .median || goal == .center
        let ranking = "ranking"
        try refuse(isSum && hasRadius, "radius")
        try refuse(isSum && hasShares, "shares")
        try refuse(!isSum && hasBeyondCost, "beyondCost")
        try refuse(goal == .median && backup > 1, "backup")
        try refuse(goal == .all && hasStationCount, "stationCount")
        try refuse(goal == .all && hasBudget, "budget")
        try refuse(isRanked && (goal == .all || goal == .center), ranking)
        try refuse(hasCapacities && backup > 1, "capacities", "backup")
        try refuse(hasCapacities && hasShares, "capacities", "shares")
        try refuse(isRanked && hasCapacities, ranking, "capacities")
        try refuse(isRanked && hasShares, ranking, "shares")
        try refuse(isRanked && hasBudget, ranking, "budget")
    }

    private func refuse(_ isGiven: Bool, _ member: String) throws(PlacementFailure) {
        if isGiven { throw .unsupported(goal, member) }
    }

    private func refuse(_ areGiven: Bool, _ first: String, _ second: String) throws(PlacementFailure) {
        if areGiven { throw .exclusive(first, second) }
    }
}
