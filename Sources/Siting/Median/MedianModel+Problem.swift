extension MedianModel {
    /// The model of a problem: equal rows merged, entries dropped that are never
    /// used because something nearer is open for certain.
    ///
    /// The rows lie in the problem's table; nothing of it is copied, unless there is
    /// demand without weight that has to be served all the same.
    init(_ problem: PlacementProblem) {
        let table = problem.table
        let isKept = problem.flagsOfKept
        let candidates = (0..<table.siteCount).filter { !isKept[$0] }
        let asked = problem.stationCount ?? candidates.count
        self.init(
            rows: MedianRows(sites: table.sites, costs: table.costs), siteIDs: Array(0..<UInt32(table.siteCount)),
            limit: asked)
        budget = problem.spendingLimit
        if budget < .infinity {
            siteCosts = problem.siteCosts
            for site in problem.kept { siteCosts[Int(site)] = .infinity }
        }
        var penalised: [Int] = []
        certainCount = certain(among: candidates)
        for demand in 0..<table.demandCount where !table.row(demand).isEmpty {
            let cut = cut(demand, problem, isKept, freeSites: candidates.count, certain: certainCount)
            if cut.ceiling == .infinity { penalised.append(rows.count) }
            rows.append(cut.entries, ceiling: cut.ceiling, weight: problem.weights[demand])
        }
        penalise(penalised, problem)
        merge()
    }

    private func certain(among candidates: [Int]) -> Int {
        if budget == .infinity { return limit }
        return limit > 0 && candidates.contains { siteCosts[$0] <= budget } ? 1 : 0
    }

    /// The part of a row that matters, and what closes it; infinite where demand
    /// could stay unserved.
    private func cut(
        _ demand: Int, _ problem: PlacementProblem, _ isKept: [Bool], freeSites: Int, certain: Int
    ) -> (entries: Range<Int>, ceiling: Double) {
        let table = problem.table
        let row = table.row(demand)
        let farthest = problem.beyondCost ?? .infinity
        // With so many sites nearer, an open one is among them or this one is open.
        let enough = certain > 0 ? max(1, freeSites - certain) : .max
        var end = row.upperBound
        var ceiling = farthest
        if problem.kept.isEmpty {
            if enough < row.count { end = row.lowerBound + enough }
        } else {
            end = row.lowerBound
            while end < row.upperBound, !isKept[Int(table.sites[end])], end - row.lowerBound < enough { end += 1 }
        }
        if end < row.upperBound { ceiling = min(ceiling, table.costs[end]) }
        while end > row.lowerBound, table.costs[end - 1] >= ceiling { end -= 1 }
        return (row.lowerBound..<end, ceiling)
    }

    /// Closes rows that have to be served with a cost that no answer comes near to.
    private mutating func penalise(_ penalised: [Int], _ problem: PlacementProblem) {
        if penalised.isEmpty { return }
        for row in penalised where rows.weights[row] == 0 {
            // It costs nothing to serve, but has to be.
            let entries = rows.starts[row]..<rows.ends[row]
            rows.starts[row] = rows.sites.count
            for entry in entries {
                rows.sites.append(rows.sites[entry])
                rows.costs.append(0)
            }
            rows.ends[row] = rows.sites.count
            rows.weights[row] = 1
        }
        var worst = 0.0
        for row in 0..<rows.count {
            let dearest = rows.ceilings[row] < .infinity ? rows.ceilings[row] : rows.costs[rows.ends[row] - 1]
            worst += rows.weights[row] * dearest
        }
        penalty = worst > 0 ? worst * 1.25 : 1
        for row in penalised { rows.ceilings[row] = penalty / rows.weights[row] }
    }

    /// Merges rows of the same sites, costs and ceiling, and drops those that no
    /// site serves for less than the ceiling.
    private mutating func merge() {
        let hashes = rows.hashes()
        var order = (0..<rows.count).filter { rows.starts[$0] < rows.ends[$0] && rows.weights[$0] > 0 }
        order.sort { hashes[$0] != hashes[$1] ? hashes[$0] < hashes[$1] : $0 < $1 }
        var isGone = Array(repeating: false, count: rows.count)
        for row in isGone.indices where rows.starts[row] == rows.ends[row] || rows.weights[row] == 0 {
            isGone[row] = true
            constant += rows.weights[row] * rows.ceilings[row]
        }
        for place in order.indices.dropFirst() {
            let (first, next) = (order[place - 1], order[place])
            guard hashes[first] == hashes[next], rows.areEqual(first, next) else { continue }
            rows.weights[first] += rows.weights[next]
            order[place] = first
            isGone[next] = true
        }
        rows.drop(isGone)
    }
}

extension MedianRows {
    /// A number of every row that is the same for equal rows.
    func hashes() -> [UInt64] {
        withView { rows in
            (0..<rows.count).map { row in
                var hash = rows.ceilings[row].bitPattern &* 0x9E37_79B9_7F4A_7C15
                // Rows that begin alike are compared entry by entry.
                for entry in rows.starts[row]..<min(rows.ends[row], rows.starts[row] + 32) {
                    hash = (hash ^ UInt64(rows.sites[entry])) &* 0xFF51_AFD7_ED55_8CCD
                    hash = (hash ^ (hash >> 29) ^ rows.costs[entry].bitPattern) &* 0xC4CE_B9FE_1A85_EC53
                }
                return hash ^ (hash >> 32) ^ UInt64(rows.ends[row] - rows.starts[row])
            }
        }
    }

    /// Whether two rows have the same sites, costs and ceiling.
    func areEqual(_ first: Int, _ second: Int) -> Bool {
        guard ceilings[first] == ceilings[second], ends[first] - starts[first] == ends[second] - starts[second]
        else { return false }
        return withView { rows in
            let shift = rows.starts[second] - rows.starts[first]
            for entry in rows.starts[first]..<rows.ends[first]
            where rows.sites[entry] != rows.sites[entry + shift] || rows.costs[entry] != rows.costs[entry + shift] {
                return false
            }
            return true
        }
    }

    /// Takes rows out.
    mutating func drop(_ isGone: [Bool]) {
        var kept = 0
        for row in isGone.indices where !isGone[row] {
            starts[kept] = starts[row]
            ends[kept] = ends[row]
            ceilings[kept] = ceilings[row]
            weights[kept] = weights[row]
            kept += 1
        }
        starts.removeLast(count - kept)
        ends.removeLast(ends.count - kept)
        ceilings.removeLast(ceilings.count - kept)
        weights.removeLast(weights.count - kept)
    }
}
