public import Foundation
public import Messages
import Spatial
public import Store

/// What became of a record between two times.
public struct DiffEntry: Sendable {
    /// What happened to it; of several things the first of these.
    public enum Kind: String, Sendable, CaseIterable {
        /// It is new, or there again.
        case came
        /// It has ended or is gone.
        case went
        /// It has another name.
        case renamed
        /// Its geometry is another.
        case moved
        /// Other columns are other.
        case changed
    }

    /// What happened, the most telling first.
    public let kinds: [Kind]
    /// The record: as it is after, or as it was where it went.
    public let feature: StoredFeature
    /// Where it stood before and stands after, as far as it was there.
    fileprivate let positions: [LonLat]
    /// What differs, by column.
    public let cells: [RecordEvent.Cell]
    /// How far the middle moved, in metres; `nil` where the geometry is the same.
    public let movedMeters: Double?
    /// The area of the outline before and after, in square metres; `nil`
    /// where the geometry is the same or has no area.
    public let areasSquareMeters: (before: Double, after: Double)?

    init?(_ difference: RecordDifference) {
        guard let feature = difference.after ?? difference.before else { return nil }
        self.feature = feature
        positions = [difference.before, difference.after].compactMap { $0?.position }
        cells = difference.cells
        guard let before = difference.before, let after = difference.after else {
            kinds = difference.after == nil ? [.went] : [.came]
            (movedMeters, areasSquareMeters) = (nil, nil)
            return
        }
        let isRenamed = cells.contains { $0.name == "name" }
        var kinds: [Kind] = isRenamed ? [.renamed] : []
        if difference.isGeometryOther {
            kinds.append(.moved)
            movedMeters = GeometryChange.movedMeters(before.wkb, after.wkb)
            areasSquareMeters = GeometryChange.areas(before.wkb, after.wkb)
        } else {
            (movedMeters, areasSquareMeters) = (nil, nil)
        }
        if cells.count > (isRenamed ? 1 : 0) { kinds.append(.changed) }
        self.kinds = kinds
    }
}

extension Atlas {
    /// What differs between two times, layer by layer, by fid.
    ///
    /// A change belongs to the time after it. What was taken back counts as
    /// never done; edits of other programs are not told, as nobody knows when
    /// they were made.
    ///
    /// - Parameters:
    ///   - from: the earlier time.
    ///   - to: the later time; `nil` is now.
    ///   - layers: where to look.
    ///   - areas: boundaries and zones of which one must hold the record at one
    ///     of both times, so that what moves out is told too.
    /// - Returns: what differs.
    /// - Throws: `Failure`.
    /// - Complexity: O(rows that changed since `from`).
    public func diff(
        from: Date, to: Date? = nil, in layers: [Layer] = Layer.all, areas: [StoredFeature] = []
    ) throws(Failure) -> [DiffEntry] {
        try file.snapshot {
            try layers.flatMap { layer in
                try file.differences(in: layer, from: ChangeTime.text(from), to: to.map(ChangeTime.text))
            }.compactMap(DiffEntry.init).inside(areas)
        }
    }

    /// What differs between this atlas and a later one, records matched by
    /// layer and ref, layer by layer, by ref.
    ///
    /// - Throws: `Failure`.
    /// - Complexity: reads both atlases once.
    public func diff(
        to later: Atlas, in layers: [Layer] = Layer.all, areas: [StoredFeature] = []
    ) throws(Failure) -> [DiffEntry] {
        try file.snapshot {
            try later.file.snapshot {
                try layers.flatMap { try file.differences(in: $0, to: later.file) }.compactMap(DiffEntry.init)
                    .inside(areas)
            }
        }
    }
}

extension [DiffEntry] {
    /// Those that one of the areas holds by a point on their surface, before or after.
    fileprivate func inside(_ areas: [StoredFeature]) -> [DiffEntry] {
        guard !areas.isEmpty else { return self }
        let outlines = areas.compactMap(\.geometry)
        return filter { entry in
            entry.positions.contains { position in outlines.contains { $0.covers(position) } }
        }
    }
}

/// How far geometries are from each other.
enum GeometryChange {
    /// From middle to middle, in metres; `nil` where one of both is missing.
    static func movedMeters(_ before: [UInt8], _ after: [UInt8]) -> Double? {
        guard let old = middle(before), let new = middle(after) else { return nil }
        return Geodesic.distanceMeters(old, new)
    }

    /// The areas in square metres; `nil` where neither has one.
    static func areas(_ before: [UInt8], _ after: [UInt8]) -> (before: Double, after: Double)? {
        let old = (try? Geometry(wkb: before))?.areaSquareMeters ?? 0
        let new = (try? Geometry(wkb: after))?.areaSquareMeters ?? 0
        return old > 0 || new > 0 ? (old, new) : nil
    }

    private static func middle(_ wkb: [UInt8]) -> LonLat? {
        guard !wkb.isEmpty, let box = try? Geometry(wkb: wkb).box, !box.isEmpty else { return nil }
        return box.center
    }
}

extension RecordEvent {
    /// How far the geometry's middle moved, in metres; `nil` where it did not
    /// change, or there was none before or after.
    public var movedMeters: Double? { geometry.flatMap { GeometryChange.movedMeters($0.before, $0.after) } }

    /// The area of the outline before and after, in square metres; `nil`
    /// where the geometry did not change or has no area.
    public var areasSquareMeters: (before: Double, after: Double)? {
        geometry.flatMap { GeometryChange.areas($0.before, $0.after) }
    }
}
