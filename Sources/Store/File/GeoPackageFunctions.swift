import GRDB
import GRDBSQLite
import Spatial

/// The functions that GeoPackage's R-tree triggers call: ST_IsEmpty, ST_MinX,
/// ST_MaxX, ST_MinY, ST_MaxY over a geometry blob.
enum GeoPackageFunctions {
    private typealias Callback =
        @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void

    static func register(on db: Database) {
        add("ST_IsEmpty", to: db) { context, _, values in
            guard let box = GeoPackageFunctions.box(values) else { return sqlite3_result_null(context) }
            sqlite3_result_int(context, box.isEmpty ? 1 : 0)
        }
        add("ST_MinX", to: db) { context, _, values in
            GeoPackageFunctions.result(context, GeoPackageFunctions.box(values)?.west)
        }
        add("ST_MaxX", to: db) { context, _, values in
            GeoPackageFunctions.result(context, GeoPackageFunctions.box(values)?.east)
        }
        add("ST_MinY", to: db) { context, _, values in
            GeoPackageFunctions.result(context, GeoPackageFunctions.box(values)?.south)
        }
        add("ST_MaxY", to: db) { context, _, values in
            GeoPackageFunctions.result(context, GeoPackageFunctions.box(values)?.north)
        }
    }

    private static func add(_ name: String, to db: Database, _ callback: @escaping Callback) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
        sqlite3_create_function_v2(db.sqliteConnection, name, 1, flags, nil, callback, nil, nil, nil)
    }

    private static func box(_ values: UnsafeMutablePointer<OpaquePointer?>?) -> BoundingBox? {
        guard let value = values?[0], sqlite3_value_type(value) == SQLITE_BLOB else { return nil }
        let bytes = UnsafeRawBufferPointer(start: sqlite3_value_blob(value), count: Int(sqlite3_value_bytes(value)))
        return GeoPackageBinary.box(bytes)
    }

    private static func result(_ context: OpaquePointer?, _ value: Double?) {
        guard let value, value.isFinite else { return sqlite3_result_null(context) }
        sqlite3_result_double(context, value)
    }
}
