/// A first choice within a cost, found in a few passes over the table: the site
/// that serves most demand still lacking comes next, for what it takes.
struct CenterGreedy {
    private let model: CenterModel
    private let limit: Double
    /// The stations of the choice.
    private(set) var sites: [UInt32] = []
    /// The demands that lack stations, and how many.
    private var lacking: [(demand: Int, count: Int)] = []
    /// How many lacking demands every site can serve; kept ones none.
    private var gains: [Int]
    private var isOpen: [Bool]
    private var taken = 0.0
    private var takenAside = 0.0

    /// Chooses until every demand is served within the limit, or no station is
    /// left for the next one.
    ///
    /// - Complexity: O(entries within the limit) a station.
    init(_ model: CenterModel, within limit: Double) {
        self.model = model
        self.limit = limit
        isOpen = model.isKept
        gains = [Int](repeating: 0, count: model.isKept.count)
        gather()
        while !lacking.isEmpty, let site = best() { open(site) }
    }

    /// Whether everybody is served.
    var servesEverybody: Bool { lacking.isEmpty }

    private mutating func gather() {
        if limit >= model.beyondCost { return }
        let table = model.problem.table
        for demand in 0..<table.demandCount where model.counts(demand) {
            var count = model.problem.backup
            for entry in table.row(demand) {
                if table.costs[entry] > limit { break }
                if isOpen[Int(table.sites[entry])] { count -= 1 }
            }
            guard count > 0 else { continue }
            lacking.append((demand, count))
            addGain(1, of: demand)
        }
    }

    private mutating func addGain(_ gain: Int, of demand: Int) {
        let table = model.problem.table
        for entry in table.row(demand) {
            if table.costs[entry] > limit { break }
            gains[Int(table.sites[entry])] += gain
        }
    }

    private func best() -> Int? {
        var best: (site: Int, score: Double)?
        for site in gains.indices where gains[site] > 0 && !isOpen[site] {
            let cost = model.columnCosts[site]
            guard taken + cost <= model.target else { continue }
            if !model.sideCosts.isEmpty, takenAside + model.sideCosts[site] > model.sideLimit { continue }
            // What is free comes first.
            let score = cost > 0 ? Double(gains[site]) / cost : .infinity
            if score > best?.score ?? 0 { best = (site, score) }
        }
        return best?.site
    }

    private mutating func open(_ site: Int) {
        isOpen[site] = true
        sites.append(UInt32(truncatingIfNeeded: site))
        taken += model.columnCosts[site]
        if !model.sideCosts.isEmpty { takenAside += model.sideCosts[site] }
        var left = 0
        for index in lacking.indices {
            var one = lacking[index]
            if reaches(site, one.demand) { one.count -= 1 }
            if one.count == 0 {
                addGain(-1, of: one.demand)
            } else {
                lacking[left] = one
                left += 1
            }
        }
        lacking.removeLast(lacking.count - left)
    }

    private func reaches(_ site: Int, _ demand: Int) -> Bool {
        let table = model.problem.table
        for entry in table.row(demand) {
            if table.costs[entry] > limit { return false }
            if table.sites[entry] == site { return true }
        }
        return false
    }
}
