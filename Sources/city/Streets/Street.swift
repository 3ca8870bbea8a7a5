import Spatial

/// A piece of street from one junction to the next.
struct Street {
    /// What one may do on it; raw values are OpenStreetMap's `highway`.
    enum Class: String {
        case trunk, primary, secondary, residential, footway, steps, elevator
    }

    var name: String?
    var kind: Class
    var isBridge = false
    var isTunnel = false
    var layer = 0
    var isOneWay = false
    var isClosedToWalkers = false
    var fromNode: Int
    var toNode: Int
    var positions: [LonLat]
    var heightsMeters: [Double]
}

/// A place where streets meet: shared to the last digit.
struct StreetNode {
    let id: Int
    let position: LonLat
    let heightMeters: Double
}

extension Ground {
    /// The street node at a node of the lattice.
    func streetNode(_ node: Node) -> StreetNode {
        StreetNode(
            id: node.row * (plan.cellColumns + 1) + node.column + 1, position: position(node),
            heightMeters: heightMeters(node))
    }

    /// The first number for nodes that are not on the lattice.
    var firstExtraNodeID: Int { (plan.cellRows + 1) * (plan.cellColumns + 1) + 1 }
}

extension Street {
    /// A straight piece between two nodes, with the height along it even.
    init(name: String?, _ kind: Class, from: StreetNode, to: StreetNode) {
        self.init(
            name: name, kind: kind, fromNode: from.id, toNode: to.id, positions: [from.position, to.position],
            heightsMeters: [from.heightMeters, to.heightMeters])
    }
}
