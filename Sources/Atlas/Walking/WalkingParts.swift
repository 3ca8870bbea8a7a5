import Messages
import Reach
import Spatial
import Store

/// What walking needs of one state of the file, each part made when it is
/// first asked for, or found as it was made before: in memory, or in the file.
struct WalkingParts {
    let atlas: Atlas
    private let versions: [AtlasPart: Int64]

    /// Raised when parts are made in another way.
    private static let format = 2

    /// Looks at the state of the file; for use in one snapshot.
    init(_ atlas: Atlas) throws(Failure) {
        self.atlas = atlas
        versions = try atlas.file.versions()
    }

    // MARK: Streets

    private static let streetSources: [AtlasPart] = [.layer(.street), .elevation]

    /// What walking along the streets takes.
    func costs() throws(Failure) -> StreetCosts {
        try part(
            "walking.costs", of: Self.streetSources, read: StreetCosts.init(archive:), write: \.archive
        ) { () throws(Failure) in try makeGraph().costs }
    }

    /// Where the streets are.
    func shapes() throws(Failure) -> StreetShapes {
        let costs = try costs()
        return try part(
            "walking.shapes", of: Self.streetSources, read: { StreetShapes(archive: $0, of: costs) }, write: \.archive
        ) { () throws(Failure) in try makeGraph().shapes }
    }

    /// Costs and shapes are made together; whoever asks for one will find the other.
    private func makeGraph() throws(Failure) -> StreetGraph {
        let graph = try atlas.streetGraph()
        guard !graph.edges.isEmpty else { throw Failure(.notFound, .noStreets, hint: .importStreets) }
        _ = try part("walking.costs", of: Self.streetSources, write: \.archive) { () throws(Failure) in graph.costs }
        _ = try part("walking.shapes", of: Self.streetSources, write: \.archive) { () throws(Failure) in graph.shapes }
        return graph
    }

    /// The streets at a pace.
    func network(_ walking: WalkingOptions) throws(Failure) -> WalkingNetwork {
        let pace = walking.paceMetersPerMinute
        return try part("network", of: Self.streetSources, variant: "\(pace)") { () throws(Failure) in
            try costs().network(paceMetersPerMinute: pace)
        }
    }

    /// The ways along them.
    func arcs(_ walking: WalkingOptions) throws(Failure) -> Arcs {
        let pace = walking.paceMetersPerMinute
        return try part("arcs.\(walking.direction)", of: Self.streetSources, variant: "\(pace)") { () throws(Failure) in
            try network(walking).arcs(walking.direction)
        }
    }

    /// Finds streets by where they are.
    func streetAccess() throws(Failure) -> StreetAccess {
        try part("access", of: Self.streetSources + [.layer(.water)]) { () throws(Failure) in
            StreetAccess(index: StreetIndex(try shapes()), barriers: try barriers())
        }
    }

    /// The ground along the streets, cell by cell.
    func raster() throws(Failure) -> StreetRaster {
        try part("raster", of: Self.streetSources + [.layer(.water)]) { () throws(Failure) in
            StreetRaster(try shapes(), water: try water().compactMap(\.geometry))
        }
    }

    /// The mainland and the islands of the network.
    func connectedParts() throws(Failure) -> NetworkParts {
        try part("connected", of: Self.streetSources) { () throws(Failure) in NetworkParts(try costs()) }
    }

    // MARK: Places

    /// The rows of a layer, and where they meet the streets; the plain circle
    /// asks for no streets.
    func places(_ layer: Layer, _ means: Means = .walk) throws(Failure) -> PlaceTable {
        guard means == .walk else {
            return try part("rows.\(layer.name)", of: [.layer(layer)]) { () throws(Failure) in
                try table(layer, PlaceRows(nil))
            }
        }
        let edgeCount = try costs().edges.count
        return try part(
            Self.placesName(layer), of: Self.placeSources(layer),
            read: { PlaceTable(archive: $0, edgeCount: edgeCount) }, write: \.archive
        ) { () throws(Failure) in
            try table(layer, PlaceRows(try streetAccess()))
        }
    }

    private func table(_ layer: Layer, _ rows: PlaceRows) throws(Failure) -> PlaceTable {
        var rows = rows
        try atlas.file.forEachBatch(FeatureQuery(layer)) { batch in
            try Cancellation.check()
            rows.add(batch)
        }
        return rows.table
    }

    private static func placesName(_ layer: Layer) -> String { "walking.places.\(layer.name)" }
    private static func placeSources(_ layer: Layer) -> [AtlasPart] {
        [.layer(layer), .layer(.street), .layer(.water), .elevation]
    }

    /// A point on the surface of every row of a layer, in the order of `places`.
    func positions(_ layer: Layer) throws(Failure) -> [LonLat] {
        try part("positions.\(layer.name)", of: [.layer(layer)]) { () throws(Failure) in
            var positions: [LonLat] = []
            try atlas.file.forEachBatch(FeatureQuery(layer)) { batch in
                batch.bytes.withUnsafeBytes { bytes in
                    for record in batch.records {
                        let wkb = UnsafeRawBufferPointer(rebasing: bytes[record.geometry])
                        positions.append(
                            (try? Geometry.representativePoint(wkb: wkb)).flatMap { $0 } ?? LonLat(.nan, .nan))
                    }
                }
            }
            return positions
        }
    }

    /// Which of the boundaries of a level every one of so many rows of a layer
    /// counts in.
    func homes(_ layer: Layer, _ level: BoundaryLevel, count: Int) throws(Failure) -> Homes {
        let boundaries = try atlas.boundaries(of: level)
        let homes = try part(
            "walking.homes.\(layer.name).\(level.rawValue)", of: [.layer(layer), .layer(.boundary)],
            read: { Homes(archive: $0, count: count, boundaryCount: boundaries.count) }, write: \.archive
        ) { () throws(Failure) in Homes(of: try positions(layer), in: boundaries) }
        // Only a kept table of places that lies can differ from the rows themselves.
        guard homes.homeOf.count == count else {
            throw Failure(.unusableInput, .damagedPreparation, hint: .prepareAgain)
        }
        return homes
    }

    // MARK: Keeping

    /// Whether the parts that every question needs need not be made.
    func isPrepared() throws(Failure) -> Bool {
        for (name, sources) in [
            ("walking.costs", Self.streetSources),
            (Self.placesName(.building), Self.placeSources(.building)),
            (Self.placesName(.station), Self.placeSources(.station)),
        ] where (try? atlas.file.withDerived(name, stamp: stamp(of: sources), { $0.count })) == .some(.none) {
            return false
        }
        return true
    }

    /// A part that is kept in memory, and in the file where it can be written
    /// as bytes. Of its variants only the last one is kept.
    func part<Value: Sendable>(
        _ name: String, of sources: [AtlasPart], variant: String = "",
        read: ((UnsafeRawBufferPointer) -> Value?)? = nil,
        write: (@Sendable (Value) -> [UInt8])? = nil, make: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let stamp = stamp(of: sources) + variant
        if let known = atlas.walkingCache.value(name, stamp: stamp, as: Value.self) { return known }
        // What was kept and cannot be read is made again, like what was not kept.
        if let read, let bytes = (try? atlas.file.derived(name, stamp: stamp)) ?? nil {
            let seal = try seal(name, sources, stamp)
            if let value = bytes.withUnsafeBytes({ seal.opened($0).flatMap(read) }) {
                atlas.walkingCache.keep(value, as: name, stamp: stamp)
                return value
            }
        }
        let value = try make()
        atlas.walkingCache.keep(value, as: name, stamp: stamp)
        if let write {
            let seal = try seal(name, sources, stamp)
            atlas.walkingCache.remember(
                WalkingCache.Unkept(name: name, stamp: stamp, versions: versions.filter { sources.contains($0.key) }) {
                    seal.sealed(write(value))
                })
        }
        return value
    }

    /// The seal of a part: of its name, its stamp, and how much there is of
    /// its sources and where, which no two atlases have alike.
    private func seal(_ name: String, _ sources: [AtlasPart], _ stamp: String) throws(Failure) -> ContentSeal {
        let identity = try part("identity.\(sources.map(\.name))", of: sources) { () throws(Failure) in
            try atlas.file.contents().layers.filter { sources.contains(.layer($0.layer)) }
                .map { "\($0.layer.name) \($0.count) \($0.extent)" }.joined(separator: "\n")
        }
        return ContentSeal(name, stamp, identity)
    }

    private func stamp(of sources: [AtlasPart]) -> String {
        sources.reduce("\(Self.format).\(Self.figures)") { "\($0).\(versions[$1] ?? 0)" }
    }

    /// The figures that parts are made with: another program may have others.
    private static let figures = "\(WalkingModel.standard.figures) \(WalkingOptions.accessLimitMeters)"
}

extension Atlas {
    /// The boundaries of a level, by ref: as they may be told, or whole, for reckoning.
    func boundaries(of level: BoundaryLevel, told isTold: Bool = true) throws(Failure) -> [StoredFeature] {
        try file.features(FeatureQuery(.boundary, condition: .hasLevel(level)), told: isTold)
            .sorted { $0.ref < $1.ref }
    }
}
