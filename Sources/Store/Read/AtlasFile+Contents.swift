import GRDB
public import Messages
public import Spatial

/// One import as it is remembered.
public struct StoredSource: Sendable {
    /// The layer.
    public let layer: String
    /// The file's name as it was given.
    public let file: String
    /// SHA-256 of the file's bytes in hexadecimal.
    public let sha256: String?
    /// The CRS that the data came in.
    public let crs: String
    /// When, in UTC (RFC 3339).
    public let importedAt: String
    /// Records read.
    public let read: Int
    /// Records rejected.
    public let rejected: Int
}

/// Counts and extents of an atlas.
public struct AtlasContents: Sendable {
    /// Every layer with its records, those that have ended, and its box.
    public let layers: [(layer: Layer, count: Int, ended: Int, extent: BoundingBox)]
    /// Imports, oldest first.
    public let sources: [StoredSource]
    /// Records kept aside.
    public let rejected: Int
    /// Geometries mended.
    public let repaired: Int
    /// Rises with every change.
    public let dataVersion: Int
    /// Kinds of stations, by name.
    public let stationKinds: [(kind: String, count: Int)]
}

extension AtlasFile {
    /// Counts and extents.
    ///
    /// - Throws: `Failure`.
    public func contents() throws(Failure) -> AtlasContents {
        try perform { db in
            let layers = try Layer.all.map { layer in
                let total =
                    try Int.fetchOne(
                        db, sql: "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = ?",
                        arguments: [layer.name])
                    ?? Int.fetchOne(db, sql: "SELECT count(*) FROM \"\(layer.name)\"") ?? 0
                let ended =
                    try Int.fetchOne(db, sql: "SELECT count(*) FROM \"\(layer.name)\" WHERE ended_at IS NOT NULL") ?? 0
                let box = try Row.fetchOne(
                    db, sql: "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?",
                    arguments: [layer.name])
                return (layer: layer, count: total - ended, ended: ended, extent: Self.extent(box))
            }
            let sources = try Row.fetchAll(db, sql: "SELECT * FROM louyu_source ORDER BY id").map { row in
                StoredSource(
                    layer: row["layer"], file: row["file"], sha256: row["sha256"], crs: row["crs"],
                    importedAt: row["imported_at"], read: row["read"], rejected: row["rejected"])
            }
            let kinds = try Row.fetchAll(
                db,
                sql: "SELECT kind, count(*) AS n FROM station WHERE kind IS NOT NULL AND ended_at IS NULL "
                    + "GROUP BY kind ORDER BY kind"
            ).map { (kind: $0["kind"] as String, count: $0["n"] as Int) }
            return AtlasContents(
                layers: layers, sources: sources,
                rejected: try Int.fetchOne(db, sql: "SELECT count(*) FROM rejected_record") ?? 0,
                repaired: try Int.fetchOne(db, sql: "SELECT count(*) FROM louyu_repair") ?? 0,
                dataVersion: try Int.fetchOne(db, sql: "SELECT value FROM louyu_meta WHERE key = 'data_version'") ?? 0,
                stationKinds: kinds)
        }
    }

    static func extent(_ row: Row?) -> BoundingBox {
        guard let row, let west = row[0] as Double?, let south = row[1] as Double?, let east = row[2] as Double?,
            let north = row[3] as Double?
        else { return .empty }
        return BoundingBox(west: west, south: south, east: east, north: north)
    }
}
