/// The way from a first answer to the proof, and how far it is.
struct CoverSearch {
    /// The problem without sites that others dominate.
    let model: CoverModel
    /// The best allowed sites so far.
    private(set) var best: [Int32]?
    /// Their value beside what kept stations cover; below every value before there are any.
    private(set) var bestValue = -Double.infinity
    /// No choice covers more beside what kept stations cover.
    private(set) var bound: Double
    /// What kept stations cover.
    private let keptWeight: Double
    private let control: PlacementControl
    private var groupFactors: [Double]

    /// Begins.
    init(_ whole: CoverModel, keptWeight: Double, _ control: PlacementControl) {
        self.keptWeight = keptWeight
        model = CoverRestriction(whole, opened: [], isOut: whole.dominatedSites { control.end == nil }).model
        self.control = control
        bound = model.coveredWeight + model.rowWeight
        groupFactors = model.wanted.map { _ in 1 }
    }

    /// Searches until the proof or what ends it before; without a best answer
    /// what is proved is that shares clash.
    mutating func run() throws(PlacementFailure) -> PlacementAnswer.End {
        var state = firstState()
        if let end { return end }
        if best == nil {
            let outcome = try ShareClash(model, control).outcome()
            guard let sites = outcome.columns else { return outcome.end ?? .proved }
            state = stateMeetingShares(sites)
            if let end { return end }
        }
        var dual = CoverDual(model, covered: state.open)
        lower(dual)
        var climb = CoverClimb(state, seed: control.seed)
        // The rough bound and a better answer by turns, until the bound is good.
        for round in 0... {
            if let end { return end }
            let isGood = descend(&dual, steps: Self.stepsARound)
            if isGood { break }
            guard round < Self.rounds else { continue }
            for _ in 0..<Self.kicksARound where control.end == nil {
                control.add(work: 1)
                if climb.climb(while: { control.end == nil }) { offer(climb.best) }
            }
        }
        for width in [3, 4] {
            if let end { return end }
            searchMostPromising(width * model.stationCount, dual, nodes: Self.nodesOfPromising)
        }
        if let end { return end }
        return prove(dual)
    }

    /// Looks into some nodes over those sites alone that prices hold most
    /// promising: so small a model is searched in a moment.
    private mutating func searchMostPromising(_ count: Int, _ dual: CoverDual, nodes: Int) {
        let earnings = dual.bestEarnings
        let ranked = (0..<Int32(truncatingIfNeeded: model.siteCount)).sorted {
            earnings[Int($0)] != earnings[Int($1)] ? earnings[Int($0)] > earnings[Int($1)] : $0 < $1
        }
        guard best != nil, count < ranked.count else { return }
        var isOut = [Bool](repeating: true, count: model.siteCount)
        for site in (best ?? []) + ranked.prefix(count) { isOut[Int(site)] = false }
        let part = CoverRestriction(model, opened: [], isOut: isOut)
        var tree = tree(over: part, dual)
        while tree.nodeCount < nodes, end == nil,
            let step = tree.next(best: bestValue, beaten: beaten)
        {
            for sites in step.found { offer(sites.map { part.sites[Int($0)] }) }
        }
    }

    private mutating func prove(_ dual: CoverDual) -> PlacementAnswer.End {
        let margin = CoverDual.margin(model)
        let fixing = CoverFixing(dual, beaten: beaten - model.coveredWeight - margin)
        var isOut = [Bool](repeating: false, count: model.siteCount)
        for site in fixing.out { isOut[Int(site)] = true }
        let part = CoverRestriction(model, opened: fixing.opened, isOut: isOut)
        var tree = tree(over: part, dual)
        var isNearLinearBound = false
        var (width, nodesOfNextPromising) = (4, Self.nodesOfPromising)
        while let step = tree.next(best: bestValue, beaten: beaten) {
            for sites in step.found { offer(fixing.opened + sites.map { part.sites[Int($0)] }) }
            lower(to: max(step.bound, bestValue))
            if let end { return end }
            // A tree that stays open has time for a better bound, and for better sites.
            if !isNearLinearBound, tree.nodeCount >= Self.nodesBeforeLinearBound {
                isNearLinearBound = true
                approachLinearBound(dual)
                if let end { return end }
            }
            if tree.nodeCount >= nodesOfNextPromising {
                nodesOfNextPromising += Self.nodesOfPromising
                searchMostPromising(width * model.stationCount, dual, nodes: Self.nodesOfPromising * 10)
                width += 1
            }
        }
        if best != nil { lower(to: bestValue) }
        return end ?? .proved
    }

    /// Lowers the bound to almost that of linear programming.
    ///
    /// The tree keeps its prices: from some that hardly move any more its short
    /// searches find no better ones.
    private mutating func approachLinearBound(_ rough: CoverDual) {
        var dual = rough
        var saddle = CoverSaddle(dual, open: best ?? [])
        while end == nil, saddle.stepCount < Self.mostSteps {
            let before = saddle.stepCount
            let outcome = saddle.advance { control.end == nil }
            control.add(work: saddle.stepCount - before)
            dual.take(outcome)
            lower(dual)
            if outcome.gap < (bound - beaten) * Self.leastGap { return }
        }
    }

    /// A tree over some of the sites, from the best prices and sites so far.
    private func tree(over part: CoverRestriction, _ dual: CoverDual) -> CoverTree {
        let root = CoverNode(
            opened: [], isOut: [Bool](repeating: false, count: part.model.siteCount), bound: bound,
            prices: part.prices(dual), number: 0)
        let places = part.places(in: model)
        let start = best?.filter { places[Int($0)] >= 0 }.map { places[Int($0)] }
        return CoverTree(part.model, root: root, best: start, groupFactors: groupFactors, control)
    }

    /// The greedy choice, made better. A limit leaves the greedy choice, which is
    /// soon made; only who cancels gets less.
    private mutating func firstState() -> CoverState {
        offer([])
        var states: [CoverState] = []
        for byCost in model.siteCosts.isEmpty ? [false] : [false, true] {
            var state = CoverState(model)
            CoverInterchange.fill(&state, byCost: byCost) { control.end != .cancelled }
            offer(state.open)
            CoverInterchange.improve(&state) { control.end == nil }
            offer(state.open)
            control.add(work: 1)
            states.append(state)
        }
        let first = states.max { $0.value < $1.value } ?? CoverState(model)
        guard !model.wanted.isEmpty else { return first }
        return repaired() ?? first
    }

    /// Sites that meet the shares, if rising weights of groups that lack theirs
    /// lead to some.
    private mutating func repaired() -> CoverState? {
        var allowed: CoverState?
        for _ in 0..<Self.repairs {
            if control.end != nil { break }
            var state = CoverState(model, weights: model.weights(times: groupFactors))
            CoverInterchange.fill(&state) { control.end != .cancelled }
            CoverInterchange.improve(&state) { control.end == nil }
            offer(state.open)
            control.add(work: 1)
            let lacking = model.lackingGroups(state.open)
            if lacking.isEmpty {
                allowed = state
                break
            }
            for group in lacking { groupFactors[group] = min(groupFactors[group] * 2, Self.greatestFactor) }
        }
        return allowed
    }

    /// What can be opened beside sites that meet the shares, made better as long
    /// as the shares are met.
    private mutating func stateMeetingShares(_ sites: [Int32]) -> CoverState {
        var state = CoverState(model, weights: model.weights(times: groupFactors))
        state.openAllowed(sites)
        offer(state.open)
        CoverInterchange.fill(&state) { control.end != .cancelled }
        offer(state.open)
        var better = state
        CoverInterchange.improve(&better) { control.end == nil }
        offer(better.open)
        return model.isAllowed(better.open) ? better : state
    }

    /// Lowers the bound.
    ///
    /// - Returns: whether more steps would bring next to nothing.
    private mutating func descend(_ dual: inout CoverDual, steps: Int) -> Bool {
        let before = dual.stepCount
        let end = dual.search(
            aim: CoverDual.aim(model, best: bestValue), beaten: beaten - model.coveredWeight, steps: steps,
            pace: .long, while: { control.end == nil })
        control.add(work: dual.stepCount - before)
        lower(dual)
        return end != .stepsUsed || dual.stepCount >= Self.mostSteps
    }

    /// A bound that is not worth a look any more.
    private var beaten: Double {
        best == nil ? -CoverDual.margin(model) : model.beaten(by: bestValue)
    }

    private mutating func offer(_ sites: [Int32]) {
        guard model.isAllowed(sites) else { return }
        let value = model.value(of: sites)
        guard value > bestValue else { return }
        (best, bestValue) = (sites, value)
        settle()
        tell()
    }

    private mutating func lower(_ dual: CoverDual) {
        lower(to: model.coveredWeight + dual.bestBound + CoverDual.margin(model))
    }

    private mutating func lower(to bound: Double) {
        let rounded = model.isIntegral ? bound.rounded(.down) : bound
        guard rounded < self.bound else { return }
        self.bound = rounded
        settle()
        tell()
    }

    private func tell() {
        control.tell(value: best == nil ? nil : keptWeight + bestValue, bound: keptWeight + bound)
    }

    /// A bound within rounding of the value is the value.
    private mutating func settle() {
        if best != nil, bound <= beaten { bound = bestValue }
    }

    private var end: PlacementAnswer.End? {
        if best != nil {
            if bound <= bestValue { return .proved }
            // Beside much kept weight values that differ may have no gap.
            let gap = PlacementAnswer.gap(value: keptWeight + bestValue, bound: keptWeight + bound)
            if control.gap > 0, gap <= control.gap { return .gapReached }
        }
        return control.end
    }

    private static let rounds = 12
    private static let stepsARound = 64
    private static let mostSteps = 4096
    private static let kicksARound = 48
    /// How many nodes over the most promising sites are looked into.
    private static let nodesOfPromising = 300
    /// A tree that is open after so many nodes will not close soon.
    private static let nodesBeforeLinearBound = 200
    /// So near the bound of linear programming, as a part of the way to the best
    /// value, is near enough.
    private static let leastGap = 0.01
    private static let repairs = 40
    private static let greatestFactor = 65536.0
}
