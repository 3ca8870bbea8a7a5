/// Why a problem has no answer, once a search has shown that it has none.
extension CompactSearch {
    func failure() throws(PlacementFailure) -> PlacementFailure {
        if problem.shares != nil {
            let groups = try clashingGroups()
            return .sharesClash(groups: groups, isLeast: control.end == nil)
        }
        if !problem.capacities.isEmpty {
            let weight = problem.weights.indices.reduce(0) { $0 + (value.isReachable[$1] ? problem.weights[$1] : 0) }
            let capacity = greatestCapacity()
            if capacity < weight { return .capacityTooSmall(demandWeight: weight, capacity: capacity) }
        }
        return .unservable(demand: demandLeftOut())
    }

    /// What the kept stations and the largest new ones can serve together.
    private func greatestCapacity() -> Double {
        let new = candidates.map { problem.capacities[Int($0)] }.sorted(by: >)
        return problem.kept.reduce(0) { $0 + problem.capacities[Int($1)] }
            + new.prefix(problem.stationCount ?? new.count).reduce(0, +)
    }

    /// A demand that a greedy choice of sites leaves out; the first one where it
    /// leaves out none.
    private func demandLeftOut() -> Int {
        let ranks = greedyRanks()
        var isOpen = problem.flagsOfKept
        for (column, site) in candidates.enumerated() where ranks[column] > 0 { isOpen[Int(site)] = true }
        let reachable = problem.weights.indices.filter { value.isReachable[$0] }
        return reachable.first { demand in !value.row(demand).contains { isOpen[Int(problem.table.sites[$0])] } }
            ?? reachable.first ?? 0
    }

    // MARK: - Shares

    /// A least set of groups whose shares cannot all be had: each group is left
    /// out in turn, and stays out if the others clash without it (the deletion
    /// filter of Chinneck and Dravnieks 1991).
    private func clashingGroups() throws(PlacementFailure) -> [Int] {
        guard let shares = problem.shares else { return [] }
        var groups = Array(0..<shares.groupCount)
        for group in groups where try !canHaveShares(of: [group]) {
            return [group]
        }
        for group in groups where groups.count > 2 {
            let others = groups.filter { $0 != group }
            if try !canHaveShares(of: others) { groups = others }
        }
        return groups
    }

    /// Whether some sites give all these groups their share; also where the
    /// control ends the search for them.
    private func canHaveShares(of groups: [Int]) throws(PlacementFailure) -> Bool {
        var part = problem
        part.goal = .cover
        part.shares?.groups = (problem.shares?.groups ?? []).map {
            groups.contains(Int($0)) ? $0 : PlacementProblem.Shares.noGroup
        }
        return try CompactSearch(part, control).hasAnswer() ?? true
    }
}
