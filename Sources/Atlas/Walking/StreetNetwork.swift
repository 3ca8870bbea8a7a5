public import Messages
public import Reach
import Spatial
import Store

extension Atlas {
    /// The graph of the atlas's streets.
    ///
    /// Streets meet where they share an OpenStreetMap node, else where their
    /// corners coincide. Squares are walked around and across, lifts join the
    /// levels that meet at them. Ways that nobody may walk are left out.
    /// Heights are those of the streets' own corners, else of the atlas's
    /// tiles of elevation.
    ///
    /// - Parameters:
    ///   - model: how long walking takes.
    ///   - snapGapMeters: by how many metres the end of a street without
    ///     node numbers may miss the street that it meets; what was stated
    ///     when streets were imported by default.
    /// - Returns: an empty graph where the atlas holds no streets.
    /// - Throws: `Failure`.
    /// - Complexity: O(n log n) for n corners; about a second a million.
    public func streetGraph(
        _ model: WalkingModel = .standard, snapGapMeters: Double? = nil
    ) throws(Failure) -> StreetGraph {
        try file.snapshot { try streetGraph(model, snapGapMeters ?? file.snapGapMeters()) }
    }

    private func streetGraph(_ model: WalkingModel, _ snapGapMeters: Double) throws(Failure) -> StreetGraph {
        let extent = try file.contents().layers.first { $0.layer == .street }?.extent ?? .empty
        let elevation = Elevation(try file.elevationTiles(meeting: extent))
        var builder = NetworkBuilder(model: model, snapGapMeters: snapGapMeters) { elevation.heightMeters(at: $0) }
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
