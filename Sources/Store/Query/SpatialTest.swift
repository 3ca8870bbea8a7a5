import GRDB
import GRDBSQLite
public import Spatial

/// A geometry that rows are compared with inside a query.
public struct SpatialTest: Hashable, Sendable {
    /// Whether rows must lie within it; else they must meet it.
    public let isWithin: Bool
    /// The geometry, in WGS 84.
    public let geometry: Geometry

    /// Makes a test.
    public init(isWithin: Bool, geometry: Geometry) {
        self.isWithin = isWithin
        self.geometry = geometry
    }

    /// Whether a row's blob passes; `nil` where it has no geometry.
    fileprivate func passes(_ blob: UnsafeRawBufferPointer, box: BoundingBox) -> Bool? {
        guard let header = GeoPackageBinary(blob), !header.isEmpty else { return nil }
        guard GeoPackageBinary.box(blob).intersects(box) else { return false }
        guard let row = try? Geometry(wkb: UnsafeRawBufferPointer(rebasing: blob[header.wkbOffset...])) else {
            return nil
        }
        return isWithin ? try? row.isWithin(geometry) : try? row.intersects(geometry)
    }
}

/// The functions that compiled conditions call.
enum ConditionFunctions {
    private final class Tests {
        let tests: [(test: SpatialTest, box: BoundingBox)]

        init(_ tests: [SpatialTest]) { self.tests = tests.map { ($0, $0.geometry.box) } }
    }

    /// Registers `louyu_spatial(geom, n)` for the tests of one condition, and
    /// `louyu_fold(text)`.
    static func register(_ condition: SQLCondition?, on db: Database) {
        guard let condition else { return }
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC
        if !condition.tests.isEmpty {
            let tests = Unmanaged.passRetained(Tests(condition.tests)).toOpaque()
            sqlite3_create_function_v2(
                db.sqliteConnection, "louyu_spatial", 2, flags, tests, spatial, nil, nil,
                { pointer in pointer.map { Unmanaged<Tests>.fromOpaque($0).release() } })
        }
        if condition.sql.contains("louyu_fold") {
            sqlite3_create_function_v2(db.sqliteConnection, "louyu_fold", 1, flags, nil, fold, nil, nil, nil)
        }
    }

    private static let spatial: @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void =
        {
            context, _, values in
            guard let values, let pointer = sqlite3_user_data(context), sqlite3_value_type(values[0]) == SQLITE_BLOB
            else {
                return sqlite3_result_null(context)
            }
            let tests = Unmanaged<Tests>.fromOpaque(pointer).takeUnretainedValue().tests
            let index = Int(sqlite3_value_int(values[1]))
            let blob = UnsafeRawBufferPointer(
                start: sqlite3_value_blob(values[0]), count: Int(sqlite3_value_bytes(values[0])))
            guard tests.indices.contains(index), let passes = tests[index].test.passes(blob, box: tests[index].box)
            else {
                return sqlite3_result_null(context)
            }
            sqlite3_result_int(context, passes ? 1 : 0)
        }

    private static let fold: @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void = {
        context, _, values in
        guard let value = values?[0], let text = sqlite3_value_text(value) else { return sqlite3_result_null(context) }
        let folded = String(cString: text).lowercased()
        sqlite3_result_text(context, folded, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    }
}
