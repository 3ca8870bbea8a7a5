import CCbc

/// A linear program of which some columns take whole numbers only, solved once
/// by the branch and cut of CBC: least cost within bounds on columns and rows.
///
/// For programs of some hundred to some ten thousand columns. Infinite bounds
/// are `±.infinity`.
struct IntegerProgram {
    /// What a search found.
    struct Answer: Sendable {
        /// How a search ended.
        enum Status: Sendable, Hashable {
            /// Nothing costs less, up to the gap of CBC (1e-10) or the one asked for.
            case optimal
            /// No values are within all bounds, or, with a `cutoff`, none that cost less.
            case infeasible
            /// Work or time were used up, or the control ended it.
            case limit
        }
        /// How it ended.
        var status: Status
        /// The cost of the best values; `nil` where there are none.
        var value: Double?
        /// Nothing costs less: infinite where it is infeasible, `-.infinity`
        /// where nothing is known.
        var bound: Double
        /// The best values, whole numbers exact; empty where there are none.
        var columnValues: [Double]
        /// How many nodes the tree had.
        var nodes: Int
    }

    private var columnLower: [Double] = []
    private var columnUpper: [Double] = []
    private var costs: [Double] = []
    private var isInteger: [Bool] = []
    private var rowLower: [Double] = []
    private var rowUpper: [Double] = []
    private var rowStarts: [Int] = [0]
    private var entryColumns: [Int32] = []
    private var entryValues: [Double] = []

    /// How many columns there are.
    var columnCount: Int { costs.count }
    /// How many rows there are.
    var rowCount: Int { rowLower.count }

    /// Makes an empty program.
    init() {}

    /// Adds a column.
    ///
    /// - Returns: its number.
    @discardableResult
    mutating func addColumn(lower: Double, upper: Double, cost: Double, isInteger: Bool) -> Int {
        columnLower.append(COINLibrary.finite(lower))
        columnUpper.append(COINLibrary.finite(upper))
        costs.append(cost)
        self.isInteger.append(isInteger)
        return costs.count - 1
    }

    /// Adds an entry to the row that `endRow` closes next.
    mutating func add(_ column: Int, _ value: Double) {
        precondition(0 <= column && column < columnCount, "a column that is there")
        entryColumns.append(Int32(column))
        entryValues.append(value)
    }

    /// Closes the row of the entries added since the last one was closed:
    /// `lower ≤ Σ values · columns ≤ upper`.
    mutating func endRow(lower: Double, upper: Double) {
        rowStarts.append(entryColumns.count)
        rowLower.append(COINLibrary.finite(lower))
        rowUpper.append(COINLibrary.finite(upper))
    }

    /// Sets the bounds of a column.
    mutating func setBounds(_ column: Int, _ lower: Double, _ upper: Double) {
        columnLower[column] = COINLibrary.finite(lower)
        columnUpper[column] = COINLibrary.finite(upper)
    }

    /// The columns that take whole numbers only.
    var integerColumns: [Int] { isInteger.indices.filter { isInteger[$0] } }

    /// The bounds of all columns.
    var columnBounds: (lower: [Double], upper: [Double]) { (columnLower, columnUpper) }

    /// The bound of its relaxation that any prices prove.
    var safeBound: SafeBound { SafeBound(costs: costs, rows: rows) }

    private var rows: LinearProgram.Rows {
        var rows = LinearProgram.Rows()
        for row in 0..<rowCount {
            for entry in rowStarts[row]..<rowStarts[row + 1] { rows.add(entryColumns[entry], entryValues[entry]) }
            rows.end(lower: rowLower[row], upper: rowUpper[row])
        }
        return rows
    }

    /// The same program with columns that may take any number.
    func relaxation() throws(PlacementFailure) -> LinearProgram {
        let linear = try LinearProgram()
        try linear.addColumns(lower: columnLower, upper: columnUpper, costs: costs)
        try linear.addRows(rows)
        return linear
    }

    /// Searches for the least cost.
    ///
    /// CBC runs on this thread alone and from one seed: the same program and the
    /// same limit in work give the same answer. A time limit does not.
    ///
    /// - Parameters:
    ///   - control: its gap, its limits and its end hold; the nodes count as
    ///     work. It is asked at every round of cuts.
    ///   - cutoff: only values that cost less are of use.
    /// - Returns: the best values, what they cost, and what nothing costs less than.
    /// - Throws: `PlacementFailure.solver` where CBC cannot be opened or gives up.
    func solve(control: PlacementControl, cutoff: Double? = nil) throws(PlacementFailure) -> Answer {
        let nothing = Answer(status: .limit, value: nil, bound: -.infinity, columnValues: [], nodes: 0)
        if control.end != nil { return nothing }
        let model = try COINLibrary.make { Cbc_newModel() }
        defer { Cbc_deleteModel(model) }
        load(into: model)
        for (name, value) in parameters(control, cutoff: cutoff) { Cbc_setParameter(model, name, value) }
        try COINLibrary.check()
        let owner = Unmanaged.passUnretained(control).toOpaque()
        let isEnded = louyu_cbc_solve(
            model,
            { owner in
                guard let owner else { return 0 }
                return Unmanaged<PlacementControl>.fromOpaque(owner).takeUnretainedValue().end == nil ? 0 : 1
            }, owner)
        try COINLibrary.check()
        return try answer(of: model, isEnded: isEnded != 0, control)
    }

    /// CBC takes columns, one after the other.
    private func load(into model: UnsafeMutableRawPointer) {
        var starts = [CoinBigIndex](repeating: 0, count: columnCount + 1)
        for column in entryColumns { starts[Int(column) + 1] += 1 }
        for column in 0..<columnCount { starts[column + 1] += starts[column] }
        var next = starts
        var rows = [Int32](repeating: 0, count: entryColumns.count)
        var values = [Double](repeating: 0, count: entryColumns.count)
        for row in 0..<rowCount {
            for entry in rowStarts[row]..<rowStarts[row + 1] {
                let column = Int(entryColumns[entry])
                let place = Int(next[column])
                rows[place] = Int32(row)
                values[place] = entryValues[entry]
                next[column] += 1
            }
        }
        Cbc_loadProblem(
            model, Int32(columnCount), Int32(rowCount), starts, rows, values, columnLower, columnUpper, costs,
            rowLower, rowUpper)
        for column in 0..<columnCount where isInteger[column] { Cbc_setInteger(model, Int32(column)) }
    }

    private func parameters(_ control: PlacementControl, cutoff: Double?) -> [(String, String)] {
        var parameters = [
            ("log", "0"),  // CBC would print to standard output
            ("randomCbcSeed", String(control.seed & 0xFFFF + 1)),
            ("ratioGap", String(max(control.gap, 1e-12))),
            ("allowableGap", "1e-10"),
        ]
        if let seconds = control.secondsLeft {
            parameters += [("timeMode", "elapsed"), ("seconds", String(max(seconds, 0.01)))]
        }
        if let work = control.workLeft { parameters.append(("maxNodes", String(max(work, 1)))) }
        if let cutoff { parameters.append(("cutoff", String(cutoff))) }
        return parameters
    }

    private func answer(
        of model: UnsafeMutableRawPointer, isEnded: Bool, _ control: PlacementControl
    ) throws(PlacementFailure) -> Answer {
        let nodes = Int(Cbc_getNodeCount(model))
        control.add(work: max(nodes, 1))
        var answer = Answer(status: .limit, value: nil, bound: -.infinity, columnValues: [], nodes: nodes)
        if let best = Cbc_bestSolution(model) {
            answer.columnValues = (0..<columnCount).map { isInteger[$0] ? best[$0].rounded() : best[$0] }
            answer.value = Cbc_getObjValue(model)
        }
        if isEnded { return answer }
        switch (Cbc_status(model), Cbc_secondaryStatus(model)) {
        case (0, _) where Cbc_isProvenInfeasible(model) != 0:
            answer.status = .infeasible
            answer.bound = .infinity
        case (0, _) where answer.value != nil:
            answer.status = .optimal
            answer.bound = Cbc_getBestPossibleObjValue(model)
        case (1, _): answer.bound = Cbc_getBestPossibleObjValue(model)
        default: throw .solver("CBC: status \(Cbc_status(model)), \(Cbc_secondaryStatus(model))")
        }
        return answer
    }
}
