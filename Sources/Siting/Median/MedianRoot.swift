/// Bounds the whole problem, takes out the sites that no better answer has, and
/// searches what is left.
struct MedianRoot {
    private let base: MedianModel
    private let run: MedianRun
    private static let steps = 3_000
    private static let stepsBetweenExchanges = 50

    init(_ model: MedianModel, _ run: MedianRun) {
        base = model
        self.run = run
    }

    func solve() {
        var node = first()
        let outcome = node.settle(run, steps: Self.steps, exchangeEvery: Self.stepsBetweenExchanges) { bound in
            run.raise(to: bound)
        }
        var tree = MedianTree(base, run)
        tree.plant(node, outcome)
        tree.search(most: run.effort.nodesBeforeConcentrating)
        if tree.isDone || run.end != nil { return }
        MedianConcentration(base, run).search(node)
        tree.search()
    }

    /// All sites, with multipliers between the nearest and the second nearest
    /// station of the best answer.
    private func first() -> MedianNode {
        let exchange = MedianInterchange(base, sites: base.places(of: run.sites))
        let isSmall = base.rows.entryCount <= run.effort.entriesCopied
        let reduction = base.reduced(
            Array(repeating: .free, count: base.siteCount), reach: isSmall ? nil : exchange.reach(run.effort.reach))
        let model = reduction.model
        let middles = exchange.middles
        var multipliers = Array(repeating: 0.0, count: model.rows.count)
        for row in middles.indices where reduction.rowOf[row] >= 0 {
            multipliers[Int(reduction.rowOf[row])] = middles[row]
        }
        return MedianNode(
            model: model, multipliers: multipliers, bound: 0, stepFactor: 0.2,
            siteShares: Array(repeating: 0, count: model.siteCount))
    }
}
