extension MedianModel {
    /// A part of the rows, evenly spread, that has about so many entries; its sums
    /// are smaller in proportion.
    func sampled(entries: Int) -> MedianModel {
        let stride = max(1, rows.entryCount / max(1, entries))
        var part = self
        part.rows.starts.removeAll()
        part.rows.ends.removeAll()
        part.rows.ceilings.removeAll()
        part.rows.weights.removeAll()
        for row in Swift.stride(from: 0, to: rows.count, by: stride) {
            part.rows.append(
                rows.starts[row]..<rows.ends[row], ceiling: rows.ceilings[row], weight: rows.weights[row])
        }
        return part
    }

    /// Sites one after another, each the one that saves most, then exchanged as
    /// long as that helps.
    func greedy(while mayGoOn: () -> Bool) -> [Int] {
        var sites = MedianInterchange(self, sites: [])
        while mayGoOn(), let move = sites.bestOpening() { sites.make(move) }
        sites.improve(while: mayGoOn)
        return sites.sites
    }

    /// Sites exchanged as long as that helps.
    func exchanged(_ sites: [Int], while mayGoOn: () -> Bool) -> [Int] {
        var exchange = MedianInterchange(self, sites: sites)
        exchange.improve(while: mayGoOn)
        return exchange.sites
    }
}
