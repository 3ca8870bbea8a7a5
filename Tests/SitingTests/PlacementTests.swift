import Siting
import Testing

/// Every goal with every extension, judged by trying all sets of sites.
@Suite struct PlacementTests {
    @Test(arguments: PlacementModels.supported)
    func `answers are the best of all sets of sites`(_ model: PlacementModels.Model) {
        OracleJudge(goal: model.goal, extensions: model.extensions).compare(seeds: 0..<1_000) {
            problem throws(PlacementFailure) in try Placement.solve(problem)
        }
    }

    @Test func `what no model joins is refused`() {
        let refused = PlacementModels.all.filter { !PlacementModels.isSupported($0) }
        #expect(PlacementModels.supported.count == 70 && refused.count == 4 * 64 - 70)
        for model in refused {
            for seed in 0..<UInt64(5) {
                let problem = OracleProblems.problem(model.goal, model.extensions, seed: seed)
                do throws(PlacementFailure) {
                    let answer = try Placement.solve(problem)
                    Issue.record("\(model) seed \(seed): \(answer)")
                } catch {
                    let named: Set<String>? =
                        switch error {
                        case .unsupported(model.goal, let member): [member]
                        case .exclusive(let first, let second): [first, second]
                        default: nil
                        }
                    let present = Set(model.extensions.map(\.rawValue))
                    #expect(named?.isSubset(of: present) == true, "\(model) seed \(seed): \(error)")
                }
            }
        }
    }

    private static func problem() -> PlacementProblem {
        let table = CostTable(siteCount: 3, rowStarts: [0, 2, 3], sites: [0, 1, 2], costs: [1, 2, 3])
        return PlacementProblem(goal: .median, table: table, weights: [1, 1], stationCount: 2)
    }

    private static func failure(_ change: (inout PlacementProblem) -> Void) -> PlacementFailure? {
        var problem = problem()
        change(&problem)
        do throws(PlacementFailure) {
            _ = try Placement.solve(problem)
            return nil
        } catch { return error }
    }

    @Test func `numbers that are none are refused`() {
        for wrong in [Double.nan, .infinity, -1] {
            #expect(Self.failure { $0.weights[1] = wrong } == .invalid("weights"))
            #expect(Self.failure { $0.budget = wrong } == .invalid("budget"))
            #expect(Self.failure { $0.siteCosts = [1, wrong, 1] } == .invalid("siteCosts"))
            #expect(Self.failure { $0.beyondCost = wrong } == .invalid("beyondCost"))
            #expect(
                Self.failure {
                    $0.table = CostTable(siteCount: 3, rowStarts: [0, 2, 3], sites: [0, 1, 2], costs: [1, 1, wrong])
                } == .invalid("table"))
        }
        #expect(Self.failure { $0.capacities = [1, .nan, 1] } == .invalid("capacities"))
        #expect(Self.failure { $0.capacities = [1, -1, 1] } == .invalid("capacities"))
        #expect(Self.failure { $0.capacities = [1] } == .invalid("capacities"))
        #expect(Self.failure { $0.capacities = [.infinity, .infinity, .infinity] } == nil)
        for kept in [[3], [1, 0], [1, 1]] as [[UInt32]] { #expect(Self.failure { $0.kept = kept } == .invalid("kept")) }
        #expect(Self.failure { $0.stationCount = 0 } == .invalid("stationCount"))
        #expect(Self.failure { $0.stationCount = nil } == .invalid("stationCount"))
        #expect(
            Self.failure {
                $0.goal = .cover
                $0.radius = .nan
            } == .invalid("radius"))
        #expect(
            Self.failure {
                $0.goal = .cover
                $0.shares = PlacementProblem.Shares(groups: [0, 2], groupCount: 1, leastShare: 0.5)
            } == .invalid("shares"))
        #expect(
            Self.failure {
                $0.table = CostTable(siteCount: 3, rowStarts: [0, 2, 3], sites: [1, 1, 2], costs: [1, 1, 1])
            } == .invalid("table"))
        #expect(
            Self.failure {
                $0.table = CostTable(siteCount: 3, rowStarts: [0, 2, 3], sites: [1, 3, 2], costs: [1, 1, 1])
            } == .invalid("table"))
    }

    @Test func `what cannot be chosen is told`() {
        #expect(Self.failure { $0.stationCount = 4 } == .tooFewSites(asked: 4, present: 3))
        #expect(
            Self.failure {
                $0.kept = [0]
                $0.stationCount = 3
            } == .tooFewSites(asked: 3, present: 2))
        #expect(Self.failure { $0.kept = [0, 1, 2] } == .noSite)
        #expect(
            Self.failure {
                $0.table = CostTable(siteCount: 0, rowStarts: [0, 0, 0], sites: [], costs: [])
            } == .noSite)
        #expect(Self.failure { $0.stationCount = 1 } != nil, "two demands that share no site")
        #expect(
            Self.failure { $0.capacities = [0.5, 0.5, 0.5] }
                == .capacityTooSmall(demandWeight: 2, capacity: 1))
    }

    @Test func `members that a goal has no use for are refused`() {
        func refused(_ goal: PlacementProblem.Goal, _ change: (inout PlacementProblem) -> Void) -> Bool {
            let failure = Self.failure {
                $0.goal = goal
                change(&$0)
            }
            return failure == .unsupported(goal, goal == .all ? "stationCount" : "radius")
        }
        #expect(refused(.median) { $0.radius = 2 })
        #expect(refused(.center) { $0.radius = 2 })
        #expect(refused(.all) { $0.stationCount = 2 })
    }

    @Test func `demand that nobody can serve is left out`() throws {
        let table = CostTable(siteCount: 1, rowStarts: [0, 0, 0], sites: [], costs: [])
        for goal in PlacementProblem.Goal.allCases {
            let problem = PlacementProblem(
                goal: goal, table: table, weights: [1, 1], stationCount: goal == .all ? nil : 1)
            let answer = try Placement.solve(problem)
            #expect(answer.value == 0 && answer.isProved, "\(goal)")
        }
    }

    @Test func `somebody may end it before it begins`() {
        let control = PlacementControl()
        control.cancel()
        for goal in PlacementProblem.Goal.allCases {
            for capacities in [[], [2.0, 2, 2]] {
                var problem = Self.problem()
                problem.goal = goal
                problem.capacities = capacities
                if goal == .all { problem.stationCount = nil }
                do throws(PlacementFailure) {
                    let answer = try Placement.solve(problem, control)
                    #expect(answer.isProved || answer.end == .cancelled, "\(goal)")
                } catch { #expect(error == .noAnswerYet(.cancelled), "\(goal)") }
            }
        }
    }
}
