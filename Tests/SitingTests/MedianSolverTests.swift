import Synchronization
import TestSupport
import Testing

@testable import Siting

/// The ways in which the median solver takes large problems, on small ones: from
/// a sample, over the near parts of rows, the newest nodes first, with a search
/// for better answers in between.
@Suite struct MedianSolverTests {
    @Test(
        arguments: [
            [], [.kept], [.budget], [.beyondCost], [.kept, .beyondCost], [.kept, .budget, .beyondCost],
        ] as [Set<OracleProblems.Extension>])
    func `every way leads to the best of all sets of sites`(_ extensions: Set<OracleProblems.Extension>) {
        let effort = MedianEffort(
            entriesOfSample: 10, entriesCopied: 0, reach: 0.4, numbersHeld: 0, nodesBeforeConcentrating: 1)
        OracleJudge(goal: .median, extensions: extensions).compare(seeds: 1..<301) {
            problem throws(PlacementFailure) in
            try MedianSolver.solve(problem, PlacementControl(), effort: effort)
        }
    }
}

/// What ends the median solver, and that nothing else changes its answer.
@Suite struct MedianControlTests {
    /// Demand and sites at random in a square: the linear relaxation leaves a gap.
    private static func problem(seed: UInt64) -> PlacementProblem {
        var generator = SeededGenerator(seed: seed)
        let places = (0..<160).map { _ in
            (x: Double.random(in: 0..<1000, using: &generator), y: Double.random(in: 0..<1000, using: &generator))
        }
        var costs: [Double] = []
        for demand in places {
            for site in places.prefix(80) {
                let (dx, dy) = (demand.x - site.x, demand.y - site.y)
                costs.append((dx * dx + dy * dy).squareRoot() * Double.random(in: 1...1.5, using: &generator))
            }
        }
        let table = CostTable(
            siteCount: 80, rowStarts: (0...160).map { $0 * 80 }, sites: (0..<160).flatMap { _ in 0..<UInt32(80) },
            costs: costs)
        return PlacementProblem(
            goal: .median, table: table,
            weights: places.map { _ in Double(Int.random(in: 1...99, using: &generator)) }, stationCount: 9)
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `a limit in work gives the same answer every time`(_ seed: UInt64) throws {
        let problem = Self.problem(seed: seed)
        let proved = try MedianSolver.solve(problem, PlacementControl())
        #expect(proved.isProved)
        for workLimit in [1, 30, 300] {
            let answers = try (0..<3).map { _ in
                try MedianSolver.solve(problem, PlacementControl(workLimit: workLimit))
            }
            #expect(Set(answers).count == 1, "seed \(seed), \(workLimit) steps")
            #expect(answers[0].value >= proved.value && answers[0].bound <= proved.value, "seed \(seed)")
        }
        let first = try MedianSolver.solve(problem, PlacementControl(workLimit: 1))
        #expect(first.end == .limitReached && first.bound < first.value)
    }

    @Test func `a gap that is good enough ends the search`() throws {
        let answer = try MedianSolver.solve(Self.problem(seed: 6), PlacementControl(gap: 0.05))
        #expect(answer.gap <= 0.05)
        #expect(answer.end == .gapReached || answer.end == .proved)
    }

    @Test func `who listens hears values fall and bounds rise, and can break off`() throws {
        let heard = Mutex<[PlacementControl.Progress]>([])
        let breaker = Mutex<PlacementControl?>(nil)
        let control = PlacementControl { progress in
            heard.withLock { $0.append(progress) }
            if progress.bound > 0 { breaker.withLock { $0?.cancel() } }
        }
        breaker.withLock { $0 = control }
        let problem = Self.problem(seed: 7)
        let answer = try MedianSolver.solve(problem, control)
        #expect(answer.end == .cancelled)
        #expect(answer.bound > 0 && answer.bound < answer.value)
        let reports = heard.withLock { $0 }
        #expect(reports.count > 1)
        for (before, after) in zip(reports, reports.dropFirst()) {
            #expect(after.bound >= before.bound && after.value ?? .infinity <= before.value ?? .infinity)
        }
    }

    @Test func `more stations than sites, no site, and what no model joins`() {
        var problem = Self.problem(seed: 8)
        problem.stationCount = 81
        #expect(throws: PlacementFailure.tooFewSites(asked: 81, present: 80)) {
            try Placement.solve(problem)
        }
        problem.stationCount = 2
        problem.backup = 2
        #expect(throws: PlacementFailure.unsupported(.median, "backup")) {
            try Placement.solve(problem)
        }
        let nothing = PlacementProblem(
            goal: .median, table: CostTable(siteCount: 0, rowStarts: [0], sites: [], costs: []), weights: [],
            stationCount: 1)
        #expect(throws: PlacementFailure.noSite) { try Placement.solve(nothing) }
    }

    @Test func `a part without rows is filled up with its own sites`() {
        // Whoever stands at two of the last three sites serves for nothing.
        let table = CostTable(
            siteCount: 5, rowStarts: [0, 5], sites: [0, 1, 2, 3, 4], costs: [100, 100, 0, 0, 0])
        let problem = PlacementProblem(goal: .median, table: table, weights: [1], stationCount: 2)
        let model = MedianModel(problem)
        let run = MedianRun(problem, PlacementControl(), model, MedianEffort())
        let whole = MedianNode(
            model, siteShares: Array(repeating: 0, count: model.siteCount), stepFactor: 0.2)
        var part = whole.deciding([.closed, .closed, .free, .free, .free])
        #expect(part.model.rows.count == 0 && part.model.constant == 0)
        let outcome = part.settle(run, steps: 10, exchangeEvery: 5) { _ in }
        #expect(outcome == .closed && run.value == 0)
    }

    @Test func `small costs have the same answer as great ones`() throws {
        let problem = Self.problem(seed: 9)
        var small = problem
        small.table = CostTable(
            siteCount: problem.table.siteCount, rowStarts: problem.table.rowStarts, sites: problem.table.sites,
            costs: problem.table.costs.map { $0 * 0x1p-50 })
        let (answer, smallAnswer) = (try Placement.solve(problem), try Placement.solve(small))
        #expect(smallAnswer.isProved && smallAnswer.value == answer.value * 0x1p-50)
        // Nothing but the scale: as little above the dearest answer as there.
        let penalty = Self.penalty(1)
        #expect(penalty > 0 && Self.penalty(0x1p-50) == penalty * 0x1p-50)
    }

    /// What demand costs that no station serves, where one of two sites serves it.
    private static func penalty(_ scale: Double) -> Double {
        let table = CostTable(
            siteCount: 3, rowStarts: [0, 1, 2], sites: [0, 1], costs: [3 * scale, 5 * scale])
        return MedianModel(PlacementProblem(goal: .median, table: table, weights: [1, 2], stationCount: 1)).penalty
    }
}
