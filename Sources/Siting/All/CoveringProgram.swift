/// A set covering program: the columns of least cost such that every row has
/// as many of its columns as it needs (set multicovering where it needs more
/// than one), optionally with a limit on a second cost.
///
/// Rows and columns are held both ways round in flat arrays, ascending.
struct CoveringProgram {
    /// What a column costs, not below 0.
    let costs: [Double]
    /// The second cost of every column, not below 0; empty where there is none.
    let sideCosts: [Double]
    /// What the second cost may come to.
    let sideLimit: Double
    /// Where the columns of every row begin, and where those of the last end.
    let rowStarts: [Int]
    /// The columns of all rows.
    let rowColumns: [Int32]
    /// How many of its columns every row needs, at least 1.
    let needs: [Int32]
    /// Where the rows of every column begin, and where those of the last end.
    let columnStarts: [Int]
    /// The rows of all columns.
    let columnRows: [Int32]

    var rowCount: Int { needs.count }
    var columnCount: Int { costs.count }
    var hasSide: Bool { !sideCosts.isEmpty }
    /// Whether all covers cost a whole number.
    let isIntegral: Bool

    init(
        costs: [Double], sideCosts: [Double] = [], sideLimit: Double = .infinity, rowStarts: [Int],
        rowColumns: [Int32], needs: [Int32]
    ) {
        self.costs = costs
        self.sideCosts = sideCosts
        self.sideLimit = sideLimit
        self.rowStarts = rowStarts
        self.rowColumns = rowColumns
        self.needs = needs
        isIntegral = costs.allSatisfy { $0.rounded() == $0 && $0 < 1e9 }

        var starts = [Int](repeating: 0, count: costs.count + 1)
        for column in rowColumns { starts[Int(column) + 1] += 1 }
        for column in 0..<costs.count { starts[column + 1] += starts[column] }
        columnStarts = starts
        var rows = [Int32](repeating: 0, count: rowColumns.count)
        for row in needs.indices {
            for entry in rowStarts[row]..<rowStarts[row + 1] {
                let column = Int(rowColumns[entry])
                rows[starts[column]] = Int32(truncatingIfNeeded: row)
                starts[column] += 1
            }
        }
        columnRows = rows
    }

    /// Where the columns of a row stand.
    @inline(__always)
    func columns(of row: Int) -> Range<Int> { rowStarts[row]..<rowStarts[row + 1] }

    /// Where the rows of a column stand.
    @inline(__always)
    func rows(of column: Int) -> Range<Int> { columnStarts[column]..<columnStarts[column + 1] }

    /// What columns cost together, summed in the order they come in.
    func cost(of columns: [Int32]) -> Double { columns.reduce(0) { $0 + costs[Int($1)] } }

    /// Whether the second cost of columns keeps within its limit.
    func keepsSide(_ columns: [Int32]) -> Bool {
        !hasSide || columns.reduce(0) { $0 + sideCosts[Int($1)] } <= sideLimit
    }

    /// The least cost that a cover can have that costs no less than this: whole
    /// numbers are rounded up, others give way by the error of a long sum.
    func safeBound(_ bound: Double) -> Double {
        isIntegral ? (bound - 1e-6).rounded(.up) : bound - 1e-10 * max(1, abs(bound))
    }

    /// The greatest cost that is better than `value`.
    func better(than value: Double) -> Double {
        guard value.isFinite else { return value }
        return isIntegral ? value - 1 : value - 1e-9 * max(1e-9, abs(value))
    }
}
