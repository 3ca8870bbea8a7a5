import Synchronization

/// Puts every entry into its demand's row. Rows are filled by several threads
/// at once, in no order.
struct CostScatter: CostTarget {
    private let siteView: IdView
    private let demandView: IdView
    private let rows: CostRows
    private let radius: Double

    /// - Parameters:
    ///   - sites: the sites by number; has to outlive the value.
    ///   - demands: the demands by number; has to outlive the value.
    ///   - rows: where the entries go.
    ///   - radius: entries of greater cost are left out.
    init(sites: IdTable, demands: IdTable, rows: CostRows, radius: Double) {
        (siteView, demandView) = (sites.view, demands.view)
        (self.rows, self.radius) = (rows, radius)
    }

    var reason: LineDefect.Reason { .fileChanged }

    @inline(__always)
    mutating func take(site: IdKey, demand: IdKey, number: Double, at offset: Int) -> Bool {
        guard number <= radius else { return true }
        let siteNumber = siteView.number(of: site)
        let row = demandView.number(of: demand)
        guard siteNumber >= 0, row >= 0 else { return false }
        return rows.add(UInt32(truncatingIfNeeded: siteNumber), number, to: row)
    }
}

/// The rows of a cost table while they are filled: a look at memory of others.
struct CostRows {
    let starts: UnsafeBufferPointer<Int>
    let sites: UnsafeMutableBufferPointer<UInt32>
    let costs: UnsafeMutableBufferPointer<Double>
    /// Where the next entry of every row goes.
    let cursors: UnsafeMutablePointer<Atomic<Int>>

    var count: Int { starts.count - 1 }

    /// Adds an entry; `false` where the row is full.
    @inline(__always)
    func add(_ site: UInt32, _ cost: Double, to row: Int) -> Bool {
        let place = cursors[row].add(1, ordering: .relaxed).oldValue
        guard place < starts[row + 1] else { return false }
        sites[place] = site
        costs[place] = cost
        return true
    }

    /// Whether every row has all its entries.
    var areFull: Bool {
        for row in 0..<count where cursors[row].load(ordering: .relaxed) != starts[row + 1] { return false }
        return true
    }
}
