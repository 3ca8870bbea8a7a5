/// What walking along the edges of a street graph takes, before anybody's
/// pace: all that a question needs which asks for times and not for places.
public struct StreetCosts: Sendable, Hashable {
    /// How many crossings there are.
    public let nodeCount: Int
    /// The edges, sorted by their crossings.
    public let edges: [Edge]

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

    /// The costs at a pace.
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

extension StreetCosts {
    /// The costs as bytes, to be read again by `init(archive:)`.
    ///
    /// Little-endian, one array behind the other, so that reading is copying:
    /// tails, heads, forward and backward millimetres, and the few rides.
    public var archive: [UInt8] {
        var writer = ArchiveWriter(.costs)
        let rides = edges.indices.filter { edges[$0].rideTicks > 0 }
        writer.append(counts: [nodeCount, edges.count, rides.count])
        writer.append(edges.lazy.map(\.tail))
        writer.append(edges.lazy.map(\.head))
        writer.append(edges.lazy.map(\.forwardMillimeters))
        writer.append(edges.lazy.map(\.backwardMillimeters))
        writer.append(rides.lazy.map { UInt32(truncatingIfNeeded: $0) })
        writer.append(rides.lazy.map { edges[$0].rideTicks })
        return writer.bytes
    }

    /// Reads what `archive` wrote.
    ///
    /// `nil` where the bytes are no such archive, of another version, cut or
    /// damaged. Every crossing has an edge.
    ///
    /// - Parameter bytes: from anywhere; nothing in them is trusted.
    /// - Complexity: O(bytes).
    public init?(archive bytes: UnsafeRawBufferPointer) {
        // No more crossings than ends of edges: their count alone cannot ask for memory.
        guard var reader = ArchiveReader(bytes, .costs), let nodeCount = reader.count(),
            let edgeCount = reader.count(), let rideCount = reader.count(), nodeCount <= 2 * edgeCount,
            let tails = reader.values(UInt32.self, count: edgeCount),
            let heads = reader.values(UInt32.self, count: edgeCount),
            let forward = reader.values(UInt32.self, count: edgeCount),
            let backward = reader.values(UInt32.self, count: edgeCount),
            let rideEdges = reader.values(UInt32.self, count: rideCount),
            let rideTicks = reader.values(UInt32.self, count: rideCount), reader.isAtEnd
        else { return nil }
        var highest: UInt32 = 0
        var edges = [Edge](unsafeUninitializedCapacity: edgeCount) { edges, count in
            for index in 0..<edgeCount {
                highest = max(highest, max(tails[index], heads[index]))
                edges.initializeElement(
                    at: index,
                    to: Edge(
                        tail: tails[index], head: heads[index], forwardMillimeters: forward[index],
                        backwardMillimeters: backward[index], rideTicks: 0))
            }
            count = edgeCount
        }
        guard edgeCount == 0 || Int(highest) < nodeCount else { return nil }
        for (edge, ticks) in zip(rideEdges, rideTicks) {
            guard Int(edge) < edgeCount else { return nil }
            edges[Int(edge)].rideTicks = ticks
        }
        self.init(nodeCount: nodeCount, edges: edges)
    }
}
