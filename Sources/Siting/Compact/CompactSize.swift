/// How large a problem with capacities may be.
extension CompactModel {
    /// The most entries of a table with capacities: each has a column, and about
    /// 200 bytes.
    static let mostEntries = 2_000_000
    /// The most pairs of a demand, or a station, and a station: each has 16 bytes
    /// while demand is sent to stations.
    static let mostPairs = 10_000_000

    /// Throws where a problem with capacities takes more memory than these limits allow.
    static func refuseTooLarge(_ problem: PlacementProblem) throws(PlacementFailure) {
        let entries = problem.table.sites.count
        guard entries <= mostEntries else { throw .tooLarge(pairs: entries, limit: mostEntries) }
        let new = min(problem.stationCount ?? .max, problem.table.siteCount - problem.kept.count)
        let stations = problem.kept.count + new + 1
        let (pairs, isBeyond) = (problem.table.demandCount + stations).multipliedReportingOverflow(by: stations)
        guard !isBeyond, pairs <= mostPairs else {
            throw .tooLarge(pairs: isBeyond ? .max : pairs, limit: mostPairs)
        }
    }
}
