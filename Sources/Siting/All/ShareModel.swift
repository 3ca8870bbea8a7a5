/// A covering model of which shares alone are asked.
extension CoverModel {
    /// What is left of the model where only shares count: rows of the groups that
    /// are counted, and sites that no other one dominates for these.
    ///
    /// Asks now and then whether to go on with the sites.
    func sharesAlone(of isCounted: [Bool]? = nil, while goesOn: () -> Bool = { true }) -> CoverModel {
        var rows = CoverRows()
        for row in 0..<rowCount where rowGroups[row] >= 0 && isCounted?[Int(rowGroups[row])] ?? true {
            rows.append(Array(rowSites[self.row(row)]), need: needs[row], weight: weights[row], group: rowGroups[row])
        }
        let alone = CoverModel(
            siteNumbers: siteNumbers, siteCosts: siteCosts, stationCount: stationCount, budget: budget, rows: rows,
            coveredWeight: 0, wanted: wanted.indices.map { isCounted?[$0] ?? true ? wanted[$0] : 0 })
        return CoverRestriction(alone, opened: [], isOut: alone.dominatedSites(while: goesOn)).model
    }

    /// The weight of all rows of every group.
    private var weightsOfGroups: [Double] {
        var sums = [Double](repeating: 0, count: wanted.count)
        for row in 0..<rowCount where rowGroups[row] >= 0 { sums[Int(rowGroups[row])] += weights[row] }
        return sums
    }

    /// The first group that misses its share even where all sites are open.
    var hopelessGroup: Int? { zip(weightsOfGroups, wanted).enumerated().first { $1.0 < $1.1 }?.offset }

    /// The rows without which their group misses its share, where they are all
    /// that every group wants; `nil` where some group may choose among its rows.
    var rowsAllNeeded: [Int]? {
        let sums = weightsOfGroups
        var missing = wanted
        let rows = (0..<rowCount).filter { row in
            let group = Int(rowGroups[row])
            guard sums[group] - weights[row] < wanted[group] else { return false }
            missing[group] -= weights[row]
            return true
        }
        return missing.allSatisfy { $0 <= 0 } ? rows : nil
    }
}

/// A choice of sites, and what of every group it covers.
struct ShareChoice {
    private let model: CoverModel
    private(set) var isChosen: [Bool]
    private var counts: [Int32]
    /// What of every group is covered, as a share of what it wants.
    private var covered: [Double]
    private var cost = 0.0

    init(_ model: CoverModel) {
        self.model = model
        isChosen = [Bool](repeating: false, count: model.siteCount)
        counts = [Int32](repeating: 0, count: model.rowCount)
        covered = [Double](repeating: 0, count: model.wanted.count)
    }

    /// The sites, ascending.
    var sites: [Int32] { isChosen.indices.filter { isChosen[$0] }.map { Int32($0) } }

    /// Whether every group has what it wants, summed afresh.
    func isEnough() -> Bool {
        var sums = [Double](repeating: 0, count: model.wanted.count)
        for row in 0..<model.rowCount where counts[row] >= model.needs[row] {
            sums[Int(model.rowGroups[row])] += model.weights[row]
        }
        return sums.indices.allSatisfy { sums[$0] >= model.wanted[$0] }
    }

    mutating func add(_ site: Int) {
        isChosen[site] = true
        if !model.siteCosts.isEmpty { cost += model.siteCosts[site] }
        for entry in model.column(site) {
            let row = Int(model.columnRows[entry])
            counts[row] += 1
            if counts[row] == model.needs[row] { covered[Int(model.rowGroups[row])] += model.share(row) }
        }
    }

    mutating func remove(_ site: Int) {
        isChosen[site] = false
        if !model.siteCosts.isEmpty { cost -= model.siteCosts[site] }
        for entry in model.column(site) {
            let row = Int(model.columnRows[entry])
            if counts[row] == model.needs[row] { covered[Int(model.rowGroups[row])] -= model.share(row) }
            counts[row] -= 1
        }
    }

    /// Adds sites that the budget pays until every group has what it wants, each
    /// time the one that brings most to the groups that have too little (Wolsey
    /// 1982); `favour` multiplies what a site brings. Asks before every site
    /// whether to go on.
    mutating func complete(favour: [Double], while goesOn: () -> Bool) {
        while !isEnough(), goesOn() {
            var best: (site: Int, gain: Double)?
            for site in 0..<model.siteCount where !isChosen[site] && canPay(site) {
                let gain = gain(of: site) * favour[site]
                if gain > best?.gain ?? 0 { best = (site, gain) }
            }
            guard let best else { return }
            add(best.site)
        }
    }

    private func canPay(_ site: Int) -> Bool {
        model.siteCosts.isEmpty || cost + model.siteCosts[site] <= model.budget
    }

    private func gain(of site: Int) -> Double {
        var gain = 0.0
        for entry in model.column(site) {
            let row = Int(model.columnRows[entry])
            let missing = model.needs[row] - counts[row]
            guard missing > 0, covered[Int(model.rowGroups[row])] < 1 + 1e-9 else { continue }
            gain += model.share(row) / Double(missing * missing)
        }
        return gain
    }

    /// Removes sites that nobody misses, those that reach little first.
    mutating func dropRedundant() {
        let order = sites.map(Int.init).sorted { a, b in
            let (sizeA, sizeB) = (model.column(a).count, model.column(b).count)
            return sizeA != sizeB ? sizeA < sizeB : a > b
        }
        for site in order {
            remove(site)
            if !isEnough() { add(site) }
        }
    }
}

extension CoverModel {
    /// The weight of a row as a share of what its group wants.
    @inline(__always)
    func share(_ row: Int) -> Double { weights[row] / wanted[Int(rowGroups[row])] }
}
