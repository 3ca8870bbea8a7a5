import GRDB
public import Messages
import Spatial

extension AtlasFile {
    /// The rows nearest to a place, by the geodesic distance between nearest
    /// points; ties by ref.
    ///
    /// Candidates come best first out of the file's R-tree, whose boxes are only
    /// bounds; each is measured exactly. The search ends when the next
    /// bound is beyond what was found, so the answer is that of measuring
    /// every row.
    ///
    /// - Throws: `Failure`.
    /// - Complexity: about O(k log n) for k answers among n rows.
    public func nearest(_ query: NearestQuery) throws(Failure) -> [NearbyFeature] {
        guard let measure = OriginMeasure(query.origin) else { return [] }
        let disclosed = disclosed
        return try ask { db in
            // What may be told of a row depends on all of it.
            let wanted = disclosed == nil ? query.columns : nil
            let columns = try wanted.map { ["ref"] + $0.filter { $0 != "ref" } } ?? Self.columns(db, query.layer)
            let list = columns.map { ", \($0.quotedIdentifier)" }.joined()
            let compiled = try query.condition.map(SQLCondition.init)
            let condition = compiled.map { " AND (\($0.sql))" } ?? ""
            try ConditionFunctions.register(compiled, on: db)
            let sql =
                "SELECT fid, geom\(list) FROM \"\(query.layer.name)\" WHERE fid = ? AND ended_at IS NULL\(condition)"
            // Conditions differ from question to question; keeping them all would cost memory.
            let row = try query.condition == nil ? RawStatement(cached: sql, db) : RawStatement(db, sql)
            row.bind(compiled?.values ?? [], from: 2)
            var decoder = RowDecoder(
                layer: query.layer, columns: columns,
                concealment: try disclosed?.concealment(of: query.layer, in: db), asked: query.columns.map(Set.init))
            var found = NearestFound(limit: query.limit, withinMeters: query.withinMeters)
            try RTreeSearch.forEach(db, layer: query.layer, measure: measure, withinMeters: query.withinMeters) {
                fid, boundMeters in
                guard boundMeters <= found.reachMeters else { return false }
                guard fid != query.excludedFid else { return true }
                row.bind(1, fid)
                defer { row.reset() }
                guard try row.step(), let geometry = RowDecoder.geometry(row),
                    let meters = measure.distanceMeters(geometry.wkb), meters <= found.reachMeters
                else { return true }
                let feature = decoder.feature(row, layer: query.layer)
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
        guard limit < Int.max else { return features.append(feature) }
        var (low, high) = (0, features.count)
        while low < high {
            let middle = (low + high) / 2
            if Self.isBefore(feature, features[middle]) { high = middle } else { low = middle + 1 }
        }
        features.insert(feature, at: low)
        if features.count > limit { features.removeLast() }
    }

    func sorted() -> [NearbyFeature] {
        if limit < Int.max { return features }
        return features.indices.sorted { Self.isBefore(features[$0], features[$1]) }.map { features[$0] }
    }

    private static func isBefore(_ a: NearbyFeature, _ b: NearbyFeature) -> Bool {
        a.distanceMeters == b.distanceMeters ? a.feature.ref < b.feature.ref : a.distanceMeters < b.distanceMeters
    }
}
