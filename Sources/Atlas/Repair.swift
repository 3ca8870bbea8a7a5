public import Messages
import Spatial
public import Store

/// Mends the invalid geometries of an atlas in one transaction.
///
/// - Parameters:
///   - path: the atlas.
///   - layers: where to look.
/// - Returns: what changed, and the records that cannot be mended.
/// - Throws: `Failure`; the atlas is then as it was.
public func repairAtlas(
    _ path: String, layers: [Layer] = Layer.all
) throws -> (
    mended: [(feature: StoredFeature, note: RepairNote)], beyondRepair: [(feature: StoredFeature, reason: Text)]
) {
    try GEOSLibrary.open()
    _ = try AtlasFile(path: path, for: .reading)
    return try AtlasFile.change(path: path) { change in
        var mended: [(feature: StoredFeature, note: RepairNote)] = []
        var beyond: [(feature: StoredFeature, reason: Text)] = []
        for layer in layers {
            try forEachFeature(of: layer, in: change) { feature in
                switch feature.wkb.withUnsafeBytes({ $0.isEmpty ? .valid : try? Validity(wkb: $0) }) {
                case .valid?: break
                case .invalid(let reason, _)?:
                    guard let geometry = feature.geometry, let repair = try? geometry.repaired(by: .structure),
                        !repair.geometry.isEmpty, layer.accepts(repair.geometry.type)
                    else { return beyond.append((feature, .cannotRepair(reason.text))) }
                    let note = RepairNote(
                        ref: feature.ref, reason: reason.text, areaBeforeSquareMeters: geometry.areaSquareMeters,
                        areaAfterSquareMeters: repair.geometry.areaSquareMeters)
                    try change.setGeometry(of: feature, to: repair.geometry)
                    mended.append((feature, note))
                case nil: beyond.append((feature, .damagedGeometry))
                }
            }
        }
        for (layer, notes) in Dictionary(grouping: mended, by: { $0.feature.layer.name }).sorted(by: { $0.key < $1.key }
        ) {
            guard let layer = Layer.named(layer) else { continue }
            let source = try change.beginSource(layer: layer, file: "louyu repair")
            try change.keep([], repairs: notes.map(\.note), of: layer, source: source)
        }
        return ((mended, beyond), mended.isEmpty ? .rollBack : .commit)
    }
}

/// Shows the records of a layer by fid, some thousand at a time: rows may be
/// changed on the way.
private func forEachFeature(
    of layer: Layer, in change: AtlasChange, _ body: (StoredFeature) throws -> Void
) throws {
    let last = try change.highestFid(of: layer)
    var query = FeatureQuery(layer)
    query.limit = 1024
    var first = Int64.min
    while first <= last {
        query.condition = .fid(in: first...last)
        let page = try change.features(query)
        for feature in page { try body(feature) }
        guard let end = page.last?.fid, end < last else { return }
        first = end + 1
    }
}
