/// A bound for the models with capacities, and sites near the best ones.
///
/// Lagrangian relaxation of "every demand is served once": with a price for the
/// unit of each demand every site fills its capacity with what pays best, a
/// continuous knapsack, and the best sites are open. Prices move along the
/// subgradient (Held, Wolfe and Crowder 1974). The best bound equals that of the
/// linear program with all its rows, without having to write them down.
struct CapacityDual {
    /// Goals in one form: least `Σ weight · cost + Σ opening` with unserved demand
    /// paying `beyond`; cover is unserved weight.
    struct Form {
        var beyond: Double
        var opening: Double
        /// How many candidates may be open.
        var count: Int
        /// What they may cost.
        var budget: Double
        /// Entries cost nothing.
        var isFree: Bool
    }

    /// The best bound so far, in the form's cost.
    private(set) var bound = -Double.infinity
    /// What every candidate earns at the prices of the best bound, less its opening.
    private(set) var scores: [Double] = []
    /// The prices of the best bound.
    private(set) var prices: [Double] = []

    private let form: Form
    private let weights: [Double]
    private let demandsOfSite: [[(demand: Int, cost: Double)]]
    private let capacities: [Double]
    private let siteCosts: [Double]
    private let isKept: [Bool]
    /// What the last evaluation chose, and how much of each demand it served.
    private(set) var isOpen: [Bool]
    private var served: [Double]
    private var earned: [Double]

    /// Prepares prices for demands that stand in rows.
    init(_ search: CompactSearch, form: Form, costAtMost limit: Double) {
        let problem = search.problem
        self.form = form
        capacities = problem.capacities
        siteCosts = problem.siteCosts
        isKept = problem.flagsOfKept
        var demands = Array(repeating: [(demand: Int, cost: Double)](), count: problem.table.siteCount)
        var start = Array(repeating: 0.0, count: problem.weights.count)
        for demand in problem.weights.indices where search.value.isReachable[demand] && problem.weights[demand] > 0 {
            let row = search.value.row(demand).filter { problem.table.costs[$0] <= limit }
            for entry in row {
                demands[Int(problem.table.sites[entry])].append(
                    (demand, form.isFree ? 0 : problem.table.costs[entry]))
            }
            if !form.isFree, let last = row.prefix(4).last { start[demand] = problem.table.costs[last] }
        }
        weights = problem.weights.indices.map { search.value.isReachable[$0] ? problem.weights[$0] : 0 }
        if form.isFree {
            let unit = form.beyond < .infinity ? form.beyond / 2 : Self.unit(problem.capacities, weights)
            start = start.map { _ in unit }
        }
        prices = start.map { min($0, form.beyond) }
        demandsOfSite = demands
        isOpen = isKept
        served = Array(repeating: 0, count: weights.count)
        earned = Array(repeating: 0, count: isKept.count)
    }

    /// What a unit pays where a site of middling capacity is just worth opening.
    private static func unit(_ capacities: [Double], _ weights: [Double]) -> Double {
        let all = weights.reduce(0, +)
        let mean = capacities.reduce(0) { $0 + min($1, all) } / Double(max(capacities.count, 1))
        return mean > 0 ? 1 / mean : 0
    }

    /// Moves the prices until that is of no more use.
    ///
    /// - Parameters:
    ///   - best: the cost of the best answer, in the form's cost; infinite for none.
    ///   - control: ends it; a step is a step of work.
    ///   - improve: hears what the sites earn now and then; gives the cost of the
    ///     best answer known by then.
    ///   - tell: hears the bound then.
    mutating func ascend(
        best: Double, control: PlacementControl, improve: (_ earned: [Double]) -> Double,
        tell: (_ bound: Double) -> Void
    ) {
        var best = best
        var speed = 1.0
        var stalled = 0
        var current = prices
        for round in 0..<1_000 {
            if control.end != nil { return }
            control.add(work: 1)
            let value = evaluate(current)
            if value > bound + 1e-9 * abs(bound) || bound == -.infinity {
                if value < bound + 1e-5 * abs(bound) { stalled += 1 } else { stalled = 0 }
                (bound, prices, scores) = (value, current, earned)
            } else {
                stalled += 1
            }
            if round % 20 == 0 || stalled == 10 {
                best = min(best, improve(earned))
                tell(bound)
            }
            if stalled >= 15 {
                speed /= 2
                stalled = 0
                current = prices
                if speed < 0.004 { return }
                continue
            }
            if best <= bound + 1e-9 * abs(bound) || PlacementAnswer.gap(value: best, bound: bound) <= control.gap {
                return
            }
            guard step(&current, speed: speed, from: value, to: best) else { return }
        }
    }

    /// A step along the subgradient; whether there was one to take.
    private func step(_ prices: inout [Double], speed: Double, from value: Double, to best: Double) -> Bool {
        var length = 0.0
        for demand in weights.indices {
            let rest = 1 - served[demand]
            if rest > 0, prices[demand] >= form.beyond { continue }
            length += weights[demand] * rest * rest
        }
        guard length > 0 else { return false }
        let target = best < .infinity ? best * (best > 0 ? 1.01 : 0.99) : value + 0.1 * max(abs(value), 1)
        let factor = speed * max(target - value, 1e-6 * abs(value)) / length
        for demand in weights.indices where weights[demand] > 0 {
            prices[demand] = max(0, min(form.beyond, prices[demand] + factor * (1 - served[demand])))
        }
        return true
    }

    /// The bound at some prices.
    private mutating func evaluate(_ prices: [Double]) -> Double {
        var all = 0.0
        for demand in weights.indices { all += weights[demand] * prices[demand] }
        for site in earned.indices { earned[site] = fill(site, prices, serves: false) }
        let chosen = choose()
        for demand in served.indices { served[demand] = 0 }
        for site in chosen.sites { _ = fill(site, prices, serves: true) }
        // Less what rounding can have done to the sums.
        let terms = Double(weights.count + 2 * chosen.sites.count)
        return all - chosen.earned - (all + abs(chosen.earned)) * terms * .ulpOfOne / 2
    }

    /// What a site earns when it fills its capacity with what pays best.
    private mutating func fill(_ site: Int, _ prices: [Double], serves: Bool) -> Double {
        var paying: [(gain: Double, demand: Int)] = []
        var weight = 0.0
        for (demand, cost) in demandsOfSite[site] where prices[demand] > cost {
            paying.append((prices[demand] - cost, demand))
            weight += weights[demand]
        }
        var room = capacities[site]
        if weight > room { paying.sort { $0.gain != $1.gain ? $0.gain > $1.gain : $0.demand < $1.demand } }
        var sum = isKept[site] ? 0 : -form.opening
        for (gain, demand) in paying where room > 0 {
            let taken = min(room, weights[demand])
            sum += taken * gain
            room -= taken
            if serves { served[demand] += taken / weights[demand] }
        }
        return sum
    }

    /// The sites that earn most, kept ones with them, and what all earn at most.
    private mutating func choose() -> (sites: [Int], earned: Double) {
        var sites: [Int] = []
        var sum = 0.0
        let order = earned.indices.filter { !isKept[$0] && earned[$0] > 0 }
            .sorted { earned[$0] != earned[$1] ? earned[$0] > earned[$1] : $0 < $1 }
        for site in order.prefix(form.count) {
            sites.append(site)
            sum += earned[site]
        }
        if form.budget < .infinity { sum = min(sum, mostForBudget()) }
        for site in isKept.indices where isKept[site] {
            sites.append(site)
            sum += earned[site]
        }
        isOpen = Array(repeating: false, count: isOpen.count)
        for site in sites { isOpen[site] = true }
        return (sites, sum)
    }

    /// The most that sites of the budget earn, if one may be open in part.
    private func mostForBudget() -> Double {
        var left = form.budget
        var sum = 0.0
        let order = earned.indices.filter { !isKept[$0] && earned[$0] > 0 }
            .sorted { earned[$0] * siteCosts[$1] > earned[$1] * siteCosts[$0] }
        for site in order {
            let share = siteCosts[site] > left ? left / siteCosts[site] : 1
            sum += share * earned[site]
            left -= share * siteCosts[site]
            if left <= 0 { break }
        }
        return sum
    }

    // MARK: - What the bound proves

    /// The candidates that no answer better than `best` opens, and those that all
    /// of them open.
    func fixed(best: Double) -> (closed: [Int], open: [Int]) {
        guard best < .infinity, bound > -.infinity, form.budget == .infinity else { return ([], []) }
        let room = best - bound + 1e-9 * max(abs(best), abs(bound))
        let ranked = scores.indices.filter { !isKept[$0] }.sorted { scores[$0] > scores[$1] }
        let last = ranked.count >= form.count && form.count > 0 ? max(0, scores[ranked[form.count - 1]]) : 0
        let next = ranked.count > form.count ? max(0, scores[ranked[form.count]]) : 0
        var fixed = (closed: [Int](), open: [Int]())
        for (rank, site) in ranked.enumerated() {
            if rank < form.count, scores[site] > 0 {
                if scores[site] - next > room { fixed.open.append(site) }
            } else if last - scores[site] > room {
                fixed.closed.append(site)
            }
        }
        return fixed
    }

    /// Whether an entry pays at the best prices: then a solution is likely to use it.
    func pays(_ demand: Int, _ cost: Double) -> Bool { prices[demand] > (form.isFree ? 0 : cost) }
}
