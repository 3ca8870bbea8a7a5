/// Ranks the next stations: each is the one that helps most after those before
/// it, and every prefix has a bound on what as many stations could do.
public enum PlacementRanking {
    /// Ranks the next stations of a problem of the goal `cover` or `median`; how
    /// many stations it wants itself does not matter.
    ///
    /// The bounds are first those of the greedy method (whatever is chosen adds
    /// to a prefix at most what its sites add alone: Nemhauser, Wolsey and Fisher
    /// 1978), then those of the solvers, every prefix with an equal share of what
    /// time and work are left. The control tells the value of all stations and
    /// their bound.
    ///
    /// - Parameters:
    ///   - problem: without capacities, shares and budget.
    ///   - count: how many stations.
    ///   - control: what the search may take, who may end it, and who hears how
    ///     far it is.
    /// - Returns: the stations in their order; fewer where none adds anything.
    /// - Throws: why there is no ranking.
    public static func rank(
        _ problem: PlacementProblem, count: Int, _ control: PlacementControl = PlacementControl()
    ) throws(PlacementFailure) -> [RankedStation] {
        try check(problem, count)
        var ranking = Ranking(problem, count: count, control)
        ranking.open()
        try ranking.tighten()
        return ranking.stations
    }

    private static func check(_ problem: PlacementProblem, _ count: Int) throws(PlacementFailure) {
        var rules = PlacementRules(problem)
        rules.isRanked = true
        try rules.check()
        var sized = problem
        sized.stationCount = count
        try PlacementCheck(sized).check()
    }

    /// The prefixes of one ranking.
    private struct Ranking {
        private(set) var stations: [RankedStation] = []
        private let problem: PlacementProblem
        private let count: Int
        private let control: PlacementControl
        /// By number of stations, from none.
        private var bounds: [Double]

        init(_ problem: PlacementProblem, count: Int, _ control: PlacementControl) {
            self.problem = problem
            self.count = count
            self.control = control
            bounds = [Double](repeating: problem.goal == .cover ? .infinity : 0, count: count + 1)
        }

        private var isLeast: Bool { problem.goal == .median }

        /// Opens one station after the other.
        mutating func open() {
            var problem = problem
            problem.stationCount = nil
            problem.siteCosts = []
            let value = PlacementValue(problem)
            var opening = RankedOpening(problem)
            var opened: [UInt32] = []
            var before = value([]) ?? .infinity
            tighten(by: opening, before)
            while opened.count < count, let site = opening.openBest() {
                opened.append(site)
                let now = value(opened) ?? .infinity
                let gain = now.isFinite ? abs(now - before) : 0
                stations.append(RankedStation(site: site, gain: gain, value: now, bound: 0))
                before = now
                tighten(by: opening, now)
            }
            settle()
        }

        /// Bounds all choices by what their sites add to a prefix, which beside
        /// them does no harm; only where gains shrink as stations come: not for
        /// backup, nor where demand is without.
        private mutating func tighten(by opening: RankedOpening, _ value: Double) {
            guard problem.backup == 1, value.isFinite else { return }
            for (size, most) in opening.mostGains(upTo: count).enumerated() {
                improve(size, isLeast ? value - most : value + most)
            }
        }

        private mutating func improve(_ size: Int, _ bound: Double) {
            bounds[size] = isLeast ? max(bounds[size], bound) : min(bounds[size], bound)
        }

        /// Asks the solvers, and takes what their time or work allows.
        mutating func tighten() throws(PlacementFailure) {
            for (index, station) in stations.enumerated() where !station.isProved {
                if control.end != nil { return }
                var sized = problem
                sized.stationCount = index + 1
                let part = PlacementControl(partOf: control, partsLeft: stations.count - index)
                do {
                    improve(index + 1, try Placement.solve(sized, part).bound)
                } catch .noAnswerYet {
                    continue
                } catch .unservable {
                    improve(index + 1, .infinity)
                }
                settle()
            }
        }

        /// Gives every prefix its bound.
        private mutating func settle() {
            // More stations are never worse.
            for size in (0..<count).reversed() { improve(size, bounds[size + 1]) }
            for index in stations.indices {
                let (bound, value) = (bounds[index + 1], stations[index].value)
                let isBeyond = isLeast ? bound > value : bound < value
                let meets = isBeyond || PlacementAnswer.gap(value: value, bound: bound) <= 1e-9
                stations[index].bound = meets ? value : bound
            }
            if let last = stations.last, last.value.isFinite { control.tell(value: last.value, bound: last.bound) }
        }
    }
}
