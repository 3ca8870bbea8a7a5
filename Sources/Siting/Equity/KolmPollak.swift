#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Equity: the cost that, if everybody had it, would be as good as what people
/// have, where much for a few is worse than little for many. The equally
/// distributed equivalent of Kolm and Pollak for burdens,
/// `ln(Σ w · exp(κ · cost) / Σ w) / κ`.
///
/// It lies between the mean (κ to 0) and the worst cost (κ to infinity). It is
/// least where the sum of `w · (exp(κ · cost) - 1) / κ` is, so the best plan is
/// a p-median over changed costs, no harder than the one over plain costs
/// (Horton, Logan, Murrell, Skipper and Speakman 2024, arXiv:2401.15452). The
/// subtraction changes nothing in that, and keeps the sum exact where κ is small.
///
///     let equity = KolmPollak(problem)
///     let plan = equity.answer(try Placement.solve(equity.problem(problem)), of: problem)
public struct KolmPollak: Sendable, Hashable {
    /// The aversion to inequality for one unit of cost, not below 0; 0 is none.
    public let kappa: Double

    /// Beyond this `κ · cost` only the worst cost would count.
    private static let greatestExponent = 100.0

    /// Makes a measure.
    ///
    /// - Parameter kappa: the aversion for one unit of cost, finite, not below 0.
    public init(kappa: Double) { self.kappa = kappa }

    /// Makes a measure for costs of a usual size, so that the aversion means the
    /// same for minutes and for metres: κ is `aversion · Σ w · cost / Σ w · cost²`.
    ///
    /// - Parameters:
    ///   - costs: such as people have or may have, finite, not below 0.
    ///   - weights: of the costs, not below 0.
    ///   - aversion: how much inequality is minded: 0.5 little, 1 medium, 2
    ///     much, as the parameter of Atkinson is used.
    public init(costs: [Double], weights: [Double], aversion: Double = 1) {
        var (sum, squares) = (0.0, 0.0)
        for (cost, weight) in zip(costs, weights) {
            sum += weight * cost
            squares += weight * cost * cost
        }
        kappa = squares > 0 ? aversion * sum / squares : 0
    }

    /// Makes a measure for a problem: its usual costs are those of every demand
    /// at its nearest site, kept or not.
    ///
    /// The aversion shrinks where the greatest cost of the problem is so far
    /// from the usual ones that nothing else would count.
    public init(_ problem: PlacementProblem, aversion: Double = 1) {
        let counted = problem.countedDemands
        let nearest = counted.map { demand in
            min(problem.table.costs[problem.table.rowStarts[demand]], problem.beyondCost ?? .infinity)
        }
        let usual = KolmPollak(costs: nearest, weights: counted.map { problem.weights[$0] }, aversion: aversion)
        let greatest = problem.beyondCost ?? problem.table.costs.max() ?? 0
        kappa = greatest > 0 ? min(usual.kappa, Self.greatestExponent / greatest) : usual.kappa
    }

    /// The equivalent of costs.
    ///
    /// - Parameters:
    ///   - costs: finite, not below 0.
    ///   - weights: of the costs, not below 0.
    /// - Returns: a cost between their mean and the greatest; 0 without weight.
    public func equivalent(costs: [Double], weights: [Double]) -> Double {
        let whole = weights.reduce(0, +)
        return equivalent(
            sum: zip(costs, weights).reduce(0) { $0 + $1.1 * changed($1.0) }, weight: whole)
    }

    /// The p-median whose best plan is the fairest one: the same problem over
    /// changed costs. Only for the goal `median`.
    ///
    /// - Complexity: O(n) for n entries, and the memory of their costs.
    public func problem(_ problem: PlacementProblem) -> PlacementProblem {
        let table = problem.table
        var fair = problem
        // A cost that is greater stays greater or equal, so rows stay sorted but for ties.
        fair.table = CostTable(
            siteCount: table.siteCount, rowStarts: table.rowStarts, sites: table.sites,
            costs: table.costs.map(changed))
        fair.beyondCost = problem.beyondCost.map(changed)
        return fair
    }

    /// The answer of `problem(_:)` in equivalents instead of sums. Sites stay,
    /// value and bound mean what they did, and the gap is no greater.
    ///
    /// - Parameters:
    ///   - answer: of the changed problem.
    ///   - problem: as it was.
    /// - Returns: the answer in costs.
    public func answer(_ answer: PlacementAnswer, of problem: PlacementProblem) -> PlacementAnswer {
        let weight = problem.countedDemands.reduce(0) { $0 + problem.weights[$1] }
        return PlacementAnswer(
            sites: answer.sites, value: equivalent(sum: answer.value, weight: weight),
            bound: equivalent(sum: answer.bound, weight: weight), end: answer.end)
    }

    /// What a cost becomes: itself where nobody minds inequality.
    private func changed(_ cost: Double) -> Double { kappa > 0 ? expm1(kappa * cost) / kappa : cost }

    /// The equivalent of a sum of changed costs.
    private func equivalent(sum: Double, weight: Double) -> Double {
        guard weight > 0 else { return 0 }
        return kappa > 0 ? log1p(kappa * sum / weight) / kappa : sum / weight
    }
}

extension PlacementProblem {
    /// The demands that some site can serve.
    fileprivate var countedDemands: [Int] { (0..<table.demandCount).filter { !table.row($0).isEmpty } }
}
