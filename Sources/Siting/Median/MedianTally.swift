/// What openings, closings and both together change.
struct MedianTally {
    /// What every site saves if it is opened, all others staying.
    var gains: [Double] = []
    /// What closing every place costs, all others staying.
    var losses: [Double] = []
    /// What opening a site and closing a place costs less than both apart; by
    /// place, then by site.
    var together: [Double] = []

    init() {}

    init(siteCount: Int, placeCount: Int) {
        gains = Array(repeating: 0, count: siteCount)
        losses = Array(repeating: 0, count: placeCount)
        together = Array(repeating: 0, count: placeCount * siteCount)
    }

    /// Adds a row, or takes it out.
    @inline(__always)
    mutating func count(_ row: Int, _ rows: MedianRowView, _ served: MedianService, sign: Double) {
        let weight = sign * rows.weights[row]
        let nearestCost = served.nearestCosts[row]
        let secondCost = served.secondCosts[row]
        let nearest = served.nearest[row]
        for entry in rows.starts[row]..<nearest {
            gains[Int(rows.sites[entry])] += weight * (nearestCost - rows.costs[entry])
        }
        let place = Int(served.places[row])
        guard place >= 0 else { return }
        losses[place] += weight * (secondCost - nearestCost)
        let base = place * gains.count
        for entry in rows.starts[row]..<nearest {
            together[base + Int(rows.sites[entry])] += weight * (secondCost - nearestCost)
        }
        guard nearest + 1 < served.second[row] else { return }
        for entry in nearest + 1..<served.second[row] {
            together[base + Int(rows.sites[entry])] += weight * (secondCost - rows.costs[entry])
        }
    }
}
