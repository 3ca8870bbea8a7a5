/// What openings, closings and both together change.
struct MedianTally {
    /// What every site saves if it is opened, all others staying.
    var gains: [Double] = []
    /// What closing every place costs, all others staying.
    var losses: [Double] = []
    /// What opening a site and closing a place costs less than both apart; by
    /// place, then by site. Never negative, so that without it an exchange saves no
    /// less than it seems to; empty where it would take too much memory.
    private var together: [Double] = []
    private static let mostHeld = 30_000_000

    init() {}

    init(siteCount: Int, placeCount: Int) {
        gains = Array(repeating: 0, count: siteCount)
        for _ in 0..<placeCount { addPlace() }
    }

    /// Makes room for one more place.
    mutating func addPlace() {
        let held = losses.count * gains.count
        losses.append(0)
        if held + gains.count > Self.mostHeld {
            together = []
        } else if together.count == held {
            together.append(contentsOf: repeatElement(0, count: gains.count))
        }
    }

    /// What opening a site and closing a place costs less than both apart.
    @inline(__always)
    func together(_ place: Int, _ site: Int) -> Double {
        together.isEmpty ? 0 : together[place * gains.count + site]
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
        if together.isEmpty { return }
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
