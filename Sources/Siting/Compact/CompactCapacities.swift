/// The programs of the models with capacities.
extension CompactSearch {
    /// A column for each entry that says which share of the demand goes that
    /// way. That no share goes to a closed site is a row for each entry, looked
    /// for only when a solution breaks it: these rows make the bound good.
    func capacityProgram(costAtMost level: Double) -> CompactProgram {
        var program = siteProgram(cost: problem.goal == .all || problem.goal == .center ? 1 : 0)
        setScale(of: &program)
        let columns = columnOfSite
        var served = Array(repeating: [(column: Int, weight: Double)](), count: problem.table.siteCount)
        let beyond = problem.beyondCost
        if problem.goal == .center, let beyond, level >= beyond { return program }
        for (row, weight) in capacityRows(costAtMost: level) {
            if weight == 0 {
                addReached(row, columns, to: &program)
                continue
            }
            var shares: [Int] = []
            for (site, cost) in zip(row.sites, row.costs) {
                let price = problem.goal == .cover ? 1 : problem.goal == .median ? cost : 0
                let column = program.program.addColumn(
                    lower: 0, upper: 1, cost: price == 0 ? 0 : program.scale * weight * price, isInteger: false)
                shares.append(column)
                served[site].append((column, weight))
                if columns[site] >= 0 {
                    let factor = min(1, problem.capacities[site] / weight)
                    program.lazyRows.append(.atMost(column: column, factor: factor, of: columns[site]))
                }
            }
            if let beyond, problem.goal == .median {
                shares.append(
                    program.program.addColumn(
                        lower: 0, upper: 1, cost: program.scale * weight * beyond, isInteger: false))
            }
            for column in shares { program.program.add(column, 1) }
            program.program.endRow(lower: problem.goal == .cover ? 0 : 1, upper: 1)
        }
        addCapacities(served, columns, to: &program)
        return program
    }

    private func setScale(of program: inout CompactProgram) {
        let greatest = problem.weights.max() ?? 0
        let isWhole =
            WholeNumbers.step(problem.weights) > 0 && WholeNumbers.step(problem.capacities.filter(\.isFinite)) > 0
        switch problem.goal {
        case .cover:
            program.scale = -CompactProgram.scale(1_000, greatest)
            program.valueStep = isWhole ? 1 : 0
        case .median:
            program.scale = CompactProgram.scale(1_000, greatest * (problem.allCosts.max() ?? 0))
            program.valueStep = isWhole && WholeNumbers.step(problem.allCosts) > 0 ? 1 : 0
        case .all, .center: program.valueStep = 1
        }
    }

    /// Demands with the same entries, together, in the order of the first of
    /// each; those without weight apart, because they have to be reached only.
    private func capacityRows(costAtMost level: Double) -> [(row: Row, weight: Double)] {
        var rows: [(row: Row, weight: Double)] = []
        var numbers: [Row: Int] = [:]
        let limit = min(level, problem.beyondCost ?? .infinity)
        for demand in problem.weights.indices where value.isReachable[demand] {
            let weight = problem.weights[demand]
            if weight == 0, problem.goal == .cover || problem.beyondCost != nil && problem.goal == .median { continue }
            let entries = value.row(demand).filter { problem.table.costs[$0] <= limit }
            let row = Row(
                sites: entries.map { Int(problem.table.sites[$0]) }, costs: entries.map { problem.table.costs[$0] },
                need: weight == 0 ? 0 : 1)
            if let number = numbers[row] {
                rows[number].weight += weight
            } else {
                numbers[row] = rows.count
                rows.append((row, weight))
            }
        }
        return rows
    }

    private func addReached(_ row: Row, _ columns: [Int], to program: inout CompactProgram) {
        if row.sites.contains(where: { columns[$0] < 0 }) { return }
        for site in row.sites { program.program.add(columns[site], 1) }
        program.program.endRow(lower: 1, upper: .infinity)
    }

    private func addCapacities(
        _ served: [[(column: Int, weight: Double)]], _ columns: [Int], to program: inout CompactProgram
    ) {
        for site in served.indices where !served[site].isEmpty {
            let greatest = served[site].map(\.weight).max() ?? 1
            let all = served[site].reduce(0) { $0 + $1.weight }
            if columns[site] < 0, problem.capacities[site] >= all { continue }
            for (column, weight) in served[site] { program.program.add(column, weight / greatest) }
            let capacity = min(problem.capacities[site], all) / greatest
            if columns[site] >= 0 { program.program.add(columns[site], -capacity) }
            program.program.endRow(lower: -.infinity, upper: columns[site] >= 0 ? 0 : capacity)
        }
    }
}
