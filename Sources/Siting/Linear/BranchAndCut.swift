/// Least cost of an integer program by linear programs that branch, with rows
/// that are added only where a solution breaks them.
///
/// Unlike CBC it ends within moments of being told to, knows its bound at any
/// time, and takes rows too many to be written down. Best bound first, diving;
/// pseudo-costs from strong branching (Achterberg, Koch and Martin, "Branching
/// rules revisited", 2005, doi:10.1016/j.orl.2004.04.002); reduced costs fix
/// columns. The same program takes the same way on every run.
final class BranchAndCut {
    /// What the search asks of whoever knows the problem.
    struct Guide {
        /// Rows that hold for all answers and are broken by these values, if any.
        var cuts: (_ values: [Double]) throws(PlacementFailure) -> LinearProgram.Rows
        /// Looks for an answer near these values and returns the cost of the best
        /// one known by now; infinite as long as there is none.
        var improve: (_ values: [Double]) throws(PlacementFailure) -> Double
        /// Hears how far the search is, in the program's cost.
        var tell: (_ value: Double, _ bound: Double) -> Void
    }

    private struct Node {
        var bound: Double
        var changes: [Change]
        var basis: LinearProgram.Basis?
        /// The branch that made it: for its pseudo-cost.
        var branch: (column: Int, isUp: Bool, distance: Double)?
    }

    private struct Change {
        var column: Int
        var lower: Double
        var upper: Double
    }

    private let linear: LinearProgram
    private var safeBound: SafeBound
    private let control: PlacementControl
    private let guide: Guide
    private let integers: [Int]
    private let valuesGoodEnough: Double
    private var lower: [Double]
    private var upper: [Double]
    private var currentLower: [Double]
    private var currentUpper: [Double]
    private var open: [Node] = []
    private var best: Double
    private var pseudoCosts: PseudoCosts
    private var rootBound = -Double.infinity
    private var rootReducedCosts: [Double] = []
    private let step: Double

    /// How many nodes the tree had.
    private(set) var nodeCount = 0

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - program: with integer columns that are bounded.
    ///   - best: the cost of an answer that is known; infinite for none.
    ///   - goodEnough: ends as soon as an answer costs no more.
    ///   - step: all costs of answers are multiples of it; 0 where that is not known.
    ///   - control: its gap, limits and end hold; nodes count as work.
    ///   - guide: knows the problem.
    /// - Throws: `PlacementFailure.solver` where CLP cannot be opened.
    init(
        _ program: IntegerProgram, best: Double, goodEnough: Double = -.infinity, step: Double = 0,
        control: PlacementControl, guide: Guide
    ) throws(PlacementFailure) {
        linear = try program.relaxation()
        safeBound = program.safeBound
        integers = program.integerColumns
        (lower, upper) = (program.columnBounds.lower, program.columnBounds.upper)
        (currentLower, currentUpper) = (lower, upper)
        self.best = best
        valuesGoodEnough = goodEnough
        self.step = step
        self.control = control
        self.guide = guide
        pseudoCosts = PseudoCosts(count: program.columnCount)
    }

    /// Searches.
    ///
    /// - Returns: what no answer costs less than, infinite where there is none,
    ///   and whether the search came to its end: whether the bound and the best
    ///   value met, within the gap.
    func solve() throws(PlacementFailure) -> (bound: Double, isFinished: Bool) {
        // What all columns cost at the better one of their bounds, before any work.
        let least = safeBound(duals: [], lower: lower, upper: upper)
        var next: Node? = Node(bound: least, changes: [], basis: nil, branch: nil)
        while let node = next ?? takeBest() {
            next = nil
            if isOfNoUse(node.bound) { continue }
            if best <= valuesGoodEnough { return (bound(and: node), true) }
            if hasReachedGap(bound(and: node)) { return (bound(and: node), true) }
            if control.end != nil {
                return (bound(and: node), false)
            }
            guard apply(node) else { continue }
            guard let solved = try solve(node) else { return (bound(and: node), false) }
            if isOfNoUse(solved.bound) { continue }
            next = try branch(node, solved)
            // Without time its answer may not have been looked at.
            if next == nil, control.isOutOfTime { return (bound(and: node), false) }
            guide.tell(best, bound(and: next))
        }
        return (best, true)
    }

    // MARK: - Nodes

    private func isOfNoUse(_ bound: Double) -> Bool {
        if bound == .infinity { return true }
        guard best < .infinity else { return false }
        let slack = 1e-9 * abs(best)
        return bound >= best - slack || step > 0 && bound > best - step + 1e-6 * step + slack
    }

    private func hasReachedGap(_ bound: Double) -> Bool {
        control.gap > 0 && best < .infinity && PlacementAnswer.gap(value: best, bound: bound) <= control.gap
    }

    private func bound(and node: Node?) -> Double {
        var bound = node?.bound ?? .infinity
        for node in open { bound = min(bound, node.bound) }
        return min(bound, best)
    }

    private func takeBest() -> Node? {
        guard let index = open.indices.min(by: { open[$0].bound < open[$1].bound }) else { return nil }
        open.swapAt(index, open.count - 1)
        return open.removeLast()
    }

    /// Sets the bounds of a node; `false` where what was fixed since leaves it no values.
    private func apply(_ node: Node) -> Bool {
        var newLower = lower
        var newUpper = upper
        for change in node.changes {
            newLower[change.column] = max(newLower[change.column], change.lower)
            newUpper[change.column] = min(newUpper[change.column], change.upper)
        }
        for column in integers where newLower[column] > newUpper[column] { return false }
        for column in integers
        where newLower[column] != currentLower[column] || newUpper[column] != currentUpper[column] {
            linear.setBounds(column, newLower[column], newUpper[column])
        }
        (currentLower, currentUpper) = (newLower, newUpper)
        if let basis = node.basis { linear.restore(basis) }
        return true
    }

    private struct Solved {
        var bound: Double
        var values: [Double]
    }

    /// Solves the node's program, cut after cut; `nil` where the control ends it.
    private func solve(_ node: Node) throws(PlacementFailure) -> Solved? {
        nodeCount += 1
        control.add(work: 1)
        var rounds = nodeCount == 1 ? 200 : 20
        while true {
            switch try linear.solve(control: control) {
            case .infeasible: return Solved(bound: .infinity, values: [])
            case .limit: return nil
            case .unbounded: throw .solver("CLP: unbounded")
            case .optimal: break
            }
            let bound = safeBound(duals: linear.rowDuals, lower: currentLower, upper: currentUpper)
            let solved = Solved(bound: max(node.bound, bound), values: linear.columnValues)
            if let branch = node.branch, rounds == 20 {
                pseudoCosts.learn(branch.column, branch.isUp, branch.distance, solved.bound - node.bound)
            }
            if isOfNoUse(solved.bound) { return solved }
            if nodeCount == 1 || nodeCount % 10 == 0 || rounds == 20 {
                best = min(best, try guide.improve(solved.values))
            }
            rounds -= 1
            let cuts = rounds > 0 ? try guide.cuts(solved.values) : LinearProgram.Rows()
            if cuts.count == 0 {
                best = min(best, try guide.improve(solved.values))
                if node.changes.isEmpty { (rootBound, rootReducedCosts) = (bound, safeBound.reduced) }
                return solved
            }
            if nodeCount == 1 { guide.tell(best, solved.bound) }
            try linear.addRows(cuts)
            safeBound.add(cuts)
        }
    }

    // MARK: - Branching

    private func branch(_ node: Node, _ solved: Solved) throws(PlacementFailure) -> Node? {
        fixByReducedCosts()
        let basis = linear.basis
        guard let column = try chooseColumn(solved, basis) else { return nil }
        let value = solved.values[column]
        let split = min(max(value.rounded(.down), currentLower[column]), currentUpper[column] - 1)
        func child(_ change: Change, isUp: Bool) -> Node {
            Node(
                bound: solved.bound, changes: node.changes + [change], basis: basis,
                branch: (column, isUp, isUp ? split + 1 - value : value - split))
        }
        let down = child(Change(column: column, lower: -.infinity, upper: split), isUp: false)
        let up = child(Change(column: column, lower: split + 1, upper: .infinity), isUp: true)
        let isUpFirst = value - split > 0.3
        open.append(isUpFirst ? down : up)
        return isUpFirst ? up : down
    }

    /// A column whose value is no whole number; where all are, one that is not
    /// fixed yet, because the answer with these numbers was not as good as the
    /// program says.
    private func chooseColumn(_ solved: Solved, _ basis: LinearProgram.Basis) throws(PlacementFailure) -> Int? {
        let fractional = integers.filter { abs(solved.values[$0] - solved.values[$0].rounded()) > 1e-6 }
        guard !fractional.isEmpty else { return integers.first { currentLower[$0] < currentUpper[$0] } }
        let ranked = fractional.sorted { left, right in
            let (a, b) = (pseudoCosts.score(left, solved.values[left]), pseudoCosts.score(right, solved.values[right]))
            return a != b ? a > b : left < right
        }
        for column in ranked.prefix(8) where !pseudoCosts.isReliable(column) {
            try probe(column, solved, basis)
        }
        return ranked.prefix(8).max {
            pseudoCosts.score($0, solved.values[$0]) < pseudoCosts.score($1, solved.values[$1])
        }
    }

    /// Strong branching: a few iterations into both branches.
    private func probe(
        _ column: Int, _ solved: Solved, _ basis: LinearProgram.Basis
    ) throws(PlacementFailure) {
        let value = solved.values[column]
        for isUp in [false, true] where control.end == nil {
            let (low, high) = (currentLower[column], currentUpper[column])
            if isUp {
                linear.setBounds(column, value.rounded(.up), high)
            } else {
                linear.setBounds(column, low, value.rounded(.down))
            }
            linear.restore(basis)
            let status = try linear.solve(maxIterations: 50, control: control)
            let gain = status == .infeasible ? max(1, abs(solved.bound)) : max(0, linear.objective - solved.bound)
            pseudoCosts.learn(column, isUp, isUp ? value.rounded(.up) - value : value - value.rounded(.down), gain)
            linear.setBounds(column, low, high)
        }
        linear.restore(basis)
    }

    /// A column that would make the root cost more than the best answer stays
    /// where it was there.
    private func fixByReducedCosts() {
        guard best < .infinity, !rootReducedCosts.isEmpty else { return }
        let room = best - rootBound + 1e-6 * abs(best)
        for column in integers where lower[column] < upper[column] && column < rootReducedCosts.count {
            let cost = rootReducedCosts[column]
            if cost > room { upper[column] = lower[column] } else if cost < -room { lower[column] = upper[column] }
        }
    }
}

/// What a branch on a column adds to the cost, a unit of distance.
private struct PseudoCosts {
    private var sums: [(down: Double, up: Double)]
    private var counts: [(down: Int, up: Int)]
    private var all = (sum: 0.0, count: 0)

    init(count: Int) {
        sums = Array(repeating: (0, 0), count: count)
        counts = Array(repeating: (0, 0), count: count)
    }

    mutating func learn(_ column: Int, _ isUp: Bool, _ distance: Double, _ gain: Double) {
        guard distance > 1e-6, gain.isFinite else { return }
        let rate = max(0, gain) / distance
        if isUp {
            sums[column].up += rate
            counts[column].up += 1
        } else {
            sums[column].down += rate
            counts[column].down += 1
        }
        all.sum += rate
        all.count += 1
    }

    func isReliable(_ column: Int) -> Bool { min(counts[column].down, counts[column].up) >= 2 }

    func score(_ column: Int, _ value: Double) -> Double {
        let mean = all.count > 0 ? all.sum / Double(all.count) : 1
        let (count, sum) = (counts[column], sums[column])
        let down = (count.down > 0 ? sum.down / Double(count.down) : mean) * (value - value.rounded(.down))
        let up = (count.up > 0 ? sum.up / Double(count.up) : mean) * (value.rounded(.up) - value)
        return max(down, 1e-6) * max(up, 1e-6)
    }
}
