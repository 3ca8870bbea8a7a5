/// A covering problem after all reductions, in flat arrays: rows of merged
/// demand and columns of sites that may be worth a station.
///
/// A row is covered when `needs` of its sites are open. Wanted is the greatest
/// weight of covered rows with at most `stationCount` sites open that cost at
/// most `budget`, where every group has `wanted` of weight covered.
struct CoverModel: Sendable {
    /// The problem's number of every site, ascending.
    let siteNumbers: [UInt32]
    /// What every site costs; empty where there is no budget.
    let siteCosts: [Double]
    /// How many sites may be open.
    let stationCount: Int
    /// What the open sites may cost together; infinite for no limit.
    let budget: Double

    /// Where the sites of every row begin.
    let rowStarts: [Int]
    /// The sites of all rows, by their place in `siteNumbers`.
    let rowSites: [Int32]
    /// How many sites of a row have to be open.
    let needs: [Int32]
    /// The weight of every row, above 0.
    let weights: [Double]
    /// The group of every row; -1 for none, or for one that has its share.
    let rowGroups: [Int32]
    /// Where the rows of every site begin.
    let columnStarts: [Int]
    /// The rows of all sites, ascending within a site.
    let columnRows: [Int32]

    /// Weight that is covered whatever is chosen: by sites that a restriction opens.
    let coveredWeight: Double
    /// How much weight of its rows every group wants covered.
    let wanted: [Double]
    /// The weight of all rows.
    let rowWeight: Double
    /// Whether every weight is a whole number, so that values are, and exact.
    let isIntegral: Bool
    /// Whether some row needs more than one site.
    let hasBackup: Bool

    /// How many sites there are.
    var siteCount: Int { siteNumbers.count }
    /// How many rows there are.
    var rowCount: Int { needs.count }
    /// The entries of a row in `rowSites`.
    @inline(__always)
    func row(_ row: Int) -> Range<Int> { rowStarts[row]..<rowStarts[row + 1] }
    /// The entries of a site in `columnRows`.
    @inline(__always)
    func column(_ site: Int) -> Range<Int> { columnStarts[site]..<columnStarts[site + 1] }

    /// The weight that sites cover, with what is covered anyhow.
    ///
    /// Summed in the order of the rows: the same bits however it was found.
    func value(of sites: [Int32]) -> Double {
        coveredWeight + coveredRows(by: sites).reduce(0.0) { $0 + weights[$1] }
    }

    /// The greatest bound that leaves nothing better than a value, but for rounding.
    func beaten(by value: Double) -> Double {
        isIntegral ? (value + 1).nextDown : value + abs(value) * 1e-9
    }

    /// The weight of all rows that a site stands in.
    func weight(reachedFrom site: Int) -> Double {
        var sum = 0.0
        for entry in column(site) { sum += weights[Int(columnRows[entry])] }
        return sum
    }

    /// The rows that sites cover, ascending.
    func coveredRows(by sites: [Int32]) -> [Int] {
        var left = needs
        for site in sites {
            for entry in column(Int(site)) { left[Int(columnRows[entry])] -= 1 }
        }
        return left.indices.filter { left[$0] <= 0 }
    }

    /// Whether sites keep to the number of stations, the budget and the shares.
    func isAllowed(_ sites: [Int32]) -> Bool {
        sites.count <= stationCount && cost(of: sites) <= budget && lackingGroups(sites).isEmpty
    }

    /// The groups that lack some of their share.
    func lackingGroups(_ sites: [Int32]) -> [Int] {
        guard !wanted.isEmpty else { return [] }
        var covered = [Double](repeating: 0, count: wanted.count)
        for row in coveredRows(by: sites) where rowGroups[row] >= 0 { covered[Int(rowGroups[row])] += weights[row] }
        return wanted.indices.filter { covered[$0] < wanted[$0] }
    }

    /// The weights of all rows, those of groups times factors.
    func weights(times groupFactors: [Double]) -> [Double] {
        guard !wanted.isEmpty else { return weights }
        return weights.indices.map { rowGroups[$0] < 0 ? weights[$0] : weights[$0] * groupFactors[Int(rowGroups[$0])] }
    }

    /// What sites cost together.
    func cost(of sites: [Int32]) -> Double {
        siteCosts.isEmpty ? 0 : sites.reduce(0.0) { $0 + siteCosts[Int($1)] }
    }
}
