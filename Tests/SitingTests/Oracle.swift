import Siting

/// The models as they are defined, tried on every set of sites: what the
/// solvers are judged by. It shares no code with them.
///
/// Sets of sites are bits of a number, and the loops are plain ones: most of the
/// time of a debug build would go into iterators.
struct Oracle {
    private let problem: PlacementProblem
    /// For each demand the sites that count, ascending by cost.
    private let rows: [[OracleFlow.Entry]]
    /// The same as sets.
    private let reach: [Int]
    private let isReachable: [Bool]
    /// What each group has to have covered.
    private let leastWeights: [Double]
    /// All costs, ascending.
    private let levels: [Double]
    private let keptSites: Int
    private let spendingLimit: Double
    private static let tolerance = 1e-9

    init(_ problem: PlacementProblem) {
        self.problem = problem
        let table = problem.table
        precondition(table.siteCount < 20, "few enough sites to try all sets of them")
        let usesRadius = problem.goal == .cover || problem.goal == .all
        rows = (0..<table.demandCount).map { demand in
            table.row(demand).map { OracleFlow.Entry(site: Int(table.sites[$0]), cost: table.costs[$0]) }
                .filter { !usesRadius || $0.cost <= problem.radius ?? .infinity }
        }
        reach = rows.map { $0.reduce(0) { $0 | 1 << $1.site } }
        isReachable = rows.map { $0.count >= problem.backup }
        levels = Set(rows.joined().map(\.cost) + [0]).sorted()
        keptSites = problem.kept.reduce(0) { $0 | 1 << Int($1) }
        let isWhole = problem.siteCosts.allSatisfy { $0 == $0.rounded() }
        let budget = problem.siteCosts.isEmpty ? nil : problem.budget
        spendingLimit = budget.map { $0 * (isWhole ? 1 : 1 + Self.tolerance) } ?? .infinity
        var all = Array(repeating: 0.0, count: problem.shares?.groupCount ?? 0)
        if let shares = problem.shares {
            for (demand, group) in shares.groups.enumerated() where group != PlacementProblem.Shares.noGroup {
                all[Int(group)] += problem.weights[demand]
            }
        }
        let share = problem.shares?.leastShare ?? 0
        leastWeights = all.map { share * $0 - Self.tolerance * $0 }
    }

    /// The best value of all sets of sites; `nil` where none is allowed.
    ///
    /// Beyond `all`, where stations are counted, another station never makes a
    /// set worse: only those are looked at that no other station may join.
    func best() -> Double? {
        var best: Double?
        var open = 0
        while open < 1 << problem.table.siteCount {
            defer { open += 1 }
            let new = open & ~keptSites
            guard open & keptSites == keptSites, isAllowed(new) else { continue }
            if problem.goal == .all {
                if let best, Double(new.nonzeroBitCount) >= best { continue }
            } else if mayGrow(open) || !problem.capacities.isEmpty && cannotBeat(best, open) {
                continue
            }
            guard let value = value(open) else { continue }
            best = best.map { problem.goal == .cover ? max($0, value) : min($0, value) } ?? value
        }
        return best
    }

    /// The value of new stations beside the kept ones; `nil` where they are not allowed.
    func value(of new: [Int]) -> Double? {
        let sites = new.reduce(0) { $0 | 1 << $1 }
        return isAllowed(sites) ? value(sites | keptSites) : nil
    }

    private func isAllowed(_ new: Int) -> Bool {
        if let count = problem.stationCount, new.nonzeroBitCount > count { return false }
        if spendingLimit == .infinity { return true }
        var (cost, site) = (0.0, 0)
        while site < problem.siteCosts.count {
            if new >> site & 1 != 0 { cost += problem.siteCosts[site] }
            site += 1
        }
        return cost <= spendingLimit
    }

    /// Whether another station is allowed beside these.
    private func mayGrow(_ open: Int) -> Bool {
        var site = 0
        while site < problem.table.siteCount {
            if open >> site & 1 == 0, isAllowed(open & ~keptSites | 1 << site) { return true }
            site += 1
        }
        return false
    }

    /// Whether a median would be no better even if every station had room for all.
    private func cannotBeat(_ best: Double?, _ open: Int) -> Bool {
        guard problem.goal == .median, let best, let least = costOfNearest(open) else { return false }
        return least >= best
    }

    private func value(_ open: Int) -> Double? {
        if !hasShares(open) { return nil }
        switch problem.goal {
        case .cover: return problem.capacities.isEmpty ? coveredWeight(open) : servedWeight(open)
        case .all: return servesAll(open) ? Double((open & ~keptSites).nonzeroBitCount) : nil
        case .median: return problem.capacities.isEmpty ? costOfNearest(open) : costOfTransport(open)
        case .center: return problem.capacities.isEmpty ? worstCost(open) : worstCostOfTransport(open)
        }
    }

    private func isCovered(_ demand: Int, _ open: Int) -> Bool {
        (reach[demand] & open).nonzeroBitCount >= problem.backup
    }

    private func coveredWeight(_ open: Int) -> Double {
        var (weight, demand) = (0.0, 0)
        while demand < reach.count {
            if isCovered(demand, open) { weight += problem.weights[demand] }
            demand += 1
        }
        return weight
    }

    private func hasShares(_ open: Int) -> Bool {
        guard let shares = problem.shares else { return true }
        var group = 0
        while group < leastWeights.count {
            var (covered, demand) = (0.0, 0)
            while demand < reach.count {
                if shares.groups[demand] == UInt32(group), isCovered(demand, open) {
                    covered += problem.weights[demand]
                }
                demand += 1
            }
            if covered < leastWeights[group] { return false }
            group += 1
        }
        return true
    }

    private func servesAll(_ open: Int) -> Bool {
        if problem.shares != nil { return true }
        var demand = 0
        while demand < reach.count {
            if isReachable[demand], !isCovered(demand, open) { return false }
            demand += 1
        }
        return problem.capacities.isEmpty || isAllServed(open, costAtMost: .infinity)
    }

    private func costOfNearest(_ open: Int) -> Double? {
        var (sum, demand) = (0.0, 0)
        while demand < reach.count {
            if isReachable[demand] {
                guard let cost = cost(demand, open) else { return nil }
                sum += problem.weights[demand] * cost
            }
            demand += 1
        }
        return sum
    }

    private func worstCost(_ open: Int) -> Double? {
        var (worst, demand) = (0.0, 0)
        while demand < reach.count {
            if isReachable[demand] {
                guard let cost = cost(demand, open) else { return nil }
                if cost > worst { worst = cost }
            }
            demand += 1
        }
        return worst
    }

    /// The cost of the so-manieth nearest open station, or what is beyond.
    private func cost(_ demand: Int, _ open: Int) -> Double? {
        let row = rows[demand]
        var (missing, entry) = (problem.backup, 0)
        while entry < row.count {
            if open >> row[entry].site & 1 != 0 {
                missing -= 1
                if missing == 0 { break }
            }
            entry += 1
        }
        guard let beyond = problem.beyondCost else { return missing == 0 ? row[entry].cost : nil }
        return missing == 0 ? min(row[entry].cost, beyond) : beyond
    }

    // MARK: - Capacities

    /// The most that flows is the least that any cut lets through (Ford and
    /// Fulkerson 1956): some stations full, and all demand that has others.
    private func servedWeight(_ open: Int) -> Double {
        var (least, full) = (Double.infinity, open)
        while true {
            var (through, demand) = (capacity(full), 0)
            while demand < reach.count {
                if reach[demand] & open & ~full != 0 { through += problem.weights[demand] }
                demand += 1
            }
            if through < least { least = through }
            if full == 0 { return least }
            full = (full - 1) & open
        }
    }

    /// Whether every set of stations has room for the demand that has no other
    /// (Gale 1957). Where sums are not exact, a billionth of a demand may be left.
    private func isAllServed(_ open: Int, costAtMost limit: Double) -> Bool {
        let near = rows.map { row in
            row.reduce(0) { $1.cost <= limit && open >> $1.site & 1 != 0 ? $0 | 1 << $1.site : $0 }
        }
        var demand = 0
        while demand < near.count {
            if isReachable[demand], near[demand] == 0 { return false }
            demand += 1
        }
        var stations = open
        while stations != 0 {
            if isCrowded(stations, near) { return false }
            stations = (stations - 1) & open
        }
        return true
    }

    private func isCrowded(_ stations: Int, _ near: [Int]) -> Bool {
        let room = capacity(stations)
        var (weight, least, isWhole, demand) = (0.0, Double.infinity, room == room.rounded(), 0)
        while demand < near.count {
            if near[demand] != 0, near[demand] & ~stations == 0, problem.weights[demand] > 0 {
                let own = problem.weights[demand]
                weight += own
                if own < least { least = own }
                if own != own.rounded() { isWhole = false }
            }
            demand += 1
        }
        return weight - room > (isWhole && weight < 9e15 || weight == 0 ? 0 : Self.tolerance * least)
    }

    private func capacity(_ stations: Int) -> Double {
        var (sum, site) = (0.0, 0)
        while site < problem.capacities.count {
            if stations >> site & 1 != 0 { sum += problem.capacities[site] }
            site += 1
        }
        return sum
    }

    private func costOfTransport(_ open: Int) -> Double? {
        if problem.beyondCost == nil, !isAllServed(open, costAtMost: .infinity) { return nil }
        var near = rows.map { $0.filter { open >> $0.site & 1 != 0 && $0.cost <= problem.beyondCost ?? .infinity } }
        guard let beyond = problem.beyondCost else {
            var flow = OracleFlow(near, problem.weights, problem.capacities)
            return flow.sendAll().cost
        }
        // One more station, of any capacity, that is beyond.
        let nowhere = OracleFlow.Entry(site: problem.table.siteCount, cost: beyond)
        for demand in near.indices {
            if isReachable[demand] { near[demand].append(nowhere) } else { near[demand] = [] }
        }
        var flow = OracleFlow(near, problem.weights, problem.capacities + [.infinity])
        return flow.sendAll().cost
    }

    private func worstCostOfTransport(_ open: Int) -> Double? {
        // Who is served at some cost is served at a greater one.
        var (low, high) = (0, levels.count)
        while low < high {
            let middle = (low + high) / 2
            if isAllServed(open, costAtMost: levels[middle]) { high = middle } else { low = middle + 1 }
        }
        let least = low < levels.count ? levels[low] : nil
        guard let beyond = problem.beyondCost else { return least }
        guard isReachable.contains(true) else { return 0 }
        return min(least ?? beyond, beyond)
    }
}
