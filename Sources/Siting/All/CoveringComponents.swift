/// The parts of a covering program that share no row.
enum CoveringComponents {
    /// Takes a program apart; one with a second cost stays whole, for its limit
    /// holds for all parts together.
    /// `names` say what the columns are called outside.
    static func parts(of program: CoveringProgram, names: [Int32]) -> [CoveringPart] {
        if program.rowCount == 0 { return [] }
        if program.hasSide { return [CoveringPart(program, names: names)] }
        let roots = roots(of: program)
        let columns = Dictionary(grouping: 0..<program.columnCount) { roots[$0] }
        let rows = Dictionary(grouping: 0..<program.rowCount) { row in
            roots[Int(program.rowColumns[program.rowStarts[row]])]
        }
        if rows.count == 1 { return [CoveringPart(program, names: names)] }
        // Small ones first: they are soon decided, and leave the others their share.
        let order = rows.keys.sorted { a, b in
            let (sizeA, sizeB) = (rows[a]?.count ?? 0, rows[b]?.count ?? 0)
            return sizeA != sizeB ? sizeA < sizeB : a < b
        }
        return order.map { part(of: program, names: names, columns: columns[$0] ?? [], rows: rows[$0] ?? []) }
    }

    private static func part(
        of program: CoveringProgram, names: [Int32], columns: [Int], rows: [Int]
    ) -> CoveringPart {
        var place = [Int: Int32](minimumCapacity: columns.count)
        for (number, column) in columns.enumerated() { place[column] = Int32(number) }
        var starts = [0]
        var entries: [Int32] = []
        for row in rows {
            for entry in program.columns(of: row) {
                if let column = place[Int(program.rowColumns[entry])] { entries.append(column) }
            }
            starts.append(entries.count)
        }
        let alone = CoveringProgram(
            costs: columns.map { program.costs[$0] }, rowStarts: starts, rowColumns: entries,
            needs: rows.map { program.needs[$0] })
        return CoveringPart(alone, names: columns.map { names[$0] })
    }

    /// The least column of every column's part.
    private static func roots(of program: CoveringProgram) -> [Int] {
        var parents = Array(0..<program.columnCount)
        func root(_ column: Int) -> Int {
            var column = column
            while parents[column] != column {
                parents[column] = parents[parents[column]]
                column = parents[column]
            }
            return column
        }
        for row in 0..<program.rowCount {
            let entries = program.columns(of: row)
            guard let first = entries.first else { continue }
            for entry in entries.dropFirst() {
                let (a, b) = (root(Int(program.rowColumns[first])), root(Int(program.rowColumns[entry])))
                if a != b { parents[max(a, b)] = min(a, b) }
            }
        }
        return parents.indices.map(root)
    }
}
