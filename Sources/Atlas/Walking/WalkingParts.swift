import Messages
import Reach
import Spatial
import Store

/// What walking needs of one state of the file, each part made when it is
/// first asked for, or found as it was made before.
struct WalkingParts {
    let atlas: Atlas
    private let stamp: String

    /// Looks at the state of the file; for use in one snapshot.
    init(_ atlas: Atlas) throws(Failure) {
        self.atlas = atlas
        stamp = "\(try atlas.file.dataVersion())"
    }

    /// The streets as a graph.
    func graph() throws(Failure) -> StreetGraph {
        try part("graph") { () throws(Failure) in
            let graph = try atlas.streetGraph()
            guard !graph.edges.isEmpty else { throw Failure(.notFound, .noStreets, hint: .importStreets) }
            return graph
        }
    }

    /// The streets at a pace.
    func network(_ walking: WalkingOptions) throws(Failure) -> WalkingNetwork {
        let pace = walking.paceMetersPerMinute
        return try part("network.\(pace)") { () throws(Failure) in
            try graph().network(paceMetersPerMinute: pace)
        }
    }

    /// The ways along them.
    func arcs(_ walking: WalkingOptions) throws(Failure) -> Arcs {
        try part("arcs.\(walking.paceMetersPerMinute).\(walking.direction)") { () throws(Failure) in
            try network(walking).arcs(walking.direction)
        }
    }

    /// Finds streets by where they are.
    func streetIndex() throws(Failure) -> StreetIndex {
        try part("index") { () throws(Failure) in StreetIndex(try graph().shapes) }
    }

    /// The rows of a layer, and where they meet the streets.
    func places(_ layer: Layer) throws(Failure) -> PlaceTable {
        try part("places.\(layer.name)") { () throws(Failure) in
            var rows = PlaceRows(try streetIndex())
            try atlas.file.forEachBatch(FeatureQuery(layer)) { rows.add($0) }
            return rows.table
        }
    }

    /// The boundaries of a level, and which of them every row of a layer counts in.
    func homes(_ layer: Layer, _ level: BoundaryLevel) throws(Failure) -> Homes {
        try part("homes.\(layer.name).\(level.rawValue)") { () throws(Failure) in
            Homes(of: try places(layer).positions, in: try atlas.boundaries(of: level))
        }
    }

    func part<Value: Sendable>(
        _ name: String, make: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        if let known = atlas.walkingCache.value(name, stamp: stamp, as: Value.self) { return known }
        let value = try make()
        atlas.walkingCache.keep(value, as: name, stamp: stamp)
        return value
    }
}

/// Which boundary of a level each place counts in.
struct Homes: Sendable {
    /// The boundaries' rows, by ref.
    let boundaries: [Int64]
    /// Of every place the index of its boundary; -1 outside of all.
    let homeOf: [Int32]

    /// On a border a place counts in the boundary with the lowest ref.
    init(of positions: [LonLat], in boundaries: [StoredFeature]) {
        self.boundaries = boundaries.map(\.fid)
        let index = BoundaryIndex(boundaries)
        homeOf = positions.map { position in
            position.longitude.isFinite ? index.first(holding: position).map { Int32($0) } ?? -1 : -1
        }
    }
}

extension Atlas {
    /// The boundaries of a level, by ref.
    func boundaries(of level: BoundaryLevel) throws(Failure) -> [StoredFeature] {
        try file.features(FeatureQuery(.boundary, condition: .hasLevel(level))).sorted { $0.ref < $1.ref }
    }
}
