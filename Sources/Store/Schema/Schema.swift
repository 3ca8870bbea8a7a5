import GRDB
import Messages

/// The SQL that makes an atlas: a GeoPackage 1.4 file (OGC 12-128r19).
enum Schema {
    /// "GPKG" as a number.
    static let applicationID: Int32 = 0x4750_4B47
    /// GeoPackage 1.4.0.
    static let userVersion: Int32 = 10400
    /// The version of Louyu's own tables; raised by a migration.
    static let louyuVersion = 4

    /// The tables that every GeoPackage has, and GDAL's counts.
    static let catalog = """
        CREATE TABLE gpkg_spatial_ref_sys (
          srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
          organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
        INSERT INTO gpkg_spatial_ref_sys VALUES
          ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
          ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
          ('WGS 84 geodetic', 4326, 'EPSG', 4326, '\(wgs84)', 'longitude/latitude in degrees on the WGS 84 ellipsoid');
        CREATE TABLE gpkg_contents (
          table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
          description TEXT DEFAULT '',
          last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
          min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
          CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
        CREATE TABLE gpkg_geometry_columns (
          table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
          srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
          CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
          CONSTRAINT uk_gc_table_name UNIQUE (table_name),
          CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
          CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
        CREATE TABLE gpkg_extensions (
          table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
          scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
        CREATE TABLE gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY, feature_count INTEGER DEFAULT NULL);
        """

    /// The tables of GeoPackage and of Louyu, without the layers.
    static let tables = """
        \(catalog)
        CREATE TABLE gpkg_data_columns (
          table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
          mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
          CONSTRAINT gdc_tn UNIQUE (table_name, name));
        CREATE TABLE gpkg_data_column_constraints (
          constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
          min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
          CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
        INSERT INTO gpkg_extensions VALUES
          ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec/#extension_schema', 'read-write'),
          ('gpkg_data_column_constraints', NULL, 'gpkg_schema',
            'http://www.geopackage.org/spec/#extension_schema', 'read-write');
        CREATE TABLE layer_styles (
          id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT, f_table_schema TEXT,
          f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT,
          useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT,
          update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
        INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES
          ('layer_styles', 'attributes', 'layer_styles');
        CREATE TABLE louyu_meta (key TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL);
        INSERT INTO louyu_meta VALUES ('schema_version', \(louyuVersion)), ('data_version', 0);
        INSERT INTO louyu_meta VALUES \(AtlasPart.all.map { "('\($0.versionKey)', 0)" }.joined(separator: ", "));
        CREATE TABLE louyu_source (
          id INTEGER PRIMARY KEY NOT NULL, layer TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT, crs TEXT NOT NULL,
          imported_at TEXT NOT NULL, read INTEGER NOT NULL, added INTEGER NOT NULL, changed INTEGER NOT NULL,
          unchanged INTEGER NOT NULL, ended INTEGER NOT NULL, repaired INTEGER NOT NULL, rejected INTEGER NOT NULL,
          incomplete INTEGER NOT NULL, identity TEXT, first_fid INTEGER, last_fid INTEGER);
        CREATE TABLE rejected_record (
          id INTEGER PRIMARY KEY NOT NULL, source_id INTEGER NOT NULL REFERENCES louyu_source(id),
          layer TEXT NOT NULL, position_unit TEXT NOT NULL, position INTEGER NOT NULL,
          reason TEXT NOT NULL, reason_zh TEXT NOT NULL, record TEXT NOT NULL);
        CREATE TABLE louyu_repair (
          id INTEGER PRIMARY KEY NOT NULL, source_id INTEGER NOT NULL REFERENCES louyu_source(id),
          layer TEXT NOT NULL, ref TEXT NOT NULL, reason TEXT NOT NULL, reason_zh TEXT NOT NULL,
          area_before_m2 REAL, area_after_m2 REAL);
        CREATE TABLE louyu_unindexed (layer TEXT NOT NULL, fid INTEGER NOT NULL, PRIMARY KEY (layer, fid)) WITHOUT ROWID;
        CREATE VIRTUAL TABLE louyu_name_index USING fts5(
          grams, content='', detail='none', columnsize=0, tokenize="ascii");
        \(register(["louyu_meta", "louyu_source", "rejected_record", "louyu_repair", "louyu_unindexed",
            "louyu_name_index"]))
        \(elevationAndDerived)
        \(history)
        """

    /// The tables that version 3 brought: elevation, and what was computed from the rest.
    static let elevationAndDerived = """
        CREATE TABLE louyu_elevation (
          south INTEGER NOT NULL, west INTEGER NOT NULL, side INTEGER NOT NULL, heights BLOB NOT NULL,
          source_id INTEGER REFERENCES louyu_source(id), PRIMARY KEY (south, west));
        \(elevationTriggers)
        CREATE TABLE louyu_derived (name TEXT PRIMARY KEY NOT NULL, stamp TEXT NOT NULL, content BLOB NOT NULL);
        \(register(["louyu_elevation", "louyu_derived"]))
        """

    private static let elevationTriggers = ["insert", "update", "delete"].map { event in
        "CREATE TRIGGER louyu_elevation_\(event) AFTER \(event) ON louyu_elevation "
            + "BEGIN \(AtlasPart.elevation.raising(by: "1")); END;"
    }.joined(separator: "\n")

    /// Registers tables that no specification knows as an extension.
    static func register(_ tables: [String]) -> String {
        let rows = tables.map { "('\($0)', NULL, 'louyu_atlas', '\(definition)', 'read-write')" }
        return "INSERT INTO gpkg_extensions VALUES \(rows.joined(separator: ", "));"
    }

    private static let definition = "docs/store.md of the Louyu source distribution"

    private static let wgs84 =
        #"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],"#
        + #"AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],"#
        + #"UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],"#
        + #"AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]"#

    /// The table of a layer, its entries in the catalogue, and its spatial index, empty.
    static func layer(_ layer: Layer) -> String {
        let name = layer.name
        let columns = layer.columns + Layer.common
        let table = FeatureTable(
            name: name, identifier: layer.title.zh, description: layer.title.en,
            columns: columns.map { FeatureTable.Column(name: $0.name, kind: $0.kind) })
        let titles = columns.map {
            "('\(name)', '\($0.name)', '\($0.name)', '\($0.title.zh)', '\($0.title.en)', NULL, NULL)"
        }.joined(separator: ",\n  ")
        return """
            \(table.create)
            \(table.register)
            INSERT INTO gpkg_data_columns VALUES
              \(titles);
            INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,
              styleQML, styleSLD, useAsDefault, description, owner)
              VALUES ('', '', '\(name)', 'geom', '\(layer.title.zh)', '\(Style.qml(layer))', '', 1, '', '');
            \(refIndex(layer))
            CREATE INDEX "\(name)_ended" ON "\(name)"(ended_at) WHERE ended_at IS NOT NULL;
            """
    }

    /// The index that finds a record by its ref.
    static func refIndex(_ layer: Layer) -> String {
        "CREATE UNIQUE INDEX IF NOT EXISTS \"\(layer.name)_ref\" ON \"\(layer.name)\"(ref);"
    }

    /// Makes all tables of an atlas.
    static func makeAtlas(_ db: Database) throws {
        try db.execute(sql: tables)
        for layer in Layer.all { try db.execute(sql: Self.layer(layer)) }
        for layer in Layer.all { try makeTriggers(db, layer) }
    }

    /// Takes the triggers of a layer away, so that its rows can be written at once.
    static func dropTriggers(_ db: Database, _ layer: Layer) throws {
        for trigger in triggers(layer) {
            try db.execute(sql: "DROP TRIGGER IF EXISTS \(trigger.name.quotedIdentifier)")
        }
    }

    /// Brings the triggers of a layer back.
    static func makeTriggers(_ db: Database, _ layer: Layer) throws {
        for trigger in triggers(layer) { try db.execute(sql: trigger.sql) }
    }

    /// Triggers of one layer: those of its table, and Louyu's own.
    static func triggers(_ layer: Layer) -> [(name: String, sql: String)] {
        FeatureTable.triggers(layer.name) + ownTriggers(layer)
    }

    /// The triggers that raise the versions and mark what the name index lacks.
    static func ownTriggers(_ layer: Layer) -> [(name: String, sql: String)] {
        let table = layer.name
        let raise = AtlasPart.layer(layer).raising(by: "1") + ";"
        let mark = "INSERT OR IGNORE INTO louyu_unindexed VALUES ('\(table)', NEW.fid);"
        let own: [(String, String)] = [
            ("louyu_\(table)_insert", "AFTER INSERT ON \"\(table)\" BEGIN \(raise) \(mark) END;"),
            ("louyu_\(table)_update", "AFTER UPDATE ON \"\(table)\" BEGIN \(raise) \(mark) END;"),
            ("louyu_\(table)_delete", "AFTER DELETE ON \"\(table)\" BEGIN \(raise) END;"),
        ]
        return own.map { (name: $0.0, sql: "CREATE TRIGGER \"\($0.0)\" \($0.1)") }
    }
}
