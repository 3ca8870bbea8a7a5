import Synchronization
import TestSupport
import Testing

@testable import Siting

/// Covering in a generated city, greater than sets can be tried in.
@Suite struct CoverCityTests {
    /// Demand around centres, sites among the demand, straight distances.
    private static func city(demands: Int, sites: Int, stations: Int, seed: UInt64) -> PlacementProblem {
        var random = SeededGenerator(seed: seed)
        func uniform(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &random) }
        let centres = (0..<12).map { _ in (x: uniform(0...6000), y: uniform(0...6000)) }
        let places = (0..<demands).map { _ in
            let centre = centres[Int.random(in: 0..<12, using: &random)]
            return (
                x: centre.x + uniform(-700...700) + uniform(-700...700),
                y: centre.y + uniform(-700...700) + uniform(-700...700)
            )
        }
        let (radius, step) = (750.0, demands / sites)
        var (starts, reached, costs) = ([0], [UInt32](), [Double]())
        for place in places {
            for site in 0..<sites {
                let (dx, dy) = (places[site * step].x - place.x, places[site * step].y - place.y)
                let distance = (dx * dx + dy * dy).squareRoot()
                guard distance <= radius * 1.2 else { continue }
                reached.append(UInt32(site))
                costs.append(distance)
            }
            starts.append(reached.count)
        }
        return PlacementProblem(
            goal: .cover, table: CostTable(siteCount: sites, rowStarts: starts, sites: reached, costs: costs),
            weights: (0..<demands).map { _ in Double(Int.random(in: 1...299, using: &random)) },
            stationCount: stations, radius: radius)
    }

    private static func coveredWeight(_ problem: PlacementProblem, by sites: [UInt32]) -> Double {
        (0..<problem.table.demandCount).reduce(0.0) { sum, demand in
            let open = problem.table.row(demand).count {
                problem.table.costs[$0] <= problem.radius ?? .infinity && sites.contains(problem.table.sites[$0])
            }
            return open >= problem.backup ? sum + problem.weights[demand] : sum
        }
    }

    @Test func `values and bounds close in on the proof`() throws {
        let problem = Self.city(demands: 3000, sites: 100, stations: 8, seed: 1)
        let told = Mutex<[PlacementControl.Progress]>([])
        let answer = try CoverSolver.solve(
            problem, PlacementControl { progress in told.withLock { $0.append(progress) } })
        #expect(answer.isProved && answer.value == answer.bound && answer.sites.count == 8)
        #expect(answer.value == Self.coveredWeight(problem, by: answer.sites))
        let all = told.withLock { $0 }
        #expect(all.count > 3)
        for (before, after) in zip(all, all.dropFirst()) {
            #expect(after.bound <= before.bound && after.value ?? 0 >= before.value ?? 0)
        }
        for progress in all { #expect(progress.value ?? 0 <= answer.value && progress.bound >= answer.value) }

        let model = CoverModel(problem, EqualCovers(problem), CoverShares(problem, EqualCovers(problem)))
        var greedy = CoverState(model)
        CoverInterchange.fill(&greedy) { true }
        #expect(greedy.value == model.value(of: greedy.open) && greedy.value <= answer.value)
        let bound = CoverDual(model, covered: greedy.open).bestBound
        #expect(bound >= answer.value, "the bound of the greedy algorithm")
    }

    @Test(arguments: 1...4) func `three stations are the best of all threes`(seed: UInt64) throws {
        let problem = Self.city(demands: 400, sites: 40, stations: 3, seed: seed)
        let answer = try CoverSolver.solve(problem, PlacementControl())
        let reach = (0..<problem.table.demandCount).map { demand in
            problem.table.row(demand).filter { problem.table.costs[$0] <= problem.radius ?? .infinity }
                .map { Int(problem.table.sites[$0]) }
        }
        var best = 0.0
        for first in 0..<40 {
            for second in first..<40 {
                best = max(best, Self.coveredWeight(by: first, second, andBestThird: reach, problem.weights))
            }
        }
        #expect(answer.isProved && answer.value == best)
        #expect(answer.value == Self.coveredWeight(problem, by: answer.sites))
    }

    /// What two sites and the best third one cover.
    private static func coveredWeight(
        by first: Int, _ second: Int, andBestThird reach: [[Int]], _ weights: [Double]
    ) -> Double {
        var (covered, demand) = (0.0, 0)
        var gains = Array(repeating: 0.0, count: 40)
        while demand < reach.count {
            let sites = reach[demand]
            if sites.contains(first) || sites.contains(second) {
                covered += weights[demand]
            } else {
                for site in sites { gains[site] += weights[demand] }
            }
            demand += 1
        }
        return covered + (gains.max() ?? 0)
    }

    @Test(arguments: [1, 2]) func `prices and openings meet at the linear bound`(backup: Int) throws {
        var problem = Self.city(demands: 600, sites: 60, stations: 6, seed: 5)
        problem.backup = backup
        let best = try CoverSolver.solve(problem, PlacementControl())
        let model = CoverModel(problem, EqualCovers(problem), CoverShares(problem, EqualCovers(problem)))
        var dual = CoverDual(model, covered: best.sites.map { Int32($0) })
        var saddle = CoverSaddle(dual, open: [])
        var least = Double.infinity
        for _ in 0..<200 {
            let outcome = saddle.advance { true }
            let before = dual.bestBound
            dual.take(outcome)
            #expect(outcome.gap > -1e-6 * model.rowWeight && dual.bestBound <= before)
            #expect(dual.bestBound >= best.value * (1 - 1e-9), "no bound is below a value")
            #expect(outcome.openings.allSatisfy { 0...1 ~= $0 })
            least = min(least, outcome.gap)
        }
        #expect(best.isProved && least < 0.001 * model.rowWeight)
    }

    @Test func `swaps are worth what they are told to be`() {
        var problem = Self.city(demands: 600, sites: 40, stations: 6, seed: 3)
        problem.backup = 2
        let model = CoverModel(problem, EqualCovers(problem), CoverShares(problem, EqualCovers(problem)))
        var state = CoverState(model)
        var random = SplitMix(seed: 7)
        for _ in 0..<200 {
            let site = Int32(random.below(model.siteCount))
            if state.slots[Int(site)] >= 0 { state.close(site) } else { state.openAllowed([site]) }
            #expect(abs(state.value - model.value(of: state.open)) < 1e-6)
            guard let closing = state.open.first else { continue }
            let opening = Int32(random.below(model.siteCount))
            guard state.slots[Int(opening)] < 0 else { continue }
            let told =
                state.gains[Int(opening)] - state.losses[0] + state.corrections[Int(opening)]
            let swapped = state.open.filter { $0 != closing } + [opening]
            #expect(abs(model.value(of: swapped) - state.value - told) < 1e-6)
        }
    }

    @Test func `the same work brings the same answer`() throws {
        let problem = Self.city(demands: 1500, sites: 150, stations: 12, seed: 2)
        for limit in [100, 400, 900] {
            let first = try CoverSolver.solve(problem, PlacementControl(workLimit: limit, seed: 5))
            let second = try CoverSolver.solve(problem, PlacementControl(workLimit: limit, seed: 5))
            #expect(first == second && first.end == .limitReached && first.value <= first.bound)
        }
    }

    @Test func `a gap, no time and a break end the search with a bound`() throws {
        let problem = Self.city(demands: 3000, sites: 200, stations: 12, seed: 2)
        let near = try CoverSolver.solve(problem, PlacementControl(gap: 0.1))
        #expect(near.end == .gapReached && near.gap <= 0.1 && near.value > 0)
        let none = try CoverSolver.solve(problem, PlacementControl(timeLimitSeconds: 0))
        #expect(none.end == .limitReached && none.value > 0 && none.value <= none.bound)
        let control = PlacementControl()
        control.cancel()
        let broken = try CoverSolver.solve(problem, control)
        #expect(broken.end == .cancelled && broken.value <= broken.bound)
    }

    @Test func `extensions hold in a city`() throws {
        var problem = Self.city(demands: 2000, sites: 60, stations: 6, seed: 4)
        let plain = try CoverSolver.solve(problem, PlacementControl())
        problem.kept = Array(plain.sites.prefix(2))
        problem.stationCount = 4
        let kept = try CoverSolver.solve(problem, PlacementControl())
        #expect(kept.isProved && kept.value == plain.value)

        problem.siteCosts = (0..<60).map { Double($0 % 7 + 1) }
        problem.budget = 9
        let paid = try CoverSolver.solve(problem, PlacementControl())
        #expect(paid.isProved && paid.sites.reduce(0) { $0 + problem.siteCosts[Int($1)] } <= 9)
        #expect(paid.value <= kept.value)
        #expect(paid.value == Self.coveredWeight(problem, by: paid.sites + problem.kept))

        problem.budget = nil
        problem.shares = PlacementProblem.Shares(
            groups: (0..<2000).map { UInt32($0 % 5) }, groupCount: 5, leastShare: 0.2)
        let shared = try CoverSolver.solve(problem, PlacementControl())
        #expect(shared.isProved && shared.value <= kept.value)
    }

    @Test func `what has no answer says why`() {
        var problem = Self.city(demands: 100, sites: 5, stations: 6, seed: 1)
        #expect(throws: PlacementFailure.tooFewSites(asked: 6, present: 5)) {
            try Placement.solve(problem)
        }
        problem.stationCount = 1
        problem.kept = [0, 1, 2, 3, 4]
        #expect(throws: PlacementFailure.noSite) { try Placement.solve(problem) }
    }
}
