import GRDB
import GRDBSQLite
import Messages
import Spatial

/// A geometry that rows are compared with inside a query.
struct SpatialTest: Hashable {
    /// How a row passes.
    enum Relation: Hashable {
        /// It shares a point with the geometry.
        case meets
        /// It lies within the geometry, not on its boundary alone.
        case isWithin
        /// Its representative point lies in the geometry or on its outline.
        case hasPointIn
        /// More than half of its ground lies in the geometry.
        case liesMostlyIn
    }

    let relation: Relation
    /// The geometry, in WGS 84.
    let geometry: Geometry
    /// Boxes of which every row that passes meets one.
    let boxes: [BoundingBox]
    /// Whether the boxes are the geometry.
    let isBoxes: Bool

    init(_ relation: Relation, geometry: Geometry) {
        self.relation = relation
        self.geometry = geometry
        boxes = [geometry.box]
        isBoxes = false
    }

    /// A test of a box in degrees; its west is greater than its east where it
    /// lies across the antimeridian.
    init(_ relation: Relation, box: BoundingBox) {
        self.relation = relation
        boxes = box.cutAtAntimeridian
        isBoxes = true
        let polygons = boxes.map { box in
            Polygon(
                LineString([
                    LonLat(box.west, box.south), LonLat(box.east, box.south), LonLat(box.east, box.north),
                    LonLat(box.west, box.north), LonLat(box.west, box.south),
                ]))
        }
        geometry = polygons.count == 1 ? .polygon(polygons[0]) : .multiPolygon(polygons)
    }
}

/// A test with its geometry indexed, for one connection.
private final class RunningTest {
    private let test: SpatialTest
    private let grid: AreaGrid
    private let prepared: PreparedGeometry?

    init(_ test: SpatialTest) throws(GEOSError) {
        self.test = test
        grid = AreaGrid(test.geometry)
        let needsPreparing = test.relation == .meets || test.relation == .isWithin
        prepared = needsPreparing ? try PreparedGeometry(preparing: test.geometry) : nil
    }

    /// Whether a row's blob passes; `nil` where it has no geometry.
    func passes(_ blob: UnsafeRawBufferPointer) -> Bool? {
        guard let header = GeoPackageBinary(blob), !header.isEmpty else { return nil }
        let box = GeoPackageBinary.box(blob)
        guard test.boxes.contains(where: { $0.intersects(box) }) else { return false }
        if test.isBoxes && test.boxes.contains(where: { $0.holds(box) }) { return true }
        switch grid.side(of: box) {
        case .inside: return true
        case .outside: return false
        case .open: return passes(exactly: UnsafeRawBufferPointer(rebasing: blob[header.wkbOffset...]))
        }
    }

    private func passes(exactly wkb: UnsafeRawBufferPointer) -> Bool? {
        switch test.relation {
        case .hasPointIn: return hasPointIn(wkb)
        case .liesMostlyIn: return (try? Geometry(wkb: wkb))?.liesMostly(in: test.geometry)
        case .isWithin: if let passes = try? prepared?.contains(wkb: wkb) { return passes }
        case .meets: if let passes = try? prepared?.intersects(wkb: wkb) { return passes }
        }
        // GEOS takes some collections only after they are dissolved.
        guard let row = try? Geometry(wkb: wkb) else { return nil }
        return test.relation == .isWithin ? try? row.isWithin(test.geometry) : try? row.intersects(test.geometry)
    }

    private func hasPointIn(_ wkb: UnsafeRawBufferPointer) -> Bool? {
        guard let point = (try? Geometry.representativePoint(wkb: wkb)) ?? nil else { return nil }
        switch grid.side(of: BoundingBox(point)) {
        case .inside: return true
        case .outside: return false
        case .open: return test.geometry.covers(point)
        }
    }
}

extension BoundingBox {
    /// Whether a box lies in this one without reaching its edges.
    fileprivate func holds(_ other: BoundingBox) -> Bool {
        west < other.west && other.east < east && south < other.south && other.north < north
    }
}

/// The functions that compiled conditions call.
enum ConditionFunctions {
    private final class Tests {
        /// `nil` where GEOS refuses a geometry.
        let tests: [RunningTest?]

        init(_ tests: [SpatialTest]) throws(Failure) {
            if tests.contains(where: { $0.relation != .hasPointIn }) { try GEOSLibrary.open() }
            self.tests = tests.map { try? RunningTest($0) }
        }
    }

    /// Registers what a condition calls: `louyu_spatial(geom, n)` for its
    /// tests, `louyu_fold(text)`, and `louyu_number(value)`.
    ///
    /// - Throws: `Failure` where GEOS is needed and missing.
    static func register(_ condition: SQLCondition?, on db: Database) throws(Failure) {
        guard let condition else { return }
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC
        if !condition.tests.isEmpty {
            let tests = Unmanaged.passRetained(try Tests(condition.tests)).toOpaque()
            sqlite3_create_function_v2(
                db.sqliteConnection, "louyu_spatial", 2, flags, tests, spatial, nil, nil,
                { pointer in pointer.map { Unmanaged<Tests>.fromOpaque($0).release() } })
        }
        if condition.sql.contains("louyu_fold") {
            sqlite3_create_function_v2(db.sqliteConnection, "louyu_fold", 1, flags, nil, fold, nil, nil, nil)
        }
        if condition.sql.contains("louyu_number") {
            sqlite3_create_function_v2(db.sqliteConnection, "louyu_number", 1, flags, nil, number, nil, nil, nil)
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
            guard tests.indices.contains(index), let passes = tests[index]?.passes(blob)
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

    /// A number, also where it is written as text; null for all else.
    private static let number: @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void = {
        context, _, values in
        guard let value = values?[0] else { return sqlite3_result_null(context) }
        switch sqlite3_value_numeric_type(value) {
        case SQLITE_INTEGER: sqlite3_result_int64(context, sqlite3_value_int64(value))
        case SQLITE_FLOAT: sqlite3_result_double(context, sqlite3_value_double(value))
        default: sqlite3_result_null(context)
        }
    }
}
