import Messages
import Reach
import Siting

/// Builds the table of walks between demand and sites, straight from bounded
/// searches: no matrix is ever made.
struct WalkTable {
    /// Where the demand meets the network.
    let demand: PlacesOnNetwork
    /// The ways of the network.
    let arcs: Arcs
    /// What the way between its floors and its entrance adds to a demand.
    let storeyTicks: [UInt32]

    /// More pairs of demand and site are refused: some 3 GB.
    static let mostEntries = 64_000_000
    /// So many sites are searched from before their entries are counted.
    private static let sitesAtOnce = 2048

    /// A site.
    struct Site {
        /// Where it meets the network.
        let foothold: Foothold?
        /// The demand that is the building itself: it takes no walk there.
        let own: Int?
    }

    /// The pairs as they are found: site by site, then in rows.
    private struct Pairs {
        var demands: [UInt32] = []
        var sites: [UInt32] = []
        var ticks: [UInt32] = []

        mutating func reserve(_ count: Int) {
            demands.reserveCapacity(count)
            sites.reserveCapacity(count)
            ticks.reserveCapacity(count)
        }

        mutating func append(_ demand: UInt32, _ site: UInt32, _ ticks: UInt32) {
            demands.append(demand)
            sites.append(site)
            self.ticks.append(ticks)
        }

        /// Counts keys and moves the pairs into their order, equal keys as they stand.
        func sorted(by keys: [UInt32], below count: Int) -> (pairs: Pairs, starts: [Int]) {
            var starts = [Int](repeating: 0, count: count + 1)
            for key in keys { starts[Int(key) + 1] += 1 }
            for key in 0..<count { starts[key + 1] += starts[key] }
            var next = starts
            var sorted = Pairs()
            sorted.demands = [UInt32](repeating: 0, count: keys.count)
            sorted.sites = sorted.demands
            sorted.ticks = sorted.demands
            for (pair, key) in keys.enumerated() {
                let place = next[Int(key)]
                next[Int(key)] += 1
                sorted.demands[place] = demands[pair]
                sorted.sites[place] = sites[pair]
                sorted.ticks[place] = ticks[pair]
            }
            return (sorted, starts)
        }
    }

    /// The table, in seconds.
    ///
    /// - Parameters:
    ///   - sites: the sites.
    ///   - limitTicks: the longest walk that is of interest.
    ///   - isCancelled: asked by all threads.
    /// - Returns: rows by demand, each ascending by seconds, then by site.
    /// - Throws: `Failure`: `.interrupted`; `.usage` for too many pairs.
    /// - Complexity: the searches, and O(n) for n pairs.
    func table(
        _ sites: [Site], limitTicks: UInt32, isCancelled: @Sendable () -> Bool
    ) throws(Failure) -> CostTable {
        var pairs = Pairs()
        for first in stride(from: 0, to: sites.count, by: Self.sitesAtOnce) {
            let some = first..<min(first + Self.sitesAtOnce, sites.count)
            let lists: CandidateLists
            do {
                lists = try CandidateLists(
                    some.map { sites[$0].foothold }, demand, arcs, limitTicks: limitTicks, isCancelled: isCancelled)
            } catch {
                throw Failure(.interrupted, .interrupted)
            }
            pairs.reserve(max(pairs.demands.count + lists.places.count, 2 * pairs.demands.count))
            for (list, site) in some.enumerated() { append(lists, list, UInt32(site), sites[site], limitTicks, &pairs) }
            guard pairs.demands.count <= Self.mostEntries else {
                let all = Double(pairs.demands.count) * Double(sites.count) / Double(some.upperBound)
                throw Failure(.usage, .tooManyPairs(millions: Int(all / 1e6)), hint: .narrowCandidates)
            }
        }
        // By ticks first, then by demand: a row is left in the order of ticks.
        pairs = pairs.sorted(by: pairs.ticks, below: Int(limitTicks) + 1).pairs
        let (rows, starts) = pairs.sorted(by: pairs.demands, below: demand.count)
        return CostTable(
            siteCount: sites.count, rowStarts: starts, sites: rows.sites, costs: rows.ticks.map(Ticks.seconds),
            areSorted: true)
    }

    private func append(
        _ lists: CandidateLists, _ list: Int, _ number: UInt32, _ site: Site, _ limitTicks: UInt32,
        _ pairs: inout Pairs
    ) {
        let own = site.foothold == nil ? nil : site.own
        for entry in lists.range(of: list) {
            let demand = lists.places[entry]
            guard Int(demand) != own else { continue }
            let ticks = lists.ticks[entry] + storeyTicks[Int(demand)]
            if ticks <= limitTicks { pairs.append(demand, number, ticks) }
        }
        if let own, storeyTicks[own] <= limitTicks { pairs.append(UInt32(own), number, storeyTicks[own]) }
    }
}
