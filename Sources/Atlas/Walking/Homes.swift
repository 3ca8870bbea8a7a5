import Reach
import Spatial
import Store

/// Which boundary of a level each place counts in.
struct Homes: Sendable {
    /// Of every place the number of its boundary among those of the level by
    /// ref; -1 outside of all.
    let homeOf: [Int32]

    /// On a border a place counts in the boundary with the lowest ref.
    init(of positions: [LonLat], in boundaries: [StoredFeature]) {
        let index = BoundaryIndex(boundaries)
        homeOf = positions.map { position in
            position.longitude.isFinite ? index.first(holding: position).map { Int32($0) } ?? -1 : -1
        }
    }

    private static let kind = ArchiveKind(0x0173_656d_6f68_796c)

    /// Reads what `archive` wrote; `nil` where the bytes are another thing.
    init?(archive: UnsafeRawBufferPointer, count placeCount: Int, boundaryCount: Int) {
        guard var reader = ArchiveReader(archive, Self.kind), let count = reader.count(),
            let homeOf = reader.values(Int32.self, count: count), reader.isAtEnd, count == placeCount,
            homeOf.allSatisfy({ $0 >= -1 && $0 < boundaryCount })
        else { return nil }
        self.homeOf = homeOf
    }

    /// The homes as bytes.
    var archive: [UInt8] {
        var writer = ArchiveWriter(Self.kind)
        writer.append(counts: [homeOf.count])
        writer.append(homeOf)
        return writer.bytes
    }
}
