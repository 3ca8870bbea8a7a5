import TestSupport
import Testing

@testable import Siting

@Suite struct NextRankingTests {
    private static let extensions: [(PlacementProblem.Goal, Set<OracleProblems.Extension>)] = [
        (.cover, []), (.cover, [.kept]), (.cover, [.backup]), (.cover, [.kept, .backup]), (.median, []),
        (.median, [.kept]), (.median, [.beyondCost]), (.median, [.kept, .beyondCost]),
    ]

    private static func value(_ problem: PlacementProblem, _ sites: [UInt32]) -> Double {
        var sized = problem
        sized.stationCount = sites.count
        return Oracle(sized).value(of: sites.map(Int.init)) ?? .infinity
    }

    private static func best(_ problem: PlacementProblem, count: Int) -> Double {
        var sized = problem
        sized.stationCount = count
        return Oracle(sized).best() ?? .infinity
    }

    private static func isEqual(_ left: Double, _ right: Double) -> Bool {
        left == right || left.isFinite && right.isFinite && abs(left - right) <= 1e-9 * max(abs(left), abs(right))
    }

    @Test(arguments: 0..<8)
    func `every prefix has its value, and the best there is as its bound`(number: Int) throws {
        let (goal, extensions) = Self.extensions[number]
        for seed in 0..<UInt64(300) {
            let problem = OracleProblems.problem(goal, extensions, seed: seed)
            let count = min(4, problem.table.siteCount - problem.kept.count)
            let ranking = try PlacementRanking.rank(problem, count: count)
            #expect(ranking.count <= count, "seed \(seed)")
            var before = Self.value(problem, [])
            for (index, station) in ranking.enumerated() {
                let value = Self.value(problem, ranking.prefix(index + 1).map(\.site))
                let best = Self.best(problem, count: index + 1)
                #expect(Self.isEqual(station.value, value), "seed \(seed)")
                #expect(Self.isEqual(station.bound, best), "seed \(seed)")
                #expect(station.isProved == Self.isEqual(value, best), "seed \(seed)")
                let gain = value.isInfinite ? 0 : abs(value - before)
                #expect(Self.isEqual(station.gain, gain) || abs(station.gain - gain) < 1e-6, "seed \(seed)")
                before = value
            }
        }
    }

    @Test(arguments: [PlacementProblem.Goal.cover, .median])
    func `each station is the one that adds most`(goal: PlacementProblem.Goal) throws {
        for seed in 0..<UInt64(300) {
            let problem = OracleProblems.problem(goal, goal == .cover ? [.kept] : [.beyondCost], seed: seed)
            let candidates = (0..<UInt32(problem.table.siteCount)).filter { !problem.kept.contains($0) }
            let ranking = try PlacementRanking.rank(problem, count: min(3, candidates.count))
            var sites: [UInt32] = []
            for station in ranking {
                let others = candidates.filter { !sites.contains($0) }.map { Self.value(problem, sites + [$0]) }
                sites.append(station.site)
                let most = goal == .cover ? others.max() : others.min()
                #expect(Self.isEqual(station.value, most ?? .nan), "seed \(seed)")
            }
        }
    }

    @Test func `without time the bounds hold all the same`() throws {
        for seed in 0..<UInt64(300) {
            for goal in [PlacementProblem.Goal.cover, .median] {
                let problem = OracleProblems.problem(goal, goal == .cover ? [] : [.beyondCost], seed: seed)
                let control = PlacementControl()
                control.cancel()
                for (index, station) in try PlacementRanking.rank(problem, count: 3, control).enumerated() {
                    let best = Self.best(problem, count: index + 1)
                    let slack = 1e-9 * max(1, abs(best))
                    #expect(
                        goal == .cover ? station.bound >= best - slack : station.bound <= best + slack, "seed \(seed)")
                    #expect(station.bound.isFinite, "seed \(seed)")
                }
            }
        }
    }

    @Test func `goals and options that have no ranking are refused`() {
        for goal in [PlacementProblem.Goal.all, .center] {
            let problem = OracleProblems.problem(goal, seed: 1)
            #expect(throws: PlacementFailure.unsupported(goal, "ranking")) {
                try PlacementRanking.rank(problem, count: 2)
            }
        }
        let problem = OracleProblems.problem(.cover, [.budget], seed: 1)
        #expect(throws: PlacementFailure.exclusive("ranking", "budget")) {
            try PlacementRanking.rank(problem, count: 2)
        }
        let small = OracleProblems.problem(.cover, seed: 1)
        #expect(throws: PlacementFailure.tooFewSites(asked: 100, present: small.table.siteCount)) {
            try PlacementRanking.rank(small, count: 100)
        }
    }

    @Test func `a part of a search ends with the whole`() {
        let whole = PlacementControl(workLimit: 10)
        let part = PlacementControl(partOf: whole, partsLeft: 5)
        #expect(part.workLimit == 2 && part.end == nil)
        part.add(work: 2)
        #expect(part.end == .limitReached && whole.end == nil && whole.workLeft == 8)
        whole.cancel()
        #expect(part.end == .cancelled || part.end == .limitReached)
        #expect(PlacementControl(partOf: whole, partsLeft: 1).end == .cancelled)
    }
}
