/// A covering model where some sites are open and some are out: smaller, for
/// rows that became equal are one, and rows and sites without use are gone.
struct CoverRestriction {
    let model: CoverModel
    /// The place in the larger model of every site.
    let sites: [Int32]
    /// The row of every row of the larger model; -1 where it is covered, or
    /// cannot be any more.
    let rows: [Int32]
    /// Whether the shares can still be met as far as single groups go, and the
    /// budget and the number of stations hold.
    let isPossible: Bool

    /// Restricts a model.
    ///
    /// - Parameters:
    ///   - whole: the model.
    ///   - opened: the sites that are open.
    ///   - isOut: for every site whether it may not be opened.
    /// - Complexity: O(entries of the model).
    init(_ whole: CoverModel, opened: [Int32], isOut: [Bool]) {
        let budget = whole.budget - whole.cost(of: opened)
        let stationCount = whole.stationCount - opened.count
        var isFree = isOut.map { !$0 }
        for site in opened { isFree[Int(site)] = false }
        if !whole.siteCosts.isEmpty {
            for site in 0..<whole.siteCount where whole.siteCosts[site] > budget { isFree[site] = false }
        }
        if stationCount <= 0 { isFree = [Bool](repeating: false, count: whole.siteCount) }

        var needs = whole.needs
        for site in opened {
            for entry in whole.column(Int(site)) { needs[Int(whole.columnRows[entry])] -= 1 }
        }
        var isUsed = [Bool](repeating: false, count: whole.siteCount)
        for row in 0..<whole.rowCount where needs[row] > 0 {
            for entry in whole.row(row) { isUsed[Int(whole.rowSites[entry])] = true }
        }
        sites = (0..<Int32(truncatingIfNeeded: whole.siteCount)).filter { isFree[Int($0)] && isUsed[Int($0)] }

        var merging = CoverMerging(whole, needs: needs, sites: sites)
        merging.merge()
        rows = merging.rowOfRow
        model = CoverModel(
            siteNumbers: sites.map { whole.siteNumbers[Int($0)] },
            siteCosts: whole.siteCosts.isEmpty ? [] : sites.map { whole.siteCosts[Int($0)] },
            stationCount: max(stationCount, 0), budget: max(budget, 0), rows: merging.rows,
            coveredWeight: whole.coveredWeight + merging.coveredWeight, wanted: merging.wanted)
        isPossible = stationCount >= 0 && budget >= 0 && merging.isPossible
    }
}

extension CoverRestriction {
    /// The place in the restricted model of every site; -1 for those without one.
    func places(in whole: CoverModel) -> [Int32] {
        var places = [Int32](repeating: -1, count: whole.siteCount)
        for (place, site) in sites.enumerated() { places[Int(site)] = Int32(truncatingIfNeeded: place) }
        return places
    }

    /// Shares of the weights of the larger model's rows, for the rows that are left.
    @inline(__always)
    func shares(_ whole: CoverModel, share: (Int) -> Double) -> [Double] {
        var sums = [Double](repeating: 0, count: model.rowCount)
        for row in 0..<whole.rowCount where rows[row] >= 0 { sums[Int(rows[row])] += whole.weights[row] * share(row) }
        for row in sums.indices { sums[row] = min(sums[row] / model.weights[row], 1) }
        return sums
    }

    /// The best prices in the larger model, for the rows that are left.
    func prices(_ dual: CoverDual) -> CoverNode.Prices {
        let shares = shares(dual.model) { Double(dual.bestShares[$0]) }
        return CoverNode.Prices(rows: shares.map(CoverNode.Prices.packed), groups: dual.bestGroupPrices)
    }
}

/// Merges rows that became equal as sites went.
private struct CoverMerging {
    let whole: CoverModel
    let needs: [Int32]
    private(set) var rows = CoverRows()
    private(set) var rowOfRow: [Int32]
    private(set) var coveredWeight = 0.0
    private(set) var wanted: [Double]
    private var place: [Int32]
    private var numbers: [UInt64]
    /// Rows by the sum of their sites' numbers: open addressing, -1 for a free slot.
    private var table: [Int32]
    private var present: [Double]

    init(_ whole: CoverModel, needs: [Int32], sites: [Int32]) {
        self.whole = whole
        self.needs = needs
        rowOfRow = [Int32](repeating: -1, count: whole.rowCount)
        wanted = whole.wanted
        present = whole.wanted.map { _ in 0 }
        place = [Int32](repeating: -1, count: whole.siteCount)
        for (index, site) in sites.enumerated() { place[Int(site)] = Int32(truncatingIfNeeded: index) }
        var random = SplitMix(seed: 1)
        numbers = sites.map { _ in random.next() }
        var capacity = 16
        while capacity < whole.rowCount * 2 { capacity *= 2 }
        table = [Int32](repeating: -1, count: capacity)
    }

    var isPossible: Bool { zip(present, wanted).allSatisfy { $0 >= $1 } }

    mutating func merge() {
        for row in 0..<whole.rowCount where needs[row] <= 0 {
            coveredWeight += whole.weights[row]
            if whole.rowGroups[row] >= 0 { wanted[Int(whole.rowGroups[row])] -= whole.weights[row] }
        }
        for group in wanted.indices { wanted[group] = max(0, wanted[group]) }
        var left: [Int32] = []
        for row in 0..<whole.rowCount where needs[row] > 0 {
            let weight = whole.weights[row]
            // Who has its share is like any other.
            let group = whole.rowGroups[row] < 0 || wanted[Int(whole.rowGroups[row])] <= 0 ? -1 : whole.rowGroups[row]
            left.removeAll(keepingCapacity: true)
            var signature = UInt64(truncatingIfNeeded: needs[row])
            for entry in whole.row(row) {
                let site = place[Int(whole.rowSites[entry])]
                if site < 0 { continue }
                left.append(site)
                signature &+= numbers[Int(site)]
            }
            guard left.count >= Int(needs[row]) else { continue }
            if group >= 0 { present[Int(group)] += weight }
            var slot = Int(truncatingIfNeeded: signature >> 20) & (table.count - 1)
            while table[slot] >= 0, !rows.isRow(Int(table[slot]), left, need: needs[row], group: group) {
                slot = (slot + 1) & (table.count - 1)
            }
            if table[slot] < 0 {
                table[slot] = Int32(truncatingIfNeeded: rows.count)
                rows.append(left, need: needs[row], weight: weight, group: group)
            } else {
                rows.add(weight: weight, to: Int(table[slot]))
            }
            rowOfRow[row] = table[slot]
        }
    }
}
