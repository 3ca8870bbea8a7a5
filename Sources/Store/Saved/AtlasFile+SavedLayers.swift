import GRDB
import Spatial
public import Messages

/// A table that keeps an answer in an atlas.
public struct SavedLayer: Sendable {
    /// The name of the table.
    public let name: String
    /// What was asked.
    public let description: String
    /// Its rows.
    public let count: Int
}

extension AtlasFile {
    /// The tables that keep answers, by name.
    ///
    /// - Throws: `Failure`.
    public func savedLayers() throws(Failure) -> [SavedLayer] {
        try ask { db in
            let rows = try RawStatement(
                db,
                "SELECT e.table_name, c.description, o.feature_count FROM gpkg_extensions e "
                    + "JOIN gpkg_contents c USING (table_name) LEFT JOIN gpkg_ogr_contents o USING (table_name) "
                    + "WHERE e.extension_name = 'louyu_saved_layer' ORDER BY e.table_name")
            var layers: [SavedLayer] = []
            while try rows.step() {
                layers.append(
                    SavedLayer(name: rows.string(0), description: rows.string(1), count: max(0, Int(rows.integer(2)))))
            }
            return layers
        }
    }
}

/// The tables of answers in the catalogue of an atlas, each registered as an
/// extension, its definition naming the answer it is a part of.
enum SavedLayerTables {
    private static let definitionBegin = "docs/store.md of the Louyu source distribution, answer "
    private static let fileTables = ["layer_styles", "rejected_record"]
    private static let prefixes = ["gpkg_", "rtree_", "sqlite_", "louyu"]
    private static let longestName = 60

    /// Refuses a name that no answer can have.
    ///
    /// - Throws: `Failure` with `.usage`.
    static func check(name: String) throws(Failure) {
        let lowered = name.lowercased()
        let isPlain =
            name.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || "_- ".unicodeScalars.contains(scalar)
            } && name.first != " " && name.last != " "
        guard isPlain, !name.isEmpty, name.count <= longestName else {
            throw Failure(.usage, .badSavedLayerName(name), hint: .savedLayerNames)
        }
        let isOwn =
            Layer.all.contains { $0.name == lowered } || fileTables.contains(lowered)
            || prefixes.contains { lowered.hasPrefix($0) }
        guard !isOwn else { throw Failure(.usage, .reservedLayerName(name), hint: .chooseAnotherName) }
    }

    /// Removes the tables of an answer that was kept before; what no `--save` made is refused.
    ///
    /// - Throws: `Failure` with `.cannotCreate`; a database error.
    static func makeRoom(for name: String, overwrite: Bool, _ db: Database) throws {
        let kept = try String.fetchAll(
            db,
            sql: "SELECT table_name FROM gpkg_extensions WHERE extension_name = 'louyu_saved_layer' "
                + "AND definition = ? COLLATE NOCASE",
            arguments: [definitionBegin + name])
        if !kept.isEmpty, !overwrite {
            throw Failure(.cannotCreate, .savedLayerExists(name), hint: .useOverwrite)
        }
        for table in kept { try remove(table, db) }
        for suffix in [""] + ShapeFamily.allCases.map(\.suffix) { try checkFree(name + suffix, db) }
    }

    private static func checkFree(_ name: String, _ db: Database) throws {
        let isTaken = try Bool.fetchOne(
            db,
            sql: "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = ?1 COLLATE NOCASE) "
                + "OR EXISTS (SELECT 1 FROM gpkg_contents WHERE identifier = ?1)",
            arguments: [name])
        if isTaken == true { throw Failure(.cannotCreate, .layerNameTaken(name), hint: .chooseAnotherName) }
    }

    private static func remove(_ table: String, _ db: Database) throws {
        try db.execute(sql: "DROP TABLE IF EXISTS \(table.quotedIdentifier)")
        try db.execute(sql: "DROP TABLE IF EXISTS \("rtree_\(table)_geom".quotedIdentifier)")
        try db.execute(sql: "DELETE FROM layer_styles WHERE f_table_name = ?", arguments: [table])
        for catalog in [
            "gpkg_data_columns", "gpkg_extensions", "gpkg_ogr_contents", "gpkg_geometry_columns", "gpkg_contents",
        ] {
            try db.execute(sql: "DELETE FROM \(catalog) WHERE table_name = ?", arguments: [table])
        }
    }

    /// Enters a table into the catalogue: as kept by `--save`, with its style.
    static func register(_ table: String, of name: String, _ shapes: ShapeFamily, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO gpkg_extensions VALUES (?, NULL, 'louyu_saved_layer', ?, 'write-only')",
            arguments: [table, definitionBegin + name])
        try db.execute(
            sql:
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
                + "styleQML, styleSLD, useAsDefault, description, owner) VALUES ('', '', ?, 'geom', ?, ?, '', 1, '', '')",
            arguments: [table, table, Style.qml(shapes)])
    }
}
