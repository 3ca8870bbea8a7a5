/// A part of a covering program that shares no row with the others, and what is
/// known about it.
///
/// What is found out shrinks the program: columns that no cover of interest
/// holds go, and rows and columns that fall with them.
struct CoveringPart {
    /// What is left to decide.
    private var program: CoveringProgram
    /// What its columns are called outside.
    private var names: [Int32]
    /// Columns decided upon, by their names outside, and their cost.
    private var decided: [Int32] = []
    private var decidedCost = 0.0
    private var multipliers: CoveringMultipliers

    /// The best cover, by names outside; `nil` where none is known.
    private(set) var best: [Int32]?
    /// Its cost.
    private(set) var value = Double.infinity
    /// No cover costs less; once the program has shrunk, unless it costs more
    /// than the target.
    private(set) var bound: Double

    /// Takes a part with its first cover and bound, both by one cheap sweep.
    init(_ program: CoveringProgram, names: [Int32]) {
        self.program = program
        self.names = names
        multipliers = CoveringMultipliers(program)
        bound = max(0, program.safeBound(multipliers.bound))
        var cover = CoveringCover(program)
        cover.complete(prices: program.costs, rowWeights: [Double](repeating: 1, count: program.rowCount))
        take(&cover)
    }

    /// Whether nothing is left to find out: the best is known, or it is known
    /// whether one as cheap as the target exists.
    func isSettled(target: Double?) -> Bool {
        if let target, value <= target || bound > target { return true }
        return value.isFinite && program.better(than: value) < bound
    }

    /// The greatest cost that is of interest.
    private func wanted(_ target: Double?) -> Double { target ?? program.better(than: value) }

    // MARK: - Steps that find out more

    /// Searches near a choice of columns, by names outside, or near the best cover,
    /// with no more steps than there are choices.
    mutating func searchNearby(from given: [Int32], target: Double?, steps: Int, watch: CoveringWatch) {
        let steps = min(steps, 1 << min(program.columnCount, 20))
        let start = inside(given.isEmpty ? best ?? [] : given)
        var search = CoveringLocalSearch(program, from: start, seed: watch.control.seed)
        let found = search.run(
            value: value - decidedCost, enough: max(bound, target ?? -.infinity) - decidedCost, steps: steps
        ) {
            watch.control.add(work: 1)
            return watch.control.end == nil
        }
        guard let found else { return }
        adopt(found)
        watch.tell(value: value, bound: bound)
    }

    /// Improves the prices, and covers along them.
    mutating func raiseBound(target: Double?, steps: Int, watch: CoveringWatch) {
        multipliers.improve(program, enough: wanted(target) - decidedCost, steps: steps) {
            watch.control.add(work: 1)
            return watch.control.end == nil
        }
        bound = max(bound, program.safeBound(multipliers.bound) + decidedCost)
        var cover = CoveringCover(program)
        let reduced = multipliers.reducedCosts
        cover.complete(
            prices: reduced.indices.map { max(reduced[$0], 1e-3 * program.costs[$0]) },
            rowWeights: multipliers.prices.map { $0 + 1e-3 })
        take(&cover)
        watch.tell(value: value, bound: bound)
    }

    /// Drops columns that no cover of interest holds; `true` where that helped.
    mutating func shrink(target: Double?) -> Bool {
        let wanted = wanted(target)
        let fixings = multipliers.fixings(program, wanted: wanted - decidedCost)
        guard fixings.out.contains(true) || !fixings.into.isEmpty else { return false }
        var reduction = CoveringReduction(program)
        reduction.decide(out: fixings.out, into: fixings.into)
        reduction.run()
        let before = program.columnCount
        if reduction.hopelessRow != nil || !reduction.keepsSide {
            bound = target == nil ? value : .infinity
            return false
        }
        decided += reduction.chosen.map { names[Int($0)] }
        decidedCost += program.cost(of: reduction.chosen)
        let (rest, restNames) = reduction.rest()
        names = restNames.map { names[Int($0)] }
        let prices = reduction.restRows.map { multipliers.prices[$0] }
        let sidePrice = multipliers.sidePrice
        program = rest
        multipliers = CoveringMultipliers(rest, prices: prices, sidePrice: sidePrice)
        if rest.rowCount == 0 { adopt([]) }
        return program.columnCount < before
    }

    /// Decides what is left by branch and bound.
    mutating func branch(target: Double?, watch: CoveringWatch) throws(PlacementFailure) -> PlacementAnswer.End? {
        var inner = watch
        inner.valueOffset += decidedCost
        inner.boundOffset += decidedCost
        var tree = try CoveringTree(
            program, value: value - decidedCost, bound: bound - decidedCost,
            target: target.map { $0 - decidedCost }, watch: inner)
        try tree.run()
        if let found = tree.best { adopt(found) }
        bound = max(bound, tree.bound + decidedCost)
        return tree.end
    }

    // MARK: - Covers

    private mutating func take(_ cover: inout CoveringCover) {
        guard cover.openRows == 0 else { return }
        cover.dropRedundant()
        adopt(cover.columns)
    }

    /// Keeps a cover of the program that is left if it is the best.
    private mutating func adopt(_ columns: [Int32]) {
        let cost = decidedCost + program.cost(of: columns)
        guard cost < value, program.keepsSide(columns) else { return }
        value = cost
        best = decided + columns.map { names[Int($0)] }
    }

    /// What of a cover stands in the program that is left.
    private func inside(_ columns: [Int32]) -> [Int32] {
        let wanted = Set(columns)
        return names.indices.filter { wanted.contains(names[$0]) }.map { Int32($0) }
    }
}
