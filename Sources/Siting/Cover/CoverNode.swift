/// A part of all choices: some sites are open, some are out.
struct CoverNode: Sendable {
    var opened: [Int32]
    var isOut: [Bool]
    /// No choice in it covers more, what is covered anyhow included.
    var bound: Double
    /// Where its prices start.
    var prices: Prices
    /// Older ones go first where bounds are equal.
    var number: Int

    /// Prices of rows, as shares of their weights in 65,535ths, and of groups.
    /// Nodes of one parent share them.
    struct Prices: Sendable {
        var rows: [UInt16]
        var groups: [Double]

        static let unit = 65535.0

        static func packed(_ share: Double) -> UInt16 { UInt16(min(max(share * unit, 0), unit).rounded()) }
    }

    /// Whether it is looked into before another one.
    func isBefore(_ other: CoverNode) -> Bool {
        bound != other.bound ? bound > other.bound : number < other.number
    }
}

/// Nodes, that of the greatest bound first (binary heap).
struct CoverQueue {
    private var nodes: [CoverNode] = []

    /// The greatest bound.
    var bound: Double? { nodes.first?.bound }

    mutating func push(_ node: CoverNode) {
        nodes.append(node)
        var child = nodes.count - 1
        while child > 0, nodes[child].isBefore(nodes[(child - 1) / 2]) {
            nodes.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> CoverNode? {
        guard !nodes.isEmpty else { return nil }
        nodes.swapAt(0, nodes.count - 1)
        let node = nodes.removeLast()
        var parent = 0
        while true {
            var first = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < nodes.count {
                if nodes[child].isBefore(nodes[first]) { first = child }
            }
            if first == parent { return node }
            nodes.swapAt(parent, first)
            parent = first
        }
    }
}
