/// Prices of rows and openings of sites at once: the linear relaxation as a game,
/// where prices make the bound small and sites opened in part make it great.
///
/// A primal-dual method with a length of step for every row and site (Pock and
/// Chambolle, ICCV 2011) that goes on from its averages now and then (Applegate,
/// Hinder, Lu and Lubin, Mathematical Programming 201, 2023). A step takes two
/// passes over the entries, hardly more than one of the subgradient search; but
/// it comes as close to the bound of linear programming as one likes, where the
/// steps of that one become short too early. The prices of groups and of cost
/// stay as they are.
struct CoverSaddle {
    private let model: CoverModel
    /// Of the rows, with the prices of their groups.
    private let weights: [Double]
    /// What its cost takes from every site's earning; empty where nothing does.
    private let charges: [Double]
    /// How much an earning of 1 opens every site in a step.
    private let paces: [Double]
    private var here: Point
    private var sum: Point
    private var stepsSinceRestart = 0
    /// The openings of the next step.
    private var openings: [Double]
    private var lastStart: Start
    /// Prices take steps so much longer, openings so much shorter.
    private var balance = 1.0
    private var prices: [Double]
    /// How many steps were made.
    private(set) var stepCount = 0

    /// Starts from the best prices of a search, and from open sites.
    init(_ dual: CoverDual, open: [Int32]) {
        let model = dual.model
        self.model = model
        weights = model.weights(times: dual.bestGroupPrices.map { $0 + 1 })
        charges = model.siteCosts.map { $0 * dual.bestCostPrice }
        var reached = [Double](repeating: 0, count: model.siteCount)
        for row in 0..<model.rowCount {
            let weight = weights[row] / Double(model.needs[row])
            for entry in model.row(row) { reached[Int(model.rowSites[entry])] += weight }
        }
        paces = reached.map { $0 > 0 ? 1 / $0 : 0 }
        here = Point(model)
        sum = here
        here.shares = dual.bestShares.map { Double($0) }
        openings = here.openings
        for site in open { openings[Int(site)] = 1 }
        prices = [Double](repeating: 0, count: model.rowCount)
        lastStart = Start(shares: here.shares, openings: openings, gap: .infinity)
        earn()
    }

    /// What some steps brought.
    struct Outcome {
        /// Prices, as shares of the weights.
        var shares: [Double]
        /// How far every site is open, 0 to 1: close to a solution of the linear
        /// relaxation.
        var openings: [Double]
        /// The bound of the prices is at most so far above that of linear programming.
        var gap: Double
    }

    /// Makes some steps, at least one.
    ///
    /// - Returns: the better of where they led to and of the average since the
    ///   last restart.
    mutating func advance(while goesOn: () -> Bool) -> Outcome {
        step()
        for _ in 1..<Self.stepsALook where goesOn() { step() }
        let average = sum.divided(by: Double(stepsSinceRestart))
        let (gapHere, gapOfAverage) = (gap(here), gap(average))
        let best = gapOfAverage < gapHere ? average : here
        let least = min(gapHere, gapOfAverage)
        let isLong = Double(stepsSinceRestart) > Double(stepCount) * Self.longestShare
        if least < lastStart.gap * Self.shrinkage || isLong {
            if gapOfAverage < gapHere {
                here = average
                openings = average.openings
            }
            restart(gap: least)
        }
        return Outcome(shares: best.shares, openings: best.openings, gap: least)
    }

    private mutating func step() {
        stepCount += 1
        stepsSinceRestart += 1
        here.openings = openings
        for row in 0..<model.rowCount {
            let entries = model.row(row)
            var served = 0.0
            for entry in entries { served += openings[Int(model.rowSites[entry])] }
            let need = Double(model.needs[row])
            let share = here.shares[row] - balance * (served - need) / Double(entries.count)
            here.shares[row] = min(max(share, 0), 1)
            here.served[row] = served / need
        }
        let earlier = here.earnings
        earn()
        for site in openings.indices {
            let earning = 2 * here.earnings[site] - earlier[site] - (charges.isEmpty ? 0 : charges[site])
            openings[site] += paces[site] / balance * earning
        }
        keepToStationCount()
        sum.add(here)
    }

    private mutating func earn() {
        for row in 0..<model.rowCount {
            let price = weights[row] * here.shares[row]
            prices[row] = model.needs[row] == 1 ? price : price / Double(model.needs[row])
        }
        for site in 0..<model.siteCount {
            var sum = 0.0
            for entry in model.column(site) { sum += prices[Int(model.columnRows[entry])] }
            here.earnings[site] = sum
        }
    }

    /// Moves the openings to the nearest allowed ones, by the measure of the paces:
    /// down by a toll that all pay (bisection).
    private mutating func keepToStationCount() {
        func stations(toll: Double) -> Double {
            var sum = 0.0
            for site in openings.indices { sum += min(max(openings[site] - toll * paces[site], 0), 1) }
            return sum
        }
        let limit = Double(model.stationCount)
        var (low, high) = (0.0, 0.0)
        if stations(toll: 0) > limit {
            for site in openings.indices where paces[site] > 0 { high = max(high, openings[site] / paces[site]) }
            for _ in 0..<Self.bisections {
                let middle = (low + high) / 2
                if stations(toll: middle) > limit { low = middle } else { high = middle }
            }
        }
        for site in openings.indices { openings[site] = min(max(openings[site] - high * paces[site], 0), 1) }
    }

    /// What the prices of a point say more than its openings cover.
    private func gap(_ point: Point) -> Double {
        var gap = 0.0
        for row in weights.indices { gap += weights[row] * (1 - point.shares[row] - min(point.served[row], 1)) }
        var earnings = point.earnings
        for site in charges.indices {
            earnings[site] -= charges[site]
            gap += charges[site] * point.openings[site]
        }
        earnings.sort(by: >)
        for earning in earnings.prefix(model.stationCount) where earning > 0 { gap += earning }
        return gap
    }

    /// Goes on from here; prices and openings shall go ways of one length.
    private mutating func restart(gap: Double) {
        var (wayOfPrices, wayOfOpenings) = (0.0, 0.0)
        for row in weights.indices {
            let way = here.shares[row] - lastStart.shares[row]
            wayOfPrices += way * way * weights[row] / Double(model.needs[row]) * Double(model.row(row).count)
        }
        for site in paces.indices where paces[site] > 0 {
            let way = openings[site] - lastStart.openings[site]
            wayOfOpenings += way * way / paces[site]
        }
        if wayOfPrices > 0, wayOfOpenings > 0 {
            balance = (balance * (wayOfPrices / wayOfOpenings).squareRoot()).squareRoot()
        }
        lastStart = Start(shares: here.shares, openings: openings, gap: gap)
        sum = Point(model)
        stepsSinceRestart = 0
    }

    private struct Start {
        var shares: [Double]
        var openings: [Double]
        var gap: Double
    }

    private static let stepsALook = 20
    /// A gap that shrinks to such a part of that at the last restart is worth one.
    private static let shrinkage = 0.2
    /// Such a part of all steps without a restart is long enough.
    private static let longestShare = 0.36
    private static let bisections = 50
}

extension CoverSaddle {
    /// Prices and openings, and what follows from them; all of it can be averaged.
    private struct Point {
        var shares: [Double]
        var openings: [Double]
        /// How much of its sites is open for every row, as a part of what it needs.
        var served: [Double]
        var earnings: [Double]

        init(_ model: CoverModel) {
            shares = [Double](repeating: 0, count: model.rowCount)
            served = shares
            openings = [Double](repeating: 0, count: model.siteCount)
            earnings = openings
        }

        mutating func add(_ other: Point) {
            for row in shares.indices {
                shares[row] += other.shares[row]
                served[row] += other.served[row]
            }
            for site in openings.indices {
                openings[site] += other.openings[site]
                earnings[site] += other.earnings[site]
            }
        }

        func divided(by count: Double) -> Point {
            var point = self
            for row in shares.indices {
                point.shares[row] /= count
                point.served[row] /= count
            }
            for site in openings.indices {
                point.openings[site] /= count
                point.earnings[site] /= count
            }
            return point
        }
    }
}
