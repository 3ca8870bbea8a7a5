import Siting

/// Ranks the next stations: each the one that helps most after those before
/// it, and every prefix with a bound on what so many stations could do.
struct StationRanking {
    /// A prefix of the ranking.
    struct Prefix {
        let site: UInt32
        /// What the last one adds; `nil` where sums said nothing before.
        let gain: Double?
        /// What all of them are worth.
        let value: Double
        /// No choice of so many is better.
        let bound: Double
    }

    private let problem: PlacementProblem

    /// - Parameter problem: of the goal `cover` or `median`, without what a
    ///   ranking does not look at: capacities, shares and budgets.
    init(_ problem: PlacementProblem) { self.problem = problem }

    /// The next stations.
    ///
    /// - Parameters:
    ///   - count: how many; fewer where there are not so many sites.
    ///   - solve: the best that so many stations can do, or as much as is
    ///     known of it; `nil` where there is no time left to look.
    /// - Returns: the prefixes, shortest first.
    /// - Throws: what `solve` throws.
    func prefixes(
        _ count: Int, solve: (PlacementProblem) throws(PlacementFailure) -> PlacementAnswer?
    ) throws(PlacementFailure) -> [Prefix] {
        let kept = Set(problem.kept)
        let sites = (0..<UInt32(problem.table.siteCount)).filter { !kept.contains($0) }
        var opening = GreedyOpening(problem, among: sites)
        var value = Services(problem, open: problem.kept).value(problem)
        var bounds = [Double](repeating: isLeast ? 0 : .infinity, count: count + 1)
        var opened: [(opened: GreedyOpening.Opened, value: Double?)] = []
        tighten(&bounds, from: 0, value, opening)
        while opened.count < count, let next = opening.openBest() {
            let open = problem.kept + opened.map(\.opened.site) + [next.site]
            value = Services(problem, open: open).value(problem)
            opened.append((next, value))
            tighten(&bounds, from: opened.count, value, opening)
        }
        var prefixes: [Prefix] = []
        for (index, station) in opened.enumerated() {
            guard let value = station.value else { continue }
            var sized = problem
            sized.stationCount = index + 1
            if let proved = try solve(sized)?.bound {
                bounds[index + 1] = isLeast ? max(bounds[index + 1], proved) : min(bounds[index + 1], proved)
            }
            prefixes.append(
                Prefix(
                    site: station.opened.site, gain: station.opened.isGainKnown ? station.opened.gain : nil,
                    value: value, bound: meeting(bounds[index + 1], value)))
        }
        return prefixes
    }

    private var isLeast: Bool { problem.goal == .median }

    /// Whatever is chosen adds at most the sum of the greatest gains to what is
    /// open (Nemhauser, Wolsey and Fisher 1978).
    private func tighten(_ bounds: inout [Double], from size: Int, _ value: Double?, _ opening: GreedyOpening) {
        guard let value, opening.isGainKnown else { return }
        for total in size..<bounds.count {
            guard let most = opening.mostGain(of: total) else { return }
            bounds[total] = isLeast ? max(bounds[total], value - most) : min(bounds[total], value + most)
        }
    }

    /// A bound that rounding alone keeps from the value is the value.
    private func meeting(_ bound: Double, _ value: Double) -> Double {
        let isBeyond = isLeast ? bound > value : bound < value
        return isBeyond || PlacementAnswer.gap(value: value, bound: bound) <= 1e-9 ? value : bound
    }
}

extension PlanComposer {
    /// Solves the problem and makes a plan of it, with a ranking where one is
    /// asked for; then so many stations are planned, too, unless the problem
    /// says how many.
    ///
    /// - Parameters:
    ///   - rankedCount: how many next stations are ranked.
    ///   - control: of the search.
    /// - Returns: the plan.
    /// - Throws: why there is none.
    func plan(rankedCount: Int?, _ control: PlacementControl) throws(PlacementFailure) -> SitePlan {
        var composer = self
        if let rankedCount, problem.stationCount == nil, problem.budget == nil {
            composer.problem.stationCount = rankedCount
        }
        let answer = try Placement.solve(composer.problem, control)
        var plan = composer.plan(answer)
        if let rankedCount { plan.ranking = try composer.ranking(rankedCount, answer, control) }
        return plan
    }

    private func ranking(
        _ count: Int, _ answer: PlacementAnswer, _ control: PlacementControl
    ) throws(PlacementFailure) -> [SitePlan.RankedStation] {
        try checkRanking()
        let prefixes = try StationRanking(problem).prefixes(count) { sized throws(PlacementFailure) in
            if sized.stationCount == problem.stationCount { return answer }
            guard control.end == nil else { return nil }
            do throws(PlacementFailure) {
                return try Placement.solve(sized, control)
            } catch .noAnswerYet {
                return nil
            } catch {
                throw error
            }
        }
        return zip(1..., prefixes).map { order, prefix in
            SitePlan.RankedStation(
                order: order, site: site(prefix.site), gain: prefix.gain, value: prefix.value, bound: prefix.bound)
        }
    }

    /// A ranking adds up gains, which some models do not have.
    private func checkRanking() throws(PlacementFailure) {
        guard problem.goal == .cover || problem.goal == .median else { throw .unsupported(problem.goal, "ranking") }
        if !problem.capacities.isEmpty { throw .unsupported(problem.goal, "capacities") }
        if problem.shares != nil { throw .unsupported(problem.goal, "shares") }
        if problem.budget != nil { throw .unsupported(problem.goal, "budget") }
        if problem.backup > 1 { throw .unsupported(problem.goal, "backup") }
    }
}
