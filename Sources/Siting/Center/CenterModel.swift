/// A center problem as its solver sees it: which demands count, which sites are
/// to choose, and what a choice may take.
struct CenterModel {
    let problem: PlacementProblem
    /// Whether each site is a station that stays.
    let isKept: [Bool]
    /// The most that new stations may take: their number, or their cost where
    /// only the budget limits them.
    let target: Double
    /// What a station takes of the target.
    let columnCosts: [Double]
    /// The cost of a station where number and budget both limit; empty otherwise.
    let sideCosts: [Double]
    /// What those may come to.
    let sideLimit: Double

    init(_ problem: PlacementProblem) {
        self.problem = problem
        let siteCount = problem.table.siteCount
        precondition(problem.capacities.isEmpty && problem.shares == nil, "neither capacities nor shares")
        isKept = problem.flagsOfKept
        let ones = [Double](repeating: 1, count: siteCount)
        let limit = problem.spendingLimit
        let hasCosts = limit < .infinity
        if let count = problem.stationCount {
            (target, columnCosts) = (Double(count), ones)
            (sideCosts, sideLimit) = hasCosts ? (problem.siteCosts, limit) : ([], .infinity)
        } else {
            (target, columnCosts) = hasCosts ? (limit, problem.siteCosts) : (Double(siteCount), ones)
            (sideCosts, sideLimit) = ([], .infinity)
        }
    }

    /// What any demand costs at most, where it need not be served.
    var beyondCost: Double { problem.beyondCost ?? .infinity }

    /// Whether enough sites can serve a demand at all.
    @inline(__always)
    func counts(_ demand: Int) -> Bool { problem.table.row(demand).count >= problem.backup }

    /// No choice is better than all sites open.
    func leastWorstCost() -> Double {
        var worst = 0.0
        for demand in 0..<problem.table.demandCount where counts(demand) {
            let cost = problem.table.costs[problem.table.rowStarts[demand] + problem.backup - 1]
            worst = max(worst, min(cost, beyondCost))
        }
        return worst
    }
}
