/// Partial covering: as few stations as give every group its share of covered
/// weight.
struct ShareModel {
    let covers: EqualCovers
    /// The rows of groups that kept stations do not satisfy.
    let rows: [Int]
    /// The group of every one of `rows`, among those that matter.
    let groups: [Int]
    /// What of a group is still to be covered, as a share of its whole weight.
    let wanted: [Double]
    /// What a row adds to its group, as a share of the group's whole weight.
    let weights: [Double]
    /// Where the rows of every site begin, and where the last ones end; places in `rows`.
    private let siteStarts: [Int]
    private let siteRows: [Int32]

    /// Prepares a problem with shares; fails where a group cannot have its own.
    init(_ problem: PlacementProblem, _ covers: EqualCovers) throws(PlacementFailure) {
        self.covers = covers
        let share = problem.shares?.leastShare ?? 0
        var places: [UInt32: Int] = [:]
        var wanted: [Double] = []
        for group in covers.weightsOfGroups.indices where covers.weightsOfGroups[group] > 0 {
            let kept = covers.keptWeightsOfGroups[group] / covers.weightsOfGroups[group]
            let missing = share - kept - PlacementValue.tolerance
            guard missing > 0 else { continue }
            places[UInt32(group)] = wanted.count
            wanted.append(missing)
        }
        var reachable = [Double](repeating: 0, count: wanted.count)
        var (rows, groups, weights) = ([Int](), [Int](), [Double]())
        for row in 0..<covers.rowCount {
            guard let group = places[covers.groups[row]], covers.weights[row] > 0 else { continue }
            rows.append(row)
            groups.append(group)
            weights.append(covers.weights[row] / covers.weightsOfGroups[Int(covers.groups[row])])
            reachable[group] += weights[weights.count - 1]
        }
        for (name, place) in places.sorted(by: { $0.key < $1.key }) where reachable[place] < wanted[place] {
            throw .sharesClash(groups: [Int(name)])
        }
        (self.rows, self.groups, self.weights, self.wanted) = (rows, groups, weights, wanted)

        var starts = [Int](repeating: 0, count: covers.siteCount + 1)
        for row in rows { for entry in covers.row(row) { starts[Int(covers.sites[entry]) + 1] += 1 } }
        for site in 0..<covers.siteCount { starts[site + 1] += starts[site] }
        siteStarts = starts
        var siteRows = [Int32](repeating: 0, count: starts[covers.siteCount])
        for (place, row) in rows.enumerated() {
            for entry in covers.row(row) {
                let site = Int(covers.sites[entry])
                siteRows[starts[site]] = Int32(place)
                starts[site] += 1
            }
        }
        self.siteRows = siteRows
    }

    /// The places in `rows` of the rows a site reaches.
    func rows(of site: Int) -> ArraySlice<Int32> { siteRows[siteStarts[site]..<siteStarts[site + 1]] }

    /// How many of its sites a row needs.
    func need(_ place: Int) -> Int32 { covers.needs[rows[place]] }

    /// The sites of a row.
    func sites(_ place: Int) -> ArraySlice<UInt32> { covers.sites[covers.row(rows[place])] }

    /// Sites that matter: such as reach a row.
    var usefulSites: [Int] { (0..<covers.siteCount).filter { siteStarts[$0] < siteStarts[$0 + 1] } }
}

/// A choice of sites, and what of every group it covers.
struct ShareChoice {
    private let model: ShareModel
    private(set) var isChosen: [Bool]
    private var counts: [Int32]
    private var covered: [Double]

    init(_ model: ShareModel) {
        self.model = model
        isChosen = [Bool](repeating: false, count: model.covers.siteCount)
        counts = [Int32](repeating: 0, count: model.rows.count)
        covered = [Double](repeating: 0, count: model.wanted.count)
    }

    /// The sites, ascending.
    var sites: [UInt32] { isChosen.indices.filter { isChosen[$0] }.map { UInt32($0) } }

    /// Whether every group has what it wants, summed afresh.
    func isEnough() -> Bool {
        var sums = [Double](repeating: 0, count: model.wanted.count)
        for place in model.rows.indices where counts[place] >= model.need(place) {
            sums[model.groups[place]] += model.weights[place]
        }
        return sums.indices.allSatisfy { sums[$0] >= model.wanted[$0] }
    }

    mutating func add(_ site: Int) {
        isChosen[site] = true
        for place in model.rows(of: site) {
            counts[Int(place)] += 1
            if counts[Int(place)] == model.need(Int(place)) {
                covered[model.groups[Int(place)]] += model.weights[Int(place)]
            }
        }
    }

    mutating func remove(_ site: Int) {
        isChosen[site] = false
        for place in model.rows(of: site) {
            if counts[Int(place)] == model.need(Int(place)) {
                covered[model.groups[Int(place)]] -= model.weights[Int(place)]
            }
            counts[Int(place)] -= 1
        }
    }

    /// Adds sites until every group has what it wants, each time the one that
    /// brings most to the groups that have too little (Wolsey 1982); `favour`
    /// multiplies what a site brings.
    mutating func complete(favour: [Double]) {
        while !isEnough() {
            var best: (site: Int, gain: Double)?
            for site in model.usefulSites where !isChosen[site] {
                let gain = gain(of: site) * favour[site]
                if gain > best?.gain ?? 0 { best = (site, gain) }
            }
            guard let best else { return }
            add(best.site)
        }
    }

    private func gain(of site: Int) -> Double {
        var gain = 0.0
        for place in model.rows(of: site).lazy.map({ Int($0) }) {
            let missing = model.need(place) - counts[place]
            guard missing > 0 else { continue }
            let group = model.groups[place]
            let isOpen = covered[group] < model.wanted[group] + 1e-9
            if isOpen { gain += model.weights[place] / Double(missing * missing) }
        }
        return gain
    }

    /// Removes sites that nobody misses, those that reach little first.
    mutating func dropRedundant() {
        let order = sites.map(Int.init).sorted { a, b in
            let (sizeA, sizeB) = (model.rows(of: a).count, model.rows(of: b).count)
            return sizeA != sizeB ? sizeA < sizeB : a > b
        }
        for site in order {
            remove(site)
            if !isEnough() { add(site) }
        }
    }
}
