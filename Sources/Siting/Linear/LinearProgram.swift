import CCbc

/// A linear program that is solved over and over: least cost within bounds on
/// columns and rows, by the dual simplex method of CLP, from the basis of the
/// solution before.
///
/// Bounds of columns may change between solutions, and rows and columns be
/// added; infinite bounds are `±.infinity`. One thread at a time. Every call checks its indices.
final class LinearProgram {
    /// How a solution ended.
    enum Status: Sendable, Hashable {
        /// The least cost is found.
        case optimal
        /// No values are within all bounds.
        case infeasible
        /// The cost has no least value.
        case unbounded
        /// The iterations are used up, or the control says to end.
        case limit
    }

    private let model: UnsafeMutableRawPointer
    /// How many columns there are; they are numbered from 0 in the order of their adding.
    private(set) var columnCount = 0
    /// How many rows there are; they are numbered from 0 in the order of their adding.
    private(set) var rowCount = 0
    private var elementCount = 0

    /// Makes an empty program.
    ///
    /// - Throws: `PlacementFailure.solver` where CLP cannot be opened.
    init() throws(PlacementFailure) {
        model = try COINLibrary.make { Clp_newModel() }
        Clp_setLogLevel(model, 0)
    }

    deinit { Clp_deleteModel(model) }

    // MARK: - Building

    /// Adds columns that stand in no row yet.
    ///
    /// - Returns: the number of the first one.
    @discardableResult
    func addColumns(lower: [Double], upper: [Double], costs: [Double]) throws(PlacementFailure) -> Int {
        precondition(lower.count == upper.count && lower.count == costs.count, "one bound and one cost a column")
        return try add(
            ColumnBatch(
                lower: lower, upper: upper, costs: costs,
                starts: Array(repeating: 0, count: lower.count + 1), rows: [], values: []))
    }

    /// Adds a column that stands in rows that are there.
    ///
    /// - Returns: its number.
    @discardableResult
    func addColumn(
        lower: Double, upper: Double, cost: Double, rows: [Int32] = [], values: [Double] = []
    ) throws(PlacementFailure) -> Int {
        precondition(rows.count == values.count, "one value an entry")
        precondition(rows.allSatisfy { 0 <= $0 && Int($0) < rowCount }, "a row that is there")
        return try add(
            ColumnBatch(
                lower: [lower], upper: [upper], costs: [cost], starts: [0, CoinBigIndex(rows.count)], rows: rows,
                values: values))
    }

    private struct ColumnBatch {
        var lower: [Double]
        var upper: [Double]
        var costs: [Double]
        var starts: [CoinBigIndex]
        var rows: [Int32]
        var values: [Double]
    }

    private func add(_ batch: ColumnBatch) throws(PlacementFailure) -> Int {
        let first = columnCount
        let lower = batch.lower.map(COINLibrary.finite)
        let upper = batch.upper.map(COINLibrary.finite)
        Clp_addColumns(
            model, Int32(batch.lower.count), lower, upper, batch.costs, batch.starts, batch.rows, batch.values)
        try COINLibrary.check()
        columnCount += batch.lower.count
        elementCount += batch.values.count
        return first
    }

    /// Rows that are added together: each `lower ≤ Σ values · columns ≤ upper`.
    struct Rows {
        /// Where every row begins, and where the last one ends.
        private(set) var starts: [CoinBigIndex] = [0]
        /// The columns of all rows.
        private(set) var columns: [Int32] = []
        /// Their values.
        private(set) var values: [Double] = []
        /// What every row is at least.
        private(set) var lower: [Double] = []
        /// What every row is at most.
        private(set) var upper: [Double] = []

        /// How many there are.
        var count: Int { lower.count }

        /// Adds an entry to the row that `end` closes next.
        mutating func add(_ column: Int32, _ value: Double) {
            columns.append(column)
            values.append(value)
        }

        /// Closes the row of the entries added since the last one was closed.
        mutating func end(lower: Double, upper: Double) {
            starts.append(CoinBigIndex(columns.count))
            self.lower.append(COINLibrary.finite(lower))
            self.upper.append(COINLibrary.finite(upper))
        }

        /// Adds rows behind these.
        mutating func append(_ more: Rows) {
            let first = CoinBigIndex(columns.count)
            starts += more.starts.dropFirst().map { first + $0 }
            columns += more.columns
            values += more.values
            lower += more.lower
            upper += more.upper
        }

        /// Adds a whole row.
        mutating func add(columns: [Int32], values: [Double], lower: Double, upper: Double) {
            precondition(columns.count == values.count, "one value an entry")
            self.columns += columns
            self.values += values
            end(lower: lower, upper: upper)
        }
    }

    /// Adds rows.
    ///
    /// - Returns: the number of the first one.
    @discardableResult
    func addRows(_ rows: Rows) throws(PlacementFailure) -> Int {
        precondition(Int(rows.starts[rows.count]) == rows.columns.count, "the last row is closed")
        precondition(rows.columns.allSatisfy { 0 <= $0 && Int($0) < columnCount }, "a column that is there")
        let first = rowCount
        guard rows.count > 0 else { return first }
        Clp_addRows(model, Int32(rows.count), rows.lower, rows.upper, rows.starts, rows.columns, rows.values)
        try COINLibrary.check()
        rowCount += rows.count
        elementCount += rows.columns.count
        return first
    }

    // MARK: - Changing

    /// Sets the bounds of a column.
    func setBounds(_ column: Int, _ lower: Double, _ upper: Double) {
        precondition(0 <= column && column < columnCount, "a column that is there")
        Clp_columnLower(model)[column] = COINLibrary.finite(lower)
        Clp_columnUpper(model)[column] = COINLibrary.finite(upper)
    }

    // MARK: - Solving

    /// Finds the least cost, from the last basis.
    ///
    /// - Parameters:
    ///   - maxIterations: ends as `limit` after so many iterations.
    ///   - control: asked now and then; the solution ends as `limit` where it says so.
    /// - Returns: how it ended.
    /// - Throws: `PlacementFailure.solver` where CLP gives up.
    @discardableResult
    func solve(maxIterations: Int? = nil, control: PlacementControl? = nil) throws(PlacementFailure) -> Status {
        var left = maxIterations ?? Int(Int32.max)
        let slice = control == nil ? Int(Int32.max) : iterationsBetweenQuestions
        var attempts = 0
        while true {
            if left <= 0 || control?.end != nil { return .limit }
            Clp_setMaximumIterations(model, Int32(min(left, slice)))
            // The primal method is slower here, but gets along where the dual one does not.
            _ = attempts == 0 ? Clp_dual(model, 0) : Clp_primal(model, 0)
            try COINLibrary.check()
            let iterations = Int(Clp_numberIterations(model))
            left -= max(iterations, 1)
            switch (Clp_status(model), Clp_secondaryStatus(model)) {
            // Scaled, it is optimal; as it is written, it is not.
            case (0, 2...4) where attempts == 0: attempts += 1
            case (0, _): return .optimal
            // Likely, but not proved.
            case (1, 1) where attempts == 0: attempts += 1
            case (1, _): return .infeasible
            case (2, _): return .unbounded
            case (3, _): continue
            default:
                attempts += 1
                if attempts > 2 { throw .solver("CLP: status \(Clp_status(model))") }
            }
        }
    }

    /// Iterations that take about a tenth of a second: a count and not a time,
    /// so that every run takes the same way.
    private var iterationsBetweenQuestions: Int {
        max(50, min(5_000, 200_000_000 / (20 * (rowCount + columnCount) + 4 * elementCount + 1)))
    }

    // MARK: - The solution

    /// The cost.
    var objective: Double { Clp_objectiveValue(model) }

    /// The values of all columns.
    var columnValues: [Double] { Array(columnValueBuffer) }

    /// The values of all columns, until the program changes.
    var columnValueBuffer: UnsafeBufferPointer<Double> {
        UnsafeBufferPointer(start: Clp_primalColumnSolution(model), count: columnCount)
    }

    /// What one more unit of a row's bound adds to the cost: not below 0 where
    /// the lower bound holds, not above 0 where the upper one does, 0 where
    /// neither does.
    var rowDuals: [Double] {
        Array(UnsafeBufferPointer(start: Clp_dualRowSolution(model), count: rowCount))
    }

    // MARK: - The basis

    /// Which columns and rows are basic, and at which bound the others are: a
    /// byte for each. What a tree keeps of a node.
    struct Basis: Sendable, Hashable {
        fileprivate var columns: [UInt8]
        fileprivate var rows: [UInt8]
    }

    private enum BasisStatus {
        static let basic: UInt8 = 1
        static let atLowerBound: UInt8 = 3
    }

    /// The basis of the last solution; before one, that of all rows.
    var basis: Basis {
        guard Clp_statusExists(model) != 0, let statuses = Clp_statusArray(model) else {
            return Basis(
                columns: Array(repeating: BasisStatus.atLowerBound, count: columnCount),
                rows: Array(repeating: BasisStatus.basic, count: rowCount))
        }
        return Basis(
            columns: Array(UnsafeBufferPointer(start: statuses, count: columnCount)),
            rows: Array(UnsafeBufferPointer(start: statuses + columnCount, count: rowCount)))
    }

    /// Goes back to a basis. Columns and rows added since are at their lower
    /// bound and basic.
    func restore(_ basis: Basis) {
        precondition(basis.columns.count <= columnCount && basis.rows.count <= rowCount, "no more than there are")
        var statuses = basis.columns
        statuses += repeatElement(BasisStatus.atLowerBound, count: columnCount - basis.columns.count)
        statuses += basis.rows
        statuses += repeatElement(BasisStatus.basic, count: rowCount - basis.rows.count)
        Clp_copyinStatus(model, statuses)
    }
}
