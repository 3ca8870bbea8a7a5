/// Demands that the same sites reach, merged into one row with their weight.
///
/// A demand stands in a row when the sites that are still to choose can make
/// it covered and the kept stations alone do not. In a city most demands share
/// their sites with many others: a million become some ten thousand rows
/// (isomorphic aggregation: Chen et al., EJOR 311, 2023, 73-87).
struct EqualCovers: Sendable {
    /// How many sites the problem has; kept ones stand in no row.
    let siteCount: Int
    /// Where every row begins; one more than there are rows, the first is 0.
    private(set) var rowStarts: [Int] = [0]
    /// The sites of all rows, ascending within a row.
    private(set) var sites: [UInt32] = []
    /// How many of its sites have to be open until a row is covered: what the
    /// kept stations leave of the backup wanted, from 1 to the row's length.
    private(set) var needs: [Int32] = []
    /// The weight of all demands of a row.
    private(set) var weights: [Double] = []
    /// The group of every row, `Shares.noGroup` for none; empty without shares.
    private(set) var groups: [UInt32] = []

    /// The weight that the kept stations cover.
    private(set) var keptWeight = 0.0
    /// What of a group the kept stations cover; empty without shares.
    private(set) var keptWeightsOfGroups: [Double] = []
    /// The whole weight of every group, that of demand out of all reach
    /// included; empty without shares.
    private(set) var weightsOfGroups: [Double] = []
    /// The weight of all demands that can be covered.
    private(set) var reachableWeight = 0.0
    /// Whether the rows hold all demands; false where the merging was broken off.
    private(set) var isComplete = true
    /// How many demands can be covered: by kept stations or by sites.
    private(set) var reachableDemandCount = 0

    /// How many rows there are.
    var rowCount: Int { needs.count }
    /// The entries of a row.
    @inline(__always)
    func row(_ row: Int) -> Range<Int> { rowStarts[row]..<rowStarts[row + 1] }

    /// Merges the demands of a problem, for its radius, kept stations, backup
    /// and shares.
    ///
    /// Rows are in the order of their first demand, the same for any number of
    /// threads. Asks now and then whether to go on with the rows; without them
    /// the weights are told all the same.
    ///
    /// - Complexity: O(entries within the radius), on all processors; 20 bytes
    ///   a demand besides the rows.
    init(_ problem: PlacementProblem, while goesOn: @escaping @Sendable () -> Bool = { true }) {
        siteCount = problem.table.siteCount
        let shares = problem.shares
        if let shares {
            keptWeightsOfGroups = [Double](repeating: 0, count: shares.groupCount)
            weightsOfGroups = keptWeightsOfGroups
        }
        let signatures = CoverSignatures(problem)
        countKept(problem, signatures)
        guard goesOn(), let classes = MergedDemands(problem, signatures).classes(problem, signatures, while: goesOn)
        else {
            isComplete = false
            return
        }
        for (index, merged) in classes.enumerated() {
            if index % 4096 == 4095, !goesOn() {
                isComplete = false
                return
            }
            append(merged, of: problem, need: signatures.needs[merged.demand])
        }
    }

    private mutating func countKept(_ problem: PlacementProblem, _ signatures: CoverSignatures) {
        for demand in 0..<problem.table.demandCount {
            let need = signatures.needs[demand]
            if need >= 0 { reachableDemandCount += 1 }
            let weight = problem.weights[demand]
            if need >= 0 { reachableWeight += weight }
            if need == 0 { keptWeight += weight }
            guard let shares = problem.shares, shares.groups[demand] != PlacementProblem.Shares.noGroup else {
                continue
            }
            let group = Int(shares.groups[demand])
            weightsOfGroups[group] += weight
            if need == 0 { keptWeightsOfGroups[group] += weight }
        }
    }

    private mutating func append(_ merged: MergedDemands.Class, of problem: PlacementProblem, need: Int32) {
        let first = sites.count
        let entries = problem.table.row(merged.demand)
        for entry in entries.prefix(CoverSignatures.reach(problem, merged.demand)) {
            let site = problem.table.sites[entry]
            if !problem.isKept(site) { sites.append(site) }
        }
        sites[first...].sort()
        rowStarts.append(sites.count)
        needs.append(need)
        weights.append(merged.weight)
        if let shares = problem.shares { groups.append(shares.groups[merged.demand]) }
    }
}
