import Foundation
import Siting
import Testing

/// Searches that end before they are done: what they tell holds all the same.
@Suite struct PlacementLimitTests {
    private static let cases: [(PlacementProblem.Goal, Set<OracleProblems.Extension>)] = [
        (.cover, []), (.cover, [.budget]), (.cover, [.shares]), (.cover, [.backup]), (.cover, [.capacities]),
        (.all, []), (.all, [.shares]), (.all, [.backup]), (.all, [.capacities]), (.median, []),
        (.median, [.budget]), (.median, [.beyondCost]), (.median, [.capacities]),
        (.median, [.capacities, .beyondCost]), (.center, []), (.center, [.budget]), (.center, [.backup]),
        (.center, [.capacities]),
    ]

    @Test(arguments: cases)
    func `bounds are finite and hold with any limit`(
        goal: PlacementProblem.Goal, extensions: Set<OracleProblems.Extension>
    ) {
        for seed in 300..<UInt64(315) {
            let problem = OracleProblems.problem(goal, extensions, seed: seed)
            let best = Oracle(problem).best()
            for limit in [0, 1, 2, 3, 5, 8, 13, 20] {
                Self.check(problem, PlacementControl(workLimit: limit), best, "\(goal) seed \(seed) limit \(limit)")
            }
            let cancelled = PlacementControl()
            cancelled.cancel()
            Self.check(problem, cancelled, best, "\(goal) seed \(seed) cancelled")
        }
    }

    private static func check(
        _ problem: PlacementProblem, _ control: PlacementControl, _ best: Double?, _ name: Comment
    ) {
        do throws(PlacementFailure) {
            let answer = try Placement.solve(problem, control)
            guard let best else {
                Issue.record("nothing is allowed: \(name)")
                return
            }
            let slack = 1e-9 * abs(best)
            let worth = Oracle(problem).value(of: answer.sites.map { Int($0) })
            #expect(worth.map { abs($0 - answer.value) <= slack + 1e-9 * abs($0) } == true, name)
            #expect(answer.bound.isFinite && (0...1).contains(answer.gap), name)
            if problem.goal == .cover {
                #expect(answer.value <= best + slack && best <= answer.bound + slack, name)
            } else {
                #expect(answer.value >= best - slack && best >= answer.bound - slack, name)
            }
            #expect(answer.isProved == (answer.bound == answer.value), name)
        } catch {
            if case .noAnswerYet = error { return }
            #expect(best == nil, "\(name): \(error)")
        }
    }

    @Test func `no number of seconds is a fault`() {
        for seconds in [1e30, .infinity, .nan, .greatestFiniteMagnitude] as [Double] {
            #expect(PlacementControl(timeLimitSeconds: seconds).end == nil)
        }
        for seconds in [0, -1, -1e30, -.infinity] as [Double] {
            #expect(PlacementControl(timeLimitSeconds: seconds).end == .limitReached)
        }
    }

    @Test func `a gap without a bound is the whole`() {
        for bound in [Double.infinity, -.infinity, .nan] {
            #expect(PlacementAnswer.gap(value: 1, bound: bound) == 1)
            #expect(PlacementAnswer.gap(value: bound, bound: bound) == 1)
        }
        #expect(PlacementAnswer.gap(value: 3, bound: 4) == 0.25)
        #expect(PlacementAnswer.gap(value: 0, bound: 0) == 0)
    }

    @Test func `sums that are no numbers are refused`() {
        func failure(_ weights: [Double], cost: Double) -> PlacementFailure? {
            let table = CostTable(siteCount: 1, rowStarts: [0, 1, 2], sites: [0, 0], costs: [cost, cost])
            let problem = PlacementProblem(goal: .median, table: table, weights: weights, stationCount: 1)
            do throws(PlacementFailure) {
                _ = try Placement.solve(problem)
                return nil
            } catch { return error }
        }
        #expect(failure([1e308, 1e308], cost: 1) == .invalid("weights"))
        #expect(failure([1e300, 1], cost: 1e300) == .invalid("weights"))
        #expect(failure([1e300, 1], cost: 1) == nil)
    }

    /// Twenty sites reach every demand, and no station serves more than two.
    private static func crowd(_ goal: PlacementProblem.Goal, demands: Int, sites: Int) -> PlacementProblem {
        var rowStarts = [0]
        var entries: [UInt32] = []
        for demand in 0..<demands {
            entries += (0..<20).map { UInt32((demand + $0 * 7) % sites) }
            rowStarts.append(entries.count)
        }
        let table = CostTable(
            siteCount: sites, rowStarts: rowStarts, sites: entries, costs: entries.map { Double($0 % 97) })
        var problem = PlacementProblem(
            goal: goal, table: table, weights: Array(repeating: 1, count: demands),
            stationCount: goal == .all ? nil : sites / 2)
        problem.capacities = Array(repeating: 2, count: sites)
        return problem
    }

    @Test func `what takes too much memory is refused`() {
        for (goal, demands, sites) in [(.all, 2_000, 10_000), (.cover, 100_000, 1_000)]
            as [(PlacementProblem.Goal, Int, Int)]
        {
            do throws(PlacementFailure) {
                _ = try Placement.solve(Self.crowd(goal, demands: demands, sites: sites))
                Issue.record("\(goal) is not refused")
            } catch {
                guard case .tooLarge(let pairs, let limit) = error else {
                    Issue.record("\(goal): \(error)")
                    continue
                }
                #expect(pairs > limit)
            }
        }
    }

    @Test(arguments: PlacementProblem.Goal.allCases)
    func `time ends a search with capacities soon`(_ goal: PlacementProblem.Goal) {
        let problem = Self.crowd(goal, demands: 800, sites: 900)
        // The end comes in another phase of the search for each.
        for limit in [0, 0.1, 0.5, 2, 4] {
            let begin = Self.threadSeconds()
            do throws(PlacementFailure) {
                #expect(try Placement.solve(problem, PlacementControl(timeLimitSeconds: limit)).bound.isFinite)
            } catch { #expect(error == .noAnswerYet(.limitReached)) }
            #expect(Self.threadSeconds() - begin < limit + 4)
        }
    }

    /// What this thread has worked: other tests beside it do not count.
    static func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    @Test func `what is no part of the search does not use its time up`() {
        let control = PlacementControl(timeLimitSeconds: 0.2)
        let part = control.withoutCounting { () -> Int in
            Thread.sleep(forTimeInterval: 0.4)
            return 3
        }
        #expect(part == 3 && control.end == nil)
        Thread.sleep(forTimeInterval: 0.25)
        #expect(control.end == .limitReached)
        #expect(PlacementControl().withoutCounting { 1 } == 1)
    }
}
