import Testing
import TestSupport

@testable import Siting

@Suite struct CoverEqualRowsTests {
    /// What makes demands equal: who reaches them, how many more they need, and
    /// their group.
    private struct Key: Hashable {
        var sites: [UInt32]
        var need: Int
        var group: UInt32
    }

    @Test(arguments: 0..<200) func `rows are what a dictionary of covers holds`(seed: Int) {
        let problem = problem(seed: UInt64(seed))
        var expected: [Key: Double] = [:]
        var order: [Key] = []
        var (keptWeight, reachable) = (0.0, 0)
        var (whole, kept) = ([Double](repeating: 0, count: 3), [Double](repeating: 0, count: 3))
        for demand in 0..<problem.table.demandCount {
            let reach = problem.table.row(demand).filter { problem.table.costs[$0] <= problem.radius ?? .infinity }
                .map { problem.table.sites[$0] }
            let sites = reach.filter { !problem.kept.contains($0) }.sorted()
            let need = max(0, problem.backup - (reach.count - sites.count))
            let group = problem.shares?.groups[demand] ?? 0
            let isInGroup = problem.shares != nil && group != PlacementProblem.Shares.noGroup
            if isInGroup { whole[Int(group)] += problem.weights[demand] }
            if need > sites.count || reach.isEmpty { continue }
            reachable += 1
            if need == 0 {
                keptWeight += problem.weights[demand]
                if isInGroup { kept[Int(group)] += problem.weights[demand] }
                continue
            }
            let key = Key(sites: sites, need: need, group: group)
            if expected[key] == nil { order.append(key) }
            expected[key, default: 0] += problem.weights[demand]
        }

        let covers = EqualCovers(problem)
        let rows = (0..<covers.rowCount).map { row in
            Key(
                sites: Array(covers.sites[covers.row(row)]), need: Int(covers.needs[row]),
                group: covers.groups.isEmpty ? 0 : covers.groups[row])
        }
        #expect(rows == order)
        #expect(covers.weights == order.map { expected[$0] ?? -1 })
        #expect(covers.keptWeight == keptWeight)
        #expect(covers.reachableDemandCount == reachable)
        #expect(problem.shares == nil || covers.weightsOfGroups == whole)
        #expect(problem.shares == nil || covers.keptWeightsOfGroups == kept)
    }

    @Test func `demands without a site are in no row`() {
        let table = CostTable(siteCount: 2, rowStarts: [0, 0, 1, 2], sites: [0, 1], costs: [5, 11])
        let covers = EqualCovers(
            PlacementProblem(goal: .cover, table: table, weights: [1, 2, 4], stationCount: 1, radius: 10))
        #expect(covers.rowCount == 1)
        #expect(covers.weights == [2])
        #expect(covers.reachableDemandCount == 1)
    }

    private func problem(seed: UInt64) -> PlacementProblem {
        var random = SeededGenerator(seed: seed)
        let siteCount = Int.random(in: 1...6, using: &random)
        var (starts, sites, costs) = ([0], [UInt32](), [Double]())
        let demandCount = Int.random(in: 0...80, using: &random)
        for _ in 0..<demandCount {
            for site in 0..<UInt32(siteCount) where Bool.random(using: &random) {
                sites.append(site)
                costs.append(Double(Int.random(in: 0...10, using: &random)))
            }
            starts.append(sites.count)
        }
        var problem = PlacementProblem(
            goal: .cover, table: CostTable(siteCount: siteCount, rowStarts: starts, sites: sites, costs: costs),
            weights: (0..<demandCount).map { _ in Double(Int.random(in: 0...9, using: &random)) }, stationCount: 1,
            radius: Bool.random(using: &random) ? 7 : nil)
        problem.backup = Int.random(in: 1...3, using: &random)
        problem.kept = (0..<UInt32(siteCount)).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
        if Bool.random(using: &random) {
            let groups = (0..<demandCount).map { _ in
                let group = Int.random(in: 0...3, using: &random)
                return group == 3 ? PlacementProblem.Shares.noGroup : UInt32(group)
            }
            problem.shares = PlacementProblem.Shares(groups: groups, groupCount: 3, leastShare: 0.5)
        }
        return problem
    }
}
