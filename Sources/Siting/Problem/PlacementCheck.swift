/// Whether a problem is one: values are what they may be, and the extensions
/// are ones that a model joins.
struct PlacementCheck {
    private let problem: PlacementProblem

    init(_ problem: PlacementProblem) { self.problem = problem }

    /// Throws the first thing that is wrong.
    ///
    /// - Complexity: O(n) for n entries.
    func check() throws(PlacementFailure) {
        guard problem.table.siteCount > 0 else { throw .noSite }
        try checkNumbers()
        try checkTable()
        try checkSums()
        try PlacementRules(problem).check()
        try checkCount()
    }

    private func require(_ isRight: Bool, _ member: String) throws(PlacementFailure) {
        guard isRight else { throw .invalid(member) }
    }

    /// Whether a number is one that is not below 0; NaN and infinity are not.
    private func isAmount(_ number: Double) -> Bool { number >= 0 && number < .infinity }

    private func checkNumbers() throws(PlacementFailure) {
        let sites = problem.table.siteCount
        let demands = problem.table.demandCount
        try require(problem.weights.count == demands && problem.weights.allSatisfy(isAmount), "weights")
        let kept = problem.kept
        try require(kept.allSatisfy { $0 < sites } && zip(kept, kept.dropFirst()).allSatisfy { $0 < $1 }, "kept")
        try require(problem.radius.map { $0 >= 0 } ?? true, "radius")
        try require(problem.budget.map(isAmount) ?? true, "budget")
        let siteCosts = problem.siteCosts
        try require(siteCosts.isEmpty || siteCosts.count == sites && siteCosts.allSatisfy(isAmount), "siteCosts")
        let capacities = problem.capacities
        try require(capacities.isEmpty || capacities.count == sites && capacities.allSatisfy { $0 >= 0 }, "capacities")
        try require(problem.backup >= 1, "backup")
        try require(problem.beyondCost.map(isAmount) ?? true, "beyondCost")
        if let shares = problem.shares {
            let areGroups = shares.groups.allSatisfy {
                $0 == PlacementProblem.Shares.noGroup || $0 < shares.groupCount
            }
            let isShare = shares.leastShare >= 0 && shares.leastShare <= 1
            try require(shares.groups.count == demands && shares.groupCount >= 0 && areGroups && isShare, "shares")
        }
    }

    private func checkTable() throws(PlacementFailure) {
        let table = problem.table
        let rowsAscend = zip(table.rowStarts, table.rowStarts.dropFirst()).allSatisfy { $0 <= $1 }
        try require(rowsAscend && table.costs.allSatisfy(isAmount), "table")
        var lastDemand = Array(repeating: -1, count: table.siteCount)
        for demand in 0..<table.demandCount {
            var before = 0.0
            for entry in table.row(demand) {
                let site = Int(table.sites[entry])
                try require(site < table.siteCount && table.costs[entry] >= before, "table")
                try require(lastDemand[site] != demand, "table")
                lastDemand[site] = demand
                before = table.costs[entry]
            }
        }
    }

    /// Whether every sum that a value can be is a number.
    private func checkSums() throws(PlacementFailure) {
        let table = problem.table
        var (weight, cost) = (0.0, 0.0)
        for demand in 0..<table.demandCount {
            let last = table.row(demand).last.map { table.costs[$0] } ?? 0
            weight += problem.weights[demand]
            cost += problem.weights[demand] * max(last, problem.beyondCost ?? 0)
        }
        try require(isAmount(weight) && isAmount(cost), "weights")
        try require(isAmount(problem.siteCosts.reduce(0, +)), "siteCosts")
    }

    private func checkCount() throws(PlacementFailure) {
        if problem.goal == .all { return }
        let present = problem.table.siteCount - problem.kept.count
        guard present > 0 else { throw .noSite }
        guard let asked = problem.stationCount else {
            return try require(problem.budget != nil, "stationCount")
        }
        try require(asked > 0, "stationCount")
        guard asked <= present else { throw .tooFewSites(asked: asked, present: present) }
    }
}
