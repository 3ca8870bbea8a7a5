/// What a set of new stations is worth, from the problem itself and in a fixed
/// order of summing: the value that an answer tells.
public struct PlacementValue {
    private let problem: PlacementProblem
    private let control: PlacementControl?
    /// Where the entries of every demand end that count.
    private let rowEnds: [Int]
    /// Whether a demand can be served at all; the others are left out.
    let isReachable: [Bool]
    private let groupWeights: [Double]
    private let spendingLimit: Double

    /// How much a sum may go beyond its bound, as a share of the bound: so much
    /// for rounding.
    static let tolerance = 1e-9

    /// Prepares values; with capacities a control may break one off that takes long.
    ///
    /// - Complexity: O(n) for n entries.
    public init(_ problem: PlacementProblem, _ control: PlacementControl? = nil) {
        self.problem = problem
        self.control = control
        let table = problem.table
        let limit = problem.goal == .cover || problem.goal == .all ? problem.radius ?? .infinity : .infinity
        let ends = (0..<table.demandCount).map { demand in
            var end = table.rowStarts[demand + 1]
            while end > table.rowStarts[demand], table.costs[end - 1] > limit { end -= 1 }
            return end
        }
        spendingLimit = problem.spendingLimit
        rowEnds = ends
        isReachable = ends.indices.map { ends[$0] - table.rowStarts[$0] >= problem.backup }
        groupWeights = problem.shares.map { Self.weights(of: $0, problem.weights) } ?? []
    }

    private static func weights(of shares: PlacementProblem.Shares, _ weights: [Double]) -> [Double] {
        var sums = Array(repeating: 0.0, count: shares.groupCount)
        for (demand, group) in shares.groups.enumerated() where group != PlacementProblem.Shares.noGroup {
            sums[Int(group)] += weights[demand]
        }
        return sums
    }

    /// The entries of a demand that count; none where it is left out.
    func row(_ demand: Int) -> Range<Int> {
        let start = problem.table.rowStarts[demand]
        return start..<(isReachable[demand] ? rowEnds[demand] : start)
    }

    /// The weight of a group that is to be covered at least.
    func leastWeight(ofGroup group: Int) -> Double {
        (problem.shares?.leastShare ?? 0) * groupWeights[group] - Self.tolerance * groupWeights[group]
    }

    /// Whether so many new stations that cost so much are allowed.
    func allows(count: Int, cost: Double) -> Bool {
        count <= problem.stationCount ?? .max && cost <= spendingLimit
    }

    /// What no sites can be better than, as if all were open and had room.
    func sureBound() -> Double {
        let reachable = rowEnds.indices.lazy.filter { isReachable[$0] }
        func cheapest(_ demand: Int) -> Double {
            min(problem.table.costs[row(demand).lowerBound + problem.backup - 1], problem.beyondCost ?? .infinity)
        }
        return switch problem.goal {
        case .cover: reachable.reduce(0) { $0 + problem.weights[$1] }
        case .all: 0
        case .median: reachable.reduce(0) { $0 + problem.weights[$1] * cheapest($1) }
        case .center: reachable.reduce(0) { max($0, cheapest($1)) }
        }
    }

    /// The value of new stations beside the kept ones, as `PlacementAnswer` has
    /// it; `nil` where they are not allowed, leave demand without that has to be
    /// served, or where the control broke it off.
    ///
    /// - Complexity: O(n) for n entries; with capacities as `CapacityServices`.
    public func callAsFunction(_ new: [UInt32]) -> Double? {
        let cost = problem.siteCosts.isEmpty ? 0 : new.sorted().reduce(0) { $0 + problem.siteCosts[Int($1)] }
        guard allows(count: new.count, cost: cost) else { return nil }
        var isOpen = problem.flagsOfKept
        for site in new { isOpen[Int(site)] = true }
        switch problem.goal {
        case .cover: return coveredWeight(isOpen)
        case .all: return servesAll(isOpen) ? Double(new.count) : nil
        case .median: return problem.capacities.isEmpty ? costOfNearest(isOpen) : costOfTransport(isOpen)
        case .center: return problem.capacities.isEmpty ? worstCost(isOpen) : worstCostOfTransport(isOpen)
        }
    }

    /// All costs that a worst cost can be, ascending and distinct.
    func costLevels() -> [Double] {
        var levels = [0.0]
        for demand in rowEnds.indices { levels += problem.table.costs[row(demand)] }
        if let beyond = problem.beyondCost {
            levels = levels.filter { $0 < beyond }
            levels.append(beyond)
        }
        levels.sort()
        var distinct: [Double] = []
        for level in levels where level != distinct.last { distinct.append(level) }
        return distinct
    }

    // MARK: - Without capacities

    private func isCovered(_ demand: Int, _ isOpen: [Bool]) -> Bool {
        var missing = problem.backup
        for entry in row(demand) where isOpen[Int(problem.table.sites[entry])] {
            missing -= 1
            if missing == 0 { return true }
        }
        return false
    }

    private func coveredWeight(_ isOpen: [Bool]) -> Double? {
        guard problem.capacities.isEmpty else {
            let sent = transport(isOpen, costAtMost: .infinity)
            return sent.isBrokenOff ? nil : sent.weight
        }
        var sum = 0.0
        var groups = Array(repeating: 0.0, count: groupWeights.count)
        for demand in rowEnds.indices where isCovered(demand, isOpen) {
            sum += problem.weights[demand]
            if let group = group(demand) { groups[group] += problem.weights[demand] }
        }
        return groups.indices.allSatisfy { groups[$0] >= leastWeight(ofGroup: $0) } ? sum : nil
    }

    private func group(_ demand: Int) -> Int? {
        guard let shares = problem.shares, shares.groups[demand] != PlacementProblem.Shares.noGroup else { return nil }
        return Int(shares.groups[demand])
    }

    private func servesAll(_ isOpen: [Bool]) -> Bool {
        if problem.shares != nil { return coveredWeight(isOpen) != nil }
        guard rowEnds.indices.allSatisfy({ !isReachable[$0] || isCovered($0, isOpen) }) else { return false }
        return problem.capacities.isEmpty || transport(isOpen, costAtMost: .infinity).isComplete
    }

    /// What a demand pays: the so-manieth nearest open station, or what is beyond.
    private func cost(_ demand: Int, _ isOpen: [Bool]) -> Double? {
        var missing = problem.backup
        for entry in row(demand) where isOpen[Int(problem.table.sites[entry])] {
            missing -= 1
            if missing == 0 { return min(problem.table.costs[entry], problem.beyondCost ?? .infinity) }
        }
        return problem.beyondCost
    }

    private func costOfNearest(_ isOpen: [Bool]) -> Double? {
        var sum = 0.0
        for demand in rowEnds.indices where isReachable[demand] {
            guard let cost = cost(demand, isOpen) else { return nil }
            sum += problem.weights[demand] * cost
        }
        return sum
    }

    private func worstCost(_ isOpen: [Bool]) -> Double? {
        var worst = 0.0
        for demand in rowEnds.indices where isReachable[demand] {
            guard let cost = cost(demand, isOpen) else { return nil }
            worst = max(worst, cost)
        }
        return worst
    }

    // MARK: - With capacities

    /// Whether every demand has an open station, also one of no weight.
    private func allHaveStation(_ isOpen: [Bool], costAtMost limit: Double) -> Bool {
        rowEnds.indices.allSatisfy { demand in
            !isReachable[demand]
                || row(demand).contains { problem.table.costs[$0] <= limit && isOpen[Int(problem.table.sites[$0])] }
        }
    }

    private func costOfTransport(_ isOpen: [Bool]) -> Double? {
        if problem.beyondCost == nil, !allHaveStation(isOpen, costAtMost: .infinity) { return nil }
        let sent = transport(isOpen, costAtMost: problem.beyondCost ?? .infinity, beyond: problem.beyondCost)
        return sent.isComplete ? sent.cost : nil
    }

    private func worstCostOfTransport(_ isOpen: [Bool]) -> Double? {
        guard isReachable.contains(true) else { return 0 }
        func isServed(_ limit: Double) -> Bool {
            limit >= problem.beyondCost ?? .infinity
                || allHaveStation(isOpen, costAtMost: limit) && transport(isOpen, costAtMost: limit).isComplete
        }
        let levels = costLevels()
        guard let last = levels.last, isServed(last) else { return nil }
        var (low, high) = (0, levels.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if isServed(levels[middle]) { high = middle } else { low = middle + 1 }
        }
        return levels[high]
    }

    /// What new stations cost where unserved demand is dear but allowed: for
    /// comparing sets of sites that serve not all. Only with capacities; but for
    /// `median` it is the weight that is served, below 0.
    public func penalty(_ new: [UInt32], costAtMost limit: Double = .infinity) -> Double {
        let cost = problem.siteCosts.isEmpty ? 0 : new.reduce(0) { $0 + problem.siteCosts[Int($1)] }
        guard allows(count: new.count, cost: cost) else { return .infinity }
        var isOpen = problem.flagsOfKept
        for site in new { isOpen[Int(site)] = true }
        if problem.goal == .median {
            let dear = problem.beyondCost ?? 10 * (problem.table.costs.max() ?? 1)
            let sent = transport(isOpen, costAtMost: .infinity, beyond: dear)
            return sent.isBrokenOff ? .infinity : sent.cost
        }
        let sent = transport(isOpen, costAtMost: limit)
        return sent.isBrokenOff ? .infinity : -sent.weight
    }

    private func transport(
        _ isOpen: [Bool], costAtMost limit: Double, beyond: Double? = nil
    ) -> Transport.Sent {
        // Already the table of costs takes long for many stations.
        if control?.isOutOfTime == true { return Transport.Sent(isComplete: false, isBrokenOff: true) }
        var numbers = Array(repeating: -1, count: isOpen.count)
        var capacities: [Double] = []
        for site in isOpen.indices where isOpen[site] {
            numbers[site] = capacities.count
            capacities.append(problem.capacities[site])
        }
        if beyond != nil { capacities.append(.infinity) }
        var costs = Array(repeating: Double.infinity, count: rowEnds.count * capacities.count)
        for demand in rowEnds.indices {
            for entry in row(demand) where problem.table.costs[entry] <= limit {
                let number = numbers[Int(problem.table.sites[entry])]
                if number < 0 { continue }
                costs[demand * capacities.count + number] = problem.goal == .median ? problem.table.costs[entry] : 0
            }
            if let beyond, isReachable[demand] { costs[(demand + 1) * capacities.count - 1] = beyond }
        }
        let weights = rowEnds.indices.map { isReachable[$0] ? problem.weights[$0] : 0 }
        var transport = Transport(costs: costs, weights: weights, capacities: capacities)
        return transport.send(control)
    }
}
