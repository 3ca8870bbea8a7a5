public import Messages
import Spatial
public import Store

extension Atlas {
    /// What is nearest to a place, by the geodesic distance between nearest
    /// edges; the place itself is left out.
    ///
    /// - Parameters:
    ///   - place: where from.
    ///   - layer: what is looked for.
    ///   - limit: at most so many; 10 where neither limit is given.
    ///   - withinMeters: at most so far; then all, unless `limit` is given too.
    ///   - filter: only records that fulfil it.
    ///   - columns: the columns that answers hold besides `ref`; all by default.
    /// - Returns: nearest first, ties by ref.
    /// - Throws: `Failure`.
    public func near(
        _ place: Place, layer: Layer = .building, limit: Int? = nil, withinMeters: Double? = nil,
        filter: RecordFilter = RecordFilter(), columns: [String]? = nil
    ) throws(Failure) -> [NearbyFeature] {
        guard let origin = place.geometry else { throw Failure(.notFound, .noPosition) }
        return try file.snapshot {
            var query = NearestQuery(layer, origin: origin)
            query.limit = limit ?? (withinMeters == nil ? 10 : nil)
            query.withinMeters = withinMeters
            query.columns = columns
            query.condition = try condition(filter, layer: layer)
            if case .feature(let feature) = place, feature.layer == layer { query.excludedFid = feature.fid }
            return try file.nearest(query)
        }
    }

    /// Records by name, alias or address, or any part of one.
    ///
    /// - Returns: exact names first, then parts of names, then addresses.
    /// - Throws: `Failure`.
    public func find(_ text: String, in layers: [Layer] = Layer.all, limit: Int = 20) throws(Failure) -> [StoredFeature]
    {
        try file.search(text, in: layers, limit: limit)
    }
}
