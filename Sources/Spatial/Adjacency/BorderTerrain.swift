/// Water and the bridges over it, prepared for questions about borders.
public struct BorderTerrain: Sendable {
    /// A street that is marked a bridge.
    public struct Bridge: Sendable {
        /// Its name; `nil` or empty where it has none.
        public var name: String?
        /// Its line.
        public var line: Geometry

        /// Makes a bridge.
        public init(name: String?, line: Geometry) {
            self.name = name
            self.line = line
        }
    }

    /// The names of the bridges that run over water.
    let bridgeNames: [String?]
    /// The edges of the bridges that run over water.
    let bridges: EdgeIndex
    /// The edges of the water areas.
    let water: EdgeIndex

    /// Nothing but land.
    public static let dry = BorderTerrain(water: [], bridges: [])

    /// Prepares water and bridges.
    ///
    /// A bridge counts where part of its line lies in water: a viaduct along
    /// the bank does not.
    ///
    /// - Parameters:
    ///   - water: areas in degrees, WGS 84; what is no area does not count.
    ///   - bridges: lines in degrees, WGS 84.
    /// - Complexity: O(n log n) in all positions.
    public init(water: [Geometry], bridges: [Bridge]) {
        let water = EdgeIndex(water.filter(\.isAreal))
        let lines = EdgeIndex(bridges.map(\.line))
        var found: [Int] = []
        let overWater = bridges.indices.filter { bridge in
            lines.edges(of: bridge).contains { Self.runs(lines.edges[$0], over: water, &found) }
        }
        self.water = water
        self.bridges = EdgeIndex(overWater.map { bridges[$0].line })
        bridgeNames = overWater.map { bridges[$0].name }
    }

    /// Whether a part of an edge lies in the water: tried are the middles
    /// between the places where it crosses a bank.
    private static func runs(_ edge: Segment, over water: EdgeIndex, _ found: inout [Int]) -> Bool {
        guard edge.box.intersects(water.tree.extent) else { return false }
        found.removeAll(keepingCapacity: true)
        water.tree.appendIndices(intersecting: edge.box, to: &found)
        var stops = [0.0, 1]
        for index in found where edge.intersects(water.edges[index]) {
            stops.append(contentsOf: edge.shares(whereCrossing: water.edges[index]))
        }
        stops.sort()
        return zip(stops, stops.dropFirst()).contains { low, high in
            high > low && water.contain(edge.a + (low + high) / 2 * (edge.b - edge.a), &found)
        }
    }
}

extension Segment {
    /// Where it crosses another segment, in shares of its length from `a`;
    /// nothing where both run in one direction.
    func shares(whereCrossing other: Segment) -> [Double] {
        let along = b - a
        let across = other.b - other.a
        let turn = along.x * across.y - along.y * across.x
        guard turn != 0 else { return [] }
        let offset = other.a - a
        return [min(max((offset.x * across.y - offset.y * across.x) / turn, 0), 1)]
    }
}

extension Geometry {
    /// Whether it is made of areas.
    fileprivate var isAreal: Bool {
        switch self {
        case .polygon, .multiPolygon: true
        case .collection(let members): members.allSatisfy(\.isAreal)
        case .point, .multiPoint, .lineString, .multiLineString: false
        }
    }
}
