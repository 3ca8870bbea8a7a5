public import Messages
import Siting

extension SiteRequest {
    /// Makes sure that the options go together, without a look at any atlas.
    ///
    /// - Throws: `Failure` with `.usage` for the first two that do not.
    public func check() throws(Failure) {
        if isEquitable, goal != .median {
            throw Failure(.usage, .notTogether(goal: goal.rawValue, "--equity"), hint: .equityNeedsMedian)
        }
        if isEquitable, rankedCount != nil { throw Failure(.usage, .notBoth("--next", "--equity"), hint: .leaveOneOut) }
        var rules = PlacementRules(goal: goal)
        rules.hasStationCount = stationCount != nil
        rules.hasSiteCosts = siteCost != nil
        rules.hasBudget = budget != nil
        rules.hasCapacities = capacity != nil
        rules.hasShares = eachAtLeast != nil
        rules.backup = backup
        rules.isRanked = rankedCount != nil
        try rules.checkAsked()
        if goal != .all, stationCount == nil, budget == nil, rankedCount == nil {
            throw Failure(.usage, .needsStationCount)
        }
    }
}

extension CostRequest {
    /// Makes sure that the options go together, without a look at any file.
    ///
    /// - Throws: `Failure` with `.usage` for the first two that do not.
    public func check() throws(Failure) {
        var rules = PlacementRules(goal: goal)
        rules.hasStationCount = stationCount != nil
        rules.hasRadius = radius != nil
        rules.hasSiteCosts = siteCost != nil
        rules.hasBudget = budget != nil
        rules.hasCapacities = capacity != nil
        rules.backup = backup
        rules.isRanked = rankedCount != nil
        try rules.checkAsked()
    }
}

extension PlacementRules {
    /// Checks what somebody asks for: a budget says nothing without costs, nor
    /// do costs without a budget.
    fileprivate func checkAsked() throws(Failure) {
        do throws(PlacementFailure) {
            try check()
        } catch {
            throw error.failure(group: { String($0) }, demand: { String($0) })
        }
        if goal == .all, hasSiteCosts {
            throw Failure(.usage, .notTogether(goal: goal.rawValue, "--cost"), hint: .leaveOneOut)
        }
        if hasBudget, !hasSiteCosts { throw Failure(.usage, .needsOther("--budget", "--cost")) }
        if hasSiteCosts, !hasBudget { throw Failure(.usage, .needsOther("--cost", "--budget")) }
    }
}
