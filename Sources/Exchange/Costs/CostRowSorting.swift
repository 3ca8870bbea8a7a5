import Dispatch
import Synchronization

/// Sorts rows by cost, then by site, where they stand.
struct CostRowSorting {
    let rows: CostRows
    let siteCount: Int
    let threadCount: Int

    /// A site that a row names twice, with different costs.
    struct Clash: Hashable, Sendable {
        let row: Int
        let site: UInt32
    }

    /// Stands at the end of a row in place of what was in it twice.
    static let left = UInt32.max

    /// Sorts. An entry that stands in its row twice is kept once; `left` fills
    /// the end of the row.
    ///
    /// - Returns: how many entries were twice, and the first clash.
    func sort() -> (repeated: Int, clash: Clash?) {
        let next = Atomic<Int>(0)
        let repeated = Atomic<Int>(0)
        let first = Mutex<Clash?>(nil)
        // Every row is touched by one thread, and only until concurrentPerform returns.
        nonisolated(unsafe) let rows = rows
        let siteCount = siteCount
        DispatchQueue.concurrentPerform(iterations: threadCount) { _ in
            var scratch = Scratch(siteCount: siteCount)
            while true {
                let start = next.add(Self.rowsAShare, ordering: .relaxed).oldValue
                guard start < rows.count else { break }
                for row in start..<min(start + Self.rowsAShare, rows.count) {
                    if let site = scratch.sort(rows, row) {
                        let clash = Clash(row: row, site: site)
                        first.withLock { if $0.map({ row < $0.row }) ?? true { $0 = clash } }
                    }
                }
            }
            repeated.add(scratch.repeated, ordering: .relaxed)
        }
        return (repeated.load(ordering: .relaxed), first.withLock { $0 })
    }

    private static let rowsAShare = 256

    /// What a thread needs for one row.
    private struct Scratch {
        private struct Entry {
            let cost: Double
            let site: UInt32

            @inline(__always)
            static func < (a: Entry, b: Entry) -> Bool { a.cost != b.cost ? a.cost < b.cost : a.site < b.site }
        }

        private(set) var repeated = 0
        private var entries: [Entry] = []
        private var rowOfSite: [Int]
        private var costOfSite: [Double]

        init(siteCount: Int) {
            rowOfSite = Array(repeating: -1, count: siteCount)
            costOfSite = Array(repeating: 0, count: siteCount)
        }

        /// Sorts a row; gives a site with two costs, the lowest.
        mutating func sort(_ rows: CostRows, _ row: Int) -> UInt32? {
            let range = rows.starts[row]..<rows.starts[row + 1]
            entries.removeAll(keepingCapacity: true)
            var clash: UInt32?
            for place in range {
                let (site, cost) = (rows.sites[place], rows.costs[place])
                if rowOfSite[Int(site)] == row {
                    if costOfSite[Int(site)] == cost {
                        repeated += 1
                        continue
                    }
                    clash = min(clash ?? site, site)
                }
                rowOfSite[Int(site)] = row
                costOfSite[Int(site)] = cost
                entries.append(Entry(cost: cost, site: site))
            }
            entries.sort(by: <)
            var place = range.lowerBound
            for entry in entries {
                rows.costs[place] = entry.cost
                rows.sites[place] = entry.site
                place += 1
            }
            while place < range.upperBound {
                rows.sites[place] = CostRowSorting.left
                place += 1
            }
            return clash
        }
    }
}
