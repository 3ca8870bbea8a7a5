import Siting
import TestSupport

/// Small random problems, each fixed by its seed.
enum OracleProblems {
    /// What a problem has beyond its goal.
    enum Extension: String, CaseIterable, Sendable {
        case kept, budget, capacities, shares, backup, beyondCost
    }

    /// A problem of 4 to 8 sites and 5 to 12 demands, or fewer where capacities
    /// make every choice of sites a flow to solve.
    ///
    /// A third has points in a plane with distances as costs, a third small whole
    /// numbers full of ties, a third fractions; weights likewise, some 0. Rows
    /// may be short, alike or empty.
    static func problem(
        _ goal: PlacementProblem.Goal, _ extensions: Set<Extension> = [], seed: UInt64
    ) -> PlacementProblem {
        var generator = SeededGenerator(seed: seed &* 31 &+ UInt64(extensions.count))
        let isSmall = extensions.contains(.capacities)
        let siteCount = Int.random(in: isSmall ? 3...6 : 4...8, using: &generator)
        let demandCount = Int.random(in: isSmall ? 3...8 : 5...12, using: &generator)
        var problem = PlacementProblem(
            goal: goal, table: table(siteCount: siteCount, demandCount: demandCount, &generator),
            weights: weights(count: demandCount, &generator), stationCount: nil)
        if extensions.contains(.kept) {
            let count = Int.random(in: 1...2, using: &generator)
            problem.kept = (0..<UInt32(siteCount)).shuffled(using: &generator).prefix(count).sorted()
        }
        if goal != .all {
            let candidates = siteCount - problem.kept.count
            problem.stationCount = Int.random(in: 1...min(4, candidates), using: &generator)
        }
        if goal == .cover || goal == .all, Int.random(in: 0..<4, using: &generator) > 0 {
            problem.radius = problem.table.costs.randomElement(using: &generator)
        }
        for one in Extension.allCases where extensions.contains(one) { add(one, to: &problem, &generator) }
        return problem
    }

    private static func table(
        siteCount: Int, demandCount: Int, _ generator: inout SeededGenerator
    ) -> CostTable {
        let kind = Int.random(in: 0..<3, using: &generator)
        let density = [30, 60, 100].randomElement(using: &generator) ?? 100
        var rowStarts = [0]
        var sites: [UInt32] = []
        var costs: [Double] = []
        func point() -> (x: Double, y: Double) {
            (Double.random(in: 0..<1000, using: &generator), Double.random(in: 0..<1000, using: &generator))
        }
        let places = (0..<siteCount).map { _ in point() }
        for demand in 0..<demandCount {
            if demand > 0, Int.random(in: 0..<8, using: &generator) == 0 {
                let twin = rowStarts[demand - 1]..<rowStarts[demand]
                sites += sites[twin]
                costs += costs[twin]
            } else {
                let here = point()
                for site in 0..<siteCount where Int.random(in: 0..<100, using: &generator) < density {
                    sites.append(UInt32(site))
                    let (dx, dy) = (places[site].x - here.x, places[site].y - here.y)
                    switch kind {
                    case 0: costs.append((dx * dx + dy * dy).squareRoot())
                    case 1: costs.append(Double(Int.random(in: 0...9, using: &generator)))
                    default: costs.append(Double.random(in: 0..<10, using: &generator))
                    }
                }
            }
            rowStarts.append(sites.count)
        }
        return CostTable(siteCount: siteCount, rowStarts: rowStarts, sites: sites, costs: costs)
    }

    private static func weights(count: Int, _ generator: inout SeededGenerator) -> [Double] {
        let kind = Int.random(in: 0..<3, using: &generator)
        return (0..<count).map { _ in
            switch kind {
            case 0: 1
            case 1: Double(Int.random(in: 0...20, using: &generator))
            default: Double.random(in: 0..<5, using: &generator)
            }
        }
    }

    private static func add(
        _ one: Extension, to problem: inout PlacementProblem, _ generator: inout SeededGenerator
    ) {
        let sites = 0..<problem.table.siteCount
        switch one {
        case .kept: break
        case .budget:
            let isWhole = Bool.random(using: &generator)
            problem.siteCosts = sites.map { _ in
                isWhole
                    ? Double(Int.random(in: 0...9, using: &generator)) : Double.random(in: 0..<9, using: &generator)
            }
            problem.budget = Double(Int.random(in: 0...25, using: &generator))
            if Bool.random(using: &generator) { problem.stationCount = nil }
        case .capacities:
            let mean = problem.weights.reduce(0, +) / Double(sites.count)
            let factor = Double.random(in: 0.5...4, using: &generator)
            problem.capacities = sites.map { _ in
                switch Int.random(in: 0..<6, using: &generator) {
                case 0: .infinity
                case 1: (mean * factor).rounded()
                default: mean * Double.random(in: 0...2 * factor, using: &generator)
                }
            }
        case .shares:
            let groupCount = Int.random(in: 1...4, using: &generator)
            problem.shares = PlacementProblem.Shares(
                groups: problem.weights.map { _ in
                    let group = Int.random(in: 0...groupCount, using: &generator)
                    return group == groupCount ? PlacementProblem.Shares.noGroup : UInt32(group)
                }, groupCount: groupCount, leastShare: Double(Int.random(in: 0...10, using: &generator)) / 10)
        case .backup: problem.backup = Int.random(in: 2...3, using: &generator)
        case .beyondCost:
            let greatest = problem.table.costs.max() ?? 1
            problem.beyondCost = greatest * Double.random(in: 0.3...1.5, using: &generator)
        }
    }
}
