/// A price for every row of a covering program, and the bound it proves: the
/// Lagrangian relaxation of the rows (Beasley 1987; Caprara, Fischetti and Toth
/// 1999).
///
/// For any prices not below 0 the bound holds by its own arithmetic, wherever
/// they come from.
struct CoveringMultipliers {
    /// The price of every row, not below 0.
    private(set) var prices: [Double]
    /// The price of the second cost, not below 0.
    private(set) var sidePrice: Double
    /// What is left of every column's cost when its rows have paid.
    private(set) var reducedCosts: [Double]
    /// No cover costs less; not rounded.
    private(set) var bound: Double

    /// Prices that share every column's cost among its rows, the cheapest share
    /// of each row.
    init(_ program: CoveringProgram) {
        var prices = [Double](repeating: .infinity, count: program.rowCount)
        for column in 0..<program.columnCount {
            let rows = program.rows(of: column)
            if rows.isEmpty { continue }
            let share = program.costs[column] / Double(rows.count)
            for place in rows {
                let row = Int(program.columnRows[place])
                prices[row] = min(prices[row], share)
            }
        }
        for row in prices.indices where !prices[row].isFinite { prices[row] = 0 }
        self.init(program, prices: prices, sidePrice: 0)
    }

    /// Prices from elsewhere: negative ones count as 0. Every column is confined
    /// to `lower` and `upper`, to 0 and 1 if they are empty.
    init(
        _ program: CoveringProgram, prices: [Double], sidePrice: Double, lower: [Double] = [], upper: [Double] = []
    ) {
        self.prices = prices.map { max(0, $0) }
        self.sidePrice = program.hasSide ? max(0, sidePrice) : 0
        reducedCosts = program.costs
        bound = 0
        evaluate(program, lower: lower, upper: upper)
    }

    private mutating func evaluate(_ program: CoveringProgram, lower: [Double], upper: [Double]) {
        var sum = 0.0
        for row in prices.indices { sum += prices[row] * Double(program.needs[row]) }
        if program.hasSide, sidePrice > 0 { sum -= sidePrice * program.sideLimit }
        for column in 0..<program.columnCount {
            var cost = program.costs[column]
            if program.hasSide { cost += sidePrice * program.sideCosts[column] }
            for place in program.rows(of: column) { cost -= prices[Int(program.columnRows[place])] }
            reducedCosts[column] = cost
            if lower.isEmpty {
                sum += min(0, cost)
            } else {
                sum += min(cost * lower[column], cost * upper[column])
            }
        }
        bound = sum
    }

    /// Improves the bound by steps along a running mean of the relaxation's
    /// violations (the volume algorithm: Barahona and Anbil 2000).
    ///
    /// Ends after so many steps, as soon as the bound, made safe, is above
    /// `enough`, or where `watch`, asked every few steps, says `false`.
    mutating func improve(_ program: CoveringProgram, enough: Double, steps: Int, watch: () -> Bool) {
        var best = self
        var pace = StepPace(bound: bound)
        var violations = [Double](repeating: 0, count: program.rowCount)
        var mean = violations
        var sideMean = measure(program, into: &mean)
        for step in 1...max(1, steps) {
            var norm = sideMean * sideMean
            for row in mean.indices where mean[row] > 0 || best.prices[row] > 0 { norm += mean[row] * mean[row] }
            if norm < 1e-10 { break }
            let length = pace.length(from: best.bound, norm: norm)
            for row in mean.indices { prices[row] = max(0, best.prices[row] + length * mean[row]) }
            if program.hasSide { sidePrice = max(0, best.sidePrice + length * sideMean) }
            evaluate(program, lower: [], upper: [])
            let side = measure(program, into: &violations)
            var agreement = side * sideMean
            for row in mean.indices { agreement += violations[row] * mean[row] }
            let isBetter = bound > best.bound
            let weight = pace.take(bound, isBetter: isBetter, agreement: agreement)
            for row in mean.indices { mean[row] += weight * (violations[row] - mean[row]) }
            sideMean += weight * (side - sideMean)
            if isBetter { best = self }
            if pace.isSpent || program.safeBound(best.bound) > enough { break }
            if step % 16 == 0, !watch() { break }
        }
        self = best
    }

    /// How much every row lacks in the relaxation's answer; that of the second
    /// cost is returned.
    private func measure(_ program: CoveringProgram, into violations: inout [Double]) -> Double {
        for row in violations.indices { violations[row] = Double(program.needs[row]) }
        var side = 0.0
        for column in 0..<program.columnCount where reducedCosts[column] < 0 {
            for place in program.rows(of: column) { violations[Int(program.columnRows[place])] -= 1 }
            if program.hasSide { side += program.sideCosts[column] }
        }
        return program.hasSide ? side - program.sideLimit : 0
    }

    /// Columns that no cover up to `wanted` holds, and those all such covers hold.
    func fixings(_ program: CoveringProgram, wanted: Double) -> (out: [Bool], into: [Int32]) {
        var out = [Bool](repeating: false, count: program.columnCount)
        var into: [Int32] = []
        for column in 0..<program.columnCount {
            let reduced = reducedCosts[column]
            if reduced > 0, program.safeBound(bound + reduced) > wanted { out[column] = true }
            if reduced < 0, program.safeBound(bound - reduced) > wanted { into.append(Int32(column)) }
        }
        return (out, into)
    }
}
