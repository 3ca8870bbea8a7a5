/// A p-median problem over sites that are all free to choose: kept stations,
/// stations fixed to be open and the cost of unserved demand are ceilings of the
/// rows, closed sites are gone.
struct MedianModel: Sendable {
    /// The demand; its sites count from 0 to the end of `siteIDs`.
    var rows: MedianRows
    /// The number of every site in the problem's table, ascending.
    var siteIDs: [UInt32]
    /// How many stations may be opened, at most.
    var limit: Int
    /// What a station costs at every site; empty: nothing.
    var siteCosts: [Double] = []
    /// What the stations may cost together.
    var budget = Double.infinity
    /// The sites, as the problem's table numbers them, that are open already.
    var opened: [UInt32] = []
    /// The cost of demand that is in no row: none of the sites serves it for less.
    var constant = 0.0
    /// How many stations some best answer opens at least; rows count on it.
    var certainCount = 0
    /// What a row costs at most that has to be served and is not, weight included;
    /// more than any answer that serves all. 0 where there is no such row.
    var penalty = 0.0
    /// Whether ceilings are lower than what serving costs: the model bounds the
    /// value from below then, and does not tell it.
    var isRelaxed = false
    /// The sites that no row has though they are not closed, as the problem's table
    /// numbers them.
    var unseen: [UInt32] = []

    /// How many sites are free.
    var siteCount: Int { siteIDs.count }

    /// What a station costs at a site.
    @inline(__always)
    func siteCost(_ site: Int) -> Double { siteCosts.isEmpty ? 0 : siteCosts[site] }

    /// The sites of the problem's table that chosen sites of the model stand for,
    /// with those that are open already, ascending.
    func identities(of chosen: [Int]) -> [UInt32] {
        (opened + chosen.map { siteIDs[$0] }).sorted()
    }

    /// The sites of the model among those of the problem's table.
    func places(of identities: [UInt32]) -> [Int] {
        siteIDs.indices.filter { identities.contains(siteIDs[$0]) }
    }
}
