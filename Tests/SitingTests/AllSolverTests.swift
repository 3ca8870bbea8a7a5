import Synchronization
import Testing
import TestSupport

@testable import Siting

@Suite struct AllSolverTests {
    /// A city large enough to keep a tree busy.
    private static func city(seed: UInt64, shares: Bool = false) -> PlacementProblem {
        var generator = SeededGenerator(seed: seed)
        func point() -> (x: Double, y: Double) {
            (Double.random(in: 0..<10, using: &generator), Double.random(in: 0..<10, using: &generator))
        }
        let sites = (0..<(shares ? 50 : 120)).map { _ in point() }
        var starts = [0]
        var reached: [UInt32] = []
        var costs: [Double] = []
        for _ in 0..<500 {
            let here = point()
            for (site, place) in sites.enumerated() {
                let cost = ((place.x - here.x) * (place.x - here.x) + (place.y - here.y) * (place.y - here.y))
                    .squareRoot()
                if cost > 3 { continue }
                reached.append(UInt32(site))
                costs.append(cost)
            }
            starts.append(reached.count)
        }
        let table = CostTable(siteCount: sites.count, rowStarts: starts, sites: reached, costs: costs)
        var problem = PlacementProblem(
            goal: .all, table: table, weights: [Double](repeating: 1, count: 500), stationCount: nil, radius: 2)
        if shares {
            problem.shares = PlacementProblem.Shares(
                groups: (0..<500).map { UInt32($0 % 5) }, groupCount: 5, leastShare: 0.8)
        }
        return problem
    }

    @Test(arguments: [false, true])
    func `a limit on work ends alike, with bounds that hold`(shares: Bool) throws {
        for seed in 0..<UInt64(3) {
            let problem = Self.city(seed: seed, shares: shares)
            let best = try AllSolver.solve(problem, PlacementControl(timeLimitSeconds: 60))
            for limit in [1, 20, 100] {
                let first = try AllSolver.solve(problem, PlacementControl(workLimit: limit))
                let second = try AllSolver.solve(problem, PlacementControl(workLimit: limit))
                #expect(first == second, "seed \(seed)")
                #expect(first.bound <= best.value && first.value >= best.bound, "seed \(seed)")
                #expect(first.isProved == (first.bound == first.value), "seed \(seed)")
            }
        }
    }

    @Test(arguments: [false, true])
    func `value falls and bound rises until they meet`(shares: Bool) throws {
        let told = Mutex([PlacementControl.Progress]())
        let control = PlacementControl(report: { progress in told.withLock { $0.append(progress) } })
        let problem = Self.city(seed: 7, shares: shares)
        let answer = try AllSolver.solve(problem, control)
        #expect(answer.isProved)
        let all = told.withLock { $0 }
        #expect(!all.isEmpty)
        for progress in all {
            #expect(progress.bound <= answer.value && answer.value <= progress.value ?? .infinity)
        }
    }

    @Test func `who breaks off has the first cover`() throws {
        let control = PlacementControl()
        control.cancel()
        let answer = try AllSolver.solve(Self.city(seed: 1), control)
        #expect(answer.end == .cancelled, "\(answer)")
        #expect(answer.bound < answer.value, "\(answer)")
    }

    @Test func `a gap that is good enough ends the search`() throws {
        let answer = try AllSolver.solve(Self.city(seed: 2), PlacementControl(gap: 0.5))
        #expect(answer.gap <= 0.5 && answer.end == .gapReached)
    }

    @Test func `a group out of reach is named`() throws {
        let table = CostTable(siteCount: 1, rowStarts: [0, 1, 1, 1], sites: [0], costs: [5])
        var problem = PlacementProblem(goal: .all, table: table, weights: [1, 1, 3], stationCount: nil)
        problem.shares = PlacementProblem.Shares(groups: [0, 1, 0], groupCount: 2, leastShare: 0.25)
        #expect(throws: PlacementFailure.sharesClash(groups: [1], isLeast: true)) { try Placement.solve(problem) }
        problem.shares?.leastShare = 0
        #expect(try Placement.solve(problem).sites.isEmpty)
    }

    @Test func `demand that no site reaches is left out`() throws {
        let table = CostTable(siteCount: 2, rowStarts: [0, 1, 1, 2], sites: [0, 1], costs: [5, 20])
        let problem = PlacementProblem(goal: .all, table: table, weights: [1, 1, 1], stationCount: nil, radius: 10)
        let answer = try Placement.solve(problem)
        #expect(answer.sites == [0] && answer.value == 1 && answer.isProved)
    }
}
