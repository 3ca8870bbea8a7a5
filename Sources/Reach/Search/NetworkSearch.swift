/// Which way people walk.
public enum WalkingDirection: String, Sendable, CaseIterable {
    /// To the place: what a station serves.
    case toward
    /// From the place.
    case away
}

/// Where a search begins: a crossing, the ticks already spent, and whose
/// search it is.
public struct SearchSeed: Sendable, Hashable {
    /// The crossing.
    public var node: UInt32
    /// The ticks from the place to it.
    public var ticks: UInt32
    /// The place's number.
    public var label: UInt32

    /// Makes a seed.
    public init(node: UInt32, ticks: UInt32, label: UInt32 = 0) {
        self.node = node
        self.ticks = ticks
        self.label = label
    }
}

/// Bounded search from places to all crossings in reach, with the nearest
/// place of each: Dijkstra's algorithm over a queue of buckets a second wide
/// (Dial 1969), exact to the tick because a bucket is worked off until nothing
/// in it improves.
///
/// The memory is kept from search to search: a stamp tells which values are of
/// this one. Not for two threads at once; a thread makes its own.
public final class NetworkSearch {
    private let network: WalkingNetwork
    private var ticks: [UInt32]
    private var labels: [UInt32]
    private var stamps: [UInt32]
    private var stamp: UInt32 = 0
    private var buckets: [[Entry]] = []
    private var reached: [UInt32] = []

    private struct Entry {
        let node: UInt32
        let ticks: UInt32
        let label: UInt32
    }

    /// Ticks of one bucket.
    private static let bucketTicks: UInt32 = 16

    /// Makes the memory for searches in a network.
    public init(_ network: WalkingNetwork) {
        self.network = network
        let count = network.nodePositions.count
        ticks = [UInt32](repeating: 0, count: count)
        labels = [UInt32](repeating: 0, count: count)
        stamps = [UInt32](repeating: 0, count: count)
    }

    /// Searches, and keeps the result until the next search.
    ///
    /// Of places equally near the one with the lowest label wins.
    ///
    /// - Parameters:
    ///   - seeds: where it begins; out of range ones and ones beyond the
    ///     limit are left out.
    ///   - direction: whether people walk toward the seeds or away from them.
    ///   - limitTicks: the most that is of interest, itself included.
    /// - Complexity: O(arcs in reach + limit).
    public func run(_ seeds: [SearchSeed], _ direction: WalkingDirection, limitTicks: UInt32) {
        begin(limitTicks: limitTicks)
        for seed in seeds where seed.ticks <= limitTicks && seed.node < ticks.count {
            offer(seed.node, seed.ticks, seed.label)
        }
        let arcs = direction == .toward ? network.toward : network.away
        arcs.starts.withUnsafeBufferPointer { starts in
            arcs.arcs.withUnsafeBufferPointer { arcs in
                for bucket in buckets.indices { settle(bucket, starts, arcs, limitTicks) }
            }
        }
    }

    private func begin(limitTicks: UInt32) {
        let count = Int(limitTicks / Self.bucketTicks) + 1
        if buckets.count != count { buckets = [[Entry]](repeating: [], count: count) }
        reached.removeAll(keepingCapacity: true)
        stamp &+= 1
        if stamp == 0 {
            for index in stamps.indices { stamps[index] = 0 }
            stamp = 1
        }
    }

    @inline(__always)
    private func offer(_ node: UInt32, _ offered: UInt32, _ label: UInt32) {
        let index = Int(node)
        if stamps[index] == stamp {
            guard offered < ticks[index] || offered == ticks[index] && label < labels[index] else { return }
        } else {
            stamps[index] = stamp
            reached.append(node)
        }
        ticks[index] = offered
        labels[index] = label
        buckets[Int(offered / Self.bucketTicks)].append(Entry(node: node, ticks: offered, label: label))
    }

    private func settle(
        _ bucket: Int, _ starts: UnsafeBufferPointer<UInt32>, _ arcs: UnsafeBufferPointer<WalkingNetwork.Arc>,
        _ limitTicks: UInt32
    ) {
        var next = 0
        while next < buckets[bucket].count {
            let entry = buckets[bucket][next]
            next += 1
            let node = Int(entry.node)
            guard ticks[node] == entry.ticks, labels[node] == entry.label else { continue }
            for index in Int(starts[node])..<Int(starts[node + 1]) {
                let arc = arcs[index]
                let (sum, overflow) = entry.ticks.addingReportingOverflow(arc.ticks)
                if !overflow, sum <= limitTicks { offer(arc.node, sum, entry.label) }
            }
        }
        buckets[bucket].removeAll(keepingCapacity: true)
    }

    /// The crossings in reach, in the order in which they were met.
    public var reachedNodes: [UInt32] { reached }

    /// The ticks of a crossing; `nil` where it is out of reach.
    public func ticks(of node: Int) -> UInt32? { stamps[node] == stamp ? ticks[node] : nil }

    /// The label of the nearest place of a crossing; `nil` where it is out of reach.
    public func label(of node: Int) -> UInt32? { stamps[node] == stamp ? labels[node] : nil }
}
