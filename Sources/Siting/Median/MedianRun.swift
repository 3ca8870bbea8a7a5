/// One search: the best answer so far, what bounds it, and when to end.
final class MedianRun {
    let problem: PlacementProblem
    let control: PlacementControl
    let effort: MedianEffort
    /// The best stations so far; empty with an infinite value before there are any.
    private(set) var sites: [UInt32] = []
    private(set) var value = Double.infinity
    /// What no answer can be below.
    private(set) var bound = 0.0
    /// Whether all values are whole numbers.
    private(set) var isWhole = false
    /// What no answer costs that serves all demand that has to be served.
    private let unservableFrom: Double
    /// How many new stations some best answer has at least.
    private let fewest: Int
    /// Sites to fill answers up with.
    private let spares: [UInt32]
    private var isOpen: [Bool]
    /// The best answers that no exchange makes better.
    private(set) var elite: [(sites: [UInt32], value: Double)] = []
    private static let eliteCount = 12

    init(_ problem: PlacementProblem, _ control: PlacementControl, _ model: MedianModel, _ effort: MedianEffort) {
        self.problem = problem
        self.control = control
        self.effort = effort
        fewest = model.certainCount
        unservableFrom = model.penalty > 0 ? model.penalty : .infinity
        let isOpen = problem.flagsOfKept
        self.isOpen = isOpen
        let candidates = model.siteIDs.filter { !isOpen[Int($0)] }
        spares =
            model.siteCosts.isEmpty
            ? candidates : candidates.sorted { model.siteCosts[Int($0)] < model.siteCosts[Int($1)] }
    }

    /// Only answers below this are better than the best one.
    var cutoff: Double {
        guard value < .infinity else { return unservableFrom }
        let margin = value * 0.5e-9
        return isWhole ? min(value - margin, value - 1 + margin + 1e-6) : value - margin
    }

    /// Whether nothing can be better than the best answer.
    var isProved: Bool { bound >= value }

    /// Why to end now.
    var end: PlacementAnswer.End? {
        if isProved { return .proved }
        if value < .infinity, PlacementAnswer.gap(value: value, bound: bound) <= control.gap { return .gapReached }
        return control.end
    }

    /// Takes an answer if it is better than the best one, filled up with as many
    /// stations as the models count on.
    ///
    /// - Parameters:
    ///   - sites: the sites of new stations, ascending.
    ///   - own: sites to fill it up with before all others; kept ones count for nothing.
    func consider(_ sites: [UInt32], spares own: Set<UInt32> = []) {
        let chosen = filled(sites, with: own)
        let value = cost(of: chosen)
        guard value < self.value else { return }
        if self.value == .infinity { isWhole = problem.costsAreWhole(below: value) }
        self.value = value
        self.sites = chosen
        raise(to: bound)
        control.tell(value: self.value, bound: bound)
    }

    /// Takes a bound of all answers if it is better than the best one.
    func raise(to bound: Double) {
        let before = self.bound
        self.bound = max(before, isWhole ? (bound * (1 - 1e-9) - 1e-6).rounded(.up) : bound)
        if self.bound >= cutoff { self.bound = value }
        if self.bound > before { control.tell(value: value < .infinity ? value : nil, bound: self.bound) }
    }

    /// Remembers an answer that no exchange makes better.
    ///
    /// - Parameters:
    ///   - sites: its sites.
    ///   - value: about what it costs.
    func remember(_ sites: [UInt32], value: Double) {
        if elite.contains(where: { $0.sites == sites }) { return }
        elite.append((sites, value))
        elite.sort { $0.value < $1.value }
        if elite.count > Self.eliteCount { elite.removeLast() }
    }

    private func filled(_ sites: [UInt32], with own: Set<UInt32>) -> [UInt32] {
        if sites.count >= fewest { return sites }
        var filled = sites
        for site in spares.filter(own.contains) + spares where filled.count < fewest && !filled.contains(site) {
            filled.append(site)
        }
        return filled.sorted()
    }

    /// The best answer without the stations that nobody needs.
    func sitesNeeded() -> [UInt32] {
        var needed = sites
        let losses = problem.losses(of: sites)
        for (site, loss) in zip(sites, losses).reversed() where loss == 0 {
            let others = needed.filter { $0 != site }
            if cost(of: others) <= value { needed = others }
        }
        return needed
    }

    /// What the demand costs with these stations and the kept ones; infinite where
    /// some is not served that has to be.
    func cost(of chosen: [UInt32]) -> Double {
        for site in chosen { isOpen[Int(site)] = true }
        defer { for site in chosen { isOpen[Int(site)] = false } }
        let table = problem.table
        let farthest = problem.beyondCost ?? .infinity
        var sum = 0.0
        for demand in 0..<table.demandCount {
            let row = table.row(demand)
            if row.isEmpty { continue }
            var entry = row.lowerBound
            while entry < row.upperBound, !isOpen[Int(table.sites[entry])] { entry += 1 }
            let cost = min(entry < row.upperBound ? table.costs[entry] : .infinity, farthest)
            if cost == .infinity { return .infinity }
            sum += problem.weights[demand] * cost
        }
        return sum
    }
}

extension PlacementProblem {
    /// What demand costs more without each of some stations, all others staying.
    fileprivate func losses(of sites: [UInt32]) -> [Double] {
        var places = Array(repeating: -1, count: table.siteCount)
        for site in kept { places[Int(site)] = sites.count }
        for (place, site) in sites.enumerated() { places[Int(site)] = place }
        var losses = Array(repeating: 0.0, count: sites.count + 1)
        let farthest = beyondCost ?? .infinity
        for demand in 0..<table.demandCount {
            var nearest: (place: Int, cost: Double)?
            var second = farthest
            for entry in table.row(demand) where places[Int(table.sites[entry])] >= 0 {
                if nearest != nil {
                    second = min(second, table.costs[entry])
                    break
                }
                nearest = (places[Int(table.sites[entry])], table.costs[entry])
            }
            guard let nearest, second > nearest.cost else { continue }
            losses[nearest.place] += second < .infinity ? weights[demand] * (second - nearest.cost) : .infinity
        }
        return losses
    }

    /// The first demand that has to be served and is not by these stations and the
    /// kept ones.
    func demandUnserved(by sites: [UInt32]) -> Int {
        var isOpen = flagsOfKept
        for site in sites { isOpen[Int(site)] = true }
        let unserved = (0..<table.demandCount).first { demand in
            !table.row(demand).isEmpty && !table.row(demand).contains { isOpen[Int(table.sites[$0])] }
        }
        return unserved ?? 0
    }

    /// Whether all sums of weight times cost are whole numbers, and small enough
    /// for that to tell.
    func costsAreWhole(below value: Double) -> Bool {
        let isWhole = { (number: Double) in number.rounded() == number && abs(number) < 1e12 }
        guard value < 1e9, table.sites.count < 20_000_000, weights.allSatisfy(isWhole) else { return false }
        return (beyondCost.map(isWhole) ?? true) && table.costs.allSatisfy(isWhole)
    }
}
