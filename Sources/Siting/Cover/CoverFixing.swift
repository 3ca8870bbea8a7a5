/// Sites that prices decide about: with the other choice the bound is beaten.
struct CoverFixing {
    private(set) var opened: [Int32] = []
    private(set) var out: [Int32] = []
    private var isFree: [Bool]

    init(_ dual: CoverDual, beaten: Double) {
        let (model, earnings) = (dual.model, dual.bestEarnings)
        isFree = [Bool](repeating: true, count: model.siteCount)
        let sorted = (0..<Int32(truncatingIfNeeded: model.siteCount)).sorted {
            earnings[Int($0)] != earnings[Int($1)] ? earnings[Int($0)] > earnings[Int($1)] : $0 < $1
        }
        let count = min(model.stationCount, sorted.count)
        let last = count > 0 ? max(earnings[Int(sorted[count - 1])], 0) : 0
        let next = count < sorted.count ? max(earnings[Int(sorted[count])], 0) : 0
        for (rank, site) in sorted.enumerated() {
            let earning = earnings[Int(site)]
            if rank < count, earning > 0 {
                if dual.bestBound - earning + next <= beaten { fix(site, isOpened: true) }
            } else {
                if dual.bestBound - last + earning <= beaten { fix(site, isOpened: false) }
            }
        }
    }

    /// The sites that are not decided about, ascending.
    var free: [Int32] { isFree.indices.filter { isFree[$0] }.map { Int32(truncatingIfNeeded: $0) } }

    /// Decides about a site.
    mutating func fix(_ site: Int32, isOpened: Bool) {
        if isOpened { opened.append(site) } else { out.append(site) }
        isFree[Int(site)] = false
    }
}
