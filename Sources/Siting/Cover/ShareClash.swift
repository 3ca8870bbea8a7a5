/// Whether the stations of a covering model can meet the shares of groups, and
/// which groups' shares clash where they cannot.
struct ShareClash {
    private let model: CoverModel
    private let control: PlacementControl

    init(_ model: CoverModel, _ control: PlacementControl) {
        self.model = model
        self.control = control
    }

    /// Sites of the model that meet all shares; none and no end where nothing does.
    func outcome() throws(PlacementFailure) -> (columns: [Int32]?, end: PlacementAnswer.End?) {
        let alone = model.sharesAlone { control.end == nil }
        let target = Double(model.stationCount)
        let outcome = try ShareSolver.solve(
            alone, CoveringSolver.Wish(target: target), PlacementControl(questionOf: control))
        if outcome.bound > target { return (nil, nil) }
        guard outcome.value <= target, let columns = outcome.columns else {
            return (nil, outcome.end ?? .limitReached)
        }
        let numbers = Set(columns.map { alone.siteNumbers[Int($0)] })
        return (
            (0..<Int32(truncatingIfNeeded: model.siteCount)).filter { numbers.contains(model.siteNumbers[Int($0)]) },
            nil
        )
    }

    /// Groups that clash: each is left out in turn, and stays out if the others
    /// clash without it (the deletion filter of Chinneck and Dravnieks 1991),
    /// first many at once, then one by one.
    ///
    /// A question that takes too long counts as if the others did not clash; then
    /// the groups may not be a least set.
    func leastGroups() throws(PlacementFailure) -> (groups: [Int], isLeast: Bool) {
        if let group = model.sharesAlone(while: { control.end == nil }).hopelessGroup { return ([group], true) }
        var left = model.wanted.indices.filter { model.wanted[$0] > 0 }
        var (size, questions, isLeast) = (max(1, left.count / 2), 0, true)
        while true {
            var first = 0
            while first < left.count, left.count > 1 {
                var others = left
                others.removeSubrange(first..<min(first + size, left.count))
                questions += 1
                let isClash = questions > Self.mostQuestions ? nil : try doClash(others)
                if isClash == true {
                    left = others
                } else {
                    first += size
                    if isClash == nil, size == 1 { isLeast = false }
                }
            }
            if size == 1 { return (left, isLeast) }
            size /= 2
        }
    }

    /// Whether the shares of some groups clash; `nil` where that takes too long to find out.
    private func doClash(_ groups: [Int]) throws(PlacementFailure) -> Bool? {
        var isCounted = [Bool](repeating: false, count: model.wanted.count)
        for group in groups { isCounted[group] = true }
        let alone = model.sharesAlone(of: isCounted) { control.end == nil }
        let work = alone.rowsAllNeeded == nil ? Self.mostNodes : Self.mostSteps
        let target = Double(model.stationCount)
        let outcome = try ShareSolver.solve(
            alone, CoveringSolver.Wish(target: target), PlacementControl(questionOf: control, workLimit: work))
        return outcome.bound > target ? true : outcome.value <= target ? false : nil
    }

    private static let mostQuestions = 256
    /// Nodes of a tree of shares.
    private static let mostNodes = 200
    /// Steps of a search for a set cover.
    private static let mostSteps = 20_000
}
