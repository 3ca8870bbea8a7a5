public import Spatial

/// Streets as a graph: crossings, the edges between them, and what they cost.
///
/// Crossings stand in the order of the Hilbert curve, so that a search reads
/// memory that lies together. Costs are ticks, each direction its own.
public struct WalkingNetwork: Sendable {
    /// Where the crossings are.
    public let nodePositions: [LonLat]
    /// The edges' start and end crossings.
    public let edges: [Edge]
    /// The corners of all edges, ends included, one edge after the other.
    public let corners: [LonLat]
    /// Ways out of every crossing: walking away.
    public let away: Arcs
    /// Ways into every crossing: walking toward.
    public let toward: Arcs

    /// A stretch of street between two crossings.
    public struct Edge: Sendable, Hashable {
        /// The crossing where it starts.
        public var tail: UInt32
        /// The crossing where it ends.
        public var head: UInt32
        /// From tail to head; `Ticks.never` where nobody may walk so.
        public var forwardTicks: UInt32
        /// From head to tail.
        public var backwardTicks: UInt32
        /// Where its corners begin in `corners`.
        public var firstCorner: UInt32
        /// How many corners it has, at least two.
        public var cornerCount: UInt32
        /// Its length.
        public var meters: Double
        /// The street it is a part of.
        public var fid: Int64
    }

    /// One way from a crossing to the next.
    @frozen public struct Arc: Sendable {
        /// The other crossing.
        public var node: UInt32
        /// What it costs.
        public var ticks: UInt32
    }

    /// The arcs of all crossings: compressed rows.
    public struct Arcs: Sendable {
        /// Where each crossing's arcs begin, and where the last one's end.
        public let starts: [UInt32]
        /// The arcs, crossing by crossing.
        public let arcs: [Arc]

        /// The arcs of a crossing.
        public subscript(_ node: Int) -> ArraySlice<Arc> { arcs[Int(starts[node])..<Int(starts[node + 1])] }

        init(nodeCount: Int, _ edges: [Edge], isReversed: Bool) {
            var counts = [UInt32](repeating: 0, count: nodeCount + 1)
            func forEach(_ body: (_ from: UInt32, _ arc: Arc) -> Void) {
                for edge in edges {
                    if edge.forwardTicks != Ticks.never {
                        let (from, to) = isReversed ? (edge.head, edge.tail) : (edge.tail, edge.head)
                        body(from, Arc(node: to, ticks: edge.forwardTicks))
                    }
                    if edge.backwardTicks != Ticks.never {
                        let (from, to) = isReversed ? (edge.tail, edge.head) : (edge.head, edge.tail)
                        body(from, Arc(node: to, ticks: edge.backwardTicks))
                    }
                }
            }
            forEach { from, _ in counts[Int(from) + 1] += 1 }
            for node in 0..<nodeCount { counts[node + 1] += counts[node] }
            var next = counts
            var arcs = [Arc](repeating: Arc(node: 0, ticks: 0), count: Int(counts[nodeCount]))
            forEach { from, arc in
                arcs[Int(next[Int(from)])] = arc
                next[Int(from)] += 1
            }
            starts = counts
            self.arcs = arcs
        }
    }

    /// Makes a network of its parts.
    init(nodePositions: [LonLat], edges: [Edge], corners: [LonLat]) {
        self.nodePositions = nodePositions
        self.edges = edges
        self.corners = corners
        away = Arcs(nodeCount: nodePositions.count, edges, isReversed: false)
        toward = Arcs(nodeCount: nodePositions.count, edges, isReversed: true)
    }

    /// The corners of an edge.
    public func corners(of edge: Edge) -> ArraySlice<LonLat> {
        corners[Int(edge.firstCorner)..<Int(edge.firstCorner) + Int(edge.cornerCount)]
    }
}
