/// The rows by which the tree of a problem with shares learns what stations cover.
struct ShareCuts {
    private let model: ShareModel
    /// The site of every station's column, ascending; the columns of parts follow.
    let sites: [Int]
    /// The column of every site, -1 where it has none.
    private let columns: [Int32]
    /// The places in the model's rows of every part.
    private let parts: [[Int]]

    init(_ model: ShareModel) {
        self.model = model
        sites = model.usefulSites
        var columns = [Int32](repeating: -1, count: model.covers.siteCount)
        for (column, site) in sites.enumerated() { columns[site] = Int32(column) }
        self.columns = columns
        parts = Self.parts(of: model)
    }

    /// Divides the rows of every group: rows that share their first site stay
    /// together, and there are about two hundred parts in all.
    private static func parts(of model: ShareModel) -> [[Int]] {
        let order = model.rows.indices.sorted { a, b in
            if model.groups[a] != model.groups[b] { return model.groups[a] < model.groups[b] }
            let (siteA, siteB) = (model.sites(a).first ?? 0, model.sites(b).first ?? 0)
            return siteA != siteB ? siteA < siteB : a < b
        }
        let size = max(1, model.rows.count / 200)
        var parts: [[Int]] = []
        for place in order {
            if let last = parts.last, last.count < size, model.groups[last[0]] == model.groups[place] {
                parts[parts.count - 1].append(place)
            } else {
                parts.append([place])
            }
        }
        return parts
    }

    /// The program without cuts: every group's parts together want its share.
    func program() -> IntegerProgram {
        var program = IntegerProgram()
        for _ in sites { program.addColumn(lower: 0, upper: 1, cost: 1, isInteger: true) }
        for part in parts {
            let whole = part.reduce(0) { $0 + model.weights[$1] }
            program.addColumn(lower: 0, upper: whole, cost: 0, isInteger: false)
        }
        for group in model.wanted.indices {
            for (number, part) in parts.enumerated() where model.groups[part[0]] == group {
                program.add(sites.count + number, 1)
            }
            // What lies within the tolerance of the simplex method counts as had.
            program.endRow(lower: model.wanted[group] - 1e-9, upper: .infinity)
        }
        return program
    }

    /// Cuts that some values break: a part covers no more than its rows do.
    func broken(by values: [Double]) -> LinearProgram.Rows {
        var rows = LinearProgram.Rows()
        var coefficients = [Double](repeating: 0, count: sites.count)
        for (number, part) in parts.enumerated() {
            var (constant, touched) = (0.0, [Int32]())
            var covered = 0.0
            for place in part {
                covered += add(place, values, to: &coefficients, &touched, &constant)
            }
            if values[sites.count + number] > covered + 1e-7 {
                rows.add(Int32(sites.count + number), 1)
                for column in touched where coefficients[Int(column)] > 0 {
                    rows.add(column, -coefficients[Int(column)])
                    coefficients[Int(column)] = 0
                }
                rows.end(lower: -.infinity, upper: constant)
            }
            for column in touched { coefficients[Int(column)] = 0 }
        }
        return rows
    }

    /// What a row can count: of n sites it needs, any q may be open, so it counts
    /// at most the sum of the others over n - q. Takes the least of these bounds.
    private func add(
        _ place: Int, _ values: [Double], to coefficients: inout [Double], _ touched: inout [Int32],
        _ constant: inout Double
    ) -> Double {
        let weight = model.weights[place]
        let row = model.sites(place).map { columns[Int($0)] }
        let need = Int(model.need(place))
        var others = row
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
        for column in others.dropFirst(skipped) {
            touched.append(column)
            coefficients[Int(column)] += weight / Double(need - skipped)
        }
        return weight * max(0, least)
    }
}
