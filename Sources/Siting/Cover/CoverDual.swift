/// Upper bounds by Lagrangian relaxation: a row may count as covered for a
/// price, and its sites earn the price.
///
/// Let row r have the weight w(r) and the need n(r). With prices u(r) from 0 to
/// w(r) no choice covers more than the sum of w(r) - u(r) and of what the best
/// sites earn, the sums of u(r) / n(r) over their rows. The least of these
/// bounds is that of linear programming; a deflected subgradient search comes
/// close to it at a few passes over the entries a digit. Every bound is good,
/// however far the search is.
///
/// A group that wants a share adds to the weights of its rows, at a price for
/// which the wanted weight is taken off; the budget has a price a unit of cost.
struct CoverDual {
    /// Why a search ended.
    enum End {
        /// The bound is not above the value to beat.
        case beaten
        /// Further steps bring next to nothing.
        case stalled
        /// The steps are used up.
        case stepsUsed
        /// It was broken off.
        case stopped
    }

    /// How a search goes.
    struct Pace {
        /// How much of the last direction is kept, 0 to less than 1.
        var memory: Double
        /// How many steps without a better bound halve the steps.
        var patience: Int
        /// How much of the rest of the way has to be gone between two halvings.
        var leastGain: Double

        /// From rough prices to good ones.
        static let long = Pace(memory: 0.9, patience: 20, leastGain: 0.001)
        /// From good prices to somewhat better ones.
        static let short = Pace(memory: 0.8, patience: 8, leastGain: 0.02)
    }

    let model: CoverModel
    /// The least bound so far, without the covered weight.
    private(set) var bestBound = Double.infinity
    /// The prices of the least bound, as shares of the weights, 0 to 1.
    private(set) var bestShares: [Float]
    /// What every site earned at the least bound, less the price of its cost.
    private(set) var bestEarnings: [Double]
    /// The prices of the groups' shares at the least bound.
    private(set) var bestGroupPrices: [Double]
    /// The price of a unit of cost at the least bound.
    private(set) var bestCostPrice = 0.0
    /// How often every site was chosen lately, 0 to 1: close to a solution of
    /// the linear relaxation.
    private(set) var usage: [Double]
    /// The sites that earn most at the present prices.
    private(set) var chosen: [Int32] = []
    /// How many steps were made.
    private(set) var stepCount = 0

    private var shares: [Double]
    private var groupPrices: [Double]
    private var bound = Double.infinity
    private var direction: [Double]
    private var prices: [Double]
    private var earnings: [Double]
    private var counts: [Int32]
    private var covered: [Double]
    private var selection: CoverSelection
    private var stepShare: Double
    private var stepsWithoutGain = 0
    private var boundOfShorterSteps = Double.infinity

    /// Starts from prices, given as shares of the weights of all rows, 0 to 1.
    ///
    /// The first step goes `stepShare` of the way to the value aimed at.
    init(_ model: CoverModel, shares: [Double], groupPrices: [Double] = [], stepShare: Double = 1) {
        self.model = model
        self.shares = shares
        self.stepShare = stepShare
        self.groupPrices = model.wanted.indices.map {
            groupPrices.isEmpty || model.wanted[$0] <= 0 ? 0 : groupPrices[$0]
        }
        bestShares = shares.map { Float($0) }
        bestGroupPrices = self.groupPrices
        let zeros = [Double](repeating: 0, count: model.siteCount)
        (earnings, bestEarnings, usage) = (zeros, zeros, zeros)
        direction = [Double](repeating: 0, count: model.rowCount)
        prices = direction
        counts = [Int32](repeating: 0, count: model.rowCount)
        covered = model.wanted
        selection = CoverSelection(model)
        price()
        evaluate()
        usage = zeros
        for site in chosen { usage[Int(site)] = 1 }
    }

    /// Starts where rows that a set of sites covers cost nothing and all others
    /// their weight: the bound of the greedy algorithm.
    init(_ model: CoverModel, covered sites: [Int32]) {
        var shares = [Double](repeating: 1, count: model.rowCount)
        for row in model.coveredRows(by: sites) { shares[row] = 0 }
        self.init(model, shares: shares)
    }

    /// Steps until the bound is not above `beaten`, or nothing comes of it any more.
    ///
    /// Steps aim at `aim`; both are without the covered weight.
    mutating func search(
        aim: Double, beaten: Double, steps: Int, pace: Pace, while goesOn: () -> Bool
    ) -> End {
        for _ in 0..<steps {
            if bestBound <= beaten { return .beaten }
            guard goesOn() else { return .stopped }
            guard step(towards: min(aim, bestBound), memory: pace.memory) else { return .stalled }
            guard stepsWithoutGain >= pace.patience else { continue }
            if boundOfShorterSteps - bestBound < (bestBound - beaten) * pace.leastGain { return .stalled }
            boundOfShorterSteps = bestBound
            shortenSteps()
        }
        return bestBound <= beaten ? .beaten : .stepsUsed
    }

    /// Looks at prices found elsewhere, beside which sites are open so far.
    mutating func take(_ found: CoverSaddle.Outcome) {
        (shares, usage) = (found.shares, found.openings)
        stepCount += 1
        price()
        evaluate()
    }

    /// One step against the subgradient.
    ///
    /// - Returns: false where there is none to make: the bound is the least.
    private mutating func step(towards aim: Double, memory: Double) -> Bool {
        stepCount += 1
        for site in chosen {
            for entry in model.column(Int(site)) { counts[Int(model.columnRows[entry])] += 1 }
        }
        let hasShares = !model.wanted.isEmpty
        for group in covered.indices { covered[group] = 0 }
        var length = 0.0
        for row in 0..<model.rowCount {
            let share = shares[row]
            let served = Double(counts[row]) / Double(model.needs[row])
            var slope = served - 1
            counts[row] = 0
            if hasShares, model.rowGroups[row] >= 0 {
                covered[Int(model.rowGroups[row])] += model.weights[row] * (1 + share * slope)
            }
            // At a border the price cannot go on.
            if (slope > 0 && share <= 0) || (slope < 0 && share >= 1) { slope = 0 }
            direction[row] = slope + memory * direction[row]
            length += model.weights[row] * direction[row] * direction[row]
        }
        for group in covered.indices where model.wanted[group] > 0 {
            let slope = (covered[group] - model.wanted[group]) / model.wanted[group]
            length += model.wanted[group] * slope * slope
        }
        guard length > 0 else { return false }
        let step = stepShare * max(bound - aim, abs(bestBound) * 1e-7) / length
        for row in 0..<model.rowCount { shares[row] = min(max(shares[row] - step * direction[row], 0), 1) }
        for group in covered.indices where model.wanted[group] > 0 {
            let slope = (covered[group] - model.wanted[group]) / model.wanted[group]
            groupPrices[group] = max(0, groupPrices[group] - step * slope)
        }
        price()
        evaluate()
        for site in usage.indices { usage[site] *= 1 - Self.usageShare }
        for site in chosen { usage[Int(site)] += Self.usageShare }
        return true
    }

    /// Prices of all rows and what sites earn by them.
    private mutating func price() {
        bound = 0
        for group in groupPrices.indices { bound -= groupPrices[group] * model.wanted[group] }
        for row in 0..<model.rowCount {
            var weight = model.weights[row]
            if !groupPrices.isEmpty, model.rowGroups[row] >= 0 { weight *= 1 + groupPrices[Int(model.rowGroups[row])] }
            let price = weight * shares[row]
            bound += weight - price
            prices[row] = model.needs[row] == 1 ? price : price / Double(model.needs[row])
        }
        for site in 0..<model.siteCount {
            var sum = 0.0
            for entry in model.column(site) { sum += prices[Int(model.columnRows[entry])] }
            earnings[site] = sum
        }
    }

    private mutating func evaluate() {
        bound += selection.choose(earnings)
        chosen = selection.chosen
        if bound < bestBound {
            if bound < bestBound - abs(bestBound) * 1e-5 { stepsWithoutGain = 0 }
            bestBound = bound
            for row in shares.indices { bestShares[row] = Float(shares[row]) }
            bestGroupPrices = groupPrices
            bestEarnings = selection.earnings
            bestCostPrice = selection.costPrice
            return
        }
        stepsWithoutGain += 1
    }

    /// Goes back to the best prices, and on by half the steps.
    private mutating func shortenSteps() {
        stepShare /= 2
        stepsWithoutGain = 0
        for row in shares.indices {
            shares[row] = Double(bestShares[row])
            direction[row] = 0
        }
        groupPrices = bestGroupPrices
        price()
        bound += selection.choose(earnings)
        chosen = selection.chosen
    }

    /// How much the last step says about the usage of sites.
    private static let usageShare = 0.1
}

extension CoverDual {
    /// What the rounding of all sums in a bound may come to.
    static func margin(_ model: CoverModel) -> Double { (model.rowWeight + abs(model.coveredWeight)) * 1e-12 }

    /// Where steps aim at beside the best value so far; below all where there is
    /// none, for then the shares may clash.
    static func aim(_ model: CoverModel, best: Double) -> Double {
        max(best - model.coveredWeight, -0.1 * model.rowWeight)
    }
}
