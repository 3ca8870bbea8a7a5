/// What no values of a program cost less than, whatever prices its rows have.
///
/// The simplex method stops where it is optimal up to its tolerances, so that
/// its own objective proves nothing. Any prices of rows do, where all columns are
/// bounded: each column takes the bound at which it costs less, and what rounding
/// can have done is taken off (Neumaier and Shcherbina, "Safe bounds in linear and
/// mixed-integer linear programming", 2004, doi:10.1007/s10107-003-0433-3).
struct SafeBound {
    private let costs: [Double]
    private var rows: LinearProgram.Rows
    /// The costs less what the rows pay, at the prices last asked for.
    private(set) var reduced: [Double]
    /// The size of what each of them is the sum of, and of how many terms.
    private var sizes: [Double]
    private var counts: [Double]

    /// Takes a program over; rows may be added.
    init(costs: [Double], rows: LinearProgram.Rows) {
        self.costs = costs
        self.rows = rows
        reduced = costs
        sizes = costs
        counts = costs
    }

    /// Adds rows behind those that are there.
    mutating func add(_ more: LinearProgram.Rows) { rows.append(more) }

    /// The bound that prices prove for columns within bounds.
    ///
    /// - Parameters:
    ///   - duals: the price of every row, or of the first ones; those of the wrong
    ///     sign count as 0.
    ///   - lower: the least value of every column.
    ///   - upper: the greatest.
    /// - Returns: what no values within bounds and rows cost less than;
    ///   `-.infinity` where the prices prove nothing.
    /// - Complexity: O(n) for n entries.
    mutating func callAsFunction(duals: [Double], lower: [Double], upper: [Double]) -> Double {
        for column in costs.indices {
            reduced[column] = costs[column]
            sizes[column] = abs(costs[column])
            counts[column] = 2
        }
        var (sum, rest, size) = (0.0, 0.0, 0.0)
        /// Sums up with what rounding loses kept apart.
        func add(_ term: Double) {
            let next = sum + term
            rest += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
            sum = next
            size += abs(term)
        }
        for row in duals.indices where duals[row] != 0 {
            let bound = duals[row] > 0 ? rows.lower[row] : rows.upper[row]
            guard abs(bound) < .greatestFiniteMagnitude, duals[row].isFinite else { continue }
            add(duals[row] * bound)
            for entry in Int(rows.starts[row])..<Int(rows.starts[row + 1]) {
                let product = duals[row] * rows.values[entry]
                let column = Int(rows.columns[entry])
                reduced[column] -= product
                sizes[column] += abs(product)
                counts[column] += 1
            }
        }
        for column in costs.indices {
            add(min(reduced[column] * lower[column], reduced[column] * upper[column]))
            size += counts[column] * sizes[column] * max(abs(lower[column]), abs(upper[column]))
        }
        // An ulp of one is twice what rounding a term can do.
        let bound = sum + rest - size * .ulpOfOne
        return bound.isNaN ? -.infinity : bound
    }
}
