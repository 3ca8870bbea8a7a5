/// Set covering with shares: as few stations as cover a share of every group.
///
/// The tree knows stations only. What a part of a group's rows can cover is a
/// column of its own, bounded by cuts: a row counts no more than its open sites
/// allow (Benders cuts of Cordeau, Furini and Ljubić 2019, per part of a group).
/// Shares that leave no choice among rows are set covering and go there.
enum ShareSolver {
    /// Finds the fewest stations for a model of shares alone, or whether so few as
    /// the wish's target are enough; the model's number of stations does not count.
    ///
    /// - Returns: columns are the model's sites.
    static func solve(
        _ model: CoverModel, _ wish: CoveringSolver.Wish, _ control: PlacementControl
    ) throws(PlacementFailure) -> CoveringSolver.Outcome {
        if model.wanted.allSatisfy({ $0 <= 0 }) { return CoveringSolver.Outcome(columns: [], value: 0, bound: 0) }
        if model.hopelessGroup != nil {
            return CoveringSolver.Outcome(columns: nil, value: .infinity, bound: .infinity)
        }
        if let rows = model.rowsAllNeeded {
            return try CoveringSolver.solve(CoveringProgram(model, rows), wish, control)
        }
        return try branch(model, wish, control)
    }

    private static func branch(
        _ model: CoverModel, _ wish: CoveringSolver.Wish, _ control: PlacementControl
    ) throws(PlacementFailure) -> CoveringSolver.Outcome {
        let cuts = ShareCuts(model)
        var incumbent = ShareIncumbent(model, control)
        // Somewhere something is wanted, so one station is needed.
        var proved = 1.0
        incumbent.consider(favour: [Double](repeating: 1, count: model.siteCount))
        // More stations than the target are as good as none.
        let limit = wish.target.map { $0 + 1 } ?? .infinity
        let guide = BranchAndCut.Guide(
            cuts: { values throws(PlacementFailure) in cuts.broken(by: values) },
            improve: { values throws(PlacementFailure) in
                incumbent.consider(values)
                return min(incumbent.value, limit)
            },
            tell: { value, bound in
                proved = max(proved, Self.rounded(bound))
                if wish.isAudible { control.tell(value: value.isFinite ? value : nil, bound: min(value, proved)) }
            })
        let tree = try BranchAndCut(
            cuts.program(), best: min(incumbent.value, limit), goodEnough: max(1, wish.target ?? 1), step: 1,
            control: control, guide: guide)
        let (bound, isFinished) = try tree.solve()
        let value = incumbent.value
        let safe = max(proved, Self.rounded(bound))
        let isDecided = wish.target.map { value <= $0 || safe > $0 } ?? (safe >= value)
        let end = isDecided ? nil : isFinished ? .gapReached : control.end ?? .limitReached
        return CoveringSolver.Outcome(columns: incumbent.sites, value: value, bound: min(safe, value), end: end)
    }

    /// A number of stations is whole.
    private static func rounded(_ bound: Double) -> Double { max(0, (bound - 1e-6).rounded(.up)) }
}

extension CoveringProgram {
    /// Some rows of a covering model, all of them to be covered; every site costs 1.
    fileprivate init(_ model: CoverModel, _ rows: [Int]) {
        var starts = [0]
        var columns: [Int32] = []
        for row in rows {
            columns += model.rowSites[model.row(row)]
            starts.append(columns.count)
        }
        self.init(
            costs: [Double](repeating: 1, count: model.siteCount), sideCosts: model.siteCosts,
            sideLimit: model.budget, rowStarts: starts, rowColumns: columns, needs: rows.map { model.needs[$0] })
    }
}

/// The best choice so far.
private struct ShareIncumbent {
    private let model: CoverModel
    private let control: PlacementControl
    private(set) var sites: [Int32]?
    private(set) var value = Double.infinity

    init(_ model: CoverModel, _ control: PlacementControl) {
        self.model = model
        self.control = control
    }

    /// Makes a choice of a relaxation's values: of the stations it opens alone,
    /// and of what it favours.
    mutating func consider(_ values: [Double]) {
        var favour = [Double](repeating: 1e-3, count: model.siteCount)
        var choice = ShareChoice(model)
        for site in favour.indices {
            favour[site] += values[site]
            if values[site] > 1 - 1e-6 { choice.add(site) }
        }
        if choice.isEnough() { take(&choice) }
        consider(favour: favour)
    }

    /// Makes a choice greedily; only who cancels gets none.
    mutating func consider(favour: [Double]) {
        var choice = ShareChoice(model)
        choice.complete(favour: favour) { control.end != .cancelled }
        if choice.isEnough() { take(&choice) }
    }

    private mutating func take(_ choice: inout ShareChoice) {
        choice.dropRedundant()
        let sites = choice.sites
        guard Double(sites.count) < value, model.cost(of: sites) <= model.budget else { return }
        self.sites = sites
        value = Double(sites.count)
    }
}
