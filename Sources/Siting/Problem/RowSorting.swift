/// Sorts rows of entries by cost, then by site.
struct RowSorting {
    var sites: [UInt32]
    var costs: [Double]

    mutating func sort(rowStarts: [Int]) {
        var order: [(cost: Double, site: UInt32)] = []
        for row in rowStarts.indices.dropLast() {
            let entries = rowStarts[row]..<rowStarts[row + 1]
            if isSorted(entries) { continue }
            order.removeAll(keepingCapacity: true)
            for entry in entries { order.append((costs[entry], sites[entry])) }
            order.sort { $0.cost != $1.cost ? $0.cost < $1.cost : $0.site < $1.site }
            for (entry, sorted) in zip(entries, order) { (costs[entry], sites[entry]) = (sorted.cost, sorted.site) }
        }
    }

    private func isSorted(_ entries: Range<Int>) -> Bool {
        for entry in entries.dropFirst() {
            let before = entry - 1
            if costs[before] > costs[entry] { return false }
            if costs[before] == costs[entry], sites[before] > sites[entry] { return false }
        }
        return true
    }
}
