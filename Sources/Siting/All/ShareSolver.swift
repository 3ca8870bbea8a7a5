/// Set covering with shares: as few stations as cover a share of every group.
///
/// The tree knows stations only. What a part of a group's rows can cover is a
/// column of its own, bounded by cuts: a row counts no more than its open sites
/// allow (Benders cuts of Cordeau, Furini and Ljubić 2019, per part of a group).
enum ShareSolver {
    /// Finds the fewest stations, or what the control leaves time for.
    static func solve(
        _ problem: PlacementProblem, _ covers: EqualCovers, _ control: PlacementControl
    ) throws(PlacementFailure) -> PlacementAnswer {
        let model = try ShareModel(problem, covers)
        if model.wanted.isEmpty { return PlacementAnswer(sites: [], value: 0, bound: 0, end: .proved) }
        let cuts = ShareCuts(model)
        var incumbent = ShareIncumbent(model)
        // Somewhere something is wanted, so one station is needed.
        var proved = 1.0
        incumbent.consider(favour: [Double](repeating: 1, count: covers.siteCount))
        let guide = BranchAndCut.Guide(
            cuts: { values throws(PlacementFailure) in cuts.broken(by: values) },
            improve: { values throws(PlacementFailure) in
                incumbent.consider(values, of: cuts)
                return incumbent.value
            },
            tell: { value, bound in
                proved = max(proved, Self.rounded(bound))
                control.tell(value: value, bound: min(value, proved))
            })
        let tree = try BranchAndCut(
            cuts.program(), best: incumbent.value, goodEnough: 1, step: 1, control: control, guide: guide)
        let (bound, isFinished) = try tree.solve()
        let value = incumbent.value
        let safe = min(value, max(proved, Self.rounded(bound)))
        let end = safe >= value ? PlacementAnswer.End.proved : isFinished ? .gapReached : control.end ?? .limitReached
        return PlacementAnswer(sites: incumbent.sites, value: value, bound: safe, end: end)
    }

    /// A number of stations is whole.
    private static func rounded(_ bound: Double) -> Double { max(0, (bound - 1e-6).rounded(.up)) }
}

/// The best choice so far.
private struct ShareIncumbent {
    private let model: ShareModel
    private(set) var sites: [UInt32] = []
    private(set) var value = Double.infinity

    init(_ model: ShareModel) { self.model = model }

    /// Makes a choice of a relaxation's values: of the stations it opens alone,
    /// and of what it favours.
    mutating func consider(_ values: [Double], of cuts: ShareCuts) {
        var favour = [Double](repeating: 1e-3, count: model.covers.siteCount)
        var choice = ShareChoice(model)
        for (column, site) in cuts.sites.enumerated() {
            favour[site] += values[column]
            if values[column] > 1 - 1e-6 { choice.add(site) }
        }
        if choice.isEnough() { take(&choice) }
        consider(favour: favour)
    }

    /// Makes a choice greedily.
    mutating func consider(favour: [Double]) {
        var choice = ShareChoice(model)
        choice.complete(favour: favour)
        if choice.isEnough() { take(&choice) }
    }

    private mutating func take(_ choice: inout ShareChoice) {
        choice.dropRedundant()
        let sites = choice.sites
        guard Double(sites.count) < value else { return }
        self.sites = sites
        value = Double(sites.count)
    }
}
