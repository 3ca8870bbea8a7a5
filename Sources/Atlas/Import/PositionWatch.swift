import Messages
import Spatial
import Store

/// Watches where an import lands, and tells when that looks wrong: axes
/// swapped, metres for degrees, or some hundred metres beside what the atlas
/// holds already, as data of a Chinese web map would.
struct PositionWatch {
    /// The box of the coordinates as they stand in the source.
    private(set) var sourceBox = BoundingBox.empty

    private var landmarks: [Landmark] = []
    private var extent = BoundingBox.empty
    private static let mostLandmarks = 5000

    /// A thing that can be known again: a name, and the box around it.
    private struct Landmark {
        let name: String?
        let box: BoundingBox
    }

    /// Looks at records that are about to be stored.
    mutating func see(_ prepared: PreparedBatch) {
        sourceBox.add(prepared.sourceBox)
        let batch = prepared.records
        let name = batch.keys.firstIndex(of: "name")
        for record in batch.records {
            extent.add(record.box)
            guard landmarks.count < Self.mostLandmarks else { continue }
            var text: String?
            for field in batch.fields[record.fields] where field.key == name {
                if case .text(let range) = field.value { text = batch.string(range) }
            }
            landmarks.append(Landmark(name: text, box: record.box))
        }
    }

    /// What looks wrong, and what to type instead: coordinates that were
    /// taken for what was declared and went to a layer whose highest fid was
    /// `rowsBefore`.
    func suspicions(
        declared: CoordinateDeclaration, layer: Layer, rowsBefore: Int64, change: AtlasChange
    ) throws -> [Text] {
        let existing = try change.extent(layers: Layer.all, besides: layer, rowsBefore: rowsBefore)
        if let suspicion = CoordinateSuspicion(box: sourceBox, declared: declared, existing: existing) {
            return [suspicion.text.then(suspicion.hint)]
        }
        let matches = try matches(layer: layer, rowsBefore: rowsBefore, change: change)
        guard let suspicion = DatumSuspicion(declared: declared.crs, matches: matches) else { return [] }
        return [suspicion.text.then(suspicion.hint)]
    }

    /// Things of the import that the atlas holds too: those of one name, areas
    /// whose parts are there, outlines of one size.
    private func matches(layer: Layer, rowsBefore: Int64, change: AtlasChange) throws -> [DatumSuspicion.Match] {
        guard rowsBefore > 0, !extent.isEmpty else { return [] }
        var query = FeatureQuery(
            layer, box: SearchBoxes(around: extent, withinMeters: 2000).first,
            condition: .fid(in: Int64.min...rowsBefore))
        query.limit = 20_000
        let existing = try change.features(query)
        var boxes: [String: BoundingBox] = [:]
        var isAmbiguous: Set<String> = []
        for feature in existing {
            guard let name = feature.name, let box = feature.geometry?.box else { continue }
            if boxes.updateValue(box, forKey: name) != nil { isAmbiguous.insert(name) }
        }
        for (name, box) in Self.wholes(of: existing) where boxes[name] == nil { boxes[name] = box }
        var seen: Set<String> = []
        var matches: [DatumSuspicion.Match] = []
        for landmark in landmarks {
            guard let name = landmark.name, !isAmbiguous.contains(name), let box = boxes[name],
                seen.insert(name).inserted
            else { continue }
            matches.append(DatumSuspicion.Match(imported: landmark.box.center, existing: box.center))
        }
        guard matches.isEmpty else { return matches }
        return DatumSuspicion.matches(
            imported: landmarks.map(\.box), existing: existing.map { $0.geometry?.box ?? .empty })
    }

    /// Areas that the atlas knows only by their parts: the boxes of all
    /// boundaries that name one area as the one above them.
    private static func wholes(of boundaries: [StoredFeature]) -> [String: BoundingBox] {
        var wholes: [String: BoundingBox] = [:]
        for boundary in boundaries where boundary.layer == .boundary {
            guard let level = boundary.level, let box = boundary.geometry?.box else { continue }
            for (fields, chainLevel) in FieldAliases.chain where chainLevel != level.rawValue {
                guard let name = fields.lazy.compactMap({ boundary.text($0) }).first else { continue }
                wholes[name, default: .empty].add(box)
            }
        }
        return wholes
    }
}

extension Text {
    /// What is wrong, then what to do.
    fileprivate func then(_ hint: Text) -> Text { Text(zh: "\(zh)；\(hint.zh)", en: "\(en); \(hint.en)") }
}
