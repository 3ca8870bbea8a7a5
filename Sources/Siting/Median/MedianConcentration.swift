/// A search for better answers among the sites that good answers have, in two
/// stages: exchanges from many starts, then branch and bound over the sites of
/// what came out best (heuristic concentration, Rosing and ReVelle 1997).
struct MedianConcentration {
    private let base: MedianModel
    private let run: MedianRun
    private static let startCount = 24
    private static let steps = 500
    private static let stepsBetweenExchanges = 50
    private static let stepFactor = 0.1
    private static let nodes = 100

    init(_ base: MedianModel, _ run: MedianRun) {
        self.base = base
        self.run = run
    }

    /// Searches around a node that is bounded well.
    func search(_ node: MedianNode) {
        var random = SplitMix(seed: run.control.seed)
        for _ in 0..<Self.startCount where run.end == nil {
            node.exchange(start(node, &random), run)
        }
        let promising = Set(run.elite.flatMap(\.sites))
        var part = node.deciding(node.model.siteIDs.map { promising.contains($0) ? .free : .closed })
        part.stepFactor = Self.stepFactor
        let outcome = part.settle(run, steps: Self.steps, exchangeEvery: Self.stepsBetweenExchanges) { _ in }
        var tree = MedianTree(base, run, boundsAll: false)
        tree.plant(part, outcome)
        tree.search(most: Self.nodes)
    }

    /// As many sites as may be opened, drawn as likely as the linear relaxation
    /// opens them.
    private func start(_ node: MedianNode, _ random: inout SplitMix) -> [Int] {
        var shares = node.siteShares.map { $0 + 1e-6 }
        var sites: [Int] = []
        for _ in 0..<min(node.model.limit, shares.count) {
            var left = shares.reduce(0, +) * Double(random.below(1 << 30)) / Double(1 << 30)
            var drawn = shares.count - 1
            for site in shares.indices {
                left -= shares[site]
                if left < 0 {
                    drawn = site
                    break
                }
            }
            while shares[drawn] == 0, drawn > 0 { drawn -= 1 }
            shares[drawn] = 0
            sites.append(drawn)
        }
        return Array(Set(sites)).sorted()
    }
}
