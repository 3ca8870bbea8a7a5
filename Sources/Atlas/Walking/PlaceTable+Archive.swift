import Reach
import Spatial

extension PlaceTable {
    private static let kind = ArchiveKind(0x0173_6563_616c_7079)
    /// No edge.
    private static let none = UInt32.max

    /// The table as bytes: one array behind the other, little-endian.
    var archive: [UInt8] {
        var writer = ArchiveWriter(Self.kind)
        writer.append(counts: [count])
        writer.append(fids)
        writer.append(footholds.lazy.map { $0?.edge ?? Self.none })
        writer.append(footholds.lazy.map { Float($0?.share ?? 0).bitPattern })
        writer.append(footholds.lazy.map { UInt32($0.map { ($0.offsetMeters * 1000).rounded() } ?? 0) })
        writer.append(obstacles.lazy.map(\.rawValue))
        writer.append(floorAreas)
        writer.append(storeys)
        writer.append(bits: isResidential)
        return writer.bytes
    }

    /// Reads what `archive` wrote.
    ///
    /// - Returns: `nil` where the bytes are another thing, or of another
    ///   network.
    init?(archive: UnsafeRawBufferPointer, edgeCount: Int) {
        guard var reader = ArchiveReader(archive, Self.kind), let count = reader.count(),
            let fids = reader.values(Int64.self, count: count),
            let edges = reader.values(UInt32.self, count: count),
            let shares = reader.values(UInt32.self, count: count),
            let offsets = reader.values(UInt32.self, count: count),
            let words = reader.values(UInt8.self, count: count),
            let floorAreas = reader.values(Int64.self, count: count),
            let storeys = reader.values(UInt16.self, count: count),
            let isResidential = reader.bits(count: count), reader.isAtEnd,
            edges.allSatisfy({ $0 < edgeCount || $0 == Self.none }),
            floorAreas.allSatisfy({ (0...Self.largestFloorArea).contains($0) }),
            words.allSatisfy({ Obstacle(rawValue: $0) != nil })
        else { return nil }
        self.fids = fids
        self.floorAreas = floorAreas
        self.storeys = storeys
        self.isResidential = isResidential
        obstacles = words.map { Obstacle(rawValue: $0) ?? .none }
        footholds = edges.indices.map { index in
            guard edges[index] != Self.none else { return nil }
            return Foothold(
                edge: edges[index], share: Double(Float(bitPattern: shares[index])),
                offsetMeters: Double(offsets[index]) / 1000)
        }
    }
}
