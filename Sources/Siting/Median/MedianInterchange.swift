/// A set of open sites that single exchanges make better.
///
/// What every opening, closing and exchange changes is kept up to date from step
/// to step, by the rows alone whose nearest or second nearest station changes
/// (Resende and Werneck 2007, doi:10.1007/s10479-006-0154-0). Rows are ascending,
/// so a row is only looked at up to its second nearest station.
struct MedianInterchange {
    /// What one step does.
    struct Move {
        /// The site that opens.
        var site: Int
        /// The place of the site that closes; `nil` where none does.
        var place: Int?
        /// What it saves.
        var gain: Double
    }

    private let rows: MedianRows
    private let limit: Int
    private let siteCosts: [Double]
    private let budget: Double
    private let siteCount: Int
    private let constant: Double
    /// The open sites, in any order: their places.
    private var places: [Int]
    /// The place of every site, or -1.
    private var placeOf: [Int32]
    private var served: MedianService
    private var tally: MedianTally
    /// The cost of all demand.
    private(set) var value: Double
    private var spent = 0.0

    /// The open sites, ascending.
    var sites: [Int] { places.sorted() }

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
        places = sites
        placeOf = Array(repeating: -1, count: siteCount)
        for (place, site) in sites.enumerated() { placeOf[site] = Int32(place) }
        if !siteCosts.isEmpty { for site in sites { spent += siteCosts[site] } }
        served = MedianService(rowCount: rows.count)
        tally = MedianTally(siteCount: siteCount, placeCount: sites.count)
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

    /// The step that saves most, if one saves anything to speak of; an exchange only
    /// where nothing can be opened without.
    func bestMove() -> Move? {
        let least = value * 1e-12
        if let opening = bestOpening(worth: { gain, _ in gain > least ? gain : 0 }) { return opening }
        var best = Move(site: -1, place: nil, gain: least)
        for (place, closed) in places.enumerated() {
            let loss = tally.losses[place]
            for site in 0..<siteCount where placeOf[site] < 0 {
                let gain = tally.gains[site] - loss + tally.together(place, site)
                if gain > best.gain, isAffordable(site, without: closed) {
                    best = Move(site: site, place: place, gain: gain)
                }
            }
        }
        return best.place == nil ? nil : best
    }

    /// The opening that saves most for what it costs.
    func bestOpening() -> Move? {
        let nothing = budget * 1e-9
        return bestOpening { gain, cost in siteCosts.isEmpty ? gain : gain / max(cost, nothing) }
    }

    private func bestOpening(worth: (_ gain: Double, _ cost: Double) -> Double) -> Move? {
        if places.count >= limit { return nil }
        var best: (move: Move, worth: Double)?
        for site in 0..<siteCount where placeOf[site] < 0 && tally.gains[site] > 0 && isAffordable(site, without: nil) {
            let worth = worth(tally.gains[site], siteCosts.isEmpty ? 0 : siteCosts[site])
            if worth > best?.worth ?? 0 { best = (Move(site: site, place: nil, gain: tally.gains[site]), worth) }
        }
        return best?.move
    }

    private func isAffordable(_ site: Int, without closed: Int?) -> Bool {
        if siteCosts.isEmpty { return true }
        let saved = closed.map { siteCosts[$0] } ?? 0
        return spent - saved + siteCosts[site] <= budget
    }

    /// Makes a step.
    mutating func make(_ move: Move) {
        var closed: UInt32?
        if let place = move.place {
            let site = places[place]
            closed = UInt32(site)
            placeOf[site] = -1
            if !siteCosts.isEmpty { spent -= siteCosts[site] }
            places[place] = move.site
            placeOf[move.site] = Int32(place)
        } else {
            placeOf[move.site] = Int32(places.count)
            places.append(move.site)
            tally.addPlace()
        }
        if !siteCosts.isEmpty { spent += siteCosts[move.site] }
        update(opened: UInt32(move.site), closed: closed)
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
