/// What a look into a node brings.
struct CoverExamination: Sendable {
    /// No choice in the node covers more.
    var bound: Double
    /// What is left of the node to look into; empty where nothing is.
    var parts: [CoverNode] = []
    /// Sets of sites that were met, perhaps not allowed.
    var found: [[Int32]] = []
    /// How many steps the search for prices took.
    var stepCount = 0

    /// Looks into a node.
    ///
    /// `best` is the value of the best set so far; a bound of `beaten` is not
    /// worth a look any more.
    init(
        _ node: CoverNode, of kernel: CoverModel, best: Double, beaten: Double, steps: Int, while goesOn: () -> Bool
    ) {
        bound = node.bound
        let part = CoverRestriction(kernel, opened: node.opened, isOut: node.isOut)
        let model = part.model
        guard part.isPossible else {
            bound = -.infinity
            return
        }
        if let last = Self.onlyChoice(model) {
            bound = model.value(of: last)
            found = [node.opened + last.map { part.sites[Int($0)] }]
            return
        }
        let start = Self.start(node, part, kernel)
        var dual = CoverDual(model, shares: start, groupPrices: node.prices.groups, stepShare: 0.5)
        let margin = CoverDual.margin(kernel)
        // Less than nothing can be covered only where shares cannot be met.
        let least = max(beaten - model.keptWeight, -margin) - margin
        let end = dual.search(aim: max(best - model.keptWeight, 0), beaten: least, steps: steps, while: goesOn)
        stepCount = dual.stepCount
        bound = min(bound, model.keptWeight + dual.bestBound + margin)
        found = [node.opened + dual.chosen.map { part.sites[Int($0)] }]
        guard end != .beaten else { return }
        branch(node, part, kernel, dual, least: least)
    }

    /// The one best choice where there is no doubt.
    private static func onlyChoice(_ model: CoverModel) -> [Int32]? {
        let all = (0..<Int32(truncatingIfNeeded: model.siteCount)).map { $0 }
        if model.stationCount >= model.siteCount, model.cost(of: all) <= CoverModel.upTo(model.budget) { return all }
        guard model.stationCount == 1, !model.hasBackup, model.wanted.isEmpty else { return nil }
        let weights = all.map { site in
            model.column(Int(site)).reduce(0.0) { $0 + model.weights[Int(model.columnRows[$1])] }
        }
        return all.max { weights[Int($0)] < weights[Int($1)] }.map { [$0] }
    }

    /// The node's prices for the rows that are left.
    private static func start(_ node: CoverNode, _ part: CoverRestriction, _ kernel: CoverModel) -> [Double] {
        var sums = [Double](repeating: 0, count: part.model.rowCount)
        for row in 0..<kernel.rowCount where part.rows[row] >= 0 {
            sums[Int(part.rows[row])] += kernel.weights[row] * Double(node.prices.rows[row])
        }
        for row in sums.indices { sums[row] = min(sums[row] / (part.model.weights[row] * CoverNode.Prices.unit), 1) }
        return sums
    }

    private mutating func branch(
        _ node: CoverNode, _ part: CoverRestriction, _ kernel: CoverModel, _ dual: CoverDual, least: Double
    ) {
        let fixing = CoverFixing(dual, beaten: least)
        var rest = node
        rest.bound = bound
        rest.opened += fixing.opened.map { part.sites[Int($0)] }
        for site in fixing.out { rest.isOut[Int(part.sites[Int(site)])] = true }
        for row in 0..<kernel.rowCount where part.rows[row] >= 0 {
            rest.prices.rows[row] = CoverNode.Prices.packed(Double(dual.bestShares[Int(part.rows[row])]))
        }
        rest.prices.groups = dual.bestGroupPrices
        guard let site = fixing.branchingSite(dual) else {
            parts = [rest]
            return
        }
        var (with, without) = (rest, rest)
        with.opened.append(part.sites[Int(site)])
        without.isOut[Int(part.sites[Int(site)])] = true
        parts = [with, without]
    }
}

/// Sites that prices decide about: with the other choice the bound is beaten.
struct CoverFixing {
    private(set) var opened: [Int32] = []
    private(set) var out: [Int32] = []
    private var isFree: [Bool]

    init(_ dual: CoverDual, beaten: Double) {
        let (model, earnings) = (dual.model, dual.bestEarnings)
        isFree = [Bool](repeating: true, count: model.siteCount)
        let sorted = (0..<Int32(truncatingIfNeeded: model.siteCount)).sorted {
            earnings[Int($0)] != earnings[Int($1)] ? earnings[Int($0)] > earnings[Int($1)] : $0 < $1
        }
        let count = min(model.stationCount, sorted.count)
        let last = count > 0 ? max(earnings[Int(sorted[count - 1])], 0) : 0
        let next = count < sorted.count ? max(earnings[Int(sorted[count])], 0) : 0
        for (rank, site) in sorted.enumerated() {
            let earning = earnings[Int(site)]
            if rank < count, earning > 0 {
                guard dual.bestBound - earning + next <= beaten else { continue }
                opened.append(site)
            } else {
                guard dual.bestBound - last + earning <= beaten else { continue }
                out.append(site)
            }
            isFree[Int(site)] = false
        }
    }

    /// The site to decide about next.
    func branchingSite(_ dual: CoverDual) -> Int32? {
        var best: (site: Int32, score: Double)?
        for site in isFree.indices where isFree[site] {
            let usage = dual.usage[site]
            let score = min(usage, 1 - usage)
            if score > best?.score ?? -1 { best = (Int32(truncatingIfNeeded: site), score) }
        }
        return best?.site
    }
}
