/// Finds the sites with the least sum of weight times cost, and proves it.
enum MedianSolver {
    /// Solves a median problem without capacities, shares and backup, checked by
    /// `PlacementCheck`.
    ///
    /// - Parameters:
    ///   - problem: what is asked for; demand without any entry is left out.
    ///   - control: what the search may take; a step of a Lagrangian is a step of work.
    ///   - effort: from which sizes on other ways are gone.
    /// - Returns: the best sites found, what they cost, and what none can cost less than.
    /// - Throws: `unservable` where some demand has to be served and cannot be,
    ///   `noAnswerYet` where the control ended the search before the first answer.
    static func solve(
        _ problem: PlacementProblem, _ control: PlacementControl, effort: MedianEffort = MedianEffort()
    ) throws(PlacementFailure) -> PlacementAnswer {
        precondition(
            problem.capacities.isEmpty && problem.shares == nil && problem.backup == 1,
            "neither capacities nor shares nor backup")
        let model = MedianModel(problem)
        let run = MedianRun(problem, control, model, effort)
        try start(model, run)
        if let answer = answer(run) { return answer }
        MedianRoot(model, run).solve()
        if let answer = answer(run) { return answer }
        if let end = control.end { throw .noAnswerYet(end) }
        throw .unservable(demand: problem.demandUnserved(by: []))
    }

    /// A first answer.
    private static func start(_ model: MedianModel, _ run: MedianRun) throws(PlacementFailure) {
        let mayGoOn = { run.control.end == nil }
        var sites: [Int]
        if model.rows.entryCount > run.effort.entriesOfSample * 2 {
            sites = model.sampled(entries: run.effort.entriesOfSample).greedy(while: mayGoOn)
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
