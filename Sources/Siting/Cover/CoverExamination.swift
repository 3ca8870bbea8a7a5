/// What a look into a node brings.
struct CoverExamination: Sendable {
    /// No choice in the node covers more.
    private(set) var bound: Double
    /// What is left of the node to look into; empty where nothing is.
    private(set) var parts: [CoverNode] = []
    /// Sets of sites that were met, perhaps not allowed.
    var found: [[Int32]] = []
    /// How many steps the search for prices took.
    private(set) var stepCount = 0

    /// What a look has to know.
    struct Context: Sendable {
        var kernel: CoverModel
        /// The value of the best set so far.
        var best: Double
        /// A bound that is not worth a look any more.
        var beaten: Double
    }

    /// Looks into a node.
    init(_ node: CoverNode, _ context: Context, while goesOn: () -> Bool) {
        bound = node.bound
        let part = CoverRestriction(context.kernel, opened: node.opened, isOut: node.isOut)
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
        let shares = part.shares(context.kernel) { Double(node.prices.rows[$0]) / CoverNode.Prices.unit }
        var dual = CoverDual(model, shares: shares, groupPrices: node.prices.groups, stepShare: Self.stepShare)
        let aims = Aims(model, context)
        let end = dual.search(aim: aims.best, beaten: aims.beaten, steps: Self.steps, pace: .short, while: goesOn)
        stepCount = dual.stepCount
        bound = min(bound, model.coveredWeight + dual.bestBound + aims.margin)
        found = [node.opened + dual.chosen.map { part.sites[Int($0)] }]
        guard end != .beaten else { return }
        branch(node, part, context, dual, aims)
    }

    /// What the prices of a restricted model aim at, without its covered weight.
    private struct Aims {
        let best: Double
        let beaten: Double
        let margin: Double

        init(_ model: CoverModel, _ context: Context) {
            margin = CoverDual.margin(context.kernel)
            best = CoverDual.aim(model, best: context.best)
            // Less than nothing is covered only where shares cannot be met.
            beaten = max(context.beaten - model.coveredWeight, -margin) - margin
        }
    }

    /// The one best choice where there is no doubt.
    private static func onlyChoice(_ model: CoverModel) -> [Int32]? {
        let all = (0..<Int32(truncatingIfNeeded: model.siteCount)).map { $0 }
        if model.stationCount >= model.siteCount, model.cost(of: all) <= model.budget { return all }
        guard model.stationCount == 1, !model.hasBackup, model.wanted.isEmpty else { return nil }
        let weights = all.map { model.weight(reachedFrom: Int($0)) }
        return all.max { weights[Int($0)] < weights[Int($1)] }.map { [$0] }
    }

    private mutating func branch(
        _ node: CoverNode, _ part: CoverRestriction, _ context: Context, _ dual: CoverDual, _ aims: Aims
    ) {
        let fixing = CoverFixing(dual, beaten: aims.beaten)
        var rest = node
        rest.bound = bound
        rest.opened += fixing.opened.map { part.sites[Int($0)] }
        for site in fixing.out { rest.isOut[Int(part.sites[Int(site)])] = true }
        for row in 0..<context.kernel.rowCount where part.rows[row] >= 0 {
            rest.prices.rows[row] = CoverNode.Prices.packed(Double(dual.bestShares[Int(part.rows[row])]))
        }
        rest.prices.groups = dual.bestGroupPrices
        guard let site = Self.branchingSite(fixing, dual) else {
            parts = [rest]
            return
        }
        var (with, without) = (rest, rest)
        with.opened.append(part.sites[Int(site)])
        without.isOut[Int(part.sites[Int(site)])] = true
        parts = [with, without]
    }

    /// The site to decide about next: one that is half chosen, and reaches much.
    private static func branchingSite(_ fixing: CoverFixing, _ dual: CoverDual) -> Int32? {
        let model = dual.model
        var best: (site: Int32, score: Double)?
        for site in fixing.free {
            let usage = dual.usage[Int(site)]
            let score = usage * (1 - usage) * model.weight(reachedFrom: Int(site))
            if score > best?.score ?? -1 { best = (site, score) }
        }
        return best?.site
    }

    private static let stepShare = 0.5
    private static let steps = 64
}
