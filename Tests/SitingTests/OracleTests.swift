import Siting
import Testing

/// The oracle on a problem that can be solved by looking at it.
///
///     demand   A(3)  B(1)  C(2)  D(4)
///     site 0    1     2     5     -
///     site 1    4     1     1     -
///     site 2    -     -     3     2
@Suite struct OracleTests {
    private static func problem(_ goal: PlacementProblem.Goal, _ count: Int?) -> PlacementProblem {
        let table = CostTable(
            siteCount: 3, rowStarts: [0, 2, 4, 7, 8], sites: [0, 1, 0, 1, 0, 1, 2, 2], costs: [1, 4, 2, 1, 5, 1, 3, 2])
        return PlacementProblem(goal: goal, table: table, weights: [3, 1, 2, 4], stationCount: count)
    }

    @Test func `plain goals`() {
        var cover = Self.problem(.cover, 1)
        cover.radius = 2
        #expect(Oracle(cover).best() == 4)
        #expect(Oracle(cover).value(of: [1]) == 3)
        var all = Self.problem(.all, nil)
        all.radius = 3
        #expect(Oracle(all).best() == 2)
        #expect(Oracle(Self.problem(.median, 1)).best() == nil, "D and A share no site")
        #expect(Oracle(Self.problem(.median, 2)).best() == 19)
        #expect(Oracle(Self.problem(.center, 2)).best() == 3)
        #expect(Oracle(Self.problem(.center, 3)).best() == 2)
    }

    @Test func `extensions`() {
        var median = Self.problem(.median, 1)
        median.kept = [2]
        #expect(Oracle(median).best() == 19)
        median.capacities = [3, 3, 100]
        #expect(Oracle(median).best() == nil, "B has no room")
        median.beyondCost = 10
        #expect(Oracle(median).best() == 27)
        median.stationCount = 2
        #expect(Oracle(median).best() == 14)
        var cover = Self.problem(.cover, 2)
        cover.backup = 2
        #expect(Oracle(cover).best() == 6)
        cover.shares = PlacementProblem.Shares(groups: [0, 0, 0, 1], groupCount: 2, leastShare: 0.5)
        #expect(Oracle(cover).best() == nil, "D has one site only")
        cover.backup = 1
        #expect(Oracle(cover).best() == 10)
        cover.siteCosts = [1, 2, 4]
        cover.budget = 5
        #expect(Oracle(cover).value(of: [1, 2]) == nil)
        #expect(Oracle(cover).best() == 10)
    }
}
