/// The programs of the models without capacities.
extension CompactSearch {
    /// Demands alike in all that counts, together.
    struct Row: Hashable {
        /// Columns of candidates, ascending by cost.
        var sites: [Int]
        /// Their costs; empty where they do not count.
        var costs: [Double]
        /// How many of them are needed.
        var need = 1
        /// The group of the demand, if there are shares.
        var group: Int?
        /// What is paid where none of them is open; infinite where one has to be.
        var otherwise = Double.infinity
    }

    /// The number of every candidate's column; -1 for kept sites.
    var columnOfSite: [Int] {
        var columns = Array(repeating: -1, count: problem.table.siteCount)
        for (column, site) in candidates.enumerated() { columns[Int(site)] = column }
        return columns
    }

    /// A column for each candidate, and the rows on how many there may be.
    func siteProgram(cost: Double) -> CompactProgram {
        var program = CompactProgram()
        for site in candidates {
            program.program.addColumn(lower: 0, upper: canBeOpen[Int(site)] ? 1 : 0, cost: cost, isInteger: true)
        }
        if let count = problem.stationCount {
            for column in candidates.indices { program.program.add(column, 1) }
            program.program.endRow(lower: 0, upper: Double(count))
        }
        let spendingLimit = problem.spendingLimit
        if spendingLimit < .infinity {
            let scale = CompactProgram.scale(1, problem.siteCosts.max())
            for (column, site) in candidates.enumerated() where problem.siteCosts[Int(site)] > 0 {
                program.program.add(column, problem.siteCosts[Int(site)] * scale)
            }
            program.program.endRow(lower: -.infinity, upper: spendingLimit * scale)
        }
        return program
    }

    func plainProgram() -> CompactProgram {
        switch problem.goal {
        case .cover: coverProgram()
        case .all: problem.shares == nil ? levelProgram(costAtMost: .infinity) : coverProgram()
        default: medianProgram()
        }
    }

    // MARK: - Cover, and all with shares

    /// A column for each kind of demand that says how much of it is covered.
    private func coverProgram() -> CompactProgram {
        let (rows, covered) = coverRows()
        let groupCount = problem.shares?.groupCount ?? 0
        var program = siteProgram(cost: problem.goal == .all ? 1 : 0)
        if problem.goal == .cover {
            let known = best.map { $0.value - covered.all }
            program.scale = -CompactProgram.scale(1_000, rows.values.max(), known: known)
            program.base = covered.all
            program.valueStep = WholeNumbers.step(problem.weights)
        } else {
            program.valueStep = 1
        }
        var members = Array(repeating: [(column: Int, weight: Double)](), count: groupCount)
        for (row, weight) in rows.sorted(by: Self.isBefore) where weight > 0 {
            if problem.goal == .all, row.group == nil { continue }
            let column = program.program.addColumn(
                lower: 0, upper: 1, cost: problem.goal == .cover ? program.scale * weight : 0, isInteger: row.need > 1)
            program.program.add(column, Double(row.need))
            for site in row.sites { program.program.add(site, -1) }
            program.program.endRow(lower: -.infinity, upper: 0)
            if row.need > 1 { program.backups.append(.init(column: column, sites: row.sites, spared: row.need - 1)) }
            if let group = row.group { members[group].append((column, weight)) }
        }
        for group in members.indices {
            let missing = value.leastWeight(ofGroup: group) - covered.groups[group]
            guard missing > 0 else { continue }
            let scale = CompactProgram.scale(1, members[group].map(\.weight).max())
            for (column, weight) in members[group] { program.program.add(column, weight * scale) }
            program.program.endRow(lower: missing * scale, upper: .infinity)
        }
        return program
    }

    /// The demands that kept stations do not cover, and the weight that they do.
    private func coverRows() -> (rows: [Row: Double], covered: (all: Double, groups: [Double])) {
        let columns = columnOfSite
        var rows: [Row: Double] = [:]
        var covered = (all: 0.0, groups: Array(repeating: 0.0, count: problem.shares?.groupCount ?? 0))
        for demand in problem.weights.indices {
            let group = problem.shares.flatMap { shares in
                shares.groups[demand] == PlacementProblem.Shares.noGroup ? nil : Int(shares.groups[demand])
            }
            let sites = value.row(demand).map { Int(problem.table.sites[$0]) }.filter { canBeOpen[$0] }
                .map { columns[$0] }
            let need = problem.backup - sites.count { $0 < 0 }
            if sites.count < problem.backup { continue }
            if need <= 0 {
                covered.all += problem.weights[demand]
                if let group { covered.groups[group] += problem.weights[demand] }
            } else {
                let row = Row(sites: sites.filter { $0 >= 0 }.sorted(), costs: [], need: need, group: group)
                rows[row, default: 0] += problem.weights[demand]
            }
        }
        return (rows, covered)
    }

    /// An order that does not depend on hashes.
    private static func isBefore(_ left: (key: Row, value: Double), _ right: (key: Row, value: Double)) -> Bool {
        let (a, b) = (left.key, right.key)
        if a.sites != b.sites { return a.sites.lexicographicallyPrecedes(b.sites) }
        if a.costs != b.costs { return a.costs.lexicographicallyPrecedes(b.costs) }
        if a.need != b.need { return a.need < b.need }
        if a.group != b.group { return (a.group ?? -1) < (b.group ?? -1) }
        return a.otherwise < b.otherwise
    }

    // MARK: - All, and center at one cost

    /// As few sites as serve all demand at such a cost.
    func levelProgram(costAtMost level: Double) -> CompactProgram {
        var program = siteProgram(cost: 1)
        program.valueStep = 1
        let columns = columnOfSite
        var rows: Set<Row> = []
        if let beyond = problem.beyondCost, level >= beyond { return program }
        for demand in problem.weights.indices where value.isReachable[demand] {
            let sites = value.row(demand).filter { problem.table.costs[$0] <= level }
                .map { columns[Int(problem.table.sites[$0])] }
            let need = problem.backup - sites.count { $0 < 0 }
            if need > 0 { rows.insert(Row(sites: sites.filter { $0 >= 0 }.sorted(), costs: [], need: need)) }
        }
        for (row, _) in rows.map({ ($0, 0.0) }).sorted(by: Self.isBefore) {
            for site in row.sites { program.program.add(site, 1) }
            program.program.endRow(lower: Double(row.need), upper: .infinity)
        }
        return program
    }

    // MARK: - Median

    /// For each kind of demand and each of its costs whether more is paid than
    /// that (Elloumi, "A tighter formulation of the p-median problem", 2010,
    /// doi:10.1007/s10878-008-9162-0).
    private func medianProgram() -> CompactProgram {
        var program = siteProgram(cost: 0)
        let rows = medianRows()
        program.scale = CompactProgram.scale(
            1_000, rows.map { $0.value * ($0.key.costs.last ?? 0) }.max(), known: best?.value)
        program.valueStep = WholeNumbers.step(problem.weights) * WholeNumbers.step(problem.allCosts)
        for (row, weight) in rows.sorted(by: Self.isBefore) { addMedian(row, weight, to: &program) }
        return program
    }

    private func addMedian(_ row: Row, _ weight: Double, to program: inout CompactProgram) {
        var begin = 0
        program.base += weight * (row.costs.first ?? row.otherwise)
        /// The column that says that more than the cost before is paid; none: it is sure.
        var before: Int?
        while begin < row.sites.count {
            let cost = row.costs[begin]
            let end = row.costs[begin...].firstIndex { $0 > cost } ?? row.sites.count
            let next = end < row.sites.count ? row.costs[end] : row.otherwise
            for site in row.sites[begin..<end] { program.program.add(site, 1) }
            var column: Int?
            if next < .infinity {
                let added = program.program.addColumn(
                    lower: 0, upper: 1, cost: program.scale * weight * (next - cost), isInteger: false)
                program.program.add(added, 1)
                column = added
            }
            if let before { program.program.add(before, -1) }
            program.program.endRow(lower: before == nil ? 1 : 0, upper: .infinity)
            before = column
            begin = end
        }
        if row.sites.isEmpty, row.otherwise == .infinity {
            // Nobody may serve it: no sites are allowed.
            program.program.endRow(lower: 1, upper: .infinity)
        }
    }

    private func medianRows() -> [Row: Double] {
        let columns = columnOfSite
        var rows: [Row: Double] = [:]
        for demand in problem.weights.indices where value.isReachable[demand] {
            var row = Row(sites: [], costs: [], otherwise: problem.beyondCost ?? .infinity)
            for entry in value.row(demand) {
                let cost = problem.table.costs[entry]
                if cost >= row.otherwise { break }
                let column = columns[Int(problem.table.sites[entry])]
                if column < 0 {
                    row.otherwise = cost
                } else {
                    row.sites.append(column)
                    row.costs.append(cost)
                }
            }
            rows[row, default: 0] += problem.weights[demand]
        }
        return rows
    }
}

extension PlacementProblem {
    /// Every cost that a demand can pay.
    var allCosts: [Double] { beyondCost.map { table.costs + [$0] } ?? table.costs }
}

/// Sums of whole numbers are whole numbers.
enum WholeNumbers {
    /// 1 where all numbers are whole ones small enough to add up exactly, else 0.
    static func step(_ numbers: [Double]) -> Double {
        numbers.allSatisfy { $0 == $0.rounded() && abs($0) < 1e12 } ? 1 : 0
    }
}
