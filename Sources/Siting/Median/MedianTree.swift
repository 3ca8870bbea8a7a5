/// Branch and bound over the sites, until nothing is left that may be better.
struct MedianTree {
    /// A part that is not looked at yet: a node, and what is decided on top.
    private struct Part {
        var parent: MedianNode
        var site: Int
        var fate: MedianModel.Fate
        var bound: Double
    }

    private let base: MedianModel
    private let run: MedianRun
    private var parts: [Part] = []
    private static let stepsANode = 60
    private static let stepsBetweenExchanges = 30
    private static let stepFactor = 0.05
    /// How many numbers the parts may hold before the newest are looked at first.
    private static let numbersHeld = 12_000_000

    init(_ base: MedianModel, _ run: MedianRun) {
        self.base = base
        self.run = run
    }

    /// Looks at all answers of a node that was looked at with this outcome.
    mutating func search(_ root: MedianNode, _ outcome: MedianNode.Outcome) {
        goOn(root, outcome, others: .infinity)
        while run.end == nil, let part = next() {
            let others = leastBound()
            run.raise(to: min(part.bound, others))
            if part.bound >= run.cutoff { continue }
            var fates = Array(repeating: MedianModel.Fate.free, count: part.parent.model.siteCount)
            fates[part.site] = part.fate
            var node = part.parent.deciding(fates)
            node.stepFactor = Self.stepFactor
            let outcome = settle(&node, others: others)
            goOn(node, outcome, others: others)
        }
        if run.end == nil, run.value < .infinity { run.raise(to: run.value) }
    }

    private mutating func goOn(_ node: MedianNode, _ outcome: MedianNode.Outcome, others: Double) {
        var node = node
        var outcome = outcome
        if outcome == .unclear, run.end == nil {
            node = MedianNode(node, whole: base)
            outcome = settle(&node, others: others)
        }
        if outcome == .open, node.bound < run.cutoff { branch(node) }
    }

    private func settle(_ node: inout MedianNode, others: Double) -> MedianNode.Outcome {
        node.settle(run, steps: Self.stepsANode, exchangeEvery: Self.stepsBetweenExchanges) { bound in
            run.raise(to: min(bound, others))
        }
    }

    private func leastBound() -> Double {
        var least = Double.infinity
        for part in parts { least = min(least, part.bound) }
        return least
    }

    /// Divides a node by the site that the linear relaxation opens most nearly half.
    private mutating func branch(_ node: MedianNode) {
        var best = (site: 0, distance: 2.0)
        for site in node.siteShares.indices {
            let distance = abs(node.siteShares[site] - 0.5)
            if distance < best.distance { best = (site, distance) }
        }
        for fate in [MedianModel.Fate.closed, .opened] {
            parts.append(Part(parent: node, site: best.site, fate: fate, bound: node.bound))
        }
    }

    /// The part with the least bound; the newest where the parts hold too much.
    private mutating func next() -> Part? {
        if parts.isEmpty { return nil }
        var numbers = 0
        var least = parts.count - 1
        for (place, part) in parts.enumerated() {
            numbers += part.parent.model.rows.costs.count + 4 * part.parent.model.rows.count
            if part.bound < parts[least].bound { least = place }
        }
        return parts.remove(at: numbers > Self.numbersHeld ? parts.count - 1 : least)
    }
}
