extension CoverModel {
    /// Takes the merged rows of a problem over, without those of no weight. What
    /// the kept stations cover counts nowhere: beside it small gains would pass
    /// for rounding.
    init(_ problem: PlacementProblem, _ covers: EqualCovers, _ shares: CoverShares) {
        var rows = CoverRows()
        var sites: [Int32] = []
        for row in 0..<covers.rowCount where covers.weights[row] > 0 {
            sites.removeAll(keepingCapacity: true)
            for entry in covers.row(row) { sites.append(Int32(truncatingIfNeeded: covers.sites[entry])) }
            let group = covers.groups.isEmpty ? -1 : shares.number(ofGroup: covers.groups[row])
            rows.append(sites, need: covers.needs[row], weight: covers.weights[row], group: group)
        }
        let budget = problem.spendingLimit
        self.init(
            siteNumbers: (0..<covers.siteCount).map { UInt32(truncatingIfNeeded: $0) },
            siteCosts: budget.isFinite ? problem.siteCosts : [],
            stationCount: min(problem.stationCount ?? covers.siteCount, Self.affordableCount(problem, budget)),
            budget: budget, rows: rows,
            coveredWeight: 0, wanted: shares.wanted)
    }

    /// How many sites the budget can pay at most.
    private static func affordableCount(_ problem: PlacementProblem, _ budget: Double) -> Int {
        guard budget.isFinite else { return problem.table.siteCount }
        var sum = 0.0
        let costs = (0..<problem.table.siteCount).filter { !problem.isKept(UInt32(truncatingIfNeeded: $0)) }
            .map { problem.siteCosts[$0] }
        return costs.sorted().prefix {
            sum += $0
            return sum <= budget
        }.count
    }

    /// Lays rows out by columns as well.
    init(
        siteNumbers: [UInt32], siteCosts: [Double], stationCount: Int, budget: Double, rows: CoverRows,
        coveredWeight: Double, wanted: [Double]
    ) {
        self.siteNumbers = siteNumbers
        self.siteCosts = siteCosts
        self.budget = budget
        self.stationCount = min(stationCount, siteNumbers.count)
        rowStarts = rows.starts
        rowSites = rows.sites
        needs = rows.needs
        weights = rows.weights
        rowGroups = rows.groups
        (columnStarts, columnRows) = rows.transposed(siteCount: siteNumbers.count)
        self.coveredWeight = coveredWeight
        self.wanted = wanted
        rowWeight = rows.weights.reduce(0, +)
        isIntegral =
            coveredWeight == coveredWeight.rounded() && coveredWeight + rowWeight < 0x1p53
            && rows.weights.allSatisfy { $0 == $0.rounded() }
        hasBackup = rows.needs.contains { $0 > 1 }
    }

    /// The sites all of whose rows another site reaches that costs no more; of
    /// equal ones the first is not among them.
    ///
    /// Only where no row needs two sites: there both may be wanted. Asks before
    /// every site whether to go on, and knows of those looked at.
    func dominatedSites(while goesOn: () -> Bool) -> [Bool] {
        var isDominated = [Bool](repeating: false, count: siteCount)
        guard !hasBackup else { return isDominated }
        var others: [Int32] = []
        var stamps = [Int32](repeating: -1, count: siteCount)
        for site in 0..<siteCount {
            guard goesOn() else { break }
            // Whoever reaches all of its rows stands in its shortest one.
            let rows = columnRows[column(site)]
            guard let shortest = rows.min(by: { row(Int($0)).count < row(Int($1)).count }) else { continue }
            others = rowSites[row(Int(shortest))].filter { isNotWorse(Int($0), than: site) }
            // A stamp of an earlier site is as true: it says who stands in the row.
            for number in rows where !others.isEmpty {
                for entry in row(Int(number)) { stamps[Int(rowSites[entry])] = number }
                others.removeAll { stamps[Int($0)] != number }
            }
            isDominated[site] = !others.isEmpty
        }
        return isDominated
    }

    /// Whether a site goes before another one that reaches no row beyond its own.
    private func isNotWorse(_ site: Int, than other: Int) -> Bool {
        let (count, otherCount) = (column(site).count, column(other).count)
        guard site != other, count >= otherCount else { return false }
        let (cost, otherCost) = siteCosts.isEmpty ? (0, 0) : (siteCosts[site], siteCosts[other])
        return cost <= otherCost && (count > otherCount || cost < otherCost || site < other)
    }
}

/// Rows of a covering model while they are gathered.
struct CoverRows {
    private(set) var starts: [Int] = [0]
    private(set) var sites: [Int32] = []
    private(set) var needs: [Int32] = []
    private(set) var weights: [Double] = []
    private(set) var groups: [Int32] = []

    var count: Int { needs.count }

    /// Adds a row; its sites are ascending.
    mutating func append(_ rowSites: [Int32], need: Int32, weight: Double, group: Int32) {
        sites.append(contentsOf: rowSites)
        starts.append(sites.count)
        needs.append(need)
        weights.append(weight)
        groups.append(group)
    }

    /// Gives a row more weight.
    mutating func add(weight: Double, to row: Int) { weights[row] += weight }

    /// Whether a row is of these sites, this need and group.
    func isRow(_ row: Int, _ rowSites: [Int32], need: Int32, group: Int32) -> Bool {
        let first = starts[row]
        guard needs[row] == need, groups[row] == group, starts[row + 1] - first == rowSites.count else {
            return false
        }
        for index in rowSites.indices where sites[first + index] != rowSites[index] { return false }
        return true
    }

    func transposed(siteCount: Int) -> (starts: [Int], rows: [Int32]) {
        var starts = [Int](repeating: 0, count: siteCount + 1)
        for site in sites { starts[Int(site) + 1] += 1 }
        for site in 0..<siteCount { starts[site + 1] += starts[site] }
        var rows = [Int32](repeating: 0, count: sites.count)
        var next = starts
        for row in needs.indices {
            for entry in self.starts[row]..<self.starts[row + 1] {
                let site = Int(sites[entry])
                rows[next[site]] = Int32(truncatingIfNeeded: row)
                next[site] += 1
            }
        }
        return (starts, rows)
    }
}
