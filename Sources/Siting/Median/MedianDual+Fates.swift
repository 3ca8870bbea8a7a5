extension MedianDual {
    /// What follows for the sites if only answers below a value matter.
    func fates(cutoff: Double) -> (fates: [MedianModel.Fate], decided: Int) {
        var fates = Array(repeating: MedianModel.Fate.free, count: best.isOpen.count)
        var decided = 0
        for site in fates.indices {
            let cost = best.reduced[site]
            if best.isOpen[site] {
                guard bound - cost + best.firstClosed >= cutoff else { continue }
                fates[site] = .opened
            } else {
                guard bound + cost - best.lastOpen >= cutoff else { continue }
                fates[site] = .closed
            }
            decided += 1
        }
        return (fates, decided)
    }
}
