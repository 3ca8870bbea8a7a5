import Messages
import Reach
import Spatial
import Store

extension WalkingParts {
    /// Which rows of a layer a filter lets through; `nil` for all of them.
    func mask(_ filter: RecordFilter, of table: PlaceTable, _ layer: Layer) throws(Failure) -> [Bool]? {
        guard let condition = try atlas.condition(filter, layer: layer) else { return nil }
        var mask = [Bool](repeating: false, count: table.count)
        try atlas.file.forEachBatch(FeatureQuery(layer, condition: condition)) { batch in
            for record in batch.records {
                if case .record(let fid) = record.position, let index = table.index(of: Int64(fid)) {
                    mask[index] = true
                }
            }
        }
        return mask
    }

    /// The places in the plain circle around a place: as the crow flies, from
    /// outline to outline, at the flat pace.
    func circle(
        around place: Place, label: UInt32, _ table: PlaceTable, _ layer: Layer, _ walking: WalkingOptions,
        limitTicks: UInt32
    ) throws(Failure) -> [PlaceInReach] {
        guard let origin = place.geometry else { return [] }
        var query = NearestQuery(layer, origin: origin)
        query.withinMeters = Ticks.seconds(limitTicks) / 60 * walking.paceMetersPerMinute
        query.columns = []
        return try atlas.file.nearest(query).compactMap { near in
            guard let index = table.index(of: near.feature.fid) else { return nil }
            let seconds = near.distanceMeters * 60 / walking.paceMetersPerMinute
            return PlaceInReach(
                place: UInt32(index), ticks: min(limitTicks, Ticks.of(seconds: seconds)), label: label)
        }
    }
}
