import GRDB
import GRDBSQLite
public import Messages
import Spatial

extension AtlasFile {
    /// The rows nearest to a place, by the geodesic distance between nearest
    /// points; ties by ref.
    ///
    /// Candidates come best first out of SQLite's own R-tree, whose boxes are
    /// only bounds; each is measured exactly. The search ends when the next
    /// bound is beyond what was found, so the answer is that of measuring
    /// every row.
    ///
    /// - Throws: `Failure`.
    /// - Complexity: about O(k log n) for k answers among n rows.
    public func nearest(_ query: NearestQuery) throws(Failure) -> [NearbyFeature] {
        guard let measure = OriginMeasure(query.origin) else { return [] }
        return try perform { db in
            let columns = try Self.columns(db, query.layer)
            let list = columns.map { ", \($0.quotedIdentifier)" }.joined()
            let condition = query.condition.map { " AND (\($0.sql))" } ?? ""
            ConditionFunctions.register(query.condition, on: db)
            let row = try RawStatement(
                db,
                "SELECT fid, geom\(list) FROM \"\(query.layer.name)\" WHERE fid = ? AND ended_at IS NULL\(condition)")
            row.bind(query.condition?.values ?? [], from: 2)
            var decoder = RowDecoder(layer: query.layer, columns: columns)
            var found = NearestFound(limit: query.limit, withinMeters: query.withinMeters)
            try BoxScore.forEach(db, layer: query.layer, measure: measure, withinMeters: query.withinMeters) {
                fid, boundMeters in
                guard boundMeters <= found.reachMeters else { return false }
                guard fid != query.excludedFid else { return true }
                row.bind(1, fid)
                defer { row.reset() }
                guard try row.step(), let geometry = RowDecoder.geometry(row),
                    let meters = measure.distanceMeters(geometry.wkb), meters <= found.reachMeters
                else { return true }
                let feature = decoder.feature(row, layer: query.layer)
                guard query.accepts?(feature) ?? true else { return true }
                found.add(NearbyFeature(feature: feature, distanceMeters: meters))
                return true
            }
            return found.sorted()
        }
    }
}

/// The best of what a search has met so far.
private struct NearestFound {
    private let limit: Int
    private let withinMeters: Double
    private var features: [NearbyFeature] = []

    init(limit: Int?, withinMeters: Double?) {
        self.limit = limit ?? Int.max
        self.withinMeters = withinMeters ?? .infinity
    }

    /// Beyond this distance nothing is of interest any more.
    var reachMeters: Double {
        guard features.count >= limit, limit > 0 else { return limit > 0 ? withinMeters : -1 }
        return features[limit - 1].distanceMeters
    }

    mutating func add(_ feature: NearbyFeature) {
        guard limit < 1000 else {
            features.append(feature)
            if features.count >= limit { features.sort(by: Self.isBefore) }
            return
        }
        let place = features.firstIndex { Self.isBefore(feature, $0) } ?? features.count
        features.insert(feature, at: place)
    }

    func sorted() -> [NearbyFeature] { Array(features.sorted(by: Self.isBefore).prefix(limit)) }

    private static func isBefore(_ a: NearbyFeature, _ b: NearbyFeature) -> Bool {
        (a.distanceMeters, a.feature.ref) < (b.distanceMeters, b.feature.ref)
    }
}

/// Rows of an R-tree in order of how near their box may be, through SQLite's
/// query callback (`sqlite3_rtree_query_callback`, `rScore`).
private enum BoxScore {
    /// What the callback needs while one statement runs.
    private final class Context {
        let measure: OriginMeasure
        let withinMeters: Double

        init(measure: OriginMeasure, withinMeters: Double) {
            self.measure = measure
            self.withinMeters = withinMeters
        }
    }

    /// Calls `body` with fid and bound until it returns `false`.
    static func forEach(
        _ db: Database, layer: Layer, measure: OriginMeasure, withinMeters: Double?,
        _ body: (Int64, Double) throws -> Bool
    ) throws {
        let context = Context(measure: measure, withinMeters: withinMeters ?? .infinity)
        let status = sqlite3_rtree_query_callback(
            db.sqliteConnection, "louyu_nearest", score, Unmanaged.passUnretained(context).toOpaque(), nil)
        guard status == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: status)) }
        try withExtendedLifetime(context) {
            let rows = try RawStatement(
                db,
                "SELECT id, minx, maxx, miny, maxy FROM \"rtree_\(layer.name)_geom\" WHERE id MATCH louyu_nearest(0)")
            while try rows.step() {
                let box = BoundingBox(
                    west: rows.real(1), south: rows.real(3), east: rows.real(2), north: rows.real(4))
                guard try body(rows.integer(0), measure.lowerBoundMeters(box)) else { return }
            }
        }
    }

    private static let score: @convention(c) (UnsafeMutablePointer<sqlite3_rtree_query_info>?) -> Int32 = { info in
        guard let info, let raw = info.pointee.pContext, let coordinates = info.pointee.aCoord,
            info.pointee.nCoord == 4
        else { return SQLITE_ERROR }
        let context = Unmanaged<Context>.fromOpaque(raw).takeUnretainedValue()
        let box = BoundingBox(
            west: Double(coordinates[0]), south: Double(coordinates[2]), east: Double(coordinates[1]),
            north: Double(coordinates[3]))
        let bound = context.measure.lowerBoundMeters(box)
        info.pointee.rScore = bound
        info.pointee.eWithin = Int32(bound <= context.withinMeters ? PARTLY_WITHIN : NOT_WITHIN)
        return SQLITE_OK
    }
}
