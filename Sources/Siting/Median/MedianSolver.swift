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
        try start(model, run)
        if let answer = answer(run) { return answer }
        MedianRoot(model, run).solve()
        if let answer = answer(run) { return answer }
        if let end = control.end { throw .noAnswerYet(end) }
        throw .unservable(demand: problem.demandUnserved(by: []))
    }

    private static func refuseWhatIsUnsupported(_ problem: PlacementProblem) throws(PlacementFailure) {
        if !problem.capacities.isEmpty { throw .unsupported(.median, "capacities") }
        if problem.shares != nil { throw .unsupported(.median, "shares") }
        if problem.backup > 1 { throw .unsupported(.median, "backup") }
    }

    /// A first answer.
    private static func start(_ model: MedianModel, _ run: MedianRun) throws(PlacementFailure) {
        let mayGoOn = { run.control.end == nil }
        var sites: [Int]
        if model.rows.entryCount > entriesOfSample * 2 {
            sites = model.sampled(entries: entriesOfSample).greedy(while: mayGoOn)
            sites = model.exchanged(sites, while: mayGoOn)
        } else {
            sites = model.greedy(while: mayGoOn)
        }
        run.consider(model.identities(of: sites))
        guard run.value == .infinity, run.control.end == nil else { return }
        guard let serving = try model.sitesServingAll(run.control) else { return }
        if serving.isEmpty { throw .unservable(demand: run.problem.demandUnserved(by: model.identities(of: sites))) }
        run.consider(model.identities(of: model.exchanged(serving, while: mayGoOn)))
    }

    private static func answer(_ run: MedianRun) -> PlacementAnswer? {
        guard let end = run.end, run.value < .infinity else { return nil }
        return PlacementAnswer(sites: run.sitesNeeded(), value: run.value, bound: run.bound, end: end)
    }
}
