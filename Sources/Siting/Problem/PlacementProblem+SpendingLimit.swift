extension PlacementProblem {
    /// What the costs of new stations may sum up to: the budget itself where all
    /// are whole numbers, whose sums are exact, else with room for rounding.
    /// Infinite where nothing limits them.
    var spendingLimit: Double {
        guard let budget, !siteCosts.isEmpty else { return .infinity }
        let areWhole = budget == budget.rounded() && siteCosts.allSatisfy { $0 == $0.rounded() }
        return areWhole && siteCosts.reduce(budget, +) < 0x1p53 ? budget : budget * (1 + 1e-9)
    }
}
