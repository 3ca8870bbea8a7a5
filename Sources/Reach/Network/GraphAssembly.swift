import Spatial

/// Puts edges in order: crossings along the Hilbert curve, edges by their
/// crossings, so that a search reads memory that lies together.
struct GraphAssembly {
    private let positions: [FixedLonLat]
    /// The crossing at each corner; `none` where there is none yet.
    private var nodeOf: [UInt32]
    private var nodes: [FixedLonLat] = []
    private var pieces: [Piece] = []

    private static let none = UInt32.max

    /// An edge and the part of a street that it is.
    private struct Piece {
        var edge: StreetCosts.Edge
        let millimeters: UInt32
        /// The corners between its ends, in the table of all streets.
        let between: Range<Int>
        let fid: Int64
        let isStraight: Bool
    }

    /// - Parameter positions: of all corners.
    init(_ positions: [FixedLonLat]) {
        self.positions = positions
        nodeOf = [UInt32](repeating: Self.none, count: positions.count)
    }

    /// Adds a stretch of a street.
    ///
    /// - Parameters:
    ///   - effort: what it costs.
    ///   - row: the street.
    ///   - stretch: its corners, as places in the table of all streets.
    ///   - corners: that table.
    mutating func append(
        _ effort: StreetTiming.Effort, of row: StreetTable.Row, corners stretch: ClosedRange<Int>, in corners: [UInt32]
    ) {
        pieces.append(
            Piece(
                edge: StreetCosts.Edge(
                    tail: node(corners[stretch.lowerBound]), head: node(corners[stretch.upperBound]),
                    forwardMillimeters: effort.forwardMillimeters, backwardMillimeters: effort.backwardMillimeters,
                    rideTicks: effort.rideTicks),
                millimeters: effort.millimeters, between: stretch.lowerBound + 1..<stretch.upperBound, fid: row.fid,
                isStraight: row.isStraight || row.kind == .lift))
    }

    private mutating func node(_ corner: UInt32) -> UInt32 {
        if nodeOf[Int(corner)] == Self.none {
            nodeOf[Int(corner)] = UInt32(nodes.count)
            nodes.append(positions[Int(corner)])
        }
        return nodeOf[Int(corner)]
    }

    /// The graph of what was added.
    ///
    /// - Parameter corners: the table of all streets.
    /// - Returns: the graph, its crossings and edges in order.
    /// - Complexity: O(n) for n corners.
    func graph(corners: [UInt32]) -> StreetGraph {
        let order = HilbertCurve.order(of: nodes.map { BoundingBox($0.lonLat) })
        var rank = [UInt32](repeating: 0, count: nodes.count)
        for (place, node) in order.enumerated() { rank[Int(node)] = UInt32(place) }
        var edges: [StreetCosts.Edge] = []
        edges.reserveCapacity(pieces.count)
        var parts = StreetShapes.Parts()
        parts.nodes = order.map { nodes[Int($0)] }
        for index in pieceOrder(rank) {
            let piece = pieces[Int(index)]
            var edge = piece.edge
            edge.tail = rank[Int(edge.tail)]
            edge.head = rank[Int(edge.head)]
            edges.append(edge)
            for place in piece.between { parts.corners.append(positions[Int(corners[place])]) }
            parts.cornerStarts.append(UInt32(parts.corners.count))
            parts.millimeters.append(piece.millimeters)
            parts.fids.append(piece.fid)
            parts.isStraight.append(piece.isStraight)
        }
        return StreetGraph(edges: edges, parts: parts)
    }

    /// Pieces by their lower crossing, then the higher, then as they came.
    private func pieceOrder(_ rank: [UInt32]) -> [UInt32] {
        let ends = pieces.map { (rank[Int($0.edge.tail)], rank[Int($0.edge.head)]) }
        let byHigher = Self.sorted(
            (0..<UInt32(pieces.count)).map { $0 }, keys: ends.map { max($0.0, $0.1) }, below: nodes.count)
        return Self.sorted(byHigher, keys: ends.map { min($0.0, $0.1) }, below: nodes.count)
    }

    /// Sorts by whole numbers, by counting them; equals keep their order.
    private static func sorted(_ items: [UInt32], keys: [UInt32], below limit: Int) -> [UInt32] {
        var starts = [Int](repeating: 0, count: limit + 1)
        for key in keys { starts[Int(key) + 1] += 1 }
        for key in 0..<limit { starts[key + 1] += starts[key] }
        var sorted = [UInt32](repeating: 0, count: items.count)
        for item in items {
            let key = Int(keys[Int(item)])
            sorted[starts[key]] = item
            starts[key] += 1
        }
        return sorted
    }
}
