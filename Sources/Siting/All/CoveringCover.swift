/// A choice of columns of a covering program, and how often every row is covered.
struct CoveringCover {
    let program: CoveringProgram
    /// Whether each column is chosen.
    private(set) var isChosen: [Bool]
    /// How many columns of each row are chosen.
    private(set) var counts: [Int32]
    /// How many rows have fewer than they need.
    private(set) var openRows: Int

    init(_ program: CoveringProgram) {
        self.program = program
        isChosen = [Bool](repeating: false, count: program.columnCount)
        counts = [Int32](repeating: 0, count: program.rowCount)
        openRows = program.rowCount
    }

    /// The chosen columns, ascending.
    var columns: [Int32] { isChosen.indices.lazy.filter { isChosen[$0] }.map { Int32($0) } }

    mutating func add(_ column: Int) {
        isChosen[column] = true
        for place in program.rows(of: column) {
            let row = Int(program.columnRows[place])
            counts[row] += 1
            if counts[row] == program.needs[row] { openRows -= 1 }
        }
    }

    mutating func remove(_ column: Int) {
        isChosen[column] = false
        for place in program.rows(of: column) {
            let row = Int(program.columnRows[place])
            if counts[row] == program.needs[row] { openRows += 1 }
            counts[row] -= 1
        }
    }

    /// Adds columns until every row has what it needs, each time the one whose
    /// open rows weigh most for its price (Chvátal 1979).
    ///
    /// - Parameters:
    ///   - prices: of the columns; those that are negative come first.
    ///   - rowWeights: of the rows.
    mutating func complete(prices: [Double], rowWeights: [Double]) {
        var gains = [Double](repeating: 0, count: program.columnCount)
        for column in gains.indices where !isChosen[column] {
            for place in program.rows(of: column) {
                let row = Int(program.columnRows[place])
                if counts[row] < program.needs[row] { gains[column] += rowWeights[row] }
            }
        }
        while openRows > 0 {
            var best = -1
            var bestScore = -Double.infinity
            for column in gains.indices where !isChosen[column] && gains[column] > 1e-9 {
                let price = prices[column]
                let score = price > 1e-9 ? gains[column] / price : 1e12 - price * gains[column]
                if score > bestScore { (best, bestScore) = (column, score) }
            }
            guard best >= 0 else { return }
            add(best)
            for place in program.rows(of: best) {
                let row = Int(program.columnRows[place])
                if counts[row] != program.needs[row] { continue }
                for entry in program.columns(of: row) { gains[Int(program.rowColumns[entry])] -= rowWeights[row] }
            }
        }
    }

    /// Removes columns that no row misses, the dear ones first.
    mutating func dropRedundant() {
        let order = columns.sorted { a, b in
            let (costA, costB) = (program.costs[Int(a)], program.costs[Int(b)])
            if costA != costB { return costA > costB }
            let (sizeA, sizeB) = (program.rows(of: Int(a)).count, program.rows(of: Int(b)).count)
            return sizeA != sizeB ? sizeA < sizeB : a > b
        }
        for column in order where isRedundant(Int(column)) { remove(Int(column)) }
    }

    private func isRedundant(_ column: Int) -> Bool {
        for place in program.rows(of: column) {
            let row = Int(program.columnRows[place])
            if counts[row] <= program.needs[row] { return false }
        }
        return true
    }
}
