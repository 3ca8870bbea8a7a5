public import Spatial

/// Streets as a graph, before anybody's pace: what is kept of them.
public struct StreetGraph: Sendable {
    /// The edges, sorted by their crossings.
    public let edges: [Edge]
    /// Where crossings and edges are.
    public let shapes: StreetShapes

    /// A stretch of street between two crossings, and its effort.
    @frozen public struct Edge: Sendable, Hashable {
        /// The crossing where it starts.
        public var tail: UInt32
        /// The crossing where it ends.
        public var head: UInt32
        /// The level walk, in millimetres, that takes as long as the way from
        /// tail to head; `never` where nobody may walk so.
        public var forwardMillimeters: UInt32
        /// The same from head to tail.
        public var backwardMillimeters: UInt32
        /// Time that no pace changes, both ways: the ride in a lift.
        public var rideTicks: UInt32

        /// No way.
        public static let never = UInt32.max
    }

    /// Makes a graph of its parts.
    init(edges: [Edge], shapes: StreetShapes) {
        self.edges = edges
        self.shapes = shapes
    }

    /// How many crossings there are.
    public var nodeCount: Int { shapes.nodePositions.count }

    /// The graph at a pace.
    ///
    /// - Parameter paceMetersPerMinute: on level ground, above 0.
    /// - Returns: the same edges with their costs in ticks.
    /// - Complexity: O(n) for n edges.
    public func network(paceMetersPerMinute: Double) -> WalkingNetwork {
        let ticksPerMillimeter = Ticks.perSecond * 60 / (paceMetersPerMinute * 1000)
        func ticks(_ millimeters: UInt32, _ rideTicks: UInt32) -> UInt32 {
            guard millimeters != Edge.never else { return Ticks.never }
            let walked = (Double(millimeters) * ticksPerMillimeter).rounded()
            let sum = walked + Double(rideTicks)
            return sum < Double(Ticks.never / 4) ? UInt32(sum) : Ticks.never
        }
        return WalkingNetwork(
            nodeCount: nodeCount,
            edges: edges.map { edge in
                WalkingNetwork.Edge(
                    tail: edge.tail, head: edge.head,
                    forwardTicks: ticks(edge.forwardMillimeters, edge.rideTicks),
                    backwardTicks: ticks(edge.backwardMillimeters, edge.rideTicks))
            }, paceMetersPerMinute: paceMetersPerMinute)
    }
}

/// Where the crossings and edges of a network are, and what they belong to.
public struct StreetShapes: Sendable {
    /// Where the crossings are.
    public let nodePositions: [LonLat]
    /// Where each edge's corners begin in `corners`, and where the last one's end.
    public let cornerStarts: [UInt32]
    /// The corners of all edges, both ends included, from tail to head.
    public let corners: [LonLat]
    /// The length of every edge in metres.
    public let meters: [Double]
    /// The street that every edge is a part of: a row's number.
    public let fids: [Int64]
    /// Whether the edge is a bridge, a tunnel or a passage, on whose way there
    /// are no doors.
    public let isStraight: [Bool]

    /// Makes shapes of their parts.
    init(
        nodePositions: [LonLat], cornerStarts: [UInt32], corners: [LonLat], meters: [Double], fids: [Int64],
        isStraight: [Bool]
    ) {
        self.nodePositions = nodePositions
        self.cornerStarts = cornerStarts
        self.corners = corners
        self.meters = meters
        self.fids = fids
        self.isStraight = isStraight
    }

    /// How many edges there are.
    public var edgeCount: Int { meters.count }

    /// The corners of an edge.
    public func corners(of edge: Int) -> ArraySlice<LonLat> {
        corners[Int(cornerStarts[edge])..<Int(cornerStarts[edge + 1])]
    }
}
