public import Messages
public import Spatial
public import Store

/// Something in an atlas that is not as it should be.
public struct Finding: Sendable {
    /// What sort of thing.
    public enum Kind: String, Sendable, CaseIterable {
        /// The geometry is invalid.
        case invalid
        /// Two areas of one level cover the same ground.
        case overlap
        /// Ground between areas of one level belongs to none.
        case gap
        /// Two records have the same geometry, name and, where there are any,
        /// level and kind.
        case duplicate
        /// A record has no geometry, or lies in no boundary.
        case unlocated
    }

    /// What sort of thing.
    public let kind: Kind
    /// The layer.
    public let layer: Layer
    /// The record; of a pair the one with the lower ref; `nil` for a gap.
    public let ref: String?
    /// What is wrong.
    public let reason: Text
    /// Where.
    public let position: LonLat?
    /// The command that mends it, where one does.
    public let repair: String?
}

extension Atlas {
    /// Everything that is not as it should be: invalid geometry, gaps and
    /// overlaps between boundaries of one level, duplicates, and records that
    /// lie nowhere.
    ///
    /// - Parameter layers: where to look.
    /// - Returns: nothing where the atlas is healthy; else by layer, kind and ref.
    /// - Throws: `Failure`.
    public func check(_ layers: [Layer] = Layer.all) throws(Failure) -> [Finding] {
        try GEOSLibrary.open()
        return try file.snapshot { try findings(in: layers) }
    }

    private func findings(in layers: [Layer]) throws(Failure) -> [Finding] {
        let boundaries = try file.features(FeatureQuery(.boundary))
        var findings: [Finding] = []
        for layer in layers {
            var inspection = Inspection(layer: layer, boundaries: boundaries)
            try file.forEachBatch(FeatureQuery(layer), told: true) { inspection.inspect($0) }
            findings += inspection.findings
            if layer == .boundary { findings += CoverageCheck.findings(boundaries) }
        }
        return findings.sorted {
            (Layer.all.firstIndex(of: $0.layer) ?? 0, $0.kind.rawValue, $0.ref ?? "")
                < (Layer.all.firstIndex(of: $1.layer) ?? 0, $1.kind.rawValue, $1.ref ?? "")
        }
    }
}

/// Looks at the records of one layer, one after the other.
private struct Inspection {
    let layer: Layer
    /// `nil` where there are none, so that nothing is outside of them.
    private let boundaries: BoundaryIndex?
    private(set) var findings: [Finding] = []
    private var seen: [UInt64: String] = [:]

    init(layer: Layer, boundaries: [StoredFeature]) {
        self.layer = layer
        self.boundaries = boundaries.isEmpty ? nil : BoundaryIndex(boundaries)
    }

    mutating func inspect(_ batch: FeatureBatch) {
        batch.bytes.withUnsafeBytes { bytes in
            for record in batch.records { inspect(record, batch, bytes) }
        }
    }

    private mutating func inspect(
        _ record: FeatureBatch.Record, _ batch: FeatureBatch, _ bytes: UnsafeRawBufferPointer
    ) {
        let wkb = UnsafeRawBufferPointer(rebasing: bytes[record.geometry])
        guard !wkb.isEmpty else { return report(.unlocated, record, batch, .noGeometry, at: nil, repair: nil) }
        let position = (try? Geometry.representativePoint(wkb: wkb)) ?? nil
        switch try? Validity(wkb: wkb) {
        case .valid?: break
        case .invalid(let reason, let place)?:
            report(
                .invalid, record, batch, reason.text, at: place ?? position,
                repair: "louyu repair --layer \(layer.name)")
        case nil: report(.invalid, record, batch, .damagedGeometry, at: nil, repair: nil)
        }
        if layer == .building || layer == .station, let boundaries, let position,
            boundaries.first(holding: position) == nil
        {
            report(.unlocated, record, batch, .inNoBoundaryReason, at: position, repair: nil)
        }
        var hash = ContentHash64()
        hash.combine(wkb)
        for field in batch.fields[record.fields] where Self.telling.contains(batch.keys[field.key]) {
            hash.combine(word: UInt64(field.key))
            if case .text(let range) = field.value { hash.combine(UnsafeRawBufferPointer(rebasing: bytes[range])) }
        }
        let ref = self.ref(record, batch)
        if let other = seen[hash.value] {
            report(.duplicate, record, batch, .sameAs(other), at: position, repair: nil)
        } else {
            seen[hash.value] = ref
        }
    }

    /// What tells records of one shape apart: a province may have the outline
    /// and the name of its only city, two counters may share a room.
    private static let telling: Set = ["name", "level", "kind"]

    private mutating func report(
        _ kind: Finding.Kind, _ record: FeatureBatch.Record, _ batch: FeatureBatch, _ reason: Text,
        at position: LonLat?,
        repair: String?
    ) {
        findings.append(
            Finding(
                kind: kind, layer: layer, ref: ref(record, batch), reason: reason, position: position, repair: repair))
    }

    private func ref(_ record: FeatureBatch.Record, _ batch: FeatureBatch) -> String {
        if let first = batch.fields[record.fields].first, batch.keys[first.key] == "ref",
            case .text(let range) = first.value
        {
            return batch.string(range)
        }
        if case .record(let fid) = record.position { return "\(layer.name)/\(fid)" }
        return layer.name
    }
}

/// Gaps and overlaps between the areas of one level.
enum CoverageCheck {
    /// Overlaps and gaps below so many square metres are the rounding of coordinates.
    private static let negligibleSquareMeters = 1.0

    /// All gaps and overlaps of all levels.
    static func findings(_ boundaries: [StoredFeature]) -> [Finding] {
        var findings: [Finding] = []
        for level in BoundaryLevel.allCases {
            let areas = boundaries.filter { $0.level == level }.sorted { $0.ref < $1.ref }
            findings += overlaps(areas) + gaps(areas, level)
        }
        return findings
    }

    private static func overlaps(_ areas: [StoredFeature]) -> [Finding] {
        let outlines = areas.map { $0.geometry?.sound }
        let boxes = outlines.map { $0?.box ?? .empty }
        let tree = PackedHilbertTree(boxes)
        var findings: [Finding] = []
        for (index, area) in areas.enumerated() {
            guard let outline = outlines[index] else { continue }
            for other in tree.indices(intersecting: boxes[index]).sorted() where other > index {
                guard let second = outlines[other], let shared = try? outline.intersection(second),
                    shared.areaSquareMeters > negligibleSquareMeters
                else { continue }
                findings.append(
                    Finding(
                        kind: .overlap, layer: .boundary, ref: area.ref,
                        reason: .overlaps(areas[other].name ?? areas[other].ref, shared.areaSquareMeters),
                        position: shared.representativePoint, repair: nil))
            }
        }
        return findings
    }

    private static func gaps(_ areas: [StoredFeature], _ level: BoundaryLevel) -> [Finding] {
        let outlines = areas.compactMap { $0.geometry?.sound }
        guard outlines.count > 1, let whole = try? Geometry.collection(outlines).dissolved() else { return [] }
        let polygons: [Polygon] =
            switch whole {
            case .polygon(let polygon): [polygon]
            case .multiPolygon(let polygons): polygons
            default: []
            }
        return polygons.flatMap(\.holes).map { Geometry.polygon(Polygon($0)) }
            .filter { $0.areaSquareMeters > negligibleSquareMeters }
            .map { gap in
                Finding(
                    kind: .gap, layer: .boundary, ref: nil, reason: .gapBetween(level.title, gap.areaSquareMeters),
                    position: gap.representativePoint, repair: nil)
            }
    }
}
