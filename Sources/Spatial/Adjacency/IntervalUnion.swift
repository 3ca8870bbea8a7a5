/// Stretches of one segment, gathered and then joined where they overlap.
struct IntervalUnion {
    private(set) var intervals: [ClosedRange<Double>] = []

    mutating func removeAll() { intervals.removeAll(keepingCapacity: true) }

    /// Adds a stretch; nothing where it is empty or a point.
    @inline(__always)
    mutating func add(from low: Double, to high: Double) {
        if low < high { intervals.append(low...high) }
    }

    /// Sorts and joins; afterwards the stretches are apart and ascending.
    mutating func join() {
        guard intervals.count > 1 else { return }
        intervals.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        var last = 0
        for place in 1..<intervals.count {
            let next = intervals[place]
            if next.lowerBound <= intervals[last].upperBound {
                intervals[last] = intervals[last].lowerBound...max(intervals[last].upperBound, next.upperBound)
            } else {
                last += 1
                intervals[last] = next
            }
        }
        intervals.removeLast(intervals.count - last - 1)
    }

    /// The length of all stretches; joined before.
    var length: Double { intervals.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) } }
}
