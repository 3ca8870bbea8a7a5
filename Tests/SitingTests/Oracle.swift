import Siting

/// The models as they are defined, tried on every set of sites: what the
/// solvers are judged by. It shares no code with them.
struct Oracle {
    private let problem: PlacementProblem
    /// For each demand the sites that count, with their costs.
    private let rows: [[(site: Int, cost: Double)]]
    private let isReachable: [Bool]
    private static let tolerance = 1e-9

    init(_ problem: PlacementProblem) {
        self.problem = problem
        let table = problem.table
        let usesRadius = problem.goal == .cover || problem.goal == .all
        rows = (0..<table.demandCount).map { demand in
            table.row(demand).map { (Int(table.sites[$0]), table.costs[$0]) }
                .filter { !usesRadius || $0.1 <= problem.radius ?? .infinity }
        }
        isReachable = rows.map { $0.count >= problem.backup }
    }

    /// The best value of all sets of sites; `nil` where none is allowed.
    func best() -> Double? {
        var best: Double?
        let candidates = (0..<problem.table.siteCount).filter { !problem.kept.contains(UInt32($0)) }
        let most = problem.stationCount ?? candidates.count
        for mask in 0..<(1 << candidates.count) where mask.nonzeroBitCount <= most {
            let new = candidates.indices.filter { mask >> $0 & 1 != 0 }.map { candidates[$0] }
            guard let value = value(of: new) else { continue }
            best = best.map { problem.goal == .cover ? max($0, value) : min($0, value) } ?? value
        }
        return best
    }

    /// The value of new stations beside the kept ones; `nil` where they are not allowed.
    func value(of new: [Int]) -> Double? {
        if let count = problem.stationCount, new.count > count { return nil }
        if let budget = problem.budget, !problem.siteCosts.isEmpty {
            let cost = new.reduce(0) { $0 + problem.siteCosts[$1] }
            let isWhole = problem.siteCosts.allSatisfy { $0 == $0.rounded() }
            if cost > budget * (isWhole ? 1 : 1 + Self.tolerance) { return nil }
        }
        var open = Array(repeating: false, count: problem.table.siteCount)
        for site in new { open[site] = true }
        for site in problem.kept { open[Int(site)] = true }
        if !hasShares(open) { return nil }
        switch problem.goal {
        case .cover: return problem.capacities.isEmpty ? coveredWeight(open) : servedWeight(open, costAtMost: .infinity)
        case .all: return servesAll(open) ? Double(new.count) : nil
        case .median: return problem.capacities.isEmpty ? costOfNearest(open) : costOfTransport(open)
        case .center: return problem.capacities.isEmpty ? worstCost(open) : worstCostOfTransport(open)
        }
    }

    private func isCovered(_ demand: Int, _ open: [Bool]) -> Bool {
        var count = 0
        for entry in rows[demand] where open[entry.site] { count += 1 }
        return count >= problem.backup
    }

    private func coveredWeight(_ open: [Bool]) -> Double {
        var weight = 0.0
        for demand in rows.indices where isCovered(demand, open) { weight += problem.weights[demand] }
        return weight
    }

    private func hasShares(_ open: [Bool]) -> Bool {
        guard let shares = problem.shares else { return true }
        for group in 0..<shares.groupCount {
            var (all, covered) = (0.0, 0.0)
            for demand in rows.indices where shares.groups[demand] == UInt32(group) {
                all += problem.weights[demand]
                if isCovered(demand, open) { covered += problem.weights[demand] }
            }
            if covered < shares.leastShare * all - Self.tolerance * all { return false }
        }
        return true
    }

    private func servesAll(_ open: [Bool]) -> Bool {
        if problem.shares != nil { return true }
        let reachable = rows.indices.filter { isReachable[$0] }
        guard reachable.allSatisfy({ isCovered($0, open) }) else { return false }
        return problem.capacities.isEmpty || isAllServed(open, costAtMost: .infinity)
    }

    private func costOfNearest(_ open: [Bool]) -> Double? {
        var sum = 0.0
        for demand in rows.indices where isReachable[demand] {
            guard let cost = cost(demand, open) else { return nil }
            sum += problem.weights[demand] * cost
        }
        return sum
    }

    private func worstCost(_ open: [Bool]) -> Double? {
        var worst = 0.0
        for demand in rows.indices where isReachable[demand] {
            guard let cost = cost(demand, open) else { return nil }
            worst = max(worst, cost)
        }
        return worst
    }

    /// The cost of the so-manieth nearest open station, or what is beyond.
    private func cost(_ demand: Int, _ open: [Bool]) -> Double? {
        // Rows ascend by cost.
        var nearest: Double?
        var missing = problem.backup
        for entry in rows[demand] where open[entry.site] && missing > 0 {
            missing -= 1
            if missing == 0 { nearest = entry.cost }
        }
        guard let beyond = problem.beyondCost else { return nearest }
        return min(nearest ?? beyond, beyond)
    }

    // MARK: - Capacities

    private func servedWeight(_ open: [Bool], costAtMost limit: Double) -> Double {
        var flow = OracleFlow(self.flowRows(open, costAtMost: limit), problem.weights, problem.capacities)
        return flow.sendAll().weight
    }

    private func isAllServed(_ open: [Bool], costAtMost limit: Double) -> Bool {
        let reachable = rows.indices.filter { isReachable[$0] }
        let hasStation = reachable.allSatisfy { demand in
            rows[demand].contains { open[$0.site] && $0.cost <= limit }
        }
        var flow = OracleFlow(flowRows(open, costAtMost: limit), problem.weights, problem.capacities)
        return hasStation && flow.sendAll().missing(in: reachable).isEmpty
    }

    private func costOfTransport(_ open: [Bool]) -> Double? {
        guard let beyond = problem.beyondCost else {
            guard isAllServed(open, costAtMost: .infinity) else { return nil }
            var flow = OracleFlow(flowRows(open, costAtMost: .infinity), problem.weights, problem.capacities)
            return flow.sendAll().cost
        }
        // One more station, of any capacity, that is beyond.
        let nowhere = problem.table.siteCount
        let extended = flowRows(open, costAtMost: beyond).enumerated().map { demand, row in
            isReachable[demand] ? row + [(nowhere, beyond)] : []
        }
        var flow = OracleFlow(extended, problem.weights, problem.capacities + [.infinity])
        return flow.sendAll().cost
    }

    private func worstCostOfTransport(_ open: [Bool]) -> Double? {
        let levels = Set([0] + rows.joined().map(\.cost)).sorted()
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

    private func flowRows(_ open: [Bool], costAtMost limit: Double) -> [[(site: Int, cost: Double)]] {
        rows.map { $0.filter { open[$0.site] && $0.cost <= limit } }
    }
}

/// The cheapest way to send as much demand as possible to stations: shortest
/// augmenting paths by Bellman and Ford, on a graph of a few nodes.
struct OracleFlow {
    private struct Arc {
        var tail: Int
        var head: Int
        var room: Double
        var cost: Double
        /// Room that is no more than rounding.
        var least: Double
    }
    /// What was sent, what it costs, and what share of each demand was not.
    struct Sent {
        var weight = 0.0
        var cost = 0.0
        var missingShares: [Double] = []

        /// The demands among these of which something is left.
        func missing(in demands: [Int]) -> [Int] { demands.filter { missingShares[$0] > 0 } }
    }
    /// Each arc is followed by its reverse.
    private var arcs: [Arc] = []
    private let nodeCount: Int
    private let weights: [Double]
    /// Whether sums are exact; where they are not, a billionth of a demand may be left.
    private let isExact: Bool
    private let costRounding: Double

    init(_ rows: [[(site: Int, cost: Double)]], _ weights: [Double], _ capacities: [Double]) {
        nodeCount = 2 + rows.count + capacities.count
        self.weights = weights
        // No more than its own stations can hold goes into a demand.
        let sendable = rows.indices.map { demand in
            min(weights[demand], rows[demand].reduce(0) { $0 + capacities[$1.site] })
        }
        let numbers = sendable + capacities.filter { $0 < sendable.reduce(0, +) }
        isExact = numbers.allSatisfy { $0 == $0.rounded() } && numbers.reduce(0, +) < 9e15
        costRounding = 1e-13 * (rows.joined().map(\.cost).max() ?? 0)
        let firstSite = 2 + rows.count
        for (demand, row) in rows.enumerated() {
            add(0, 2 + demand, sendable[demand], 0, size: sendable[demand])
            for entry in row {
                let size = min(sendable[demand], capacities[entry.site])
                add(2 + demand, firstSite + entry.site, size, entry.cost, size: size)
            }
        }
        for (site, capacity) in capacities.enumerated() {
            let reaching = rows.indices.filter { rows[$0].contains { $0.site == site } }
                .reduce(0) { $0 + sendable[$1] }
            add(firstSite + site, 1, capacity < reaching ? capacity : .infinity, 0, size: min(capacity, reaching))
        }
    }

    private mutating func add(_ tail: Int, _ head: Int, _ room: Double, _ cost: Double, size: Double) {
        let least = isExact ? 0 : 1e-13 * size
        arcs.append(Arc(tail: tail, head: head, room: room, cost: cost, least: least))
        arcs.append(Arc(tail: head, head: tail, room: 0, cost: -cost, least: least))
    }

    private func missingShare(_ demand: Int) -> Double {
        guard weights[demand] > 0 else { return 0 }
        let sent = arcs.filter { $0.head == 0 && $0.tail == 2 + demand }.reduce(0) { $0 + $1.room }
        let share = (weights[demand] - sent) / weights[demand]
        return isExact || share > 1e-9 ? share : 0
    }

    mutating func sendAll() -> Sent {
        var sent = Sent()
        while true {
            var distance = Array(repeating: Double.infinity, count: nodeCount)
            var arrival = Array(repeating: -1, count: nodeCount)
            distance[0] = 0
            var isMoving = true
            while isMoving {
                isMoving = false
                for (index, arc) in arcs.enumerated() where arc.room > arc.least {
                    let length = distance[arc.tail] + arc.cost
                    if length < distance[arc.head] - costRounding {
                        distance[arc.head] = length
                        arrival[arc.head] = index
                        isMoving = true
                    }
                }
            }
            guard distance[1] < .infinity else {
                sent.missingShares = weights.indices.map(missingShare)
                return sent
            }
            var path: [Int] = []
            var node = 1
            while node != 0 {
                path.append(arrival[node])
                node = arcs[arrival[node]].tail
            }
            let amount = path.map { arcs[$0].room }.min() ?? 0
            for arc in path {
                arcs[arc].room -= amount
                arcs[arc ^ 1].room += amount
            }
            sent.weight += amount
            sent.cost += amount * distance[1]
        }
    }
}
