/// Finds the sites with the least sum of weight times cost, and proves it.
enum MedianSolver {
    /// Rows with more entries than this in all are first looked at in part.
    private static let entriesOfSample = 1_000_000

    static func solve(_ problem: PlacementProblem, _ control: PlacementControl) throws(PlacementFailure)
        -> PlacementAnswer
    {
        try refuseWhatIsUnsupported(problem)
        let model = try MedianModel(problem)
        let run = MedianRun(problem, control, model)
        let sites = start(model, run)
        if let answer = answer(run) { return answer }
        MedianRoot(model, run).solve()
        if let answer = answer(run) { return answer }
        if let end = control.end { throw .noAnswerYet(end) }
        throw .unservable(demand: problem.demandUnserved(by: sites))
    }

    private static func refuseWhatIsUnsupported(_ problem: PlacementProblem) throws(PlacementFailure) {
        if !problem.capacities.isEmpty { throw .unsupported(.median, "capacities") }
        if problem.shares != nil { throw .unsupported(.median, "shares") }
        if problem.backup > 1 { throw .unsupported(.median, "backup") }
    }

    /// A first answer.
    ///
    /// - Returns: its sites, even if they leave demand unserved that has to be.
    private static func start(_ model: MedianModel, _ run: MedianRun) -> [UInt32] {
        let mayGoOn = { run.control.end == nil }
        var sites: [Int]
        if model.rows.entryCount > entriesOfSample * 2 {
            sites = model.sampled(entries: entriesOfSample).greedy(while: mayGoOn)
            var exchange = MedianInterchange(model, sites: sites)
            exchange.improve(while: mayGoOn)
            sites = exchange.sites
        } else {
            sites = model.greedy(while: mayGoOn)
        }
        let identities = model.identities(of: sites)
        run.consider(identities)
        return identities
    }

    private static func answer(_ run: MedianRun) -> PlacementAnswer? {
        guard let end = run.end, run.value < .infinity else { return nil }
        return PlacementAnswer(sites: run.sitesNeeded(), value: run.value, bound: run.bound, end: end)
    }
}
