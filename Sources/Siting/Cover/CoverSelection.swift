/// Chooses the sites that earn most, as many as may be opened, within the budget.
struct CoverSelection {
    private let costs: [Double]
    private let budget: Double
    private let stationCount: Int
    /// The sites chosen.
    private(set) var chosen: [Int32] = []
    /// What every site earns less the price of its cost.
    private(set) var earnings: [Double] = []
    private var order: [Int32]
    /// The price of a unit of cost.
    private(set) var costPrice = 0.0

    init(_ model: CoverModel) {
        costs = model.siteCosts
        budget = model.budget
        stationCount = model.stationCount
        order = (0..<Int32(truncatingIfNeeded: model.siteCount)).map { $0 }
    }

    /// Chooses sites.
    ///
    /// - Returns: not less than what any allowed choice earns.
    mutating func choose(_ all: [Double]) -> Double {
        guard !costs.isEmpty, costs.reduce(0, +) > budget else {
            earnings = all
            return chooseBest()
        }
        // The least of a convex function of the price.
        var (low, high) = (0.0, max(costPrice * 2, (all.max() ?? 0) / (costs.max() ?? 1), 1e-12))
        var (best, bestPrice) = (Double.infinity, 0.0)
        for _ in 0..<40 {
            let (sum, cost) = earn(all, price: high)
            if sum < best { (best, bestPrice) = (sum, high) }
            if cost <= budget { break }
            (low, high) = (high, high * 4)
        }
        for _ in 0..<24 {
            let middle = (low + high) / 2
            let (sum, cost) = earn(all, price: middle)
            if sum < best { (best, bestPrice) = (sum, middle) }
            if cost > budget { low = middle } else { high = middle }
        }
        let (sum, cost) = earn(all, price: 0)
        if sum < best || cost <= budget { (best, bestPrice) = (min(sum, best), 0) }
        costPrice = bestPrice
        return earn(all, price: bestPrice).sum
    }

    private mutating func earn(_ all: [Double], price: Double) -> (sum: Double, cost: Double) {
        earnings = all
        for site in all.indices { earnings[site] -= price * costs[site] }
        let sum = chooseBest()
        return (sum + price * budget, chosen.reduce(0.0) { $0 + costs[Int($1)] })
    }

    private mutating func chooseBest() -> Double {
        select()
        chosen.removeAll(keepingCapacity: true)
        var sum = 0.0
        for site in order.prefix(stationCount) where earnings[Int(site)] > 0 {
            chosen.append(site)
            sum += earnings[Int(site)]
        }
        return sum
    }

    /// Moves the sites that earn most to the front (quickselect).
    private mutating func select() {
        var (low, high) = (0, order.count - 1)
        while low < high {
            let pivot = order[(low + high) / 2]
            var (left, right) = (low, high)
            while left <= right {
                while isBefore(order[left], pivot) { left += 1 }
                while isBefore(pivot, order[right]) { right -= 1 }
                if left <= right {
                    order.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if stationCount <= right {
                high = right
            } else if stationCount > left {
                low = left
            } else {
                return
            }
        }
    }

    @inline(__always)
    private func isBefore(_ site: Int32, _ other: Int32) -> Bool {
        let (earning, otherEarning) = (earnings[Int(site)], earnings[Int(other)])
        return earning != otherEarning ? earning > otherEarning : site < other
    }
}
