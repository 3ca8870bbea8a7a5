/// A part of all answers: those that keep to the sites decided so far.
struct MedianNode {
    /// What comes of looking at a node.
    enum Outcome {
        /// No answer of it is better than the best one.
        case closed
        /// Sites are left to decide.
        case open
        /// Nothing is left to decide in a relaxed model, but some sites it has
        /// nothing of.
        case unclear
    }

    /// What is left to decide.
    var model: MedianModel
    /// Multipliers of the model's rows that bound it well.
    var multipliers: [Double]
    /// What no answer of the part can be below.
    var bound: Double
    /// How far steps from these multipliers go at first.
    var stepFactor: Double
    /// How much of every site the linear relaxation opens, as far as it is known.
    var siteShares: [Double]

    /// - Parameters:
    ///   - model: what is to decide.
    ///   - siteShares: how much of every site to open; the multipliers become those
    ///     that are best if the linear relaxation opens so much.
    ///   - stepFactor: how far steps go at first.
    init(_ model: MedianModel, siteShares: [Double], stepFactor: Double) {
        self.model = model
        self.siteShares = siteShares
        self.stepFactor = stepFactor
        bound = 0
        multipliers = model.rows.withView { rows in
            (0..<rows.count).map { row in
                var share = 0.0
                for entry in rows.starts[row]..<rows.ends[row] {
                    share += siteShares[Int(rows.sites[entry])]
                    if share > 1 - Self.shareTolerance { return rows.costs[entry] }
                }
                return rows.ceilings[row]
            }
        }
    }

    /// The node of a relaxed one with the rows of all sites that it leaves.
    init(_ node: MedianNode, whole base: MedianModel) {
        var fates = Array(repeating: MedianModel.Fate.closed, count: base.siteCount)
        var shares = Array(repeating: 0.0, count: base.siteCount)
        for site in node.model.unseen { fates[Int(site)] = .free }
        for (site, share) in zip(node.model.siteIDs, node.siteShares) {
            fates[Int(site)] = .free
            shares[Int(site)] = share
        }
        for site in node.model.opened { fates[Int(site)] = .opened }
        let reduction = base.reduced(fates)
        self.init(reduction.model, siteShares: reduction.sites.map { shares[$0] }, stepFactor: node.stepFactor)
        bound = node.bound
    }

    private static let shareTolerance = 1e-3

    init(model: MedianModel, multipliers: [Double], bound: Double, stepFactor: Double, siteShares: [Double]) {
        self.model = model
        self.multipliers = multipliers
        self.bound = bound
        self.stepFactor = stepFactor
        self.siteShares = siteShares
    }

    /// The node with more sites decided.
    func deciding(_ fates: [MedianModel.Fate]) -> MedianNode {
        let reduction = model.reduced(fates)
        let weights = reduction.model.rows.weights
        var multipliers = Array(repeating: 0.0, count: weights.count)
        for row in 0..<model.rows.count where reduction.rowOf[row] >= 0 {
            let target = Int(reduction.rowOf[row])
            multipliers[target] += model.rows.weights[row] / weights[target] * self.multipliers[row]
        }
        return MedianNode(
            model: reduction.model, multipliers: multipliers, bound: bound, stepFactor: stepFactor,
            siteShares: reduction.sites.map { siteShares[$0] })
    }

    /// Bounds the part by steps of the Lagrangian, decides sites that follow from
    /// bound and best answer, and goes on with what is left.
    ///
    /// - Parameters:
    ///   - run: what is known so far; better answers go there.
    ///   - steps: the most steps between two decisions.
    ///   - exchangeEvery: after so many steps the sites that are open are made a
    ///     start of exchanges.
    ///   - onBound: hears what bounds the part, step by step.
    /// - Returns: what comes of it.
    mutating func settle(
        _ run: MedianRun, steps: Int, exchangeEvery: Int, onBound: (Double) -> Void
    ) -> Outcome {
        while true {
            openUnavoidable()
            if model.limit < 0 || model.budget < 0 { return .closed }
            if isDecided { return finish(run) }
            var dual = MedianDual(model, multipliers: multipliers, stepFactor: stepFactor)
            var isReduced = false
            for step in 1...steps {
                if run.end != nil { break }
                run.control.add(work: 1)
                dual.step(toward: min(run.value, 2 * abs(dual.bound) + 1e-9))
                bound = max(bound, dual.bound)
                onBound(bound)
                if bound >= run.cutoff { return .closed }
                if step % exchangeEvery == 0 { exchange(dual.lastOpened, run) }
                if step % 10 == 0, dual.fates(cutoff: run.cutoff).decided * 5 >= model.siteCount {
                    isReduced = true
                    break
                }
                if dual.isAtRest { break }
            }
            multipliers = dual.multipliers
            siteShares = dual.siteShares
            stepFactor = dual.stepFactor
            if run.end != nil { return .open }
            let (fates, decided) = dual.fates(cutoff: run.cutoff)
            if decided > 0 { self = deciding(fates) }
            if isReduced { continue }
            if model.limit < 0 || model.budget < 0 { return .closed }
            return isDecided ? finish(run) : .open
        }
    }

    /// Opens the sites that alone can serve a row that has to be served.
    private mutating func openUnavoidable() {
        while model.penalty > 0 {
            var fates = Array(repeating: MedianModel.Fate.free, count: model.siteCount)
            let rows = model.rows
            for row in 0..<rows.count
            where rows.ends[row] - rows.starts[row] == 1
                && model.hasToBeServed(row)
            {
                fates[Int(rows.sites[rows.starts[row]])] = .opened
            }
            if !fates.contains(.opened) { return }
            self = deciding(fates)
        }
    }

    /// Exchanges sites of a start as long as that helps, and keeps what comes of it.
    ///
    /// - Parameters:
    ///   - sites: the start; left as it is where it opens more than may be opened.
    ///   - run: takes the answer.
    func exchange(_ sites: [Int], _ run: MedianRun) {
        var start = sites
        if start.count > model.limit { return }
        var spent = 0.0
        for site in start { spent += model.siteCost(site) }
        while spent > model.budget, let last = start.popLast() { spent -= model.siteCost(last) }
        var exchange = MedianInterchange(model, sites: start)
        exchange.improve { run.control.end == nil }
        let chosen = model.identities(of: exchange.sites)
        run.consider(chosen, spares: spares)
        run.remember(chosen, value: exchange.value)
    }

    /// Whether all sites can be opened.
    private var opensAll: Bool { model.budget == .infinity && model.siteCount <= model.limit }

    /// Whether one answer is left, or all that are left cost the same.
    private var isDecided: Bool { model.limit <= 0 || opensAll || model.siteCount == 0 || model.rows.count == 0 }

    /// The sites that answers of the part may be filled up with; a budget makes
    /// rows count on one station at most, and it pays for any of them.
    private var spares: Set<UInt32> { model.limit > 0 ? Set(model.siteIDs + model.unseen) : [] }

    /// Takes the answer that is left.
    private func finish(_ run: MedianRun) -> Outcome {
        run.consider(
            model.identities(of: model.limit > 0 && opensAll ? Array(0..<model.siteCount) : []), spares: spares)
        let isOnly = model.limit <= 0 || (opensAll && model.unseen.isEmpty)
        return model.isRelaxed && !isOnly ? .unclear : .closed
    }
}
