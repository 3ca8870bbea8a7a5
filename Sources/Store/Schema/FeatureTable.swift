/// A table of features as GeoPackage wants it: fid, geometry in WGS 84,
/// columns, its entries in the catalogue, its spatial index.
struct FeatureTable {
    /// A column behind fid and geometry.
    struct Column {
        let name: String
        var kind: Layer.Column.Kind
    }

    let name: String
    /// What people call it.
    let identifier: String
    let description: String
    var columns: [Column]
    /// The CRS of its geometries, by its number in `gpkg_spatial_ref_sys`.
    var srsID: Int32 = 4326
    /// GeoPackage's word for what its geometries are.
    var geometryType = "GEOMETRY"
    /// Whether positions may have heights.
    var mayHaveHeights = true

    /// The table alone, empty.
    var create: String {
        let list = columns.map { ", \($0.name.quotedIdentifier) \($0.kind.rawValue)" }.joined()
        return "CREATE TABLE \(name.quotedIdentifier) "
            + "(fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom \(geometryType)\(list));"
    }

    /// Its entries in the catalogue, and its spatial index, empty.
    var register: String {
        let table = name.quotedLiteral
        return """
            INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
              (\(table), 'features', \(identifier.quotedLiteral), \(description.quotedLiteral), \(srsID));
            INSERT INTO gpkg_geometry_columns VALUES
              (\(table), 'geom', '\(geometryType)', \(srsID), \(mayHaveHeights ? 2 : 0), 0);
            INSERT INTO gpkg_ogr_contents VALUES (\(table), 0);
            CREATE VIRTUAL TABLE \("rtree_\(name)_geom".quotedIdentifier) USING rtree(id, minx, maxx, miny, maxy);
            INSERT INTO gpkg_extensions VALUES (\(table), 'geom', 'gpkg_rtree_index',
              'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');
            """
    }

    /// GeoPackage 1.4's seven triggers of the R-tree, and OGR's two of the
    /// feature count.
    static func triggers(_ name: String) -> [(name: String, sql: String)] {
        let table = name.quotedIdentifier
        let index = "rtree_\(name)_geom".quotedIdentifier
        let box = "ST_MinX(NEW.\"geom\"), ST_MaxX(NEW.\"geom\"), ST_MinY(NEW.\"geom\"), ST_MaxY(NEW.\"geom\")"
        let present = "(NEW.\"geom\" NOTNULL AND NOT ST_IsEmpty(NEW.\"geom\"))"
        let absent = "(NEW.\"geom\" ISNULL OR ST_IsEmpty(NEW.\"geom\"))"
        let insert = "INSERT OR REPLACE INTO \(index) VALUES (NEW.\"fid\", \(box));"
        let count = "UPDATE gpkg_ogr_contents SET feature_count = feature_count"
        let counted = "WHERE table_name = \(name.quotedLiteral); END;"
        let spatial: [(String, String)] = [
            ("insert", "AFTER INSERT ON \(table) WHEN \(present) BEGIN \(insert) END;"),
            (
                "update2",
                "AFTER UPDATE OF \"geom\" ON \(table) WHEN OLD.\"fid\" = NEW.\"fid\" AND \(absent) "
                    + "BEGIN DELETE FROM \(index) WHERE id = OLD.\"fid\"; END;"
            ),
            (
                "update4",
                "AFTER UPDATE ON \(table) WHEN OLD.\"fid\" != NEW.\"fid\" AND \(absent) "
                    + "BEGIN DELETE FROM \(index) WHERE id IN (OLD.\"fid\", NEW.\"fid\"); END;"
            ),
            (
                "update5",
                "AFTER UPDATE ON \(table) WHEN OLD.\"fid\" != NEW.\"fid\" AND \(present) "
                    + "BEGIN DELETE FROM \(index) WHERE id = OLD.\"fid\"; \(insert) END;"
            ),
            (
                "update6",
                "AFTER UPDATE OF \"geom\" ON \(table) WHEN OLD.\"fid\" = NEW.\"fid\" AND \(present) "
                    + "AND (OLD.\"geom\" NOTNULL AND NOT ST_IsEmpty(OLD.\"geom\")) "
                    + "BEGIN UPDATE \(index) SET minx = ST_MinX(NEW.\"geom\"), maxx = ST_MaxX(NEW.\"geom\"), "
                    + "miny = ST_MinY(NEW.\"geom\"), maxy = ST_MaxY(NEW.\"geom\") WHERE id = NEW.\"fid\"; END;"
            ),
            (
                "update7",
                "AFTER UPDATE OF \"geom\" ON \(table) WHEN OLD.\"fid\" = NEW.\"fid\" AND \(present) "
                    + "AND (OLD.\"geom\" ISNULL OR ST_IsEmpty(OLD.\"geom\")) "
                    + "BEGIN INSERT INTO \(index) VALUES (NEW.\"fid\", \(box)); END;"
            ),
            (
                "delete",
                "AFTER DELETE ON \(table) WHEN OLD.\"geom\" NOT NULL "
                    + "BEGIN DELETE FROM \(index) WHERE id = OLD.\"fid\"; END;"
            ),
        ]
        let named =
            spatial.map { ("rtree_\(name)_geom_\($0.0)", $0.1) } + [
                ("trigger_insert_feature_count_\(name)", "AFTER INSERT ON \(table) BEGIN \(count) + 1 \(counted)"),
                ("trigger_delete_feature_count_\(name)", "AFTER DELETE ON \(table) BEGIN \(count) - 1 \(counted)"),
            ]
        return named.map { (name: $0.0, sql: "CREATE TRIGGER \($0.0.quotedIdentifier) \($0.1)") }
    }
}

extension String {
    /// The text as SQL takes it.
    var quotedLiteral: String { "'" + replacing("'", with: "''") + "'" }
}
