/// The connected parts of a street graph: its mainland and its islands.
///
/// Crossings belong together where streets join them, whichever way these are
/// walked. Parts are numbered by size, so 0 is the largest; of equals the one
/// with the first crossing comes first.
public struct NetworkParts: Sendable, Hashable {
    /// The part of every crossing.
    public let partOfNode: [UInt32]
    /// The part of every edge.
    public let partOfEdge: [UInt32]
    /// How many crossings each part has; falling.
    public let nodeCounts: [Int]
    /// How many edges each part has.
    public let edgeCounts: [Int]

    /// How many parts there are.
    public var count: Int { nodeCounts.count }

    /// The number of the largest part.
    public static let largest: UInt32 = 0

    /// Finds the parts.
    ///
    /// - Complexity: O(n) for n edges, by union and find.
    public init(_ costs: StreetCosts) {
        var roots = DisjointSets(count: costs.nodeCount)
        for edge in costs.edges where edge.isWalked { roots.join(edge.tail, edge.head) }
        var sizes = [UInt32](repeating: 0, count: costs.nodeCount)
        let rootOfNode = (0..<UInt32(costs.nodeCount)).map { node in
            let root = roots.root(of: node)
            sizes[Int(root)] += 1
            return root
        }
        let order = sizes.indices.filter { sizes[$0] > 0 }.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
        var numbers = [UInt32](repeating: 0, count: costs.nodeCount)
        for (number, root) in order.enumerated() { numbers[root] = UInt32(number) }
        let partOfNode = rootOfNode.map { numbers[Int($0)] }
        let partOfEdge = costs.edges.map { partOfNode[Int($0.tail)] }
        var edgeCounts = [Int](repeating: 0, count: order.count)
        for part in partOfEdge { edgeCounts[Int(part)] += 1 }
        self.partOfNode = partOfNode
        self.partOfEdge = partOfEdge
        self.edgeCounts = edgeCounts
        nodeCounts = order.map { Int(sizes[$0]) }
    }
}

extension StreetCosts.Edge {
    /// Whether anybody may walk along it, one way or the other.
    fileprivate var isWalked: Bool { forwardMillimeters != Self.never || backwardMillimeters != Self.never }
}
