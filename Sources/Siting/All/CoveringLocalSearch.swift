/// Looks for cheaper covers by weighting rows: a column is taken away, one is
/// added that a row misses, and rows that stay open grow heavier (Gao, Weise
/// and Li 2015).
struct CoveringLocalSearch {
    private let program: CoveringProgram
    private var cover: CoveringCover
    private var rowWeights: [Double]
    /// Of a chosen column the weight of the rows that would miss it, of another
    /// one the weight of the open rows it would serve.
    private var scores: [Double]
    /// Whether something around a column has changed since it was removed.
    private var mayReturn: [Bool]
    private var movedAt: [Int]
    private var openRows: [Int32] = []
    private var placeOfOpenRow: [Int32]
    private var random: UInt64

    init(_ program: CoveringProgram, from columns: [Int32], seed: UInt64) {
        self.program = program
        cover = CoveringCover(program)
        rowWeights = [Double](repeating: 1, count: program.rowCount)
        scores = [Double](repeating: 0, count: program.columnCount)
        mayReturn = [Bool](repeating: true, count: program.columnCount)
        movedAt = [Int](repeating: 0, count: program.columnCount)
        placeOfOpenRow = [Int32](repeating: -1, count: program.rowCount)
        random = seed &* 0x9e37_79b9_7f4a_7c15 | 1
        for row in 0..<program.rowCount { open(row) }
        for column in 0..<program.columnCount { scores[column] = Double(program.rows(of: column).count) }
        for column in columns { add(Int(column)) }
    }

    /// Searches for a cover better than `value`, down to `enough`.
    ///
    /// Ends after so many exchanges, or where `watch`, asked every few of them,
    /// says `false`.
    ///
    /// - Returns: the best cover found, if one is better.
    mutating func run(value: Double, enough: Double, steps: Int, watch: () -> Bool) -> [Int32]? {
        var best: [Int32]?
        var wanted = program.better(than: value)
        var cost = program.cost(of: cover.columns)
        for step in 1...max(1, steps) {
            while openRows.isEmpty || cost > wanted {
                if openRows.isEmpty, cost <= wanted {
                    let found = cover.columns
                    // Summed as everywhere, whatever the order of moves was.
                    cost = program.cost(of: found)
                    if program.keepsSide(found) { best = found }
                    wanted = program.better(than: cost)
                    if best != nil, cost <= enough { return best }
                }
                guard let column = leastMissed(besides: -1) else { return best }
                remove(column)
                cost -= program.costs[column]
                movedAt[column] = step
            }
            exchange(step: step, wanted: wanted, cost: &cost)
            if step % 256 == 0, !watch() { break }
        }
        return best
    }

    /// Serves an open row, and takes away what is too dear then.
    private mutating func exchange(step: Int, wanted: Double, cost: inout Double) {
        let row = Int(openRows[Int(nextRandom() % UInt64(openRows.count))])
        var best = -1
        for entry in program.columns(of: row) {
            let column = Int(program.rowColumns[entry])
            if cover.isChosen[column] || !mayReturn[column] { continue }
            if best < 0 || isBetter(column, best) { best = column }
        }
        guard best >= 0 else {
            weighOpenRows()
            return
        }
        add(best)
        cost += program.costs[best]
        movedAt[best] = step
        while cost > wanted, let column = leastMissed(besides: best) {
            remove(column)
            cost -= program.costs[column]
            movedAt[column] = step
        }
        weighOpenRows()
    }

    private func isBetter(_ a: Int, _ b: Int) -> Bool {
        let (left, right) = (scores[a] * program.costs[b], scores[b] * program.costs[a])
        return left != right ? left > right : movedAt[a] < movedAt[b]
    }

    private func leastMissed(besides kept: Int) -> Int? {
        var best = -1
        for column in cover.isChosen.indices where cover.isChosen[column] && column != kept {
            if best < 0 {
                best = column
                continue
            }
            let left = scores[column] * program.costs[best]
            let right = scores[best] * program.costs[column]
            if left < right || left == right && movedAt[column] < movedAt[best] { best = column }
        }
        return best < 0 ? nil : best
    }

    private mutating func weighOpenRows() {
        for row in openRows {
            rowWeights[Int(row)] += 1
            for entry in program.columns(of: Int(row)) {
                scores[Int(program.rowColumns[entry])] += 1
            }
        }
    }

    private mutating func add(_ column: Int) {
        for place in program.rows(of: column) {
            let row = Int(program.columnRows[place])
            let (count, need) = (cover.counts[row], program.needs[row])
            if count + 1 == need {
                close(row)
                shift(row, by: -rowWeights[row], chosen: false, besides: column)
            } else if count == need {
                shift(row, by: -rowWeights[row], chosen: true, besides: column)
            }
        }
        cover.add(column)
    }

    private mutating func remove(_ column: Int) {
        cover.remove(column)
        mayReturn[column] = false
        for place in program.rows(of: column) {
            let row = Int(program.columnRows[place])
            let (count, need) = (cover.counts[row], program.needs[row])
            if count + 1 == need {
                open(row)
                shift(row, by: rowWeights[row], chosen: false, besides: column)
            } else if count == need {
                shift(row, by: rowWeights[row], chosen: true, besides: column)
            }
        }
    }

    private mutating func shift(_ row: Int, by weight: Double, chosen: Bool, besides column: Int) {
        for entry in program.columns(of: row) {
            let other = Int(program.rowColumns[entry])
            if other == column { continue }
            mayReturn[other] = true
            if cover.isChosen[other] == chosen { scores[other] += weight }
        }
    }

    private mutating func open(_ row: Int) {
        placeOfOpenRow[row] = Int32(openRows.count)
        openRows.append(Int32(row))
    }

    private mutating func close(_ row: Int) {
        let place = Int(placeOfOpenRow[row])
        let last = openRows[openRows.count - 1]
        openRows[place] = last
        placeOfOpenRow[Int(last)] = Int32(place)
        openRows.removeLast()
        placeOfOpenRow[row] = -1
    }

    private mutating func nextRandom() -> UInt64 {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return random >> 11
    }
}
