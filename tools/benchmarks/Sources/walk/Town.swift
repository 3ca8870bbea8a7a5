import Atlas
import Reach
import Spatial
import Store

/// Where the buildings and stations of an atlas meet its streets, as its own questions have it.
struct Town {
    let buildings: [Foothold?]
    let stations: [Foothold?]

    init(_ atlas: Atlas, _ shapes: StreetShapes) throws {
        let index = StreetIndex(shapes)
        buildings = try Self.footholds(of: .building, atlas, index)
        stations = try Self.footholds(of: .station, atlas, index)
    }

    private static func footholds(of layer: Layer, _ atlas: Atlas, _ index: StreetIndex) throws -> [Foothold?] {
        var footholds: [Foothold?] = []
        try atlas.file.forEachBatch(FeatureQuery(layer)) { batch in
            try batch.bytes.withUnsafeBytes { bytes in
                for record in batch.records {
                    let geometry = try Geometry(wkb: UnsafeRawBufferPointer(rebasing: bytes[record.geometry]))
                    footholds.append(index.foothold(of: geometry))
                }
            }
        }
        return footholds
    }
}

extension StreetIndex {
    /// The town has no water and no railways, so nothing bars the way; an
    /// atlas keeps offsets in whole millimetres.
    fileprivate func foothold(of geometry: Geometry) -> Foothold? {
        guard let found = try? foothold(ofOutline: geometry.outline, limitMeters: 200).get() else { return nil }
        let offsetMeters = (found.offsetMeters * 1000).rounded() / 1000
        return Foothold(edge: found.edge, share: found.share, offsetMeters: offsetMeters)
    }
}

extension Geometry {
    /// The rings of areas, and points as rings of one position.
    fileprivate var outline: [[LonLat]] {
        switch self {
        case .point(let point): point.position.map { [[$0]] } ?? []
        case .polygon(let polygon): polygon.rings.map(\.positions)
        case .multiPolygon(let polygons): polygons.flatMap { $0.rings.map(\.positions) }
        default: []
        }
    }
}

/// The same numbers in every run (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return word ^ word >> 31
    }
}
