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
    /// Every crossing, and one more behind the last.
    let nodes: UnsafeMutablePointer<Node>
    private let reached: UnsafeMutablePointer<UInt32>
    private var reachedCount = 0
    private var queue = BucketQueue()

    /// What a search knows of a crossing, and where its ways are, which are
    /// asked for together.
    struct Node {
        var nearest: Nearness
        let arcs: (start: UInt32, end: UInt32)
    }

    /// Makes the memory for searches along the ways of a direction.
    ///
    /// - Complexity: O(n) for n crossings.
    public init(_ arcs: Arcs) {
        self.arcs = arcs
        let count = arcs.nodeCount
        nodes = .allocate(capacity: count)
        for node in 0..<count {
            (nodes + node).initialize(
                to: Node(nearest: .none, arcs: (start: arcs.starts[node], end: arcs.starts[node + 1])))
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
    /// - Complexity: O(arcs in reach + limit).
    public func run(_ seeds: [SearchSeed], limitTicks: UInt32) {
        for index in 0..<reachedCount { nodes[Int(reached[index])].nearest = .none }
        let limit = min(limitTicks, Ticks.never - 1)
        reachedCount = arcs.arcs.withUnsafeBufferPointer { arcs in
            var run = Run(nodes: nodes, nodeCount: self.arcs.nodeCount, arcs: arcs, reached: reached, limitTicks: limit)
            run.search(seeds, &queue)
            return run.reachedCount
        }
    }

    /// One search under way.
    private struct Run {
        let nodes: UnsafeMutablePointer<Node>
        let nodeCount: Int
        let arcs: UnsafeBufferPointer<Arcs.Arc>
        let reached: UnsafeMutablePointer<UInt32>
        var reachedCount = 0
        let limitTicks: UInt32

        mutating func search(_ seeds: [SearchSeed], _ queue: inout BucketQueue) {
            queue.begin()
            for seed in seeds where seed.ticks <= limitTicks && Int(seed.node) < nodeCount {
                offer(seed.node, Nearness(ticks: seed.ticks, label: seed.label), &queue)
            }
            while let index = queue.pop() {
                let node = nodes[Int(index)]
                let ticks = node.nearest.ticks
                guard !queue.isSettled(ticks) else { continue }
                let left = limitTicks - ticks
                for index in Int(node.arcs.start)..<Int(node.arcs.end) {
                    let arc = arcs[index]
                    if arc.ticks <= left { offer(arc.node, node.nearest.farther(by: arc.ticks), &queue) }
                }
            }
        }

        @inline(__always)
        private mutating func offer(_ node: UInt32, _ nearness: Nearness, _ queue: inout BucketQueue) {
            let known = nodes[Int(node)].nearest
            guard nearness < known else { return }
            if known == .none {
                reached[reachedCount] = node
                reachedCount += 1
            }
            nodes[Int(node)].nearest = nearness
            queue.push(node, ticks: nearness.ticks)
        }
    }

    /// The crossings in reach, in the order in which they were met.
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
