public import Messages
public import Reach
import Spatial
import Store

extension Atlas {
    /// The graph of the atlas's streets.
    ///
    /// Streets meet where they share an OpenStreetMap node, else where their
    /// corners coincide. Ways that nobody may walk are left out.
    ///
    /// - Parameter model: how long walking takes.
    /// - Returns: an empty graph where the atlas holds no streets.
    /// - Throws: `Failure`.
    /// - Complexity: O(n log n) for n corners; about a second a million.
    public func streetGraph(_ model: WalkingModel = .standard) throws(Failure) -> StreetGraph {
        var builder = NetworkBuilder(model: model)
        try file.forEachBatch(FeatureQuery(.street)) { batch in
            try Cancellation.check()
            for street in StreetRows.streets(in: batch) { builder.add(street) }
        }
        return builder.graph()
    }
}
