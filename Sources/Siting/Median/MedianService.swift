/// Which entries of the rows serve them.
struct MedianService {
    /// Where the nearest and the second nearest station stand in every row; the
    /// row's end where the ceiling serves it.
    var nearest: [Int] = []
    var second: [Int] = []
    var nearestCosts: [Double] = []
    var secondCosts: [Double] = []
    /// The place of the nearest station; -1 where the ceiling serves.
    var places: [Int32] = []

    init() {}

    init(rowCount: Int) {
        nearest = Array(repeating: 0, count: rowCount)
        second = nearest
        nearestCosts = Array(repeating: 0, count: rowCount)
        secondCosts = nearestCosts
        places = Array(repeating: -1, count: rowCount)
    }

    func cost(weights: [Double]) -> Double {
        var sum = 0.0
        for row in nearestCosts.indices { sum += weights[row] * nearestCosts[row] }
        return sum
    }

    @inline(__always)
    func isConcerned(_ row: Int, _ rows: MedianRowView, opened: UInt32, closed: UInt32?) -> Bool {
        let second = second[row]
        let end = rows.ends[row]
        if let closed {
            if nearest[row] < end, rows.sites[nearest[row]] == closed { return true }
            if second < end, rows.sites[second] == closed { return true }
        }
        for entry in rows.starts[row]..<second where rows.sites[entry] == opened { return true }
        return false
    }

    /// Finds the nearest and the second nearest station of a row.
    @inline(__always)
    mutating func look(_ row: Int, _ rows: MedianRowView, _ placeOf: UnsafeBufferPointer<Int32>) {
        let end = rows.ends[row]
        var entry = rows.starts[row]
        while entry < end, placeOf[Int(rows.sites[entry])] < 0 { entry += 1 }
        nearest[row] = entry
        nearestCosts[row] = entry < end ? rows.costs[entry] : rows.ceilings[row]
        places[row] = entry < end ? placeOf[Int(rows.sites[entry])] : -1
        if entry < end { entry += 1 }
        while entry < end, placeOf[Int(rows.sites[entry])] < 0 { entry += 1 }
        second[row] = entry
        secondCosts[row] = entry < end ? rows.costs[entry] : rows.ceilings[row]
    }
}
