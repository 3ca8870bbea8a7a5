/// What it costs to serve every demand from the sites that can serve it.
///
/// Rows are demands, in flat arrays: the entries of demand `d` are
/// `rowStarts[d]..<rowStarts[d + 1]`, ascending by cost, equal costs ascending
/// by site. A site stands in a row at most once; one that is missing cannot
/// serve the demand.
public struct CostTable: Sendable {
    /// How many sites there are; they are numbered from 0.
    public let siteCount: Int
    /// Where every row begins; one more than there are demands, the first is 0.
    public let rowStarts: [Int]
    /// The sites of all rows.
    public let sites: [UInt32]
    /// What they cost: finite, not below 0, in the caller's unit.
    public let costs: [Double]

    /// How many demands there are.
    public var demandCount: Int { rowStarts.count - 1 }

    /// Takes rows over.
    ///
    /// - Parameters:
    ///   - siteCount: how many sites there are.
    ///   - rowStarts: where every row begins, and where the last one ends.
    ///   - sites: the sites of all rows, below `siteCount`, at most once a row.
    ///   - costs: their costs, finite and not below 0.
    ///   - areSorted: whether every row is ascending by cost, then by site;
    ///     rows are sorted here where they are not.
    /// - Complexity: O(n) for n entries, O(n log r) with rows of r entries to sort.
    public init(siteCount: Int, rowStarts: [Int], sites: [UInt32], costs: [Double], areSorted: Bool = false) {
        precondition(
            rowStarts.first == 0 && rowStarts.last == sites.count && sites.count == costs.count,
            "rows begin at 0 and end where the entries do")
        self.siteCount = siteCount
        self.rowStarts = rowStarts
        if areSorted {
            self.sites = sites
            self.costs = costs
        } else {
            var sorted = RowSorting(sites: sites, costs: costs)
            sorted.sort(rowStarts: rowStarts)
            self.sites = sorted.sites
            self.costs = sorted.costs
        }
    }

    /// The entries of a demand.
    @inline(__always)
    public func row(_ demand: Int) -> Range<Int> { rowStarts[demand]..<rowStarts[demand + 1] }
}
