/// What sites add to rows that lack more than one of them: a part of the rows'
/// weight that grows as they lack less. Kept up to date at every opening.
struct CoverPromises {
    private let model: CoverModel
    /// By site; empty where no row needs more than one.
    private var promises: [Double] = []

    init(_ state: CoverState) {
        model = state.model
        guard model.hasBackup else { return }
        promises = [Double](repeating: 0, count: model.siteCount)
        for row in 0..<model.rowCount { add(row, state, lacking: model.needs[row] - state.counts[row], sign: 1) }
    }

    /// What a site adds beside its gain.
    @inline(__always)
    func of(_ site: Int) -> Double { promises.isEmpty ? 0 : promises[site] }

    /// A closed site of the state is about to be opened.
    mutating func open(_ site: Int, _ state: CoverState) {
        if promises.isEmpty { return }
        for entry in model.column(site) {
            let row = Int(model.columnRows[entry])
            let lacking = model.needs[row] - state.counts[row]
            add(row, state, lacking: lacking, sign: -1)
            add(row, state, lacking: lacking - 1, sign: 1)
        }
    }

    private mutating func add(_ row: Int, _ state: CoverState, lacking: Int32, sign: Double) {
        guard lacking > 1 else { return }
        let weight = sign * state.weights[row] / Double(lacking) * 0.5
        for entry in model.row(row) { promises[Int(model.rowSites[entry])] += weight }
    }
}
