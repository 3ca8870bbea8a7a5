import Dispatch
import Synchronization

/// The demands of every signature, and which of them are equal indeed.
struct MergedDemands: Sendable {
    /// Demands that the same sites reach, have the same need and group.
    struct Class: Sendable {
        /// The first of them.
        var demand: Int
        /// Their weight, summed in their order.
        var weight: Double
    }

    /// Where the demands of every class begin in `demands`.
    private var starts: [Int] = [0]
    /// The demands of one class after those of another, ascending within one.
    private var demands: [UInt32] = []

    /// Sorts demands by signature.
    init(_ problem: PlacementProblem, _ signatures: CoverSignatures) {
        let (classOfDemand, counts) = Self.classes(of: signatures)
        starts.reserveCapacity(counts.count + 1)
        for count in counts { starts.append(starts[starts.count - 1] + count) }
        demands = [UInt32](repeating: 0, count: starts[counts.count])
        var next = starts
        for (demand, number) in classOfDemand.enumerated() where number != Self.none {
            demands[next[Int(number)]] = UInt32(truncatingIfNeeded: demand)
            next[Int(number)] += 1
        }
    }

    /// The classes by their first demand. A demand that shares a signature and
    /// no more stands alone. `nil` where `goesOn`, asked now and then, said no.
    func classes(
        _ problem: PlacementProblem, _ signatures: CoverSignatures, while goesOn: @Sendable () -> Bool
    ) -> [Class]? {
        let classesAShare = 4096
        let classCount = starts.count - 1
        let shares = (classCount + classesAShare - 1) / classesAShare
        let found = Mutex([[Class]](repeating: [], count: shares))
        let isBrokenOff = Atomic<Bool>(false)
        DispatchQueue.concurrentPerform(iterations: shares) { share in
            guard goesOn() else {
                isBrokenOff.store(true, ordering: .relaxed)
                return
            }
            var classes: [Class] = []
            var stamps = [Int32](repeating: -1, count: problem.table.siteCount)
            let first = share * classesAShare
            for number in first..<min(first + classesAShare, classCount) {
                appendClasses(number, stamp: Int32(truncatingIfNeeded: number), problem, signatures, &stamps, &classes)
            }
            found.withLock { [classes] in $0[share] = classes }
        }
        if isBrokenOff.load(ordering: .relaxed) { return nil }
        var all = found.withLock { $0.flatMap { $0 } }
        all.sort { $0.demand < $1.demand }
        return all
    }

    private func appendClasses(
        _ number: Int, stamp: Int32, _ problem: PlacementProblem, _ signatures: CoverSignatures,
        _ stamps: inout [Int32], _ classes: inout [Class]
    ) {
        let members = starts[number]..<starts[number + 1]
        let first = Int(demands[members.lowerBound])
        var count = 0
        for entry in problem.table.row(first).prefix(CoverSignatures.reach(problem, first)) {
            let site = problem.table.sites[entry]
            if problem.isKept(site) { continue }
            stamps[Int(site)] = stamp
            count += 1
        }
        var merged = Class(demand: first, weight: problem.weights[first])
        for member in members.dropFirst() {
            let demand = Int(demands[member])
            if signatures.needs[demand] == signatures.needs[first],
                problem.shares.map({ $0.groups[demand] == $0.groups[first] }) ?? true,
                Self.hasSites(of: stamp, count: count, demand, problem, stamps)
            {
                merged.weight += problem.weights[demand]
            } else {
                classes.append(Class(demand: demand, weight: problem.weights[demand]))
            }
        }
        classes.append(merged)
    }

    /// Whether the sites that reach a demand, besides kept ones, are those stamped.
    private static func hasSites(
        of stamp: Int32, count: Int, _ demand: Int, _ problem: PlacementProblem, _ stamps: [Int32]
    ) -> Bool {
        var same = 0
        for entry in problem.table.row(demand).prefix(CoverSignatures.reach(problem, demand)) {
            let site = problem.table.sites[entry]
            if stamps[Int(site)] == stamp { same += 1 } else if !problem.isKept(site) { return false }
        }
        return same == count
    }

    private static let none = UInt32.max

    /// The class of every demand, in the order of their first demands, and how
    /// many demands every class has.
    private static func classes(of signatures: CoverSignatures) -> (classOfDemand: [UInt32], counts: [Int]) {
        let demandCount = signatures.needs.count
        var classOfDemand = [UInt32](repeating: none, count: demandCount)
        var counts: [Int] = []
        var signatureOfClass: [UInt64] = []
        var capacity = 16
        while capacity < demandCount * 2 { capacity *= 2 }
        var table = [UInt32](repeating: none, count: capacity)
        for demand in 0..<demandCount where signatures.needs[demand] > 0 {
            let signature = signatures.signatures[demand]
            var slot = Int(truncatingIfNeeded: signature) & (capacity - 1)
            while table[slot] != none, signatureOfClass[Int(table[slot])] != signature {
                slot = (slot + 1) & (capacity - 1)
            }
            if table[slot] == none {
                table[slot] = UInt32(truncatingIfNeeded: counts.count)
                counts.append(0)
                signatureOfClass.append(signature)
            }
            classOfDemand[demand] = table[slot]
            counts[Int(table[slot])] += 1
        }
        return (classOfDemand, counts)
    }
}
