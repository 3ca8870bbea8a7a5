/// The rows by which the tree of a problem with shares learns what stations cover.
///
/// A column for every site comes first, then one for every part of a group's
/// rows: what the part covers. All weights are shares of what a group wants.
struct ShareCuts {
    private let model: CoverModel
    /// The rows of every part, of one group each.
    private let parts: [[Int]]
    /// Whether a row of a group needs more than one site: with backup a site may
    /// add more the more others are open.
    private let hasBackup: [Bool]

    init(_ model: CoverModel) {
        self.model = model
        parts = Self.parts(of: model)
        var hasBackup = [Bool](repeating: false, count: model.wanted.count)
        for row in 0..<model.rowCount where model.needs[row] > 1 { hasBackup[Int(model.rowGroups[row])] = true }
        self.hasBackup = hasBackup
    }

    /// Divides the rows of every group: rows that share their first site stay
    /// together, and there are about two hundred parts in all; every row is one
    /// where the rows are short.
    private static func parts(of model: CoverModel) -> [[Int]] {
        let order = (0..<model.rowCount).sorted { a, b in
            if model.rowGroups[a] != model.rowGroups[b] { return model.rowGroups[a] < model.rowGroups[b] }
            let (siteA, siteB) = (model.rowSites[model.row(a).lowerBound], model.rowSites[model.row(b).lowerBound])
            return siteA != siteB ? siteA < siteB : a < b
        }
        let isSmall = model.rowSites.count <= Self.entriesOfSmall
        let size = isSmall ? 1 : max(1, model.rowCount / 200)
        var parts: [[Int]] = []
        for row in order {
            if let last = parts.last, last.count < size, model.rowGroups[last[0]] == model.rowGroups[row] {
                parts[parts.count - 1].append(row)
            } else {
                parts.append([row])
            }
        }
        return parts
    }

    private func column(_ part: Int) -> Int { model.siteCount + part }

    /// The program without cuts: every group's parts together want its share,
    /// within what may be spent.
    func program() -> IntegerProgram {
        var program = IntegerProgram()
        for _ in 0..<model.siteCount { program.addColumn(lower: 0, upper: 1, cost: 1, isInteger: true) }
        for part in parts {
            let whole = part.reduce(0) { $0 + model.share($1) }
            program.addColumn(lower: 0, upper: whole, cost: 0, isInteger: false)
        }
        for group in model.wanted.indices where model.wanted[group] > 0 {
            for (number, part) in parts.enumerated() where Int(model.rowGroups[part[0]]) == group {
                program.add(column(number), 1)
            }
            // What lies within the tolerance of the simplex method counts as had.
            program.endRow(lower: 1 - Self.tolerance, upper: .infinity)
        }
        if !model.siteCosts.isEmpty, model.budget > 0 {
            for site in 0..<model.siteCount { program.add(site, model.siteCosts[site] / model.budget) }
            program.endRow(lower: -.infinity, upper: 1 + Self.tolerance)
        }
        return program
    }

    /// Cuts that some values break.
    func broken(by values: [Double]) -> LinearProgram.Rows {
        var rows = LinearProgram.Rows()
        addParts(values, to: &rows)
        for opened in [2, 0.999, 0.7, 0.4] { addCapped(values, opened: opened, to: &rows) }
        return rows
    }

    /// A part covers no more than its rows do.
    private func addParts(_ values: [Double], to rows: inout LinearProgram.Rows) {
        var coefficients = [Double](repeating: 0, count: model.siteCount)
        for (number, part) in parts.enumerated() where values[column(number)] > 0 {
            var (constant, touched) = (0.0, [Int32]())
            var covered = 0.0
            for row in part {
                covered += add(row, values, to: &coefficients, &touched, &constant)
            }
            if values[column(number)] > covered + 1e-7 {
                rows.add(Int32(column(number)), 1)
                for site in touched where coefficients[Int(site)] > 0 {
                    rows.add(site, -coefficients[Int(site)])
                    coefficients[Int(site)] = 0
                }
                rows.end(lower: -.infinity, upper: constant)
            }
            for site in touched { coefficients[Int(site)] = 0 }
        }
    }

    /// What a row can count: of n sites it needs, any q may be open, so it counts
    /// at most the sum of the others over n - q. Takes the least of these bounds.
    private func add(
        _ row: Int, _ values: [Double], to coefficients: inout [Double], _ touched: inout [Int32],
        _ constant: inout Double
    ) -> Double {
        let weight = model.share(row)
        let need = Int(model.needs[row])
        var others = Array(model.rowSites[model.row(row)])
        if need > 1 {
            others.sort { a, b in
                let (valueA, valueB) = (values[Int(a)], values[Int(b)])
                return valueA != valueB ? valueA > valueB : a < b
            }
        }
        var sum = others.reduce(0) { $0 + values[Int($1)] }
        var (least, skipped) = (1.0, -1)
        for count in 0..<need {
            let share = sum / Double(need - count)
            if share < least { (least, skipped) = (share, count) }
            sum -= values[Int(others[count])]
        }
        guard skipped >= 0 else {
            constant += weight
            return weight
        }
        for site in others.dropFirst(skipped) {
            touched.append(site)
            coefficients[Int(site)] += weight / Double(need - skipped)
        }
        return weight * max(0, least)
    }

    /// What is open leaves something of a group's wish, and a site brings no more
    /// of it than all (Wolsey, "An analysis of the greedy algorithm for the
    /// submodular set covering problem", 1982, doi:10.1007/BF02579435): sites of
    /// at least the value `opened` count as open.
    private func addCapped(_ values: [Double], opened: Double, to rows: inout LinearProgram.Rows) {
        var isCovered = [Bool](repeating: false, count: model.rowCount)
        for site in 0..<model.siteCount where values[site] >= opened {
            for entry in model.column(site) { isCovered[Int(model.columnRows[entry])] = true }
        }
        var rest = model.wanted.map { $0 > 0 ? 1.0 : 0 }
        for row in 0..<model.rowCount where isCovered[row] { rest[Int(model.rowGroups[row])] -= model.share(row) }
        let isOpen = rest.indices.map { rest[$0] > 1e-6 && !hasBackup[$0] }
        var entries = [[(site: Int32, share: Double)]](repeating: [], count: rest.count)
        var sums = [Double](repeating: 0, count: rest.count)
        var gains = sums
        var touched: [Int] = []
        for site in 0..<model.siteCount where values[site] < opened {
            touched.removeAll(keepingCapacity: true)
            for entry in model.column(site) {
                let row = Int(model.columnRows[entry])
                let group = Int(model.rowGroups[row])
                guard isOpen[group], !isCovered[row] else { continue }
                if gains[group] == 0 { touched.append(group) }
                gains[group] += model.share(row)
            }
            for group in touched {
                let share = min(1, gains[group] / rest[group])
                entries[group].append((Int32(truncatingIfNeeded: site), share))
                sums[group] += share * values[site]
                gains[group] = 0
            }
        }
        for group in rest.indices where isOpen[group] && sums[group] < 1 - 1e-4 {
            for entry in entries[group] { rows.add(entry.site, entry.share) }
            rows.end(lower: 1 - Self.tolerance / rest[group], upper: .infinity)
        }
    }

    private static let tolerance = 1e-9
    /// So few entries make a small program even with a column for every row.
    private static let entriesOfSmall = 60_000
}
