/// A set of open sites that single exchanges make better.
///
/// What every opening, closing and exchange changes is kept up to date from step
/// to step, by the rows alone whose nearest or second nearest station changes
/// (Resende and Werneck 2007, doi:10.1007/s10479-006-0154-0). Rows are ascending,
/// so a row is only looked at up to its second nearest station.
struct MedianInterchange {
    /// What one step does.
    struct Move: Equatable {
        var opened: Int?
        var closed: Int?
        var gain: Double
    }

    private static let none = -1

    private let rows: MedianRows
    private let limit: Int
    private let siteCosts: [Double]
    private let budget: Double
    private let siteCount: Int
    private let constant: Double
    /// The open sites by place; a place that is free holds none.
    private var places: [Int]
    /// The place of every site, or none.
    private var placeOf: [Int32]
    private var served: MedianService
    private var tally: MedianTally
    /// The cost of all demand.
    private(set) var value: Double
    private var spent = 0.0

    /// The open sites, ascending.
    var sites: [Int] { places.filter { $0 != Self.none }.sorted() }

    /// Costs that multipliers of a good bound hardly reach: half as much again as
    /// those of the second nearest stations.
    var reach: [Double] {
        served.secondCosts.map { $0 * 1.5 + .leastNonzeroMagnitude }
    }

    /// Halfway from the nearest station to the second, for every row; not much more
    /// than the nearest, or the row's last entry, where only the ceiling is left.
    var middles: [Double] {
        served.nearestCosts.indices.map { row in
            let (nearest, second) = (served.nearestCosts[row], served.secondCosts[row])
            if second < 8 * nearest, served.nearest[row] < rows.ends[row] { return (nearest + second) / 2 }
            return min(rows.ceilings[row], 1.25 * min(nearest, rows.costs[rows.ends[row] - 1]))
        }
    }

    /// - Parameters:
    ///   - model: whose demand is to be served.
    ///   - sites: what is open at the beginning, within limit and budget.
    init(_ model: MedianModel, sites: [Int]) {
        rows = model.rows
        limit = min(model.limit, model.siteCount)
        siteCosts = model.siteCosts
        budget = model.budget
        siteCount = model.siteCount
        constant = model.constant
        places = sites + Array(repeating: Self.none, count: limit - sites.count)
        placeOf = Array(repeating: Int32(Self.none), count: siteCount)
        for (place, site) in sites.enumerated() { placeOf[site] = Int32(place) }
        if !siteCosts.isEmpty { for site in sites { spent += siteCosts[site] } }
        served = MedianService(rowCount: rows.count)
        tally = MedianTally(siteCount: siteCount, placeCount: limit)
        value = 0
        update(opened: nil, closed: nil)
    }

    /// Makes the best step as long as one helps.
    ///
    /// - Parameter mayGoOn: asked before every step.
    mutating func improve(while mayGoOn: () -> Bool) {
        while mayGoOn(), let move = bestMove() {
            let before = (value: value, sites: sites)
            make(move)
            if value >= before.value {
                self = restored(before.sites)
                return
            }
        }
    }

    private func restored(_ sites: [Int]) -> MedianInterchange {
        var model = MedianModel(rows: rows, siteIDs: [], limit: limit)
        model.siteIDs = Array(0..<UInt32(siteCount))
        model.siteCosts = siteCosts
        model.budget = budget
        model.constant = constant
        return MedianInterchange(model, sites: sites)
    }

    // MARK: Steps

    /// The step that saves most, if one saves anything to speak of.
    func bestMove() -> Move? {
        var best = Move(gain: value * 1e-12)
        if let place = places.firstIndex(of: Self.none) {
            for site in 0..<siteCount where placeOf[site] < 0 && tally.gains[site] > best.gain {
                if isAffordable(site, without: nil) {
                    best = Move(opened: site, closed: place, gain: tally.gains[site])
                }
            }
            if best.opened != nil { return best }
        }
        for (place, closed) in places.enumerated() where closed != Self.none {
            let loss = tally.losses[place]
            let row = place * siteCount
            for site in 0..<siteCount where placeOf[site] < 0 {
                let gain = tally.gains[site] - loss + tally.together[row + site]
                if gain > best.gain, isAffordable(site, without: closed) {
                    best = Move(opened: site, closed: place, gain: gain)
                }
            }
        }
        return best.opened == nil ? nil : best
    }

    /// The step that saves most for what it costs, out of those that open a site.
    func bestOpening() -> Move? {
        guard let place = places.firstIndex(of: Self.none) else { return nil }
        var best: (move: Move, worth: Double)?
        for site in 0..<siteCount where placeOf[site] < 0 && tally.gains[site] > 0 && isAffordable(site, without: nil) {
            let worth = siteCosts.isEmpty ? tally.gains[site] : tally.gains[site] / max(siteCosts[site], budget * 1e-9)
            if worth > best?.worth ?? 0 { best = (Move(opened: site, closed: place, gain: tally.gains[site]), worth) }
        }
        return best?.move
    }

    private func isAffordable(_ site: Int, without closed: Int?) -> Bool {
        if siteCosts.isEmpty { return true }
        let saved = closed.map { siteCosts[$0] } ?? 0
        return spent - saved + siteCosts[site] <= budget
    }

    /// Opens and closes; the place closed, or free, takes what is opened.
    mutating func make(_ move: Move) {
        guard let opened = move.opened, let place = move.closed else { return }
        let closed = places[place]
        if closed != Self.none {
            placeOf[closed] = Int32(Self.none)
            if !siteCosts.isEmpty { spent -= siteCosts[closed] }
        }
        places[place] = opened
        placeOf[opened] = Int32(place)
        if !siteCosts.isEmpty { spent += siteCosts[opened] }
        update(opened: UInt32(opened), closed: closed == Self.none ? nil : UInt32(closed))
    }

    // MARK: Rows

    /// Looks again at the rows that an exchange concerns, or at all.
    private mutating func update(opened: UInt32?, closed: UInt32?) {
        var served = served
        var tally = tally
        self.served = MedianService()
        self.tally = MedianTally()
        rows.withView { rows in
            placeOf.withUnsafeBufferPointer { placeOf in
                for row in 0..<rows.count {
                    if let opened {
                        guard served.isConcerned(row, rows, opened: opened, closed: closed) else { continue }
                        tally.count(row, rows, served, sign: -1)
                    }
                    served.look(row, rows, placeOf)
                    tally.count(row, rows, served, sign: 1)
                }
            }
        }
        value = constant + served.cost(weights: rows.weights)
        self.served = served
        self.tally = tally
    }
}
