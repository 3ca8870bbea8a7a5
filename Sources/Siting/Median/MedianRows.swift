/// Demand as the median solver works on it: rows of sites, ascending by cost,
/// each closed by a ceiling that demand never costs more than.
///
/// The ceiling is what a station costs that is open for certain, or what unserved
/// demand costs; entries that cost as much or more are not in the row.
struct MedianRows: Sendable {
    /// The sites of all rows; other rows of the same array may lie between.
    var sites: [UInt32]
    /// What they cost, a unit of weight.
    var costs: [Double]
    /// Where every row begins.
    var starts: [Int] = []
    /// Where every row ends.
    var ends: [Int] = []
    /// What every row costs at most, a unit of weight.
    var ceilings: [Double] = []
    /// The weights of the rows.
    var weights: [Double] = []

    /// How many rows there are.
    var count: Int { starts.count }
    /// How many entries the rows have.
    var entryCount: Int {
        var sum = 0
        for row in 0..<count { sum += ends[row] - starts[row] }
        return sum
    }

    mutating func append(_ entries: Range<Int>, ceiling: Double, weight: Double) {
        starts.append(entries.lowerBound)
        ends.append(entries.upperBound)
        ceilings.append(ceiling)
        weights.append(weight)
    }

    /// Lends all arrays as plain memory to loops that run hot.
    @inline(__always)
    func withView<Result>(_ body: (MedianRowView) -> Result) -> Result {
        sites.withUnsafeBufferPointer { sites in
            costs.withUnsafeBufferPointer { costs in
                starts.withUnsafeBufferPointer { starts in
                    ends.withUnsafeBufferPointer { ends in
                        ceilings.withUnsafeBufferPointer { ceilings in
                            weights.withUnsafeBufferPointer { weights in
                                body(
                                    MedianRowView(
                                        sites: sites, costs: costs, starts: starts, ends: ends,
                                        ceilings: ceilings, weights: weights))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `MedianRows` as plain memory, lent by `withView`.
struct MedianRowView {
    let sites: UnsafeBufferPointer<UInt32>
    let costs: UnsafeBufferPointer<Double>
    let starts: UnsafeBufferPointer<Int>
    let ends: UnsafeBufferPointer<Int>
    let ceilings: UnsafeBufferPointer<Double>
    let weights: UnsafeBufferPointer<Double>

    @inline(__always)
    var count: Int { starts.count }
}
