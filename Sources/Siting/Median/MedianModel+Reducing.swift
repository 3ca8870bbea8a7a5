extension MedianModel {
    /// What is left of a model.
    struct Reduction {
        var model: MedianModel
        /// For every row of the model before its row now, or -1.
        var rowOf: [Int32]
        /// For every site now what it was before.
        var sites: [Int]
    }

    /// What is known of a site.
    enum Fate: UInt8 {
        case free
        case opened
        case closed
    }

    /// The model that is left when sites are decided: rows end at the first open
    /// site, and rows that hold the same sites in the same order are one.
    ///
    /// Demand that ranks the sites alike is served alike however they stand, so its
    /// costs add up (Church 2003, Annals of Operations Research 122, merges single
    /// assignments in this way).
    ///
    /// - Parameters:
    ///   - fates: of every site.
    ///   - reach: costs that the entries of a row are kept below; the ceiling of
    ///     rows that are cut is the first cost left out, and the model is relaxed.
    /// - Returns: the model, and how its rows and sites come from this one's.
    func reduced(_ fates: [Fate], reach: [Double]? = nil) -> Reduction {
        var numbers = Array(repeating: UInt32.max, count: siteCount)
        var isUsed = Array(repeating: false, count: siteCount)
        var openCount = 0
        var spent = 0.0
        for site in 0..<siteCount where fates[site] == .opened {
            openCount += 1
            spent += siteCost(site)
        }
        let freeCount = fates.count { $0 == .free }
        rows.withView { rows in
            for row in 0..<rows.count {
                for entry in rows.starts[row]..<rows.ends[row] {
                    let site = Int(rows.sites[entry])
                    if let reach, rows.costs[entry] >= reach[row] { break }
                    if fates[site] == .opened { break }
                    isUsed[site] = true
                }
            }
        }
        var result = MedianModel(rows: MedianRows(sites: [], costs: []), siteIDs: [], limit: limit - openCount)
        result.budget = budget - spent
        result.opened = opened
        result.constant = constant
        result.penalty = penalty
        result.isRelaxed = isRelaxed
        result.unseen = unseen
        for site in 0..<siteCount {
            if fates[site] == .opened { result.opened.append(siteIDs[site]) }
            if fates[site] != .free { continue }
            if budget < .infinity, siteCost(site) > result.budget { continue }
            guard isUsed[site] else {
                result.unseen.append(siteIDs[site])
                continue
            }
            numbers[site] = UInt32(result.siteIDs.count)
            result.siteIDs.append(siteIDs[site])
            if !siteCosts.isEmpty { result.siteCosts.append(siteCosts[site]) }
        }
        let certain = budget == .infinity ? min(result.limit, freeCount) : 0
        let rowOf = result.takeRows(
            of: self, fates: fates, numbers: numbers, reach: reach, longest: max(1, freeCount - certain))
        return Reduction(model: result, rowOf: rowOf, sites: numbers.indices.filter { numbers[$0] != .max })
    }

    /// Copies what is left of the rows of a model.
    private mutating func takeRows(
        of model: MedianModel, fates: [Fate], numbers: [UInt32], reach: [Double]?, longest: Int
    ) -> [Int32] {
        var rowOf = Array(repeating: Int32(-1), count: model.rows.count)
        var merging = RowMerging(expected: model.rows.count)
        var sites: [UInt32] = []
        var costs: [Double] = []
        for row in 0..<model.rows.count {
            sites.removeAll(keepingCapacity: true)
            costs.removeAll(keepingCapacity: true)
            var ceiling = model.rows.ceilings[row]
            for entry in model.rows.starts[row]..<model.rows.ends[row] {
                let site = Int(model.rows.sites[entry])
                let cost = model.rows.costs[entry]
                if fates[site] == .closed { continue }
                if fates[site] == .opened || sites.count == longest {
                    ceiling = cost
                    break
                }
                if let reach, cost >= reach[row] {
                    ceiling = cost
                    isRelaxed = true
                    break
                }
                guard numbers[site] != .max else { continue }
                sites.append(numbers[site])
                costs.append(cost)
            }
            while let last = costs.last, last >= ceiling {
                costs.removeLast()
                sites.removeLast()
            }
            let weight = model.rows.weights[row]
            if sites.isEmpty {
                constant += weight * ceiling
            } else {
                rowOf[row] = merging.add(sites, costs, ceiling: ceiling, weight: weight, to: &rows)
            }
        }
        merging.finish(&rows)
        return rowOf
    }
}

/// Finds rows of the same sites in the same order, and adds them up.
private struct RowMerging {
    private var heads: [Int32]
    private var next: [Int32] = []
    private let mask: Int
    /// Whether a row is made of several; its costs are sums weight included.
    private var isSum: [Bool] = []

    init(expected: Int) {
        var size = 64
        while size < expected { size *= 2 }
        heads = Array(repeating: -1, count: size)
        mask = size - 1
    }

    mutating func add(
        _ sites: [UInt32], _ costs: [Double], ceiling: Double, weight: Double, to rows: inout MedianRows
    ) -> Int32 {
        var hash = UInt64(sites.count)
        for site in sites {
            hash = (hash ^ UInt64(site)) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 31
        }
        let slot = Int(truncatingIfNeeded: hash) & mask
        var row = heads[slot]
        while row >= 0 {
            if rows.holds(sites, inRow: Int(row)) {
                join(Int(row), costs, ceiling, weight, &rows)
                return row
            }
            row = next[Int(row)]
        }
        let start = rows.sites.count
        rows.sites.append(contentsOf: sites)
        rows.costs.append(contentsOf: costs)
        rows.append(start..<rows.sites.count, ceiling: ceiling, weight: weight)
        next.append(heads[slot])
        isSum.append(false)
        heads[slot] = Int32(rows.count - 1)
        return heads[slot]
    }

    private mutating func join(
        _ row: Int, _ costs: [Double], _ ceiling: Double, _ weight: Double, _ rows: inout MedianRows
    ) {
        let start = rows.starts[row]
        if !isSum[row] {
            isSum[row] = true
            for entry in start..<rows.ends[row] { rows.costs[entry] *= rows.weights[row] }
            rows.ceilings[row] *= rows.weights[row]
        }
        for place in costs.indices { rows.costs[start + place] += weight * costs[place] }
        rows.ceilings[row] += weight * ceiling
        rows.weights[row] += weight
    }

    /// Makes sums costs a unit of weight again.
    func finish(_ rows: inout MedianRows) {
        for row in 0..<rows.count where isSum[row] {
            let weight = rows.weights[row]
            for entry in rows.starts[row]..<rows.ends[row] { rows.costs[entry] /= weight }
            rows.ceilings[row] /= weight
        }
    }
}

extension MedianRows {
    /// Whether a row holds these sites in this order.
    fileprivate func holds(_ sought: [UInt32], inRow row: Int) -> Bool {
        let start = starts[row]
        guard ends[row] - start == sought.count else { return false }
        for place in sought.indices where sites[start + place] != sought[place] { return false }
        return true
    }
}
