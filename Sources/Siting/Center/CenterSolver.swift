/// The least worst cost of any demand: p-center (Hakimi 1964).
///
/// A worst cost of r is possible where set covering within r is; so the answer
/// is a search over the costs (Minieka 1970). The covering programs are those
/// of a sample of demands, which grows by the demands its best choice serves
/// worst until that choice serves everybody as well as the sample: the sample's
/// best is a bound for all, and no table is ever copied.
enum CenterSolver {
    /// Finds the least worst cost, or what the control leaves time for.
    static func solve(
        _ problem: PlacementProblem, _ control: PlacementControl
    ) throws(PlacementFailure) -> PlacementAnswer {
        var search = Search(problem, control)
        let end = try search.run()
        return try search.answer(end)
    }

    private struct Search {
        let model: CenterModel
        let control: PlacementControl
        var sample: CenterSample
        /// The best choice, and its worst cost.
        var best: [UInt32]?
        var value = Double.infinity
        /// The choice made last, which serves all but a few as wanted.
        var latest: [UInt32] = []
        /// No choice is better.
        var bound: Double

        init(_ problem: PlacementProblem, _ control: PlacementControl) {
            model = CenterModel(problem)
            self.control = control
            sample = CenterSample(model, control)
            bound = model.leastWorstCost()
        }

        mutating func run() throws(PlacementFailure) -> PlacementAnswer.End? {
            take([], limit: bound)
            beginGreedily()
            try serveEverybody()
            while value > bound {
                let costs = sample.costs(from: bound, below: value)
                let limit = costs.isEmpty ? bound : costs[costs.count - 1 - costs.count / (costs.count > 500 ? 3 : 8)]
                if let end = try decide(within: limit) { return end }
            }
            return nil
        }

        /// Finds out whether everybody can be served within a limit, between
        /// bound and value, and moves one of them.
        private mutating func decide(within limit: Double) throws(PlacementFailure) -> PlacementAnswer.End? {
            while value > limit {
                if let end = end() { return end }
                switch try sample.decide(within: limit, near: latest) {
                case .yes(let sites): take(sites, limit: limit)
                case .no:
                    bound = sample.leastCost(above: limit, orNone: value)
                    control.tell(value: value, bound: bound)
                    return nil
                case .ended(let end): return end
                }
            }
            return nil
        }

        /// A choice that leaves nobody without, if the first way leads to one:
        /// whatever the limit is, there is an answer then. Better ones as long as
        /// the greedy way finds some.
        private mutating func beginGreedily() {
            if value.isInfinite {
                let everybody = CenterGreedy(model, within: .greatestFiniteMagnitude)
                guard everybody.servesEverybody else { return }
                take(everybody.sites, limit: .greatestFiniteMagnitude)
            }
            var least = bound
            for _ in 0..<Self.greedyChoices where value > least && end() == nil {
                let limit = least + (value - least) / 2
                let choice = CenterGreedy(model, within: limit)
                if choice.servesEverybody { take(choice.sites, limit: limit) } else { least = limit }
            }
        }

        private static let greedyChoices = 6

        /// Finds a choice that leaves nobody without.
        private mutating func serveEverybody() throws(PlacementFailure) {
            while value.isInfinite {
                if let end = control.end { throw .noAnswerYet(end) }
                switch try sample.decide(within: .greatestFiniteMagnitude, near: latest) {
                case .yes(let sites): take(sites, limit: .greatestFiniteMagnitude)
                case .no: throw .unservable(demand: sample.demands[sample.demands.count - 1])
                case .ended(let end): throw .noAnswerYet(end)
                }
            }
        }

        /// Looks what a choice means for everybody.
        private mutating func take(_ sites: [UInt32], limit: Double) {
            let evaluation = CenterEvaluation(model, sites: sites, above: limit)
            control.add(work: 1)
            latest = sites
            if evaluation.worst < value || best == nil {
                value = evaluation.worst
                best = sites
                control.tell(value: value.isFinite ? value : nil, bound: min(value, bound))
            }
            sample.take(evaluation.violated, limit: limit, most: 32)
        }

        private func end() -> PlacementAnswer.End? {
            if let end = control.end { return end }
            guard control.gap > 0 else { return nil }
            return PlacementAnswer.gap(value: value, bound: bound) <= control.gap ? .gapReached : nil
        }

        func answer(_ end: PlacementAnswer.End?) throws(PlacementFailure) -> PlacementAnswer {
            let isProved = bound >= value
            return PlacementAnswer(
                sites: (best ?? []).sorted(), value: value, bound: min(bound, value),
                end: isProved ? .proved : end ?? .limitReached)
        }
    }
}
