public import Spatial

/// Where the crossings and edges of a network are, and what they belong to.
public struct StreetShapes: Sendable, Hashable {
    /// Where the crossings are; whole ten-millionths of a degree.
    public let nodePositions: [LonLat]
    /// Where each edge's corners begin in `corners`, and where the last one's end.
    public let cornerStarts: [UInt32]
    /// The corners of all edges, both ends included, from tail to head.
    public let corners: [LonLat]
    /// The length of every edge in metres; whole millimetres.
    public let meters: [Double]
    /// The street that every edge is a part of: a row's number.
    public let fids: [Int64]
    /// Whether the edge is a bridge, a tunnel, a passage or a lift, on whose
    /// way there are no doors.
    public let isStraight: [Bool]

    /// How many edges there are.
    public var edgeCount: Int { meters.count }

    /// The corners of an edge.
    public func corners(of edge: Int) -> ArraySlice<LonLat> {
        corners[Int(cornerStarts[edge])..<Int(cornerStarts[edge + 1])]
    }

    /// What an archive holds of shapes: the ends of edges are their crossings.
    struct Parts {
        var nodes: [FixedLonLat] = []
        /// Where each edge's corners between its ends begin in `corners`, and
        /// where the last one's end.
        var cornerStarts: [UInt32] = [0]
        var corners: [FixedLonLat] = []
        var millimeters: [UInt32] = []
        var fids: [Int64] = []
        var isStraight: [Bool] = []
    }

    /// Makes the shapes of a graph's edges.
    init(_ parts: Parts, edges: [StreetCosts.Edge]) {
        let nodes = parts.nodes.map(\.lonLat)
        nodePositions = nodes
        cornerStarts = parts.cornerStarts.enumerated().map { $1 + 2 * UInt32(truncatingIfNeeded: $0) }
        let total = parts.corners.count + 2 * edges.count
        corners = [LonLat](unsafeUninitializedCapacity: total) { corners, count in
            for (index, edge) in edges.enumerated() {
                corners.initializeElement(at: count, to: nodes[Int(edge.tail)])
                count += 1
                for inner in Int(parts.cornerStarts[index])..<Int(parts.cornerStarts[index + 1]) {
                    corners.initializeElement(at: count, to: parts.corners[inner].lonLat)
                    count += 1
                }
                corners.initializeElement(at: count, to: nodes[Int(edge.head)])
                count += 1
            }
        }
        meters = parts.millimeters.map { Double($0) / 1000 }
        fids = parts.fids
        isStraight = parts.isStraight
    }
}

extension StreetShapes {
    /// The shapes as bytes, to be read again by `init(archive:of:)`.
    ///
    /// Little-endian, one array behind the other: crossings in ten-millionths
    /// of a degree, where the corners of every edge begin, the corners between
    /// the ends, millimetres, rows, and a bit an edge.
    public var archive: [UInt8] {
        var writer = ArchiveWriter(.shapes)
        writer.append(counts: [nodePositions.count, edgeCount, corners.count - 2 * edgeCount])
        writer.append(positions: nodePositions)
        writer.append(cornerStarts.enumerated().lazy.map { $1 - 2 * UInt32(truncatingIfNeeded: $0) })
        for edge in 0..<edgeCount { writer.append(positions: corners(of: edge).dropFirst().dropLast()) }
        writer.append(meters.lazy.map { UInt32(($0 * 1000).rounded()) })
        writer.append(fids)
        writer.append(bits: isStraight)
        return writer.bytes
    }

    /// Reads what `archive` wrote.
    ///
    /// `nil` where the bytes are no such archive, of another version or
    /// another graph, cut or damaged.
    ///
    /// - Parameters:
    ///   - bytes: from anywhere; nothing in them is trusted.
    ///   - costs: of the same graph, which know the ends of its edges.
    /// - Complexity: O(bytes).
    public init?(archive bytes: UnsafeRawBufferPointer, of costs: StreetCosts) {
        guard var reader = ArchiveReader(bytes, .shapes), let nodeCount = reader.count(),
            let edgeCount = reader.count(), let cornerCount = reader.count(), nodeCount == costs.nodeCount,
            edgeCount == costs.edges.count, let nodes = reader.positions(count: nodeCount),
            let starts = reader.values(UInt32.self, count: edgeCount + 1),
            let corners = reader.positions(count: cornerCount),
            let millimeters = reader.values(UInt32.self, count: edgeCount),
            let fids = reader.values(Int64.self, count: edgeCount), let isStraight = reader.bits(count: edgeCount),
            reader.isAtEnd, starts.first == 0, starts.last.map(Int.init) == cornerCount
        else { return nil }
        for edge in 0..<edgeCount where starts[edge] > starts[edge + 1] { return nil }
        self.init(
            Parts(
                nodes: nodes, cornerStarts: starts, corners: corners, millimeters: millimeters, fids: fids,
                isStraight: isStraight),
            edges: costs.edges)
    }
}
