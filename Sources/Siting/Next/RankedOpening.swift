/// Opens stations one after the other, each the one that adds most.
struct RankedOpening {
    private let problem: PlacementProblem
    /// Where the entries of every demand end that count.
    private let rowEnds: [Int]
    private var isOpen: [Bool]
    /// How many open stations reach each demand; `cover` only.
    private var counts: [Int32]
    /// What each demand costs now, infinite where it is without; `median` only.
    private var costs: [Double]
    /// What every site adds, as of now.
    private var gains: [Gain]

    /// What opening a site does, the first thing first.
    private struct Gain {
        /// Weight that is served by it and was without (`median`).
        var served = 0.0
        /// How many demands that is.
        var servedCount = 0
        /// Weight covered, or cost saved.
        var amount = 0.0
        /// Weight that it brings nearer to being covered, for backup.
        var progress = 0.0
    }

    init(_ problem: PlacementProblem) {
        self.problem = problem
        let table = problem.table
        rowEnds = (0..<table.demandCount).map { demand in
            problem.goal == .cover
                ? table.rowStarts[demand] + CoverSignatures.reach(problem, demand) : table.rowStarts[demand + 1]
        }
        isOpen = problem.flagsOfKept
        counts = [Int32](repeating: 0, count: problem.goal == .cover ? table.demandCount : 0)
        costs = [Double](
            repeating: problem.beyondCost ?? .infinity, count: problem.goal == .median ? table.demandCount : 0)
        gains = [Gain](repeating: Gain(), count: table.siteCount)
        countOpen()
        measure()
    }

    /// Opens the site that adds most, of equals the first; `nil` where none adds
    /// anything.
    mutating func openBest() -> UInt32? {
        var best: Int?
        for site in gains.indices where !isOpen[site] {
            guard let known = best else {
                best = site
                continue
            }
            if isMore(gains[site], than: gains[known]) { best = site }
        }
        guard let best, isMore(gains[best], than: Gain()) else { return nil }
        isOpen[best] = true
        countOpen()
        measure()
        return UInt32(best)
    }

    /// The most that so many more sites add together at most: none, one, two …
    func mostGains(upTo count: Int) -> [Double] {
        let amounts = gains.indices.filter { !isOpen[$0] }.map { gains[$0].amount }.sorted(by: >)
        var sums = [0.0]
        for amount in amounts.prefix(count) { sums.append(sums[sums.count - 1] + amount) }
        while sums.count <= count { sums.append(sums[sums.count - 1]) }
        return sums
    }

    private func isMore(_ a: Gain, than b: Gain) -> Bool {
        if a.served != b.served { return a.served > b.served }
        if a.servedCount != b.servedCount { return a.servedCount > b.servedCount }
        if a.amount != b.amount { return a.amount > b.amount }
        return a.progress > b.progress
    }

    private mutating func countOpen() {
        for demand in rowEnds.indices {
            let entries = problem.table.rowStarts[demand]..<rowEnds[demand]
            if problem.goal == .cover {
                var count: Int32 = 0
                for entry in entries where isOpen[Int(problem.table.sites[entry])] { count += 1 }
                counts[demand] = count
            } else if let nearest = entries.first(where: { isOpen[Int(problem.table.sites[$0])] }) {
                costs[demand] = min(problem.table.costs[nearest], problem.beyondCost ?? .infinity)
            }
        }
    }

    /// Sums up what every site adds. Entries that cost as much as a demand pays
    /// already end its row.
    private mutating func measure() {
        for site in gains.indices { gains[site] = Gain() }
        for demand in rowEnds.indices {
            let entries = problem.table.rowStarts[demand]..<rowEnds[demand]
            if problem.goal == .cover { measureCover(demand, entries) } else { measureMedian(demand, entries) }
        }
    }

    private mutating func measureCover(_ demand: Int, _ entries: Range<Int>) {
        let missing = Int32(truncatingIfNeeded: problem.backup) - counts[demand]
        guard missing > 0, entries.count >= problem.backup else { return }
        let weight = problem.weights[demand]
        for entry in entries {
            let site = Int(problem.table.sites[entry])
            if missing == 1 { gains[site].amount += weight } else { gains[site].progress += weight / Double(missing) }
        }
    }

    private mutating func measureMedian(_ demand: Int, _ entries: Range<Int>) {
        let weight = problem.weights[demand]
        let now = costs[demand]
        for entry in entries {
            let cost = problem.table.costs[entry]
            if cost >= now { return }
            let site = Int(problem.table.sites[entry])
            if now.isFinite {
                gains[site].amount += weight * (now - cost)
            } else {
                gains[site].served += weight
                gains[site].servedCount += 1
                gains[site].amount -= weight * cost
            }
        }
    }
}
