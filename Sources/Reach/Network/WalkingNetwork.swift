/// Streets as a graph: crossings, the edges between them, and what they cost
/// at one pace, each direction its own.
///
/// Crossings stand in the order of the Hilbert curve, so that a search reads
/// memory that lies together. Where they are is in `StreetShapes`.
public struct WalkingNetwork: Sendable {
    /// How many crossings there are.
    public let nodeCount: Int
    /// The edges.
    public let edges: [Edge]
    /// The flat pace of the costs.
    public let paceMetersPerMinute: Double

    /// A stretch of street between two crossings.
    @frozen public struct Edge: Sendable, Hashable {
        /// The crossing where it starts.
        public var tail: UInt32
        /// The crossing where it ends.
        public var head: UInt32
        /// From tail to head; `Ticks.never` where nobody may walk so.
        public var forwardTicks: UInt32
        /// From head to tail.
        public var backwardTicks: UInt32

        /// Makes an edge.
        public init(tail: UInt32, head: UInt32, forwardTicks: UInt32, backwardTicks: UInt32) {
            self.tail = tail
            self.head = head
            self.forwardTicks = forwardTicks
            self.backwardTicks = backwardTicks
        }
    }

    /// Makes a network.
    ///
    /// - Parameters:
    ///   - nodeCount: above every tail and head.
    ///   - edges: the edges.
    ///   - paceMetersPerMinute: the flat pace that their costs come from.
    public init(nodeCount: Int, edges: [Edge], paceMetersPerMinute: Double) {
        precondition(edges.allSatisfy { max($0.tail, $0.head) < nodeCount }, "an edge ends at no crossing")
        self.nodeCount = nodeCount
        self.edges = edges
        self.paceMetersPerMinute = paceMetersPerMinute
    }

    /// The ways of a direction.
    ///
    /// - Complexity: O(n) for n edges and crossings.
    public func arcs(_ direction: WalkingDirection) -> Arcs { Arcs(self, direction) }

    /// The ticks of a walk at the flat pace.
    public func flatTicks(meters: Double) -> UInt32 { Ticks.of(seconds: meters * 60 / paceMetersPerMinute) }
}

/// The ways that a search follows from crossing to crossing, as compressed
/// rows: away from places along the walk, toward places against it.
public struct Arcs: Sendable {
    /// The direction in which people walk.
    public let direction: WalkingDirection
    /// Where each crossing's arcs begin, and where the last one's end.
    public let starts: [UInt32]
    /// The arcs, crossing by crossing.
    public let arcs: [Arc]
    /// The edge of every arc.
    public let edges: [UInt32]

    /// One way from a crossing to the next.
    @frozen public struct Arc: Sendable, Hashable {
        /// The other crossing.
        public var node: UInt32
        /// What it costs.
        public var ticks: UInt32
    }

    /// How many crossings there are.
    public var nodeCount: Int { starts.count - 1 }

    init(_ network: WalkingNetwork, _ direction: WalkingDirection) {
        self.direction = direction
        let isReversed = direction == .toward
        let nodeCount = network.nodeCount
        // The place of each crossing's next arc: at first where its own begin, at last where the next one's do.
        var places = [UInt32](repeating: 0, count: nodeCount + 1)
        for edge in network.edges {
            let (start, end) = isReversed ? (edge.head, edge.tail) : (edge.tail, edge.head)
            if edge.forwardTicks != Ticks.never { places[Int(start) + 1] += 1 }
            if edge.backwardTicks != Ticks.never { places[Int(end) + 1] += 1 }
        }
        for node in 0..<nodeCount { places[node + 1] += places[node] }
        starts = places
        let total = Int(places[nodeCount])
        var edges = [UInt32](repeating: 0, count: total)
        arcs = [Arc](unsafeUninitializedCapacity: total) { arcs, count in
            places.withUnsafeMutableBufferPointer { places in
                edges.withUnsafeMutableBufferPointer { edges in
                    let filler = Filler(places: places, arcs: arcs, edges: edges)
                    for (index, edge) in network.edges.enumerated() {
                        let (start, end) = isReversed ? (edge.head, edge.tail) : (edge.tail, edge.head)
                        filler.put(start, Arc(node: end, ticks: edge.forwardTicks), index)
                        filler.put(end, Arc(node: start, ticks: edge.backwardTicks), index)
                    }
                }
            }
            count = total
        }
        self.edges = edges
    }

    /// Puts arcs where their crossings' rows have come to.
    private struct Filler {
        let places: UnsafeMutableBufferPointer<UInt32>
        let arcs: UnsafeMutableBufferPointer<Arc>
        let edges: UnsafeMutableBufferPointer<UInt32>

        @inline(__always)
        func put(_ from: UInt32, _ arc: Arc, _ edge: Int) {
            guard arc.ticks != Ticks.never else { return }
            let place = Int(places[Int(from)])
            places[Int(from)] += 1
            arcs.initializeElement(at: place, to: arc)
            edges[place] = UInt32(truncatingIfNeeded: edge)
        }
    }
}
