/// Streets as a graph, before anybody's pace: what is kept of them.
///
/// It is kept as two archives, so that a question which needs only times
/// reads only the costs.
public struct StreetGraph: Sendable, Hashable {
    /// What walking along the edges takes.
    public let costs: StreetCosts
    /// Where crossings and edges are.
    public let shapes: StreetShapes

    /// Puts a graph together.
    ///
    /// - Returns: `nil` where costs and shapes are not of the same graph.
    public init?(costs: StreetCosts, shapes: StreetShapes) {
        guard costs.nodeCount == shapes.nodePositions.count, costs.edges.count == shapes.edgeCount else { return nil }
        self.costs = costs
        self.shapes = shapes
    }

    /// Makes a graph of edges and what belongs to them.
    init(edges: [StreetCosts.Edge], parts: StreetShapes.Parts) {
        costs = StreetCosts(nodeCount: parts.nodes.count, edges: edges)
        shapes = StreetShapes(parts, edges: edges)
    }

    /// The edges, sorted by their crossings.
    public var edges: [StreetCosts.Edge] { costs.edges }

    /// How many crossings there are.
    public var nodeCount: Int { costs.nodeCount }

    /// The graph at a pace.
    ///
    /// - Parameter paceMetersPerMinute: on level ground, above 0.
    /// - Returns: the same edges with their costs in ticks.
    /// - Complexity: O(n) for n edges.
    public func network(paceMetersPerMinute: Double) -> WalkingNetwork {
        costs.network(paceMetersPerMinute: paceMetersPerMinute)
    }
}
