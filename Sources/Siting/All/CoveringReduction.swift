/// Makes a covering program smaller and keeps a best cover: rows that another
/// row implies and columns that another column replaces are dropped, columns
/// that every cover holds are chosen, again and again until nothing moves
/// (Toregas and ReVelle 1973; Beasley 1987).
struct CoveringReduction {
    /// The columns that are chosen already, as in the program given.
    private(set) var chosen: [Int32] = []
    /// A row, as in the program given, that cannot have the columns it needs.
    private(set) var hopelessRow: Int?
    /// What is left: live columns and rows.
    private var names: [Int32]
    private var rowNames: [Int32]
    private var costs: [Double]
    private var sideCosts: [Double]
    private var sideLimit: Double
    private var rowStarts: [Int]
    private var rowColumns: [Int32]
    private var needs: [Int32]

    /// Takes a program over.
    init(_ program: CoveringProgram) {
        names = (0..<Int32(program.columnCount)).map { $0 }
        rowNames = (0..<Int32(program.rowCount)).map { $0 }
        costs = program.costs
        sideCosts = program.sideCosts
        sideLimit = program.sideLimit
        rowStarts = program.rowStarts
        rowColumns = program.rowColumns
        needs = program.needs
    }

    /// What is left, and what its columns are called in the program given.
    func rest() -> (program: CoveringProgram, names: [Int32]) {
        let program = CoveringProgram(
            costs: costs, sideCosts: sideCosts, sideLimit: sideLimit, rowStarts: rowStarts, rowColumns: rowColumns,
            needs: needs)
        return (program, names)
    }

    /// What the rows that are left are called in the program given.
    var restRows: [Int] { rowNames.map { Int($0) } }

    /// Whether the columns chosen leave something of the second cost's limit.
    var keepsSide: Bool { sideLimit >= 0 }

    /// Drops some columns and chooses others, whatever the rows say. Only before
    /// anything else.
    mutating func decide(out: [Bool], into: [Int32]) {
        var isTaken = [Bool](repeating: false, count: names.count)
        for column in into { isTaken[Int(column)] = true }
        take(isTaken, dropping: out)
    }

    /// Reduces until nothing moves.
    mutating func run() {
        takeFreeColumns()
        while hopelessRow == nil, !needs.isEmpty {
            dropImpliedRows()
            let tookSome = takeForcedColumns()
            guard hopelessRow == nil, !needs.isEmpty else { break }
            let droppedSome = dropReplacedColumns()
            if !droppedSome, !tookSome { break }
        }
        if needs.isEmpty { keepColumns([Bool](repeating: false, count: names.count)) }
    }

    // MARK: - Columns that are chosen

    private mutating func takeFreeColumns() {
        var isFree = [Bool](repeating: false, count: names.count)
        for column in rowColumns.lazy.map({ Int($0) }) where costs[column] == 0 {
            isFree[column] = sideCosts.isEmpty || sideCosts[column] == 0
        }
        if isFree.contains(true) { take(isFree) }
    }

    /// Chooses the columns of rows that have no more than they need.
    private mutating func takeForcedColumns() -> Bool {
        var tookSome = false
        while hopelessRow == nil {
            var isTaken = [Bool](repeating: false, count: names.count)
            var found = false
            for row in needs.indices {
                let size = rowStarts[row + 1] - rowStarts[row]
                if size < Int(needs[row]) { hopelessRow = Int(rowNames[row]) }
                if size != Int(needs[row]) { continue }
                found = true
                for entry in rowStarts[row]..<rowStarts[row + 1] { isTaken[Int(rowColumns[entry])] = true }
            }
            guard found, hopelessRow == nil else { break }
            take(isTaken)
            tookSome = true
        }
        return tookSome
    }

    private mutating func take(_ isTaken: [Bool], dropping isDropped: [Bool] = []) {
        for column in isTaken.indices where isTaken[column] {
            chosen.append(names[column])
            if !sideCosts.isEmpty { sideLimit -= sideCosts[column] }
        }
        for row in needs.indices {
            for entry in rowStarts[row]..<rowStarts[row + 1] where isTaken[Int(rowColumns[entry])] { needs[row] -= 1 }
        }
        keepRows(needs.map { $0 > 0 })
        keepColumns(isTaken.indices.map { !isTaken[$0] && (isDropped.isEmpty || !isDropped[$0]) })
    }

    // MARK: - Rows that others imply

    /// Drops every row whose columns hold all those of another row that needs
    /// no less. Rows come by size, so only the least ones ever stay; each of
    /// them waits at its rarest column, where a greater one must come by.
    private mutating func dropImpliedRows() {
        var frequency = [Int32](repeating: 0, count: names.count)
        for column in rowColumns { frequency[Int(column)] += 1 }
        var first = [Int32](repeating: -1, count: names.count)
        var next = [Int32](repeating: -1, count: needs.count)
        var stamp = [Int32](repeating: -1, count: names.count)
        var stays = [Bool](repeating: false, count: needs.count)
        for row in rowsBySize() {
            let entries = rowStarts[row]..<rowStarts[row + 1]
            let mark = Int32(truncatingIfNeeded: row)
            for entry in entries { stamp[Int(rowColumns[entry])] = mark }
            if isImplied(row, stamp: stamp, first: first, next: next) { continue }
            stays[row] = true
            var rarest = -1
            for entry in entries {
                let column = Int(rowColumns[entry])
                if rarest < 0 || frequency[column] < frequency[rarest] { rarest = column }
            }
            guard rarest >= 0 else { continue }
            next[row] = first[rarest]
            first[rarest] = mark
        }
        keepRows(stays)
    }

    private func isImplied(_ row: Int, stamp: [Int32], first: [Int32], next: [Int32]) -> Bool {
        let mark = Int32(truncatingIfNeeded: row)
        for entry in rowStarts[row]..<rowStarts[row + 1] {
            var other = Int(first[Int(rowColumns[entry])])
            search: while other >= 0 {
                let candidate = other
                other = Int(next[other])
                if needs[candidate] < needs[row] { continue }
                for entry in rowStarts[candidate]..<rowStarts[candidate + 1]
                where stamp[Int(rowColumns[entry])] != mark { continue search }
                return true
            }
        }
        return false
    }

    /// The rows, small ones first, of equals those that need more, then by number.
    private func rowsBySize() -> [Int] {
        var keys: [UInt64] = []
        keys.reserveCapacity(needs.count)
        for row in needs.indices {
            let size = UInt64(rowStarts[row + 1] - rowStarts[row])
            let need = UInt64(255 - min(needs[row], 255))
            keys.append(size << 40 | need << 32 | UInt64(row))
        }
        keys.sort()
        return keys.map { Int($0 & 0xffff_ffff) }
    }

    // MARK: - Columns that others replace

    /// Drops every column whose rows another column has too and that is no
    /// cheaper. Where a row needs two, one column cannot stand for both, so
    /// only columns go whose rows all need one.
    private mutating func dropReplacedColumns() -> Bool {
        let columns = CoveringProgram(
            costs: costs, rowStarts: rowStarts, rowColumns: rowColumns, needs: needs)
        let order = names.indices.sorted { a, b in
            let (sizeA, sizeB) = (columns.rows(of: a).count, columns.rows(of: b).count)
            if sizeA != sizeB { return sizeA > sizeB }
            return costs[a] != costs[b] ? costs[a] < costs[b] : a < b
        }
        var rank = [Int32](repeating: 0, count: names.count)
        for (place, column) in order.enumerated() { rank[column] = Int32(place) }
        var stays = [Bool](repeating: true, count: names.count)
        for column in order.reversed() {
            let rows = columns.rows(of: column)
            if rows.isEmpty {
                stays[column] = false
                continue
            }
            guard let shortest = shortestRow(rows, of: columns) else { continue }
            for entry in columns.columns(of: shortest) {
                let other = Int(rowColumns[entry])
                guard rank[other] < rank[column], costs[other] <= costs[column],
                    sideCosts.isEmpty || sideCosts[other] <= sideCosts[column],
                    columns.isColumn(column, within: other)
                else { continue }
                stays[column] = false
                break
            }
        }
        guard stays.contains(false) else { return false }
        keepColumns(stays)
        return true
    }

    /// The shortest of a column's rows; `nil` where one of them needs several.
    private func shortestRow(_ rows: Range<Int>, of columns: CoveringProgram) -> Int? {
        var shortest: Int?
        for place in rows {
            let row = Int(columns.columnRows[place])
            if needs[row] > 1 { return nil }
            if let known = shortest, columns.columns(of: known).count <= columns.columns(of: row).count { continue }
            shortest = row
        }
        return shortest
    }

    // MARK: - Packing

    private mutating func keepRows(_ stays: [Bool]) {
        var (row, entry) = (0, 0)
        var start = 0
        for old in needs.indices {
            let end = rowStarts[old + 1]
            if stays[old] {
                for from in start..<end {
                    rowColumns[entry] = rowColumns[from]
                    entry += 1
                }
                needs[row] = needs[old]
                rowNames[row] = rowNames[old]
                row += 1
                rowStarts[row] = entry
            }
            start = end
        }
        needs.removeLast(needs.count - row)
        rowNames.removeLast(rowNames.count - row)
        rowStarts.removeLast(rowStarts.count - row - 1)
        rowColumns.removeLast(rowColumns.count - entry)
    }

    private mutating func keepColumns(_ stays: [Bool]) {
        var renamed = [Int32](repeating: -1, count: names.count)
        var column = 0
        for old in names.indices where stays[old] {
            renamed[old] = Int32(column)
            names[column] = names[old]
            costs[column] = costs[old]
            if !sideCosts.isEmpty { sideCosts[column] = sideCosts[old] }
            column += 1
        }
        let gone = names.count - column
        names.removeLast(gone)
        costs.removeLast(gone)
        if !sideCosts.isEmpty { sideCosts.removeLast(gone) }
        var entry = 0
        var start = 0
        for row in needs.indices {
            let end = rowStarts[row + 1]
            for from in start..<end {
                let new = renamed[Int(rowColumns[from])]
                if new < 0 { continue }
                rowColumns[entry] = new
                entry += 1
            }
            start = end
            rowStarts[row + 1] = entry
        }
        rowColumns.removeLast(rowColumns.count - entry)
    }
}

extension CoveringProgram {
    /// Whether all rows of a column are rows of another one.
    fileprivate func isColumn(_ column: Int, within other: Int) -> Bool {
        let (mine, theirs) = (rows(of: column), rows(of: other))
        if mine.count > theirs.count { return false }
        var there = theirs.lowerBound
        for place in mine {
            let row = columnRows[place]
            while there < theirs.upperBound, columnRows[there] < row { there += 1 }
            guard there < theirs.upperBound, columnRows[there] == row else { return false }
            there += 1
        }
        return true
    }
}
