/// The nearest, second nearest, … station of every crossing in reach, each
/// station once: a search in which a crossing passes on not one station but as
/// many as are asked for.
///
/// A station that is the third nearest of a crossing is among the three
/// nearest of every crossing on its way there, so no more need be kept.
///
/// The memory is kept from search to search. Not for two threads at once; a
/// thread makes its own.
public final class NearestSearch {
    /// The ways that it follows.
    public let arcs: Arcs
    /// How many stations are kept for each crossing.
    public let count: Int

    /// The stations of each crossing, `count` places each, nearest first.
    private let slots: UnsafeMutablePointer<Nearness>
    private var reached: [UInt32] = []
    private var queue = BucketQueue()

    /// Makes the memory for searches along the ways of a direction.
    ///
    /// - Parameters:
    ///   - arcs: the ways.
    ///   - count: how many stations a crossing keeps, 1 to 8.
    /// - Complexity: O(n) for n crossings.
    public init(_ arcs: Arcs, count: Int) {
        precondition((1...8).contains(count), "1 to 8 nearest stations")
        self.arcs = arcs
        self.count = count
        slots = .allocate(capacity: arcs.nodeCount * count)
        slots.initialize(repeating: .none, count: arcs.nodeCount * count)
    }

    deinit { slots.deallocate() }

    /// Searches, and keeps the result until the next search.
    ///
    /// Of stations equally near the one with the lower label comes first.
    ///
    /// - Parameters:
    ///   - seeds: where it begins; out of range ones and ones beyond the
    ///     limit are left out.
    ///   - limitTicks: the most that is of interest, itself included.
    /// - Complexity: O(count × arcs in reach + limit).
    public func run(_ seeds: [SearchSeed], limitTicks: UInt32) {
        for node in reached { (slots + Int(node) * count).update(repeating: .none, count: count) }
        let limit = min(limitTicks, Ticks.never - 1)
        var run = Run(
            slots: slots, count: count, limitTicks: limit, reached: reached)
        reached = []
        run.reached.removeAll(keepingCapacity: true)
        queue.begin()
        for seed in seeds.reversed() where seed.ticks <= limit && Int(seed.node) < arcs.nodeCount {
            run.offer(seed.node, Nearness(ticks: seed.ticks, label: seed.label), &queue)
        }
        run.settle(arcs, &queue)
        reached = run.reached
    }

    /// One search under way.
    private struct Run {
        let slots: UnsafeMutablePointer<Nearness>
        let count: Int
        let limitTicks: UInt32
        var reached: [UInt32]

        mutating func settle(_ arcs: Arcs, _ queue: inout BucketQueue) {
            arcs.starts.withUnsafeBufferPointer { starts in
                arcs.arcs.withUnsafeBufferPointer { arcs in
                    while let node = queue.pop() {
                        let own = slots + Int(node) * count
                        // What is in an earlier bucket was passed on there; what is in a later one waits there.
                        for slot in 0..<count where queue.isCurrent(own[slot].ticks) {
                            pass(own[slot], from: Int(node), starts, arcs, &queue)
                        }
                    }
                }
            }
        }

        @inline(__always)
        private mutating func pass(
            _ nearness: Nearness, from node: Int, _ starts: UnsafeBufferPointer<UInt32>,
            _ arcs: UnsafeBufferPointer<Arcs.Arc>, _ queue: inout BucketQueue
        ) {
            let left = limitTicks - nearness.ticks
            for index in Int(starts[node])..<Int(starts[node + 1]) {
                let arc = arcs[index]
                if arc.ticks <= left { offer(arc.node, nearness.farther(by: arc.ticks), &queue) }
            }
        }

        @inline(__always)
        mutating func offer(_ node: UInt32, _ nearness: Nearness, _ queue: inout BucketQueue) {
            let own = slots + Int(node) * count
            guard nearness < own[count - 1] else { return }
            if own[0] == .none { reached.append(node) }
            if nearness.insert(into: own, count: count) { queue.push(node, ticks: nearness.ticks) }
        }
    }

    /// The crossings in reach, in the order in which they were met.
    public var reachedNodes: [UInt32] { reached }

    /// The stations of a crossing, nearest first.
    public func stations(ofNode node: Int) -> [StationTicks] {
        precondition(node >= 0 && node < arcs.nodeCount, "no crossing has this number")
        return (0..<count).compactMap { slots[node * count + $0].station }
    }

    /// Searches from all stations at once, and asks every place which are its
    /// nearest; the crossings' answers are kept until the next search.
    ///
    /// - Parameters:
    ///   - places: on edges of the network; `nil` for those that meet none.
    ///   - stations: on edges of the network; the index is the label; `nil`
    ///     for those that meet none.
    ///   - network: the network that the ways are of.
    ///   - limitTicks: the most that is of interest, itself included.
    /// - Returns: a list for every place, in their order.
    /// - Complexity: O(count × (arcs in reach + places)).
    public func nearest(
        of places: [Foothold?], to stations: [Foothold?], in network: WalkingNetwork, limitTicks: UInt32
    ) -> NearestStationLists {
        precondition(arcs.nodeCount == network.nodeCount, "the ways are of another network")
        let limit = min(limitTicks, Ticks.never - 1)
        run(network.seeds(of: stations, arcs.direction), limitTicks: limit)
        let own = StationEdges(stations, edgeCount: network.edges.count)
        let footing = network.footing(arcs.direction)
        var lists = NearestStationLists(count: count, placeCount: places.count)
        for (place, foothold) in places.enumerated() {
            guard let foothold else { continue }
            let edge = network.edges[Int(foothold.edge)]
            let ends = footing.ticks(foothold, on: edge)
            lists.withSlots(of: place) { list in
                for slot in 0..<count {
                    let tail = slots[Int(edge.tail) * count + slot].beyond(ends.tail, limitTicks: limit)
                    let head = slots[Int(edge.head) * count + slot].beyond(ends.head, limitTicks: limit)
                    _ = tail.insert(into: list, count: count)
                    _ = head.insert(into: list, count: count)
                }
                guard own.has(foothold.edge) else { return }
                own.offerAll(foothold, network, arcs.direction, limitTicks: limit) {
                    _ = $0.insert(into: list, count: count)
                }
            }
        }
        return lists
    }
}

/// The nearest, second nearest, … stations of every place of a city.
public struct NearestStationLists: Sendable {
    /// How many are kept for a place.
    public let count: Int
    private var slots: [Nearness]

    fileprivate init(count: Int, placeCount: Int) {
        self.count = count
        slots = [Nearness](repeating: .none, count: count * placeCount)
    }

    fileprivate mutating func withSlots(of place: Int, _ body: (UnsafeMutablePointer<Nearness>) -> Void) {
        slots.withUnsafeMutableBufferPointer { slots in
            if let first = slots.baseAddress { body(first + place * count) }
        }
    }

    /// The nearest but so many of a place; `nil` where there are fewer.
    ///
    /// - Parameters:
    ///   - place: the place's number.
    ///   - rank: 0 for the nearest, below `count`.
    /// - Returns: the station and the ticks between them.
    public func station(of place: Int, rank: Int) -> StationTicks? {
        precondition(rank >= 0 && rank < count, "no more are kept")
        return slots[place * count + rank].station
    }

    /// The stations of a place, nearest first.
    public func stations(of place: Int) -> [StationTicks] {
        (0..<count).compactMap { slots[place * count + $0].station }
    }
}

extension Nearness {
    /// Puts a station in a list, nearest first, that has each station once;
    /// the last one falls out.
    ///
    /// - Returns: whether it is in now, and was not before as near.
    @inline(__always)
    fileprivate func insert(into slots: UnsafeMutablePointer<Nearness>, count: Int) -> Bool {
        guard self < slots[count - 1] else { return false }
        var place = 0
        while slots[place] < self {
            if slots[place].label == label { return false }
            place += 1
        }
        if slots[place] == self { return false }
        // The same station farther off makes room, or else the last one.
        var end = place
        while end < count - 1, slots[end].label != label || slots[end] == .none { end += 1 }
        while end > place {
            slots[end] = slots[end - 1]
            end -= 1
        }
        slots[place] = self
        return true
    }
}
