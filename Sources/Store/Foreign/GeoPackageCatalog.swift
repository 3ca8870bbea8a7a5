import GRDB
import Spatial

/// What a GeoPackage of whatever program says it holds.
struct GeoPackageCatalog {
    /// A table of features.
    struct Table {
        let name: String
        /// The column of the geometry; `nil` where the table has none.
        let geometryColumn: String?
        /// The other columns, in order.
        let columns: [Column]
        /// Whether it computes values: a view, or a table with generated columns.
        let isComputed: Bool
        /// The CRS of its coordinates; `nil` where the file does not say.
        let crs: CoordinateReferenceSystem?

        /// The layer of that name.
        var layer: Layer? { Layer.named(name) }
    }

    /// A column and its declared type.
    struct Column {
        let name: String
        let type: String
        let isPrimaryKey: Bool
        /// Whether its values are computed.
        let isGenerated: Bool
    }

    /// The tables of features, in the order of the catalogue.
    let tables: [Table]
    /// Tables that the catalogue lists and the file does not hold.
    let missing: [String]
    /// Whether there are images, elevations or tiles.
    let hasRasters: Bool
    /// Whether there are tables without geometry.
    let hasPlainTables: Bool

    /// Reads the catalogue; `nil` where the database is no GeoPackage.
    init?(_ db: Database) throws {
        guard try Self.holds(db, "gpkg_contents") else { return nil }
        let geometryColumns = try Self.geometryColumns(db)
        let systems = try Self.systems(db)
        var tables: [Table] = []
        var missing: [String] = []
        var kinds: Set<String> = []
        let contents = try RawStatement(db, "SELECT table_name, data_type, srs_id FROM gpkg_contents ORDER BY rowid")
        while try contents.step() {
            let name = contents.string(0)
            let kind = contents.string(1).lowercased()
            guard kind == "features" else {
                kinds.insert(kind)
                continue
            }
            guard try Self.holds(db, name) else {
                missing.append(name)
                continue
            }
            let columns = try Self.columns(db, of: name)
            let entry = geometryColumns[name.lowercased()]
            let geometry = columns.first { $0.name.lowercased() == entry?.column.lowercased() }?.name
            tables.append(
                Table(
                    name: name, geometryColumn: geometry, columns: columns.filter { $0.name != geometry },
                    isComputed: try columns.contains(where: \.isGenerated) || !Self.isPlainTable(db, name),
                    crs: systems[entry?.srsID ?? contents.integer(2)]))
        }
        self.tables = tables
        self.missing = missing
        hasPlainTables = !kinds.isDisjoint(with: ["attributes", "aspatial"])
        hasRasters = !kinds.isDisjoint(with: ["tiles", "2d-gridded-coverage", "vector-tiles"])
    }

    private static func holds(_ db: Database, _ name: String) throws -> Bool {
        let found = try RawStatement(
            db, "SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE")
        found.bind(1, name)
        return try found.step()
    }

    private static func isPlainTable(_ db: Database, _ name: String) throws -> Bool {
        let found = try RawStatement(
            db,
            """
            SELECT 1 FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' AND name = ? COLLATE NOCASE
            """)
        found.bind(1, name)
        return try found.step()
    }

    private static func columns(_ db: Database, of table: String) throws -> [Column] {
        let rows = try RawStatement(db, "SELECT name, type, pk, hidden FROM pragma_table_xinfo(?) WHERE hidden <> 1")
        rows.bind(1, table)
        var columns: [Column] = []
        while try rows.step() {
            columns.append(
                Column(
                    name: rows.string(0), type: rows.string(1).uppercased(), isPrimaryKey: rows.integer(2) > 0,
                    isGenerated: rows.integer(3) > 1))
        }
        return columns
    }

    private static func geometryColumns(_ db: Database) throws -> [String: (column: String, srsID: Int64)] {
        guard try holds(db, "gpkg_geometry_columns") else { return [:] }
        let rows = try RawStatement(db, "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns")
        var found: [String: (column: String, srsID: Int64)] = [:]
        while try rows.step() { found[rows.string(0).lowercased()] = (rows.string(1), rows.integer(2)) }
        return found
    }

    /// The reference systems with an EPSG code, by their number in the file.
    private static func systems(_ db: Database) throws -> [Int64: CoordinateReferenceSystem] {
        guard try holds(db, "gpkg_spatial_ref_sys") else { return [:] }
        let rows = try RawStatement(
            db, "SELECT srs_id, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE upper(organization) = 'EPSG'")
        var systems: [Int64: CoordinateReferenceSystem] = [:]
        while try rows.step() {
            guard let code = Int(exactly: rows.integer(1)), code > 0 else { continue }
            systems[rows.integer(0)] = CoordinateReferenceSystem(epsgCode: code)
        }
        return systems
    }
}
