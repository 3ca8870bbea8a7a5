/// A set of open sites, and what opening, closing or swapping sites changes:
/// kept up to date at every change (as Resende and Werneck, Annals of Operations
/// Research 150, 2007, 205-230, do for the p-median).
///
/// A row is short by one, or covered with none to spare, or neither: the first
/// is a gain of its closed sites, the second a loss of its open ones; a swap of
/// two sites of one row corrects the sum of both.
struct CoverState {
    let model: CoverModel
    /// What rows weigh in the search; more than in the model where their group
    /// lacks its share.
    private(set) var weights: [Double]
    /// The open sites, in no order: their places are the slots of `losses`.
    private(set) var open: [Int32] = []
    /// What the open sites cost.
    private(set) var cost = 0.0
    /// The slot of every open site; -1 for a closed one.
    private(set) var slots: [Int32]
    /// How many open sites every row has.
    private(set) var counts: [Int32]
    /// By `weights`, of the covered rows.
    private(set) var value = 0.0
    /// What opening a site adds to the value, for closed ones.
    private(set) var gains: [Double]
    /// What closing the site of a slot takes.
    private(set) var losses: [Double]
    /// For every slot and site: gain less loss of their swap is to be corrected by
    /// this; empty where there would be too many.
    private(set) var corrections: [Double]

    /// Whether swaps can be told exactly.
    var hasCorrections: Bool { !corrections.isEmpty }

    /// Starts without an open site.
    init(_ model: CoverModel, weights: [Double]? = nil) {
        self.model = model
        self.weights = weights ?? model.weights
        slots = [Int32](repeating: -1, count: model.siteCount)
        counts = [Int32](repeating: 0, count: model.rowCount)
        gains = [Double](repeating: 0, count: model.siteCount)
        losses = [Double](repeating: 0, count: model.stationCount)
        let count = model.stationCount * model.siteCount
        corrections = [Double](repeating: 0, count: count <= Self.mostCorrections ? count : 0)
        for row in 0..<model.rowCount where model.needs[row] == 1 {
            for entry in model.row(row) { gains[Int(model.rowSites[entry])] += self.weights[row] }
        }
    }

    /// Opens a closed site; there is a slot for it.
    mutating func open(_ site: Int32) {
        value += gains[Int(site)]
        slots[Int(site)] = Int32(truncatingIfNeeded: open.count)
        open.append(site)
        if !model.siteCosts.isEmpty { cost += model.siteCosts[Int(site)] }
        for entry in model.column(Int(site)) {
            let row = Int(model.columnRows[entry])
            let spare = counts[row] - model.needs[row]
            // The site's own slot is all zero: its corrections begin with the row's new state.
            if spare >= -1, spare <= 0 { count(row, spare: spare, sign: -1, except: site) }
            counts[row] += 1
            if spare >= -2, spare <= -1 { count(row, spare: spare + 1, sign: 1, except: -1) }
        }
    }

    /// Opens those of some sites that are closed, while there are slots and the
    /// budget lasts.
    mutating func openAllowed(_ sites: [Int32]) {
        for site in sites where slots[Int(site)] < 0 && open.count < model.stationCount {
            if !model.siteCosts.isEmpty, cost + model.siteCosts[Int(site)] > model.budget { continue }
            open(site)
        }
    }

    /// Closes an open site.
    mutating func close(_ site: Int32) {
        let slot = Int(slots[Int(site)])
        value -= losses[slot]
        for entry in model.column(Int(site)) {
            let row = Int(model.columnRows[entry])
            let spare = counts[row] - model.needs[row]
            if spare >= -1, spare <= 0 { count(row, spare: spare, sign: -1, except: site) }
            counts[row] -= 1
            if spare >= 0, spare <= 1 { count(row, spare: spare - 1, sign: 1, except: site) }
        }
        if !model.siteCosts.isEmpty { cost -= model.siteCosts[Int(site)] }
        vacate(slot)
        slots[Int(site)] = -1
    }

    /// Moves the last open site to a slot, and empties the last one.
    private mutating func vacate(_ slot: Int) {
        let last = open.count - 1
        let width = hasCorrections ? model.siteCount : 0
        if slot != last {
            open[slot] = open[last]
            slots[Int(open[slot])] = Int32(truncatingIfNeeded: slot)
            losses[slot] = losses[last]
            for site in 0..<width { corrections[slot * width + site] = corrections[last * width + site] }
        }
        losses[last] = 0
        for site in 0..<width { corrections[last * width + site] = 0 }
        open.removeLast()
    }

    /// Counts a row among gains (`spare` -1) or losses (0) and corrections, or no more.
    @inline(__always)
    private mutating func count(_ row: Int, spare: Int32, sign: Double, except: Int32) {
        let entries = model.row(row)
        let weight = sign * weights[row]
        if spare < 0 {
            for entry in entries { gains[Int(model.rowSites[entry])] += weight }
            if model.needs[row] == 1 { return }
        }
        let width = model.siteCount
        for entry in entries {
            let site = model.rowSites[entry]
            let slot = Int(slots[Int(site)])
            if slot < 0 || site == except { continue }
            if spare == 0 { losses[slot] += weight }
            guard hasCorrections else { continue }
            let correction = spare == 0 ? weight : -weight
            for other in entries { corrections[slot * width + Int(model.rowSites[other])] += correction }
        }
    }

    /// 128 MB of them.
    private static let mostCorrections = 1 << 24
}
