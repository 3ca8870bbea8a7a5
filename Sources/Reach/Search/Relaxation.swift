/// The heart of a search: settles crossing after crossing, nearest first, and
/// offers each one's station to its neighbours.
struct Relaxation<Log: NearnessLog> {
    let nodes: UnsafeMutablePointer<SearchNode>
    /// The crossings that it may touch.
    let range: Range<UInt32>
    let arcs: UnsafeBufferPointer<Arcs.Arc>
    /// Below `Ticks.never`.
    let limitTicks: UInt32
    var log: Log
    /// What was offered to crossings that it may not touch.
    var outside: [SearchSeed] = []

    /// Offers the seeds; out of range ones and ones beyond the limit are left
    /// out.
    mutating func begin(_ seeds: [SearchSeed], _ queue: inout BucketQueue) {
        queue.begin()
        // The last one in is the first one out: of stations equally near the one that wins.
        for seed in seeds.reversed() where seed.ticks <= limitTicks && range.contains(seed.node) {
            offer(seed.node, Nearness(ticks: seed.ticks, label: seed.label), &queue)
        }
    }

    /// Works until nothing improves any more.
    mutating func settle(_ queue: inout BucketQueue) {
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

    /// Keeps a station for a crossing if it is nearer than the one it has.
    @inline(__always)
    mutating func offer(_ node: UInt32, _ nearness: Nearness, _ queue: inout BucketQueue) {
        guard range.contains(node) else {
            return outside.append(SearchSeed(node: node, ticks: nearness.ticks, label: nearness.label))
        }
        let known = nodes[Int(node)].nearest
        guard nearness < known else { return }
        log.note(node, before: known)
        nodes[Int(node)].nearest = nearness
        queue.push(node, ticks: nearness.ticks)
    }
}

/// What a search knows of a crossing, and where its ways are, which are asked
/// for together.
struct SearchNode {
    var nearest: Nearness
    let arcs: (start: UInt32, end: UInt32)
}

/// Notes what a search changes.
protocol NearnessLog {
    /// A crossing gets a nearer station than it had before.
    mutating func note(_ node: UInt32, before: Nearness)
}

/// The crossings that a search met for the first time, in their order.
struct FirstMeetings: NearnessLog {
    /// Room for all crossings.
    let nodes: UnsafeMutablePointer<UInt32>
    var count = 0

    @inline(__always)
    mutating func note(_ node: UInt32, before: Nearness) {
        guard before == .none else { return }
        nodes[count] = node
        count += 1
    }
}
