import Dispatch
import Synchronization

/// What a choice of sites means for every demand.
struct CenterEvaluation {
    /// The worst cost of any demand; infinite where one is not served.
    private(set) var worst = 0.0
    /// Demands whose cost is above the limit asked for, the worst one of each
    /// nearest site, worst first, equal ones by number.
    private(set) var violated: [(cost: Double, demand: Int)] = []

    /// Looks at all demands, on all processors: costs above the limit are
    /// violations.
    init(_ model: CenterModel, sites: [UInt32], above limit: Double) {
        var isOpen = model.isKept
        for site in sites { isOpen[Int(site)] = true }
        let demandCount = model.problem.table.demandCount
        let demandsAShare = 8192
        let shares = (demandCount + demandsAShare - 1) / demandsAShare
        let found = Mutex([Share](repeating: Share(siteCount: 0), count: shares))
        DispatchQueue.concurrentPerform(iterations: shares) { [isOpen] share in
            var looked = Share(siteCount: model.problem.table.siteCount)
            let first = share * demandsAShare
            looked.look(at: first..<min(first + demandsAShare, demandCount), model, isOpen, limit)
            found.withLock { [looked] in $0[share] = looked }
        }
        let all = found.withLock { $0 }
        var merged = Share(siteCount: model.problem.table.siteCount)
        for share in all { merged.merge(share) }
        worst = merged.worst
        for site in merged.worstDemands.indices where merged.worstDemands[site] >= 0 {
            violated.append((merged.worstCosts[site], merged.worstDemands[site]))
        }
        violated.sort { $0.cost != $1.cost ? $0.cost > $1.cost : $0.demand < $1.demand }
    }

    /// What a share of the demands says.
    private struct Share {
        var worst = 0.0
        var worstCosts: [Double]
        var worstDemands: [Int]

        init(siteCount: Int) {
            worstCosts = [Double](repeating: 0, count: siteCount)
            worstDemands = [Int](repeating: -1, count: siteCount)
        }

        mutating func look(at demands: Range<Int>, _ model: CenterModel, _ isOpen: [Bool], _ limit: Double) {
            for demand in demands where model.counts(demand) {
                let cost = model.cost(of: demand, isOpen)
                worst = max(worst, cost)
                guard cost > limit else { continue }
                let nearest = Int(model.problem.table.sites[model.problem.table.rowStarts[demand]])
                take(cost, demand, at: nearest)
            }
        }

        mutating func merge(_ other: Share) {
            worst = max(worst, other.worst)
            for site in other.worstDemands.indices where other.worstDemands[site] >= 0 {
                take(other.worstCosts[site], other.worstDemands[site], at: site)
            }
        }

        private mutating func take(_ cost: Double, _ demand: Int, at site: Int) {
            if worstDemands[site] >= 0, cost <= worstCosts[site] { return }
            worstCosts[site] = cost
            worstDemands[site] = demand
        }
    }
}

extension CenterModel {
    /// What a demand costs: its so-manieth nearest open site, or what lies beyond.
    @inline(__always)
    func cost(of demand: Int, _ isOpen: [Bool]) -> Double {
        var missing = problem.backup
        for entry in problem.table.row(demand) {
            if !isOpen[Int(problem.table.sites[entry])] { continue }
            missing -= 1
            if missing == 0 { return min(problem.table.costs[entry], beyondCost) }
        }
        return beyondCost
    }
}
