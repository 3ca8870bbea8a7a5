import GRDB
public import Messages
public import Spatial

/// One import as it is remembered.
public struct StoredSource: Sendable {
    /// The layer.
    public let layer: String
    /// The file's name as it was given; empty where it is not told.
    public private(set) var file: String
    /// SHA-256 of the file's bytes in hexadecimal.
    public private(set) var sha256: String?
    /// The CRS that the data came in.
    public let crs: String
    /// When, in UTC (RFC 3339).
    public let importedAt: String
    /// Records read.
    public let read: Int
    /// Records rejected.
    public let rejected: Int

    /// The import without what tells of its file: names of files are the office's own.
    public var withoutFile: StoredSource {
        var source = self
        (source.file, source.sha256) = ("", nil)
        return source
    }
}

/// Counts and extents of an atlas.
public struct AtlasContents: Sendable {
    /// Every layer with its records, those that have ended, and its box.
    public let layers: [(layer: Layer, count: Int, ended: Int, extent: BoundingBox)]
    /// Tiles of elevation, from the south and from the west.
    public let elevation: [StoredTile]
    /// Imports, oldest first.
    public let sources: [StoredSource]
    /// Records kept aside.
    public let rejected: Int
    /// Geometries mended.
    public let repaired: Int
    /// Rises with every change.
    public let dataVersion: Int
    /// How many changes the history holds, those taken back included.
    public let changes: Int
    /// The last of them.
    public let lastChange: StoredChange?
    /// Kinds of stations, by name.
    public let stationKinds: [(kind: String, count: Int)]
}

extension AtlasFile {
    /// Counts and extents.
    ///
    /// - Throws: `Failure`.
    public func contents() throws(Failure) -> AtlasContents {
        let disclosed = disclosed
        return try ask { db in
            let layers = try Layer.all.map { layer in
                let total =
                    try Self.number(
                        db,
                        "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = '\(layer.name)' "
                            + "AND typeof(feature_count) = 'integer'")
                    ?? Self.number(db, "SELECT count(*) FROM \"\(layer.name)\"") ?? 0
                let ended =
                    try Self.number(db, "SELECT count(*) FROM \"\(layer.name)\" WHERE ended_at IS NOT NULL") ?? 0
                return (layer: layer, count: max(0, total - ended), ended: ended, extent: try Self.extent(db, layer))
            }
            let holdsHistory = try Self.holdsHistory(db)
            return AtlasContents(
                layers: layers, elevation: try storedTiles(db), sources: try Self.sources(db),
                rejected: try Self.number(db, "SELECT count(*) FROM rejected_record") ?? 0,
                repaired: try Self.number(db, "SELECT count(*) FROM louyu_repair") ?? 0,
                dataVersion: try Self.number(db, "SELECT value FROM louyu_meta WHERE key = 'data_version'") ?? 0,
                changes: holdsHistory ? try Self.number(db, "SELECT count(*) FROM louyu_change") ?? 0 : 0,
                lastChange: holdsHistory ? try Self.changes(db, where: "1 ORDER BY id DESC LIMIT 1").first : nil,
                stationKinds: try Self.stationKinds(db, disclosed))
        }
    }

    /// What was imported, oldest first.
    ///
    /// - Throws: `Failure`.
    public func sources() throws(Failure) -> [StoredSource] { try ask { db in try Self.sources(db) } }

    /// A count; never below zero, whatever the file claims.
    private static func number(_ db: Database, _ sql: String) throws -> Int? {
        try RawStatement.integers(db, sql).first.map { max(0, Int($0)) }
    }

    private static func sources(_ db: Database) throws -> [StoredSource] {
        let rows = try RawStatement(
            db, "SELECT layer, file, sha256, crs, imported_at, read, rejected FROM louyu_source ORDER BY id")
        var sources: [StoredSource] = []
        while try rows.step() {
            sources.append(
                StoredSource(
                    layer: rows.string(0), file: rows.string(1), sha256: rows.isNull(2) ? nil : rows.string(2),
                    crs: rows.string(3), importedAt: rows.string(4), read: Int(rows.integer(5)),
                    rejected: Int(rows.integer(6))))
        }
        return sources
    }

    /// The kinds as they may be told.
    private static func stationKinds(
        _ db: Database, _ disclosed: Disclosure?
    ) throws -> [(kind: String, count: Int)] {
        let concealment = try disclosed?.concealment(of: .station, in: db)
        guard concealment?.isOpen("kind") ?? true else { return [] }
        let rows = try RawStatement(
            db,
            "SELECT kind, count(*) FROM station WHERE kind IS NOT NULL AND ended_at IS NULL GROUP BY kind ORDER BY kind"
        )
        var kinds: [(kind: String, count: Int)] = []
        while try rows.step() {
            let kind = rows.string(0)
            let told = concealment.map { $0.told(kind, of: "kind") } ?? kind
            if let told { kinds.append((kind: told, count: Int(rows.integer(1)))) }
        }
        return kinds
    }

    /// The box that the catalogue gives for a layer; empty where it gives none.
    static func extent(_ db: Database, _ layer: Layer) throws -> BoundingBox {
        let row = try RawStatement(
            db, "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = '\(layer.name)'")
        guard try row.step() else { return .empty }
        for edge in 0..<4 { guard !row.isNull(edge), row.real(edge).isFinite else { return .empty } }
        return BoundingBox(west: row.real(0), south: row.real(1), east: row.real(2), north: row.real(3))
    }
}
