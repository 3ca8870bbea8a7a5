extension MedianModel {
    /// Whether a row has to be served by one of its sites.
    @inline(__always)
    func hasToBeServed(_ row: Int) -> Bool {
        penalty > 0 && rows.weights[row] * rows.ceilings[row] >= penalty * (1 - 1e-9)
    }

    /// Sites that serve all rows which have to be served, within limit and budget:
    /// a set covering problem.
    ///
    /// - Returns: sites of the model, ascending; `nil` where the control ended the
    ///   search, and an empty array where there are none.
    func sitesServingAll(_ control: PlacementControl) throws(PlacementFailure) -> [Int]? {
        var starts = [0]
        var columns: [Int32] = []
        for row in 0..<rows.count where hasToBeServed(row) {
            for entry in rows.starts[row]..<rows.ends[row] { columns.append(Int32(rows.sites[entry])) }
            starts.append(columns.count)
        }
        let hasBudget = budget < .infinity
        let program = CoveringProgram(
            costs: Array(repeating: 1, count: siteCount),
            sideCosts: hasBudget ? siteCosts.map { min($0, 2 * budget + 1) } : [],
            sideLimit: budget, rowStarts: starts, rowColumns: columns,
            needs: Array(repeating: 1, count: starts.count - 1))
        let outcome = try CoveringSolver.solve(program, CoveringSolver.Wish(target: Double(limit)), control)
        if let columns = outcome.columns, outcome.value <= Double(limit) { return columns.map(Int.init) }
        return outcome.bound > Double(limit) ? [] : nil
    }
}
