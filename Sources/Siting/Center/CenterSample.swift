/// A few demands that stand for all: what holds for them bounds what holds for
/// everybody (Contardo, Iori and Kramer 2019).
struct CenterSample {
    /// Whether the sample's demands can be served within a cost.
    enum Decision {
        case yes(sites: [UInt32])
        case no
        case ended(PlacementAnswer.End)
    }

    private let model: CenterModel
    private let control: PlacementControl
    /// The demands, in the order they came in.
    private(set) var demands: [Int] = []

    init(_ model: CenterModel, _ control: PlacementControl) {
        self.model = model
        self.control = control
    }

    /// Takes some of the demands in that a choice serves worst: a few of them
    /// all, then such as have no site within the limit in common, so that each
    /// says something new.
    mutating func take(_ violated: [(cost: Double, demand: Int)], limit: Double, most: Int) {
        var isTouched = [Bool](repeating: false, count: model.problem.table.siteCount)
        var taken = 0
        for (_, demand) in violated where taken < most {
            let sites = reach(of: demand, within: limit)
            if taken >= 9, sites.contains(where: { isTouched[Int(model.problem.table.sites[$0])] }) { continue }
            for entry in sites { isTouched[Int(model.problem.table.sites[entry])] = true }
            demands.append(demand)
            taken += 1
        }
    }

    /// The entries of a demand that cost no more than the limit.
    private func reach(of demand: Int, within limit: Double) -> Range<Int> {
        let row = model.problem.table.row(demand)
        var (low, high) = (row.lowerBound, row.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if model.problem.table.costs[middle] <= limit { low = middle + 1 } else { high = middle }
        }
        return row.lowerBound..<low
    }

    /// The costs of the sample's entries from one cost up to below another,
    /// ascending, each once.
    func costs(from least: Double, below greatest: Double) -> [Double] {
        var costs: [Double] = []
        for demand in demands {
            let end = model.problem.table.rowStarts[demand + 1]
            var entry = reach(of: demand, within: least.nextDown).upperBound
            while entry < end, model.problem.table.costs[entry] < greatest {
                costs.append(model.problem.table.costs[entry])
                entry += 1
            }
        }
        costs.sort()
        var distinct = 0
        for cost in costs where distinct == 0 || cost != costs[distinct - 1] {
            costs[distinct] = cost
            distinct += 1
        }
        costs.removeLast(costs.count - distinct)
        return costs
    }

    /// The least cost of the sample's entries above a limit; `greatest` where
    /// there is none below it.
    func leastCost(above limit: Double, orNone greatest: Double) -> Double {
        var least = greatest
        for demand in demands {
            let entry = reach(of: demand, within: limit).upperBound
            if entry < model.problem.table.rowStarts[demand + 1] {
                least = min(least, model.problem.table.costs[entry])
            }
        }
        return least
    }

    /// Decides whether stations within the target serve the whole sample within
    /// a cost: a covering program. Looks first near some sites.
    func decide(within limit: Double, near start: [UInt32]) throws(PlacementFailure) -> Decision {
        if limit >= model.beyondCost { return .yes(sites: []) }
        guard let program = program(within: limit) else { return .no }
        let wish = CoveringSolver.Wish(target: model.target, start: start.map { Int32(bitPattern: $0) })
        let outcome = try CoveringSolver.solve(program, wish, control)
        if let columns = outcome.columns, outcome.value <= model.target {
            return .yes(sites: columns.map { UInt32($0) })
        }
        if outcome.bound > model.target { return .no }
        return .ended(outcome.end ?? .limitReached)
    }

    /// `nil` where a demand has too few sites.
    private func program(within limit: Double) -> CoveringProgram? {
        var starts = [0]
        var columns: [Int32] = []
        var needs: [Int32] = []
        for demand in demands {
            let first = columns.count
            var need = model.problem.backup
            for entry in reach(of: demand, within: limit) {
                let site = model.problem.table.sites[entry]
                if model.isKept[Int(site)] { need -= 1 } else { columns.append(Int32(bitPattern: site)) }
            }
            if need <= 0 || columns.count - first < need {
                if need > 0 { return nil }
                columns.removeLast(columns.count - first)
                continue
            }
            columns[first...].sort()
            starts.append(columns.count)
            needs.append(Int32(need))
        }
        return CoveringProgram(
            costs: model.columnCosts, sideCosts: model.sideCosts, sideLimit: model.sideLimit, rowStarts: starts,
            rowColumns: columns, needs: needs)
    }
}
