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
/// place of each: Dijkstra's algorithm over a queue of buckets (Dial 1969),
/// exact to the tick because a bucket is worked off until nothing in it
/// improves.
///
/// The memory is kept from search to search, and only what a search touched is
/// put back. Not for two threads at once; a thread makes its own.
public final class NetworkSearch {
    /// The ways that it follows.
    public let arcs: Arcs
    /// The limit of the last search.
    public private(set) var limitTicks: UInt32 = 0
    let nodes: UnsafeMutablePointer<SearchNode>
    private let reached: UnsafeMutablePointer<UInt32>
    private var reachedCount = 0
    private var queue = BucketQueue()

    /// Makes the memory for searches along the ways of a direction.
    ///
    /// - Complexity: O(n) for n crossings.
    public init(_ arcs: Arcs) {
        self.arcs = arcs
        let count = arcs.nodeCount
        nodes = .allocate(capacity: count)
        for node in 0..<count {
            (nodes + node).initialize(
                to: SearchNode(nearest: .none, arcs: (start: arcs.starts[node], end: arcs.starts[node + 1])))
        }
        reached = .allocate(capacity: count)
    }

    deinit {
        nodes.deallocate()
        reached.deallocate()
    }

    /// Searches, and keeps the result until the next search.
    ///
    /// Of places equally near the one with the lowest label wins.
    ///
    /// - Parameters:
    ///   - seeds: where it begins; out of range ones and ones beyond the
    ///     limit are left out.
    ///   - limitTicks: the most that is of interest, itself included.
    /// - Complexity: O(arcs in reach + limit), from many places at once shared
    ///   among the cores.
    public func run(_ seeds: [SearchSeed], limitTicks: UInt32) {
        let parts = seeds.count < SharedSearch.leastSeeds ? 1 : SharedSearch.parts(of: arcs.nodeCount)
        run(seeds, limitTicks: limitTicks, parts: parts)
    }

    /// The same with the crossings shared among so many cores.
    func run(_ seeds: [SearchSeed], limitTicks: UInt32, parts: Int) {
        for index in 0..<reachedCount { nodes[Int(reached[index])].nearest = .none }
        let limit = min(limitTicks, Ticks.never - 1)
        self.limitTicks = limit
        guard parts < 2 else {
            let search = SharedSearch(arcs, parts: parts, nodes: nodes, reached: reached, limitTicks: limit)
            reachedCount = search.run(seeds)
            return
        }
        reachedCount = arcs.arcs.withUnsafeBufferPointer { arcs in
            var relaxation = Relaxation(
                nodes: nodes, range: 0..<UInt32(self.arcs.nodeCount), arcs: arcs, limitTicks: limit,
                log: FirstMeetings(nodes: reached))
            relaxation.begin(seeds, &queue)
            relaxation.settle(&queue)
            return relaxation.log.count
        }
    }

    /// The crossings in reach, each once.
    public var reachedNodes: [UInt32] { Array(reachedBuffer) }

    /// The same without a copy, until the next search.
    var reachedBuffer: UnsafeBufferPointer<UInt32> { UnsafeBufferPointer(start: reached, count: reachedCount) }

    /// The ticks of a crossing; `nil` where it is out of reach.
    public func ticks(of node: Int) -> UInt32? {
        let nearest = nearest(of: node)
        return nearest == .none ? nil : nearest.ticks
    }

    /// The label of the nearest place of a crossing; `nil` where it is out of reach.
    public func label(of node: Int) -> UInt32? {
        let nearest = nearest(of: node)
        return nearest == .none ? nil : nearest.label
    }

    private func nearest(of node: Int) -> Nearness {
        precondition(node >= 0 && node < arcs.nodeCount, "no crossing has this number")
        return nodes[node].nearest
    }
}
