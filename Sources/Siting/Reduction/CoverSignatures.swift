import Dispatch

/// For every demand what the kept stations leave to do, and a number that is
/// the same for demands that the same sites reach.
struct CoverSignatures: Sendable {
    /// How many more stations a demand needs: 0 where kept stations cover it,
    /// -1 where no choice can.
    private(set) var needs: [Int32]
    /// The sum of a random number a site that is not kept, mixed with need and
    /// group. Different covers may share it, though hardly ever do.
    private(set) var signatures: [UInt64]

    /// Looks at every demand, on all processors.
    init(_ problem: PlacementProblem) {
        let demandCount = problem.table.demandCount
        needs = [Int32](repeating: 0, count: demandCount)
        signatures = [UInt64](repeating: 0, count: demandCount)
        // 0 stands for a kept site: of all numbers only 0 is mixed to 0.
        var siteNumbers = (0..<problem.table.siteCount).map { Self.mixed(UInt64($0) &+ 1) }
        for site in problem.kept { siteNumbers[Int(site)] = 0 }

        let demandsAShare = 16384
        let shares = (demandCount + demandsAShare - 1) / demandsAShare
        needs.withUnsafeMutableBufferPointer { needs in
            signatures.withUnsafeMutableBufferPointer { signatures in
                // Every share writes to its own demands, until concurrentPerform returns.
                nonisolated(unsafe) let (needs, signatures) = (needs, signatures)
                DispatchQueue.concurrentPerform(iterations: shares) { [siteNumbers] share in
                    let first = share * demandsAShare
                    for demand in first..<min(first + demandsAShare, demandCount) {
                        (needs[demand], signatures[demand]) = Self.look(at: demand, problem, siteNumbers)
                    }
                }
            }
        }
    }

    /// How many entries of a demand are within the radius.
    @inline(__always)
    static func reach(_ problem: PlacementProblem, _ demand: Int) -> Int {
        let row = problem.table.row(demand)
        guard let radius = problem.radius, let last = row.last, problem.table.costs[last] > radius else {
            return row.count
        }
        var (low, high) = (row.lowerBound, last)
        while low < high {
            let middle = (low + high) / 2
            if problem.table.costs[middle] <= radius { low = middle + 1 } else { high = middle }
        }
        return low - row.lowerBound
    }

    private static func look(
        at demand: Int, _ problem: PlacementProblem, _ siteNumbers: [UInt64]
    ) -> (need: Int32, signature: UInt64) {
        let first = problem.table.rowStarts[demand]
        let reach = reach(problem, demand)
        var sum: UInt64 = 0
        var keptCount = 0
        for entry in first..<first + reach {
            let number = siteNumbers[Int(problem.table.sites[entry])]
            sum &+= number
            if number == 0 { keptCount += 1 }
        }
        let need = max(0, problem.backup - keptCount)
        guard need <= reach - keptCount, reach > 0 else { return (-1, 0) }
        guard need > 0 else { return (0, 0) }
        let group = problem.shares.map { UInt64($0.groups[demand]) &+ 1 } ?? 0
        return (Int32(truncatingIfNeeded: need), sum ^ mixed(group << 32 | UInt64(need)))
    }

    /// SplitMix64.
    private static func mixed(_ number: UInt64) -> UInt64 {
        var z = number &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
