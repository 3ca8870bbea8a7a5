import Siting
import TestSupport
import Testing

/// Shares that are tight, or that clash.
@Suite struct ShareTests {
    /// Shares of more and tighter groups than other problems have.
    private static func problem(
        _ goal: PlacementProblem.Goal, _ extensions: Set<OracleProblems.Extension>, share: Double, seed: UInt64
    ) -> PlacementProblem {
        var problem = OracleProblems.problem(goal, extensions, seed: seed)
        problem.shares = PlacementProblem.Shares(
            groups: problem.weights.indices.map { UInt32($0 % 5) }, groupCount: 5, leastShare: share)
        return problem
    }

    @Test(arguments: [PlacementProblem.Goal.cover, .all], [0.7, 0.95, 1])
    func `tight shares are met or clash as all sets of sites say`(goal: PlacementProblem.Goal, share: Double) {
        let kinds: [Set<OracleProblems.Extension>] =
            goal == .cover ? [[], [.kept], [.budget], [.backup]] : [[], [.kept], [.backup]]
        for extensions in kinds {
            OracleJudge(goal: goal, extensions: extensions).compare(
                seeds: 0..<150, made: { Self.problem(goal, extensions, share: share, seed: $0) }
            ) { problem throws(PlacementFailure) in try Placement.solve(problem) }
        }
    }

    /// A city of 25 groups in squares, every demand a site; whole weights.
    private static func city(
        _ goal: PlacementProblem.Goal, stations: Int?, share: Double, radius: Double
    ) -> PlacementProblem {
        var generator = SeededGenerator(seed: 11)
        let places = (0..<1200).map { _ in
            (x: Double.random(in: 0..<10, using: &generator), y: Double.random(in: 0..<10, using: &generator))
        }
        var starts = [0]
        var sites: [UInt32] = []
        var costs: [Double] = []
        for here in places {
            for (site, place) in places.enumerated() {
                let (dx, dy) = (place.x - here.x, place.y - here.y)
                let cost = (dx * dx + dy * dy).squareRoot()
                guard cost <= radius else { continue }
                sites.append(UInt32(site))
                costs.append(cost)
            }
            starts.append(sites.count)
        }
        var problem = PlacementProblem(
            goal: goal, table: CostTable(siteCount: places.count, rowStarts: starts, sites: sites, costs: costs),
            weights: places.map { _ in Double(Int.random(in: 1...50, using: &generator)) }, stationCount: stations,
            radius: radius)
        problem.shares = PlacementProblem.Shares(
            groups: places.map { UInt32($0.y / 2) * 5 + UInt32($0.x / 2) }, groupCount: 25, leastShare: share)
        return problem
    }

    @Test func `a clash over a whole city is soon shown`() {
        let begin = PlacementLimitTests.threadSeconds()
        do throws(PlacementFailure) {
            let answer = try Placement.solve(Self.city(.cover, stations: 2, share: 0.5, radius: 1.5))
            Issue.record("\(answer)")
        } catch {
            guard case .sharesClash(let groups, true) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(groups.count > 1, "a station serves half of any one group")
        }
        #expect(PlacementLimitTests.threadSeconds() - begin < 60)
    }

    @Test func `the whole share of every group of a city is plain covering`() throws {
        let begin = PlacementLimitTests.threadSeconds()
        var problem = Self.city(.all, stations: nil, share: 1, radius: 0.4)
        let answer = try Placement.solve(problem)
        problem.shares = nil
        #expect(try answer.value == Placement.solve(problem).value && answer.isProved)
        #expect(PlacementLimitTests.threadSeconds() - begin < 60)
    }

    @Test func `who breaks off a search with shares has an answer or is told so`() {
        for goal in [PlacementProblem.Goal.all, .cover] {
            let control = PlacementControl()
            control.cancel()
            do throws(PlacementFailure) {
                let problem = Self.city(goal, stations: goal == .cover ? 2 : nil, share: 0.5, radius: 0.4)
                #expect(try Placement.solve(problem, control).end == .cancelled)
            } catch { #expect(error == .noAnswerYet(.cancelled)) }
        }
    }
}
