public import Messages
import Spatial
public import Store

/// Mends the invalid geometries of an atlas in one transaction.
///
/// Where there is nothing to mend the file stays as it is, byte by byte.
///
/// - Parameters:
///   - path: the atlas.
///   - layers: where to look.
/// - Returns: what changed, and the records that cannot be mended.
/// - Throws: `Failure`; the atlas is then as it was.
/// - Complexity: one pass over the rows; memory grows with the invalid ones only.
public func repairAtlas(
    _ path: String, layers: [Layer] = Layer.all
) throws -> (
    mended: [(feature: StoredFeature, note: RepairNote)], beyondRepair: [(feature: StoredFeature, reason: Text)]
) {
    try GEOSLibrary.open()
    let atlas = try Atlas(path: path)
    var suspects: [StoredFeature] = []
    for layer in layers {
        let fids = try atlas.file.invalidFids(of: layer)
        suspects += try atlas.places(layer, fids: fids).values.sorted { $0.fid < $1.fid }
    }
    let diagnoses = suspects.map { ($0, Diagnosis(of: $0)) }
    guard diagnoses.contains(where: { $0.1.isCurable }) else {
        return ([], diagnoses.compactMap { feature, diagnosis in diagnosis.incurable.map { (feature, $0) } })
    }
    return try AtlasFile.change(path: path) { change in
        change.describe(as: .repair)
        var mended: [(feature: StoredFeature, note: RepairNote)] = []
        var beyond: [(feature: StoredFeature, reason: Text)] = []
        for suspect in suspects {
            guard let feature = try change.feature(suspect.layer, fid: suspect.fid) else { continue }
            switch Diagnosis(of: feature) {
            case .sound: continue
            case .incurable(let reason): beyond.append((feature, reason))
            case .curable(let geometry, let note):
                try change.setGeometry(of: feature, to: geometry)
                mended.append((feature, note))
            }
        }
        for layer in layers {
            let notes = mended.filter { $0.feature.layer == layer }.map(\.note)
            guard !notes.isEmpty else { continue }
            let source = try change.beginSource(layer: layer, file: "louyu repair")
            try change.keep([], repairs: notes, of: layer, source: source)
        }
        return ((mended, beyond), mended.isEmpty ? .rollBack : .commit)
    }
}

/// What can be done about the geometry of a record.
private enum Diagnosis {
    case sound
    case curable(Geometry, RepairNote)
    case incurable(Text)

    init(of feature: StoredFeature) {
        switch feature.wkb.withUnsafeBytes({ $0.isEmpty ? .valid : try? Validity(wkb: $0) }) {
        case .valid?: self = .sound
        case nil: self = .incurable(.damagedGeometry)
        case .invalid(let reason, _)?:
            guard let geometry = feature.geometry, let repair = try? geometry.repaired(by: .structure),
                !repair.geometry.isEmpty, feature.layer.accepts(repair.geometry.type)
            else {
                self = .incurable(.cannotRepair(reason.text))
                return
            }
            self = .curable(
                repair.geometry,
                RepairNote(
                    ref: feature.ref, reason: reason.text, areaBeforeSquareMeters: geometry.areaSquareMeters,
                    areaAfterSquareMeters: repair.geometry.areaSquareMeters))
        }
    }

    var isCurable: Bool { if case .curable = self { true } else { false } }

    /// Why nothing can be done; `nil` where something can.
    var incurable: Text? { if case .incurable(let reason) = self { reason } else { nil } }
}

extension AtlasFile {
    /// The rows of a layer whose geometry is invalid or no geometry at all.
    fileprivate func invalidFids(of layer: Layer) throws(Failure) -> Set<Int64> {
        var fids: Set<Int64> = []
        try forEachBatch(FeatureQuery(layer)) { batch in
            batch.bytes.withUnsafeBytes { bytes in
                for record in batch.records where !record.geometry.isEmpty {
                    let validity = try? Validity(wkb: UnsafeRawBufferPointer(rebasing: bytes[record.geometry]))
                    if case .valid? = validity { continue }
                    if case .record(let fid) = record.position { fids.insert(Int64(fid)) }
                }
            }
        }
        return fids
    }
}
