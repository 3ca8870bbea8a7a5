/// Every goal with every extension as one program of integer numbers: what
/// stands behind the solvers that are made for a goal.
///
/// Columns say which sites are open; by `BranchAndCut`, with first answers from
/// rounding the linear program. Good for some thousand demands.
enum CompactModel {
    /// Solves a problem that `Placement` has validated.
    static func solve(
        _ problem: PlacementProblem, _ control: PlacementControl
    ) throws(PlacementFailure) -> PlacementAnswer {
        if !problem.capacities.isEmpty { try refuseTooLarge(problem) }
        let search = CompactSearch(problem, control)
        return problem.goal == .center ? try search.solveCenter() : try search.solve()
    }
}

/// A program of which the first columns are the candidate sites.
struct CompactProgram {
    var program = IntegerProgram()
    /// The program's cost is `scale · (value - base)`; the scale is below 0
    /// where the value is to be great.
    var scale = 1.0
    var base = 0.0
    /// All values are multiples of it; 0 where that is not known.
    var valueStep = 0.0
    /// Rows that hold for every answer and are added when a solution breaks them:
    /// nothing goes to a site that is closed.
    var links: [Link] = []
    /// The same for demand that several stations have to reach.
    var backups: [Backup] = []

    /// A column is at most a site's.
    struct Link {
        var column: Int
        var site: Int
        /// The demand of the column, and what the site costs it.
        var demand: Int
        var cost: Double
    }

    /// A column is at most the sum of the sites that reach it but any so many.
    struct Backup {
        var column: Int
        var sites: [Int]
        var spared: Int
    }

    /// How many entries have a column.
    var entryCount: Int { links.count }

    /// What brings the greatest of some numbers to a size that suits CLP, or a
    /// value that is known, if that is less: what counts for the value is then
    /// not lost among numbers that do not.
    static func scale(_ size: Double, _ greatest: Double?, known: Double? = nil) -> Double {
        guard let greatest, greatest > 0 else { return 1 }
        let least = known.map { $0 > 0 ? min($0, greatest) : greatest } ?? greatest
        return min(max(size / least, .leastNormalMagnitude), 1e100)
    }

    func cost(ofValue value: Double) -> Double { scale * (value - base) }
    func value(ofCost cost: Double) -> Double { cost / scale + base }

    /// Writes links down that are likely to hold with equality.
    mutating func writeRows(where isTight: (Link) -> Bool) {
        var others: [Link] = []
        for link in links {
            if isTight(link) {
                program.add(link.column, 1)
                program.add(link.site, -1)
                program.endRow(lower: -.infinity, upper: 0)
            } else {
                others.append(link)
            }
        }
        links = others
    }

    /// Rows that these values break, the most broken links where they are many.
    func brokenRows(_ values: [Double]) -> LinearProgram.Rows {
        var rows = LinearProgram.Rows()
        var broken: [(link: Link, by: Double)] = []
        for link in links {
            let excess = values[link.column] - values[link.site]
            if excess > 1e-5 { broken.append((link, excess)) }
        }
        let limit = 2_000
        if broken.count > limit { broken.sort { $0.by > $1.by } }
        for (link, _) in broken.prefix(limit) {
            rows.add(Int32(link.column), 1)
            rows.add(Int32(link.site), -1)
            rows.end(lower: -.infinity, upper: 0)
        }
        for backup in backups {
            let sites = backup.sites.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }
                .dropFirst(backup.spared)
            if values[backup.column] - sites.reduce(0, { $0 + values[$1] }) <= 1e-5 { continue }
            rows.add(Int32(backup.column), 1)
            for site in sites { rows.add(Int32(site), -1) }
            rows.end(lower: -.infinity, upper: 0)
        }
        return rows
    }
}

/// One search: the best sites so far, and how they are found.
final class CompactSearch {
    let problem: PlacementProblem
    let control: PlacementControl
    let value: PlacementValue
    /// The sites that may be new, ascending; the columns of a program follow them.
    let candidates: [UInt32]
    /// Whether a site is kept, or within the budget.
    let canBeOpen: [Bool]
    /// What no answer can be better than, before any work.
    let sureBound: Double
    private(set) var best: (sites: [UInt32], value: Double)?
    /// Sets of sites whose value is known.
    private var tried: Set<[UInt32]> = []
    /// Orders of all sites that were tried from the front.
    private var triedOrders: Set<[UInt32]> = []

    /// From how many entries on prices come before the tree.
    let entriesForPrices: Int

    init(_ problem: PlacementProblem, _ control: PlacementControl, entriesForPrices: Int = 500) {
        self.entriesForPrices = entriesForPrices
        self.control = control
        let isKept = problem.flagsOfKept
        candidates = isKept.indices.filter { !isKept[$0] }.map(UInt32.init)
        let spendingLimit = problem.spendingLimit
        let canBeOpen = isKept.indices.map { site in
            isKept[site] || spendingLimit == .infinity || problem.siteCosts[site] <= spendingLimit
        }
        self.canBeOpen = canBeOpen
        self.problem = Self.clipped(problem, canBeOpen)
        value = PlacementValue(self.problem, control)
        sureBound = value.sureBound()
    }

    /// The same problem of cover, with no more demand than its sites can serve
    /// if they serve nothing else.
    private static func clipped(_ problem: PlacementProblem, _ canBeOpen: [Bool]) -> PlacementProblem {
        guard problem.goal == .cover, !problem.capacities.isEmpty else { return problem }
        var clipped = problem
        let table = problem.table
        for demand in 0..<table.demandCount {
            let sites = table.row(demand).filter { table.costs[$0] <= problem.radius ?? .infinity }
                .map { Int(table.sites[$0]) }.sorted()
            let capacity = sites.reduce(0) { canBeOpen[$1] ? $0 + problem.capacities[$1] : $0 }
            clipped.weights[demand] = min(problem.weights[demand], capacity)
        }
        return clipped
    }

    /// The one of two bounds that says more.
    func tighter(_ left: Double, _ right: Double) -> Double { isGreatBest ? min(left, right) : max(left, right) }

    private var isGreatBest: Bool { problem.goal == .cover }

    // MARK: - Cover, all, median

    func solve() throws(PlacementFailure) -> PlacementAnswer {
        if !problem.capacities.isEmpty { return try solveWithCapacities() }
        offer([])
        offer(near: greedyRanks())
        return try finish(plainProgram(), bound: nil)
    }

    /// Searches a program's tree, unless what is known of the bound is enough.
    func finish(_ program: CompactProgram, bound known: Double?) throws(PlacementFailure) -> PlacementAnswer {
        var ended = (bound: -Double.infinity, isFinished: false)
        let knownGap = best.flatMap { best in known.map { PlacementAnswer.gap(value: best.value, bound: $0) } }
        if control.end == nil || known == nil, knownGap ?? 1 > max(control.gap, 1e-9) {
            ended = try run(program, known: known)
        }
        guard let best else {
            if ended.isFinished { throw try failure() }
            throw .noAnswerYet(control.end ?? .limitReached)
        }
        let bound = tighter(program.value(ofCost: ended.bound), known ?? sureBound)
        return answer(best, bound: bound, step: program.valueStep, ended.isFinished)
    }

    /// Whether there is any answer; `nil` where the control ends the search for one.
    func hasAnswer() throws(PlacementFailure) -> Bool? {
        offer(near: greedyRanks())
        if best != nil { return true }
        let ended = try run(plainProgram(), goodEnough: .greatestFiniteMagnitude)
        return best != nil ? true : ended.isFinished ? false : nil
    }

    /// Searches a program's tree; answers land in `best`.
    private func run(
        _ program: CompactProgram, known: Double? = nil, goodEnough: Double = -.infinity
    ) throws(PlacementFailure) -> (bound: Double, isFinished: Bool) {
        func bestCost() -> Double { best.map { program.cost(ofValue: $0.value) } ?? .infinity }
        let guide = BranchAndCut.Guide(
            cuts: { program.brokenRows($0) },
            improve: { [self] values in
                offer(near: values)
                return bestCost()
            },
            tell: { [self] _, bound in
                control.tell(value: best?.value, bound: tighter(program.value(ofCost: bound), known ?? sureBound))
            })
        let tree = try BranchAndCut(
            program.program, best: bestCost(), goodEnough: goodEnough, step: abs(program.scale) * program.valueStep,
            control: control,
            guide: guide)
        return try tree.solve()
    }

    private func answer(
        _ best: (sites: [UInt32], value: Double), bound: Double, step: Double, _ isFinished: Bool
    ) -> PlacementAnswer {
        var bound = bound
        if step > 0 {
            let slack = max(1e-6, 1e-12 * abs(bound / step))
            bound =
                isGreatBest ? (bound / step + slack).rounded(.down) * step : (bound / step - slack).rounded(.up) * step
        }
        bound = isGreatBest ? max(bound, best.value) : min(bound, best.value)
        let gap = PlacementAnswer.gap(value: best.value, bound: bound)
        if gap <= 1e-9 { bound = best.value }
        let end: PlacementAnswer.End =
            bound == best.value
            ? .proved : isFinished || gap <= control.gap ? .gapReached : control.end ?? .limitReached
        return PlacementAnswer(sites: best.sites, value: best.value, bound: bound, end: end)
    }

    // MARK: - Answers

    /// Takes sites as an answer if they are allowed and better.
    func offer(_ sites: [UInt32]) {
        let sites = sites.sorted()
        guard tried.insert(sites).inserted else { return }
        take(sites)
    }

    /// Takes sites that are the best so far; whether they are allowed at all.
    @discardableResult
    private func take(_ sites: [UInt32]) -> Bool {
        guard let value = value(sites) else { return false }
        if let best, isGreatBest ? value <= best.value : value >= best.value { return true }
        best = (sites.sorted(), value)
        return true
    }

    /// Rounds: opens the sites whose columns are greatest, as many as are allowed.
    func offer(near values: [Double]) {
        if problem.goal == .all { offerFewest(order(of: values)) } else { offer(most(inOrder: order(of: values))) }
    }

    /// The candidates, the greatest value first.
    func order(of values: [Double]) -> [Int] {
        candidates.indices.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }
    }

    /// As many sites of an order as are allowed.
    func most(inOrder order: [Int]) -> [UInt32] {
        var sites: [UInt32] = []
        var cost = 0.0
        for index in order {
            let site = candidates[index]
            let siteCost = problem.siteCosts.isEmpty ? 0 : problem.siteCosts[Int(site)]
            guard value.allows(count: sites.count + 1, cost: cost + siteCost) else { continue }
            sites.append(site)
            cost += siteCost
        }
        return sites.sorted()
    }

    /// As many of these sites as it takes, without those that turn out to be spare.
    private func offerFewest(_ order: [Int]) {
        let sites = order.map { candidates[$0] }
        guard triedOrders.insert(sites).inserted else { return }
        var (low, high) = (0, sites.count)
        guard take(sites) else { return }
        while low < high, !control.isOutOfTime {
            let middle = (low + high) / 2
            if take(Array(sites[..<middle])) { high = middle } else { low = middle + 1 }
        }
        var chosen = Array(sites[..<high])
        for site in chosen.reversed().prefix(100) where !control.isOutOfTime {
            let fewer = chosen.filter { $0 != site }
            if take(fewer) { chosen = fewer }
        }
    }

    /// For every candidate how early a greedy choice would take it: each time
    /// the one that reaches most weight not served yet, within its capacity.
    func greedyRanks() -> [Double] {
        var number = Array(repeating: -1, count: problem.table.siteCount)
        for (index, site) in candidates.enumerated() { number[Int(site)] = index }
        var rest = problem.weights
        var entries = Array(repeating: [Int](), count: candidates.count)
        for demand in rest.indices {
            for entry in value.row(demand) where number[Int(problem.table.sites[entry])] >= 0 {
                entries[number[Int(problem.table.sites[entry])]].append(demand)
            }
        }
        var ranks = Array(repeating: 0.0, count: candidates.count)
        let rounds = min(candidates.count, problem.stationCount ?? candidates.count)
        for round in 0..<rounds {
            var most: (index: Int, gain: Double)?
            for index in candidates.indices where ranks[index] == 0 {
                let reached = entries[index].reduce(0) { $0 + rest[$1] }
                let room = problem.capacities.isEmpty ? .infinity : problem.capacities[Int(candidates[index])]
                let gain = min(reached, room)
                if gain > most?.gain ?? -1 { most = (index, gain) }
            }
            // All others would serve nothing more either.
            guard let most, most.gain > 0, !control.isOutOfTime else { break }
            ranks[most.index] = Double(rounds - round)
            var room = most.gain
            for demand in entries[most.index] where room > 0 {
                let taken = min(room, rest[demand])
                rest[demand] -= taken
                room -= taken
            }
        }
        return ranks
    }
}

// MARK: - Center

extension CompactSearch {
    /// The least of all costs that can be the worst one: bisection, with a
    /// program for each that asks whether the sites suffice.
    func solveCenter() throws(PlacementFailure) -> PlacementAnswer {
        let levels = value.costLevels()
        offer([])
        offer(near: greedyRanks())
        var low = 0
        var high = try levelOfBest(levels)
        while low < high {
            let (bound, worst) = (levels[low], best?.value ?? levels[high])
            control.tell(value: best?.value, bound: bound)
            let gap = PlacementAnswer.gap(value: worst, bound: bound)
            if control.end != nil || gap <= control.gap { break }
            let middle = (low + high) / 2
            guard let suffices = try suffices(costAtMost: levels[middle]) else { break }
            if suffices { high = try levelOfBest(levels) } else { low = middle + 1 }
        }
        guard let best else { throw .noAnswerYet(control.end ?? .limitReached) }
        return centerAnswer(best, bound: levels[low])
    }

    private func centerAnswer(_ best: (sites: [UInt32], value: Double), bound: Double) -> PlacementAnswer {
        let gap = PlacementAnswer.gap(value: best.value, bound: bound)
        if gap <= 1e-9 { return PlacementAnswer(sites: best.sites, value: best.value, bound: best.value, end: .proved) }
        return PlacementAnswer(
            sites: best.sites, value: best.value, bound: bound,
            end: gap <= control.gap ? .gapReached : control.end ?? .limitReached)
    }

    /// The level of the best answer; the search for a first one where there is none.
    private func levelOfBest(_ levels: [Double]) throws(PlacementFailure) -> Int {
        if best == nil, let last = levels.last {
            switch try suffices(costAtMost: last) {
            case true?: break
            case false?: throw try failure()
            case nil: throw .noAnswerYet(control.end ?? .limitReached)
            }
        }
        let worst = best?.value ?? 0
        return levels.firstIndex { $0 >= worst } ?? levels.count - 1
    }

    /// Whether the sites suffice for such a cost; `nil` where the control ends it.
    private func suffices(costAtMost level: Double) throws(PlacementFailure) -> Bool? {
        let program =
            problem.capacities.isEmpty ? levelProgram(costAtMost: level) : capacityProgram(costAtMost: level)
        if program.entryCount >= entriesForPrices, let known = sufficesByPrices(costAtMost: level) { return known }
        let guide = BranchAndCut.Guide(
            cuts: { program.brokenRows($0) },
            improve: { [self] values in
                offer(near: values)
                return best.map { $0.value <= level ? 0 : .infinity } ?? .infinity
            }, tell: { _, _ in })
        let tree = try BranchAndCut(program.program, best: .infinity, control: control, guide: guide)
        let isFinished = try tree.solve().isFinished
        if let best, best.value <= level { return true }
        return isFinished ? false : nil
    }
}
