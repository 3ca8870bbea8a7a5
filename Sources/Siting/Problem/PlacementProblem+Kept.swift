extension PlacementProblem {
    /// Whether every site is kept.
    var flagsOfKept: [Bool] {
        var flags = Array(repeating: false, count: table.siteCount)
        for site in kept { flags[Int(site)] = true }
        return flags
    }

    /// Whether a site is a station that stays.
    func isKept(_ site: UInt32) -> Bool {
        var (low, high) = (0, kept.count)
        while low < high {
            let middle = (low + high) / 2
            if kept[middle] < site { low = middle + 1 } else { high = middle }
        }
        return low < kept.count && kept[low] == site
    }
}
