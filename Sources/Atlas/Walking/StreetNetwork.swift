public import Messages
public import Reach
public import Spatial
import Store

extension Atlas {
    /// The graph of the atlas's streets.
    ///
    /// Streets meet where they share an OpenStreetMap node, else where their
    /// corners coincide. Squares are walked around and across, lifts join the
    /// levels that meet at them. Ways that nobody may walk are left out.
    ///
    /// - Parameters:
    ///   - model: how long walking takes.
    ///   - snapGapMeters: by how many metres the end of a street without
    ///     node numbers may miss the street that it meets.
    ///   - elevation: the height of a place in metres, where streets do not
    ///     bring their own.
    /// - Returns: an empty graph where the atlas holds no streets.
    /// - Throws: `Failure`.
    /// - Complexity: O(n log n) for n corners; about a second a million.
    public func streetGraph(
        _ model: WalkingModel = .standard, snapGapMeters: Double = 0,
        elevation: @escaping (LonLat) -> Double? = { _ in nil }
    ) throws(Failure) -> StreetGraph {
        var builder = NetworkBuilder(model: model, snapGapMeters: snapGapMeters, elevation: elevation)
        try file.forEachBatch(FeatureQuery(.street)) { batch in
            try Cancellation.check()
            let rows = StreetRows(batch)
            for street in rows.streets { builder.add(street) }
            for square in rows.squares { builder.add(square) }
            for lift in rows.lifts { builder.add(lift) }
        }
        return builder.graph()
    }
}
