/// Branch and bound over the sites, until nothing is left that may be better.
struct MedianTree {
    /// A part that is not looked at yet: a node, and what is decided on top.
    private struct Part {
        var parent: MedianNode
        var parentNumber: Int
        var site: Int
        var fate: MedianModel.Fate
        var bound: Double
    }

    /// Whether nothing is left to look at.
    var isDone: Bool { parts.isEmpty }
    private let base: MedianModel
    private let run: MedianRun
    private var parts: [Part] = []
    private var divided = 0
    private static let stepsANode = 60
    private static let stepsBetweenExchanges = 30
    private static let stepFactor = 0.05

    /// Whether the node searched is the whole problem, so that its bound bounds all.
    private let boundsAll: Bool

    init(_ base: MedianModel, _ run: MedianRun, boundsAll: Bool = true) {
        self.boundsAll = boundsAll
        self.base = base
        self.run = run
    }

    /// Begins with a node that was looked at with this outcome.
    mutating func plant(_ root: MedianNode, _ outcome: MedianNode.Outcome) {
        goOn(root, outcome, others: .infinity)
    }

    /// Looks at parts until none is left, the run ends, or so many were looked at.
    mutating func search(most: Int = .max) {
        var count = 0
        while run.end == nil, count < most, let part = next() {
            count += 1
            let others = leastBound()
            raise(to: min(part.bound, others))
            if part.bound >= run.cutoff { continue }
            var fates = Array(repeating: MedianModel.Fate.free, count: part.parent.model.siteCount)
            fates[part.site] = part.fate
            var node = part.parent.deciding(fates)
            node.stepFactor = Self.stepFactor
            let outcome = settle(&node, others: others)
            goOn(node, outcome, others: others)
        }
        if parts.isEmpty, run.end == nil, run.value < .infinity { raise(to: run.value) }
    }

    private func raise(to bound: Double) {
        if boundsAll { run.raise(to: bound) }
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
            raise(to: min(bound, others))
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
        divided += 1
        for fate in [MedianModel.Fate.closed, .opened] {
            parts.append(Part(parent: node, parentNumber: divided, site: best.site, fate: fate, bound: node.bound))
        }
    }

    /// The part with the least bound; the newest where the parts hold too much.
    private mutating func next() -> Part? {
        if parts.isEmpty { return nil }
        var numbers = 0
        var least = parts.count - 1
        var last = -1
        for (place, part) in parts.enumerated() {
            if part.parentNumber != last {
                numbers += part.parent.model.rows.costs.count + 4 * part.parent.model.rows.count
            }
            last = part.parentNumber
            if part.bound < parts[least].bound { least = place }
        }
        return parts.remove(at: numbers > run.effort.numbersHeld ? parts.count - 1 : least)
    }
}
