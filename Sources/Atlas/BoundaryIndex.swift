import Spatial
import Store

/// Boundaries by where they are.
struct BoundaryIndex {
    private let boundaries: [StoredFeature]
    private let tree: PackedHilbertTree

    init(_ boundaries: [StoredFeature]) {
        self.boundaries = boundaries
        tree = PackedHilbertTree(boundaries.map { $0.geometry?.box ?? .empty })
    }

    /// The index of the first boundary that holds a position, edges included.
    func first(holding position: LonLat) -> Int? {
        tree.indices(intersecting: BoundingBox(position)).sorted().first { boundaries[$0].covers(position) }
    }
}
