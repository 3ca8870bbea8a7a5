import GRDB
import GRDBSQLite
import Spatial

/// Rows of an R-tree in order of how near their box may be, through SQLite's
/// query callback (`sqlite3_rtree_query_callback`, `rScore`).
///
/// The callback is registered once a connection, as SQLite prepares every
/// statement anew after a registration; what it needs comes as the parameters
/// of the function and is kept in `pUser` while one query runs.
enum BoxScore {
    private static let function = "louyu_nearest"

    /// What the callback needs while one query runs.
    private final class Reach {
        let center: PointProbe
        let radiusMeters: Double
        let withinMeters: Double

        init(_ parameters: UnsafeMutablePointer<Double>) {
            center = PointProbe(LonLat(parameters[0], parameters[1]))
            radiusMeters = parameters[2]
            withinMeters = parameters[3]
        }
    }

    /// Makes the function known to a connection.
    static func register(on db: Database) throws {
        let status = sqlite3_rtree_query_callback(db.sqliteConnection, function, score, nil, nil)
        guard status == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: status)) }
    }

    /// Calls `body` with fid and bound until it returns `false`.
    static func forEach(
        _ db: Database, layer: Layer, measure: OriginMeasure, withinMeters: Double?,
        _ body: (Int64, Double) throws -> Bool
    ) throws {
        let rows = try RawStatement(
            cached: "SELECT id, minx, maxx, miny, maxy FROM \"rtree_\(layer.name)_geom\" "
                + "WHERE id MATCH \(function)(?, ?, ?, ?)", db)
        rows.bind(1, measure.center.position.longitude)
        rows.bind(2, measure.center.position.latitude)
        rows.bind(3, measure.radiusMeters)
        rows.bind(4, withinMeters ?? .infinity)
        while try rows.step() {
            let box = BoundingBox(west: rows.real(1), south: rows.real(3), east: rows.real(2), north: rows.real(4))
            guard try body(rows.integer(0), measure.lowerBoundMeters(box)) else { return }
        }
    }

    private static let score: @convention(c) (UnsafeMutablePointer<sqlite3_rtree_query_info>?) -> Int32 = { info in
        guard let info, let coordinates = info.pointee.aCoord, info.pointee.nCoord == 4,
            let parameters = info.pointee.aParam, info.pointee.nParam == 4
        else { return SQLITE_ERROR }
        if info.pointee.pUser == nil {
            info.pointee.pUser = Unmanaged.passRetained(Reach(parameters)).toOpaque()
            info.pointee.xDelUser = { pointer in pointer.map { Unmanaged<Reach>.fromOpaque($0).release() } }
        }
        guard let user = info.pointee.pUser else { return SQLITE_ERROR }
        let reach = Unmanaged<Reach>.fromOpaque(user).takeUnretainedValue()
        let box = BoundingBox(
            west: Double(coordinates[0]), south: Double(coordinates[2]), east: Double(coordinates[1]),
            north: Double(coordinates[3]))
        let bound = reach.center.lowerBoundMeters(to: box) - reach.radiusMeters
        info.pointee.rScore = bound
        info.pointee.eWithin = Int32(bound <= reach.withinMeters ? PARTLY_WITHIN : NOT_WITHIN)
        return SQLITE_OK
    }
}
