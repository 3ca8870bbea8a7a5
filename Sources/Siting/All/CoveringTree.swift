/// Branch and bound on a covering program, depth first, over its linear
/// relaxation.
///
/// The linear program only proposes prices of rows; every bound is what
/// `CoveringMultipliers` computes from them, so the tolerances of the simplex
/// method cannot cut off a better cover.
struct CoveringTree {
    private struct Node {
        /// No cover below the node costs less.
        var bound: Double
        var columns: [ColumnState]
    }

    private enum ColumnState: UInt8 {
        case free, out, into
    }

    private let program: CoveringProgram
    private let watch: CoveringWatch
    private let linear: LinearProgram
    /// What the linear program's columns are confined to at the moment.
    private var confined: [ColumnState]
    private var open: [Node] = []
    private var gains: BranchingGains
    /// The greatest cost that is of interest.
    private var wanted: Double
    private let target: Double

    /// The best cover, where one as cheap as wanted was found.
    private(set) var best: [Int32]?
    /// Its cost, or that of the cover known before.
    private(set) var value: Double
    /// No cover costs less, unless it costs more than the target.
    private(set) var bound: Double
    /// Why the search ended before all was decided.
    private(set) var end: PlacementAnswer.End?

    /// Makes the root from what is known: the cost of a cover, infinite for
    /// none, and a bound. Covers that cost more than the target are of no
    /// interest, and one that does not ends the search; `nil` looks for the best.
    init(
        _ program: CoveringProgram, value: Double, bound: Double, target: Double?, watch: CoveringWatch
    ) throws(PlacementFailure) {
        self.program = program
        self.watch = watch
        self.value = value
        self.bound = bound
        self.target = target ?? -.infinity
        wanted = target ?? program.better(than: value)
        confined = [ColumnState](repeating: .free, count: program.columnCount)
        linear = try Self.relaxation(of: program)
        gains = BranchingGains(columnCount: program.columnCount)
        open.append(Node(bound: bound, columns: confined))
    }

    private static func relaxation(of program: CoveringProgram) throws(PlacementFailure) -> LinearProgram {
        let linear = try LinearProgram()
        let ones = [Double](repeating: 1, count: program.columnCount)
        try linear.addColumns(lower: ones.map { _ in 0 }, upper: ones, costs: program.costs)
        var rows = LinearProgram.Rows()
        for row in 0..<program.rowCount {
            for entry in program.columns(of: row) { rows.add(program.rowColumns[entry], 1) }
            rows.end(lower: Double(program.needs[row]), upper: .infinity)
        }
        if program.hasSide {
            // The limit may be overrun at a price, so that there always is a solution.
            let overrun = try linear.addColumn(
                lower: 0, upper: .infinity, cost: 10 * (1 + program.costs.reduce(0, +)))
            let scale = sideScale(of: program)
            for column in 0..<program.columnCount { rows.add(Int32(column), program.sideCosts[column] * scale) }
            rows.add(Int32(overrun), -1)
            rows.end(lower: -.infinity, upper: program.sideLimit * scale)
        }
        try linear.addRows(rows)
        return linear
    }

    private static func sideScale(of program: CoveringProgram) -> Double {
        let greatest = program.sideCosts.max() ?? 0
        return greatest > 0 ? 1 / greatest : 1
    }

    /// Searches until all is decided, or something ends it.
    mutating func run() throws(PlacementFailure) {
        while let node = open.popLast() {
            if node.bound > wanted { continue }
            end = watch.end(value: value, bound: bound)
            if end == nil, try !explore(node) { end = watch.control.end ?? .limitReached }
            if end != nil {
                open.append(node)
                break
            }
            watch.control.add(work: 1)
            if value <= target { break }
            raiseBound()
        }
        if end == nil, open.isEmpty {
            if target == -.infinity { bound = value } else if value > target { bound = .infinity }
        }
    }

    private mutating func raiseBound() {
        let least = open.reduce(value) { min($0, $1.bound) }
        guard least > bound, target == -.infinity else { return }
        bound = least
        watch.tell(value: value, bound: bound)
    }

    /// Bounds a node and branches; `false` where the time was up before.
    private mutating func explore(_ given: Node) throws(PlacementFailure) -> Bool {
        var node = given
        guard settleRows(&node) else { return true }
        confine(to: node)
        let status = try linear.solve(control: watch.control)
        if status == .limit { return false }
        guard status == .optimal else {
            branch(node, on: node.columns.firstIndex(of: .free))
            return true
        }
        let multipliers = prices(at: node)
        node.bound = max(node.bound, program.safeBound(multipliers.bound))
        if node.bound > wanted { return true }
        let values = Array(linear.columnValueBuffer.prefix(program.columnCount))
        round(values, node: node, prices: multipliers.prices)
        if node.bound > wanted || value <= target { return true }
        fix(&node, by: multipliers)
        return try branch(node, values)
    }

    /// Rows that need all that is left of them take it; `false` where a row
    /// cannot have what it needs.
    private func settleRows(_ node: inout Node) -> Bool {
        for row in 0..<program.rowCount {
            var (chosen, free) = (Int32(0), Int32(0))
            for entry in program.columns(of: row) {
                switch node.columns[Int(program.rowColumns[entry])] {
                case .into: chosen += 1
                case .free: free += 1
                case .out: break
                }
            }
            let missing = program.needs[row] - chosen
            if missing > free { return false }
            if missing <= 0 || missing < free { continue }
            for entry in program.columns(of: row) where node.columns[Int(program.rowColumns[entry])] == .free {
                node.columns[Int(program.rowColumns[entry])] = .into
            }
        }
        return true
    }

    private mutating func confine(to node: Node) {
        for column in confined.indices where confined[column] != node.columns[column] {
            confined[column] = node.columns[column]
            switch node.columns[column] {
            case .free: linear.setBounds(column, 0, 1)
            case .out: linear.setBounds(column, 0, 0)
            case .into: linear.setBounds(column, 1, 1)
            }
        }
    }

    private func prices(at node: Node) -> CoveringMultipliers {
        let duals = linear.rowDuals
        let sidePrice = program.hasSide ? -duals[program.rowCount] * Self.sideScale(of: program) : 0
        return CoveringMultipliers(
            program, prices: Array(duals.prefix(program.rowCount)), sidePrice: sidePrice,
            lower: node.columns.map { $0 == .into ? 1 : 0 }, upper: node.columns.map { $0 == .out ? 0 : 1 })
    }

    /// Makes a cover out of the relaxation's values.
    private mutating func round(_ values: [Double], node: Node, prices: [Double]) {
        var cover = CoveringCover(program)
        for column in values.indices where node.columns[column] == .into || values[column] > 0.999 {
            cover.add(column)
        }
        let dearness = values.indices.map { column in
            node.columns[column] == .out ? 1e9 : program.costs[column] * (1.001 - min(1, values[column]))
        }
        cover.complete(prices: dearness, rowWeights: prices.map { $0 + 1e-3 })
        cover.dropRedundant()
        let columns = cover.columns
        let cost = program.cost(of: columns)
        guard cover.openRows == 0, cost <= wanted, program.keepsSide(columns) else { return }
        best = columns
        value = cost
        wanted = min(wanted, program.better(than: cost))
        watch.tell(value: value, bound: bound)
    }

    /// Decides columns that no better cover can have otherwise.
    private func fix(_ node: inout Node, by multipliers: CoveringMultipliers) {
        for column in node.columns.indices where node.columns[column] == .free {
            let reduced = multipliers.reducedCosts[column]
            guard program.safeBound(multipliers.bound + abs(reduced)) > wanted else { continue }
            if reduced > 0 { node.columns[column] = .out }
            if reduced < 0 { node.columns[column] = .into }
        }
    }

    // MARK: - Branching

    /// Branches on the column whose decision raises the bound most, as looking
    /// at both children of some undecided ones tells, or has told before
    /// (reliability branching: Achterberg, Koch and Martin 2005). `false` where
    /// the time was up before.
    private mutating func branch(_ given: Node, _ values: [Double]) throws(PlacementFailure) -> Bool {
        var node = given
        let candidates = undecided(values, of: node)
        let basis = linear.basis
        let before = linear.objective
        var best: (column: Int, score: Double)?
        var looked = 0
        for column in candidates {
            if !gains.isReliable(column), looked < 8 {
                looked += 1
                let out = try look(at: column, .out, of: node, from: basis)
                let into = try look(at: column, .into, of: node, from: basis)
                if watch.control.end != nil { return false }
                if out.bound > wanted || into.bound > wanted {
                    if out.bound > wanted, into.bound > wanted { return true }
                    node.columns[column] = out.bound > wanted ? .into : .out
                    open.append(node)
                    return true
                }
                gains.learn(
                    column, out: (out.cost - before) / values[column], into: (into.cost - before) / (1 - values[column])
                )
            }
            let score = gains.score(column, value: values[column])
            if score > best?.score ?? -1 { best = (column, score) }
        }
        branch(node, on: best?.column ?? node.columns.firstIndex(of: .free))
        return true
    }

    /// The columns that the relaxation divides, those nearest to a half first.
    private func undecided(_ values: [Double], of node: Node) -> [Int] {
        var found: [(distance: Double, column: Int)] = []
        for column in values.indices where node.columns[column] == .free {
            let value = values[column]
            if value > 1e-6, value < 1 - 1e-6 { found.append((abs(value - 0.5), column)) }
        }
        found.sort { $0.distance != $1.distance ? $0.distance < $1.distance : $0.column < $1.column }
        return found.map(\.column)
    }

    /// What deciding one column would do: the relaxation's cost after some
    /// iterations, and the bound its prices prove.
    private mutating func look(
        at column: Int, _ state: ColumnState, of node: Node, from basis: LinearProgram.Basis
    ) throws(PlacementFailure) -> (cost: Double, bound: Double) {
        var child = node
        child.columns[column] = state
        confine(to: child)
        linear.restore(basis)
        try linear.solve(maxIterations: 25)
        return (linear.objective, program.safeBound(prices(at: child).bound))
    }

    private mutating func branch(_ node: Node, on column: Int?) {
        guard let column else {
            takeDecided(node)
            return
        }
        var child = node
        child.columns[column] = .out
        open.append(child)
        child.columns[column] = .into
        open.append(child)
    }

    /// All columns are decided: the node is one cover, or none.
    private mutating func takeDecided(_ node: Node) {
        let columns = node.columns.indices.filter { node.columns[$0] == .into }.map { Int32($0) }
        var cover = CoveringCover(program)
        for column in columns { cover.add(Int(column)) }
        let cost = program.cost(of: columns)
        guard cover.openRows == 0, cost <= wanted, program.keepsSide(columns) else { return }
        best = columns
        value = cost
        wanted = min(wanted, program.better(than: cost))
        watch.tell(value: value, bound: bound)
    }
}
