import Siting
import TestSupport

extension OracleProblems {
    /// What makes the numbers of a problem unusual.
    enum Family: String, CaseIterable, Sendable {
        case greatWeights, smallWeights, mixedScales, duplicatedSites, allCandidates, freeSites, radiusZero
    }

    /// A problem as `problem` makes it, with unusual numbers.
    static func problem(
        _ goal: PlacementProblem.Goal, _ extensions: Set<Extension>, of family: Family, seed: UInt64
    ) -> PlacementProblem {
        var problem = problem(goal, extensions, seed: seed)
        var generator = SeededGenerator(seed: seed &* 17 &+ 5)
        func scale(_ factor: Double) {
            problem.weights = problem.weights.map { $0 * factor }
            problem.capacities = problem.capacities.map { $0 * factor }
        }
        switch family {
        case .greatWeights: scale(1e12)
        case .smallWeights: scale(1e-9)
        case .mixedScales:
            // Fractions that differ by more are no longer sums of each other.
            let isWhole = (problem.weights + problem.capacities).allSatisfy { $0 == $0.rounded() }
            problem.weights = problem.weights.map { weight in
                Int.random(in: 0..<3, using: &generator) == 0
                    ? weight * (isWhole ? 1e14 : 1e6) : weight + Double(Int.random(in: 0...6, using: &generator))
            }
        case .duplicatedSites: problem.table = duplicated(problem.table)
        case .allCandidates:
            if goal != .all { problem.stationCount = problem.table.siteCount - problem.kept.count }
        case .freeSites:
            if goal != .all {
                problem.siteCosts = Array(repeating: 0, count: problem.table.siteCount)
                problem.budget = 0
            }
        case .radiusZero:
            if goal == .cover || goal == .all { problem.radius = 0 }
        }
        return problem
    }

    /// The last site stands where the first one does.
    private static func duplicated(_ table: CostTable) -> CostTable {
        let last = UInt32(table.siteCount - 1)
        var rowStarts = [0]
        var sites: [UInt32] = []
        var costs: [Double] = []
        for demand in 0..<table.demandCount {
            for entry in table.row(demand) where table.sites[entry] != last {
                sites.append(table.sites[entry])
                costs.append(table.costs[entry])
                guard table.sites[entry] == 0 else { continue }
                sites.append(last)
                costs.append(table.costs[entry])
            }
            rowStarts.append(sites.count)
        }
        return CostTable(siteCount: table.siteCount, rowStarts: rowStarts, sites: sites, costs: costs)
    }
}
