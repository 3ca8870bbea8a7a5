import Siting

/// Opens sites one after the other, always the one that helps most.
///
/// `cover` and `all` count the weight that comes to be served; `median` the sum
/// of weight times cost that is saved; `center` the sum of costs, so that
/// stations have an order also while the worst cost stays.
struct GreedyOpening {
    private let problem: PlacementProblem
    private let sites: [UInt32]
    private let lists: SiteLists
    /// How many open stations reach each demand.
    private var counts: [UInt32]
    /// What each demand costs now; before any station reaches it, what its
    /// farthest site would.
    private(set) var costs: [Double]
    /// Demand that some site can serve, but no open one, where that has no
    /// price of its own: sums say nothing as long as there is any.
    private var unservedCount = 0
    private var isOpen: [Bool]
    /// What each site is worth at most.
    private var mostGains: [Double]

    /// A site that was opened.
    struct Opened {
        let site: UInt32
        let gain: Double
        /// Whether sums said something before it was opened.
        let isGainKnown: Bool
    }

    /// Whether sums say something: weights served always do, costs when nobody
    /// is left who has to be served.
    var isGainKnown: Bool { unservedCount == 0 || problem.goal == .cover || problem.goal == .all }

    /// Begins with the stations that are kept.
    ///
    /// - Parameters:
    ///   - problem: the problem.
    ///   - sites: those that may be opened, ascending.
    init(_ problem: PlacementProblem, among sites: [UInt32]) {
        self.problem = problem
        self.sites = sites
        lists = SiteLists(sites, of: problem)
        let table = problem.table
        counts = [UInt32](repeating: 0, count: table.demandCount)
        costs = (0..<table.demandCount).map { demand in
            table.row(demand).last.map { problem.beyondCost ?? table.costs[$0] } ?? 0
        }
        isOpen = [Bool](repeating: false, count: sites.count)
        mostGains = [Double](repeating: .infinity, count: sites.count)
        if problem.beyondCost == nil { unservedCount = (0..<table.demandCount).count { !table.row($0).isEmpty } }
        let kept = SiteLists(problem.kept, of: problem)
        for station in problem.kept.indices { open(kept, station) }
    }

    /// Whether a site is worth less the more others are open, so that what it
    /// was worth bounds what it is.
    private var isSubmodular: Bool { problem.backup == 1 }

    /// What a site would add now.
    private func gain(_ site: Int) -> Double {
        var gain = 0.0
        switch problem.goal {
        case .cover, .all:
            for entry in lists.list(site) {
                let demand = Int(lists.demands[entry])
                if counts[demand] + 1 == problem.backup { gain += problem.weights[demand] }
            }
        case .median, .center:
            for entry in lists.list(site) {
                let demand = Int(lists.demands[entry])
                let saved = costs[demand] - lists.costs[entry]
                if saved > 0 { gain += problem.sumWeight(demand) * saved }
            }
        }
        return gain
    }

    private mutating func open(_ lists: SiteLists, _ site: Int) {
        for entry in lists.list(site) {
            let demand = Int(lists.demands[entry])
            if counts[demand] == 0, problem.beyondCost == nil { unservedCount -= 1 }
            counts[demand] += 1
            costs[demand] = min(costs[demand], lists.costs[entry])
        }
    }

    /// Opens the site that helps most; of equals the first.
    ///
    /// - Returns: the site and what it adds; `nil` where all are open.
    mutating func openBest() -> Opened? {
        for site in sites.indices where !isOpen[site] && (mostGains[site] == .infinity || !isSubmodular) {
            mostGains[site] = gain(site)
        }
        while true {
            var best: Int?
            for site in sites.indices where !isOpen[site] && mostGains[site] > best.map({ mostGains[$0] }) ?? -1 {
                best = site
            }
            guard let best else { return nil }
            let known = mostGains[best]
            let gain = gain(best)
            mostGains[best] = gain
            guard gain < known else { return open(best, gain) }
        }
    }

    private mutating func open(_ site: Int, _ gain: Double) -> Opened {
        let opened = Opened(site: sites[site], gain: gain, isGainKnown: isGainKnown)
        isOpen[site] = true
        open(lists, site)
        return opened
    }

    /// Opens all sites, best first.
    mutating func openAll() -> [Opened] {
        var order: [Opened] = []
        while let opened = openBest() { order.append(opened) }
        return order
    }

    /// What every site of the problem would add now, open ones nothing.
    ///
    /// - Complexity: O(n) for n entries of the table.
    func gainsOfAllSites() -> [Double] {
        let table = problem.table
        var gains = [Double](repeating: 0, count: table.siteCount)
        let radius = problem.reach
        for demand in 0..<table.demandCount {
            switch problem.goal {
            case .cover, .all:
                guard counts[demand] + 1 == problem.backup else { continue }
                for entry in table.row(demand) where table.costs[entry] <= radius {
                    gains[Int(table.sites[entry])] += problem.weights[demand]
                }
            case .median, .center:
                for entry in table.row(demand) {
                    let saved = costs[demand] - table.costs[entry]
                    guard saved > 0 else { break }
                    gains[Int(table.sites[entry])] += problem.sumWeight(demand) * saved
                }
            }
        }
        for site in problem.kept { gains[Int(site)] = 0 }
        for site in sites.indices where isOpen[site] { gains[Int(sites[site])] = 0 }
        return gains
    }
}
