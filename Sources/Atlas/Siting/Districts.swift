import Siting
import Store

/// Which boundaries demand and sites lie in: those whose borders a plan is
/// looked at across.
struct Districts {
    /// The boundaries, by ref.
    let boundaries: [StoredFeature]
    /// The number of every demand's boundary; -1 for none.
    let ofDemand: [Int32]
    /// The number of every site's boundary; -1 for none.
    let ofSite: [Int32]

    /// The boundary of a number; `nil` for none.
    func boundary(_ number: Int32) -> StoredFeature? { number < 0 ? nil : boundaries[Int(number)] }

    /// The table without the entries whose site and demand lie in two of them.
    func apart(_ table: CostTable) -> CostTable {
        var rowStarts = [0]
        var sites: [UInt32] = []
        var costs: [Double] = []
        rowStarts.reserveCapacity(table.demandCount + 1)
        for demand in 0..<table.demandCount {
            for entry in table.row(demand) where ofSite[Int(table.sites[entry])] == ofDemand[demand] {
                sites.append(table.sites[entry])
                costs.append(table.costs[entry])
            }
            rowStarts.append(sites.count)
        }
        return CostTable(
            siteCount: table.siteCount, rowStarts: rowStarts, sites: sites, costs: costs, areSorted: true)
    }
}
