import Dispatch

/// The Lagrangian bound of a median model: that every demand is served once is
/// relaxed with a multiplier a row, what is left falls apart into sites.
///
/// The multipliers rise by the volume algorithm (Barahona and Anbil 2000,
/// doi:10.1007/s101070050002): steps run along the smoothed violation, which also
/// tells how much of every site the linear relaxation opens. A row is only looked
/// at as far as its multiplier reaches. Sums are made over chunks of rows that do
/// not depend on the number of threads.
struct MedianDual {
    private let rows: MedianRows
    private let constant: Double
    private(set) var selection: MedianSelection
    /// The multipliers of the best bound, a unit of weight.
    private(set) var multipliers: [Double]
    /// The best bound.
    private(set) var bound = -Double.infinity
    /// Reduced costs at the best bound, and what they change against.
    private(set) var best: MedianSelection
    /// How much of every site is open, smoothed over the steps.
    private(set) var siteShares: [Double]
    /// The sites that the last step opened.
    var lastOpened: [Int] { selection.isOpen.indices.filter { selection.isOpen[$0] } }
    /// What the last step bounded.
    private(set) var lastBound = -Double.infinity

    private var trial: [Double]
    private var rowShares: [Double]
    private var reach: [Int]
    private var sums: [Double]
    private var slack: [Double]
    private var reducedCosts: [Double]
    private var smoothing = 0.2
    private var stepsWithoutGain = 0
    private var isFirst = true
    private let chunks: [Range<Int>]
    private let isParallel: Bool

    /// - Parameters:
    ///   - model: to bound.
    ///   - multipliers: to begin with, one a row.
    ///   - stepFactor: the part of the way to the value that the first steps go.
    init(_ model: MedianModel, multipliers: [Double], stepFactor: Double) {
        self.stepFactor = stepFactor
        rows = model.rows
        constant = model.constant
        selection = MedianSelection(model)
        best = selection
        self.multipliers = multipliers
        trial = multipliers
        rowShares = Array(repeating: 1, count: rows.count)
        reach = rows.starts
        siteShares = Array(repeating: 0, count: model.siteCount)
        let rowCount = model.rows.count
        let chunkCount = max(1, min(16, rowCount / 256))
        chunks = (0..<chunkCount).map { rowCount * $0 / chunkCount..<rowCount * ($0 + 1) / chunkCount }
        isParallel = chunkCount > 8
        sums = Array(repeating: 0, count: chunkCount * (model.siteCount + 1))
        slack = Array(repeating: 0, count: chunkCount)
        reducedCosts = Array(repeating: 0, count: model.siteCount)
    }

    /// What of the sums in a bound rounding may come to.
    private static let rounding = 1e-13

    /// Whether further steps would hardly move the bound.
    var isAtRest: Bool { stepFactor < 1e-4 }
    /// The part of the way to the value that steps go.
    private(set) var stepFactor: Double

    /// Makes one step toward a value that some answer has.
    mutating func step(toward value: Double) {
        let stepLength = isFirst ? 0 : length(toward: value)
        bound(alongBy: stepLength)
        if lastBound > bound {
            let gain = lastBound - bound
            swap(&trial, &multipliers)
            best = selection
            if !isFirst, gain > (value - bound) * 0.01 { stepFactor = min(2, stepFactor * 1.1) }
            bound = lastBound
            stepsWithoutGain = 0
        } else {
            stepsWithoutGain += 1
            if stepsWithoutGain % 5 == 0 {
                stepFactor *= 0.75
                smoothing = max(0.01, smoothing * 0.9)
            }
        }
        smooth()
        isFirst = false
    }

    private func length(toward value: Double) -> Double {
        var norm = 0.0
        for part in slack { norm += part }
        guard norm > 0 else { return 0 }
        return stepFactor * max(value - bound, abs(value) * 1e-7) / norm
    }

    /// Bounds with the multipliers moved along the smoothed violation.
    private mutating func bound(alongBy stepLength: Double) {
        let siteCount = siteShares.count
        let width = siteCount + 1
        let chunks = chunks
        trial.withUnsafeMutableBufferPointer { trial in
            reach.withUnsafeMutableBufferPointer { reach in
                sums.withUnsafeMutableBufferPointer { sums in
                    multipliers.withUnsafeBufferPointer { multipliers in
                        rowShares.withUnsafeBufferPointer { shares in
                            rows.withView { rows in
                                // Every chunk writes its own part, until all are done.
                                nonisolated(unsafe) let (trial, reach, sums) = (trial, reach, sums)
                                nonisolated(unsafe) let (multipliers, shares, rows) = (multipliers, shares, rows)
                                Self.forEach(chunks, isParallel: isParallel) { chunk in
                                    let own = UnsafeMutableBufferPointer(
                                        rebasing: sums[chunk * width..<(chunk + 1) * width])
                                    Self.sweep(
                                        rows, chunks[chunk], multipliers, shares, stepLength, trial, reach, own)
                                }
                            }
                        }
                    }
                }
            }
        }
        var total = constant
        for chunk in chunks.indices { total += sums[chunk * width + siteCount] }
        for site in 0..<siteCount {
            var sum = 0.0
            for chunk in chunks.indices { sum += sums[chunk * width + site] }
            reducedCosts[site] = sum
        }
        selection.select(reducedCosts)
        lastBound = total + selection.sum - (total + abs(selection.sum)) * Self.rounding
    }

    private static func forEach(_ chunks: [Range<Int>], isParallel: Bool, _ body: @Sendable (Int) -> Void) {
        if isParallel {
            DispatchQueue.concurrentPerform(iterations: chunks.count, execute: body)
        } else {
            for chunk in chunks.indices { body(chunk) }
        }
    }

    /// Moves the multipliers of a chunk and adds up its reduced costs; the last
    /// sum is that of the multipliers.
    private static func sweep(
        _ rows: MedianRowView, _ chunk: Range<Int>, _ multipliers: UnsafeBufferPointer<Double>,
        _ shares: UnsafeBufferPointer<Double>, _ stepLength: Double, _ trial: UnsafeMutableBufferPointer<Double>,
        _ reach: UnsafeMutableBufferPointer<Int>, _ sums: UnsafeMutableBufferPointer<Double>
    ) {
        sums.update(repeating: 0)
        var total = 0.0
        for row in chunk {
            let moved = multipliers[row] + stepLength * (1 - shares[row])
            let multiplier = min(rows.ceilings[row], max(0, moved))
            trial[row] = multiplier
            let weight = rows.weights[row]
            total += weight * multiplier
            let end = rows.ends[row]
            var entry = rows.starts[row]
            while entry < end {
                let cost = rows.costs[entry]
                if cost >= multiplier { break }
                sums[Int(rows.sites[entry])] += weight * (cost - multiplier)
                entry += 1
            }
            reach[row] = entry
        }
        sums[sums.count - 1] = total
    }

    /// Takes what the last step opened into the smoothed shares.
    private mutating func smooth() {
        let part = isFirst ? 1 : smoothing
        for site in siteShares.indices {
            siteShares[site] += part * ((selection.isOpen[site] ? 1 : 0) - siteShares[site])
        }
        let chunks = chunks
        selection.isOpen.withUnsafeBufferPointer { isOpen in
            rowShares.withUnsafeMutableBufferPointer { shares in
                slack.withUnsafeMutableBufferPointer { slack in
                    reach.withUnsafeBufferPointer { reach in
                        multipliers.withUnsafeBufferPointer { multipliers in
                            rows.withView { rows in
                                nonisolated(unsafe) let (isOpen, shares, slack) = (isOpen, shares, slack)
                                nonisolated(unsafe) let (multipliers, reach, rows) = (multipliers, reach, rows)
                                Self.forEach(chunks, isParallel: isParallel) { chunk in
                                    slack[chunk] = Self.count(
                                        rows, chunks[chunk], isOpen, reach, multipliers, part, shares)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Counts how often every row of a chunk is served.
    ///
    /// - Returns: the weighted sum of squares of the violation that is left.
    private static func count(
        _ rows: MedianRowView, _ chunk: Range<Int>, _ isOpen: UnsafeBufferPointer<Bool>,
        _ reach: UnsafeBufferPointer<Int>, _ multipliers: UnsafeBufferPointer<Double>, _ part: Double,
        _ shares: UnsafeMutableBufferPointer<Double>
    ) -> Double {
        var slack = 0.0
        for row in chunk {
            var served = 0
            for entry in rows.starts[row]..<reach[row] where isOpen[Int(rows.sites[entry])] { served += 1 }
            let share = shares[row] + part * (Double(served) - shares[row])
            shares[row] = share
            let violation = 1 - share
            if violation < 0 || multipliers[row] < rows.ceilings[row] {
                slack += rows.weights[row] * violation * violation
            }
        }
        return slack
    }
}
