public import Messages
import Reach
import Spatial
public import Store

extension Atlas {
    /// What is nearest to a place on foot, walking away from it; the place
    /// itself is left out.
    ///
    /// - Parameters:
    ///   - place: where from.
    ///   - layer: buildings or stations.
    ///   - limit: at most so many; 10 where neither limit is given.
    ///   - withinMeters: at most so long a way; then all, unless `limit` is given too.
    ///   - filter: only records that fulfil it.
    ///   - walking: how people walk.
    /// - Returns: by time, ties by ref.
    /// - Throws: `Failure`: `.notFound` where there are no streets, or none
    ///   near the place; `.usage` for another layer.
    /// - Complexity: one search as wide as needed.
    public func nearOnFoot(
        _ place: Place, layer: Layer = .building, limit: Int? = nil, withinMeters: Double? = nil,
        filter: RecordFilter = RecordFilter(), walking: WalkingOptions = WalkingOptions(direction: .away)
    ) throws(Failure) -> [ReachedFeature] {
        guard layer == .building || layer == .station else {
            throw Failure(
                .usage, .cannotWalkTo(layer.title), hint: .walkTo([Layer.building.title, Layer.station.title]))
        }
        var query = ReachQuery([place])
        query.walking = walking
        let most = limit ?? (withinMeters == nil ? 10 : nil)
        return try file.snapshot {
            let survey = try surveyOnFoot(query)
            for minutes in Self.widths where withinMeters == nil {
                let found = try survey.list(minutes: minutes, layer, filter, most: most)
                if found.count >= most ?? .max { return found }
            }
            return try survey.list(
                minutes: Self.widestMinutes, layer, filter, most: most, withinMeters: withinMeters ?? .infinity)
        }
    }

    /// The survey; there is no plain circle to fall back on.
    private func surveyOnFoot(_ query: ReachQuery) throws(Failure) -> ReachSurvey {
        do {
            return try ReachSurvey(self, query)
        } catch  where error.code == .notFound {
            throw Failure(.notFound, error.what, hint: .nearWithoutWalk)
        }
    }

    /// Minutes of walking that are tried before all are.
    private static let widths = [15.0, 60]
    private static let widestMinutes = 600.0
}

extension Place {
    /// The geodesic distance between the nearest points of a place and a
    /// record, in metres; `nil` where one of them has no geometry.
    public func distanceMeters(to feature: StoredFeature) -> Double? {
        guard let geometry, !feature.wkb.isEmpty else { return nil }
        let probe = GeometryProbe(geometry)
        return feature.wkb.withUnsafeBytes { try? probe.distanceMeters(toWKB: $0) }
    }
}
