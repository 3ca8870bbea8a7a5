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
    private let arcs: Arcs
    private let cells: UnsafeMutableBufferPointer<Cell>
    private var stamp: UInt32 = 0
    private var queue = BucketQueue()
    private var reached: [UInt32] = []

    /// What a search knows of a crossing, if the stamp is its own.
    private struct Cell {
        var stamp: UInt32
        var ticks: UInt32
        var label: UInt32
    }

    /// Makes the memory for searches along the ways of a direction.
    public init(_ arcs: Arcs) {
        self.arcs = arcs
        cells = .allocate(capacity: arcs.nodeCount)
        cells.initialize(repeating: Cell(stamp: 0, ticks: 0, label: 0))
    }

    deinit { cells.deallocate() }

    /// Searches, and keeps the result until the next search.
    ///
    /// Of places equally near the one with the lowest label wins.
    ///
    /// - Parameters:
    ///   - seeds: where it begins; out of range ones and ones beyond the
    ///     limit are left out.
    ///   - limitTicks: the most that is of interest, itself included.
    /// - Complexity: O(arcs in reach + limit).
    public func run(_ seeds: [SearchSeed], limitTicks: UInt32) {
        stamp &+= 1
        if stamp == 0 {
            cells.update(repeating: Cell(stamp: 0, ticks: 0, label: 0))
            stamp = 1
        }
        var search = Run(cells: cells, stamp: stamp, queue: queue, reached: reached, limitTicks: limitTicks)
        (queue, reached) = (BucketQueue(), [])
        search.begin(seeds)
        arcs.starts.withUnsafeBufferPointer { starts in
            arcs.arcs.withUnsafeBufferPointer { arcs in search.settle(starts, arcs) }
        }
        (queue, reached) = (search.queue, search.reached)
    }

    /// One search under way.
    private struct Run {
        let cells: UnsafeMutableBufferPointer<Cell>
        let stamp: UInt32
        var queue: BucketQueue
        var reached: [UInt32]
        let limitTicks: UInt32

        mutating func begin(_ seeds: [SearchSeed]) {
            reached.removeAll(keepingCapacity: true)
            queue.begin(limitTicks: limitTicks)
            for seed in seeds where seed.ticks <= limitTicks && Int(seed.node) < cells.count {
                offer(seed.node, seed.ticks, seed.label)
            }
        }

        @inline(__always)
        private mutating func offer(_ node: UInt32, _ ticks: UInt32, _ label: UInt32) {
            let cell = cells[Int(node)]
            if cell.stamp != stamp {
                reached.append(node)
            } else if ticks > cell.ticks || ticks == cell.ticks && label >= cell.label {
                return
            }
            cells[Int(node)] = Cell(stamp: stamp, ticks: ticks, label: label)
            queue.push(BucketQueue.Entry(node: node, ticks: ticks, label: label))
        }

        mutating func settle(_ starts: UnsafeBufferPointer<UInt32>, _ arcs: UnsafeBufferPointer<Arcs.Arc>) {
            while let entry = queue.pop() {
                let cell = cells[Int(entry.node)]
                guard cell.ticks == entry.ticks, cell.label == entry.label else { continue }
                for index in Int(starts[Int(entry.node)])..<Int(starts[Int(entry.node) + 1]) {
                    let arc = arcs[index]
                    let (sum, overflow) = entry.ticks.addingReportingOverflow(arc.ticks)
                    if !overflow, sum <= limitTicks { offer(arc.node, sum, entry.label) }
                }
            }
        }
    }

    /// The crossings in reach, in the order in which they were met.
    public var reachedNodes: [UInt32] { reached }

    /// The ticks of a crossing; `nil` where it is out of reach.
    public func ticks(of node: Int) -> UInt32? { cells[node].stamp == stamp ? cells[node].ticks : nil }

    /// The label of the nearest place of a crossing; `nil` where it is out of reach.
    public func label(of node: Int) -> UInt32? { cells[node].stamp == stamp ? cells[node].label : nil }
}

/// A queue of buckets, each for one second: what is pushed is never before the
/// bucket that is worked off.
private struct BucketQueue {
    struct Entry {
        let node: UInt32
        let ticks: UInt32
        let label: UInt32
        /// The entry below in the same bucket.
        var next: UInt32 = none

        init(node: UInt32, ticks: UInt32, label: UInt32) {
            self.node = node
            self.ticks = ticks
            self.label = label
        }
    }

    private static let none = UInt32.max
    private static let ticksPerBucket: UInt32 = 16

    private var entries: [Entry] = []
    /// The topmost entry of every bucket.
    private var tops: [UInt32] = []
    private var bucket = 0

    mutating func begin(limitTicks: UInt32) {
        let count = Int(limitTicks / Self.ticksPerBucket) + 1
        entries.removeAll(keepingCapacity: true)
        // After a search all buckets are empty.
        if tops.count != count { tops = [UInt32](repeating: Self.none, count: count) }
        bucket = 0
    }

    @inline(__always)
    mutating func push(_ entry: Entry) {
        var entry = entry
        let bucket = Int(entry.ticks / Self.ticksPerBucket)
        entry.next = tops[bucket]
        tops[bucket] = UInt32(truncatingIfNeeded: entries.count)
        entries.append(entry)
    }

    @inline(__always)
    mutating func pop() -> Entry? {
        while bucket < tops.count {
            let top = tops[bucket]
            if top != Self.none {
                let entry = entries[Int(top)]
                tops[bucket] = entry.next
                return entry
            }
            bucket += 1
        }
        return nil
    }
}
