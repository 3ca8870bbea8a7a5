/// The sites that a Lagrangian opens: the least sum of reduced costs within the
/// number of stations and the budget.
///
/// The budget is relaxed with a multiplier of its own, which is made best for
/// every call: one number, and the bound is concave in it.
struct MedianSelection {
    let limit: Int
    let siteCosts: [Double]
    let budget: Double
    /// Whether every site is open.
    private(set) var isOpen: [Bool]
    /// The reduced costs, that of the budget's multiplier included.
    private(set) var reduced: [Double]
    /// The least sum.
    private(set) var sum = 0.0
    /// The greatest reduced cost that is open, and the least that is not; 0 where
    /// one more or one less would be for nothing.
    private(set) var lastOpen = 0.0
    private(set) var firstClosed = 0.0
    private var order: [Double] = []

    init(_ model: MedianModel) {
        limit = model.limit
        siteCosts = model.siteCosts
        budget = model.budget
        isOpen = Array(repeating: false, count: model.siteCount)
        reduced = Array(repeating: 0, count: model.siteCount)
    }

    /// Opens the best sites for these reduced costs.
    mutating func select(_ costs: [Double]) {
        if budget == .infinity || siteCosts.isEmpty {
            for site in costs.indices { reduced[site] = costs[site] }
            selectReduced(fixed: 0)
            return
        }
        let multiplier = bestMultiplier(costs)
        for site in costs.indices { reduced[site] = costs[site] + multiplier * siteCosts[site] }
        selectReduced(fixed: -multiplier * budget)
    }

    private mutating func selectReduced(fixed: Double) {
        order.removeAll(keepingCapacity: true)
        for cost in reduced where cost < 0 { order.append(cost) }
        sum = fixed
        lastOpen = 0
        firstClosed = 0
        guard order.count > limit else {
            for site in reduced.indices {
                isOpen[site] = reduced[site] < 0
                if isOpen[site] { sum += reduced[site] }
            }
            return
        }
        let threshold = limit > 0 ? order.smallest(limit - 1) : -.infinity
        var left = limit
        for cost in order where cost < threshold { left -= 1 }
        for site in reduced.indices {
            let cost = reduced[site]
            isOpen[site] = cost < threshold
            if cost == threshold, left > 0 {
                isOpen[site] = true
                left -= 1
            }
            if isOpen[site] { sum += cost } else { firstClosed = min(firstClosed, cost) }
        }
        lastOpen = limit > 0 ? threshold : 0
    }

    /// The budget's multiplier that makes the sum greatest, by golden section.
    private mutating func bestMultiplier(_ costs: [Double]) -> Double {
        var greatest = 0.0
        for site in costs.indices where costs[site] < 0 && siteCosts[site] > 0 {
            greatest = max(greatest, -costs[site] / siteCosts[site])
        }
        guard greatest > 0, value(costs, 0) < value(costs, greatest * 1e-9) else { return 0 }
        var low = 0.0
        var high = greatest
        for _ in 0..<40 {
            let first = low + (high - low) * 0.382
            let second = low + (high - low) * 0.618
            if value(costs, first) < value(costs, second) { low = first } else { high = second }
        }
        return (low + high) / 2
    }

    private mutating func value(_ costs: [Double], _ multiplier: Double) -> Double {
        order.removeAll(keepingCapacity: true)
        for site in costs.indices {
            let cost = costs[site] + multiplier * siteCosts[site]
            if cost < 0 { order.append(cost) }
        }
        if order.count > limit, limit > 0 { _ = order.smallest(limit - 1) }
        var sum = -multiplier * budget
        for place in 0..<min(limit, order.count) { sum += order[place] }
        return sum
    }
}

extension [Double] {
    /// Brings the element that stands at a place when sorted to it, the smaller
    /// ones before it (Hoare's selection), and returns it.
    mutating func smallest(_ place: Int) -> Double {
        var low = 0
        var high = count - 1
        while low < high {
            let pivot = self[(low + high) / 2]
            var left = low
            var right = high
            while left <= right {
                while self[left] < pivot { left += 1 }
                while self[right] > pivot { right -= 1 }
                if left <= right {
                    swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if place <= right { high = right } else if place >= left { low = left } else { break }
        }
        return self[place]
    }
}
