import Messages
import Spatial

/// Which files the features that were set aside belong to.
struct ShapeKinds {
    /// The kinds of shapes that there are, the most frequent first; points
    /// where there is no shape at all.
    private(set) var families: [ShapeFamily]
    /// Whether some record holds several points.
    private(set) var hasSeveralPoints = false

    /// The families of every feature as bits.
    private var marks: [UInt8] = []

    /// - Throws: `Failure`: `.inputOutput`, `.software`.
    init(_ spool: FeatureSpool) throws(Failure) {
        families = []
        var counts = [0, 0, 0]
        for (index, entry) in spool.entries.enumerated() {
            var mark: UInt8 = 0
            for family in try Self.families(of: entry, index, spool) {
                mark |= 1 << UInt8(family.rawValue)
                counts[family.rawValue] += 1
            }
            if entry.type == .multiPoint || entry.type == .collection && mark & 1 != 0 { hasSeveralPoints = true }
            marks.append(mark)
        }
        families = ShapeFamily.allCases.filter { counts[$0.rawValue] > 0 }
            .sorted { (counts[$1.rawValue], $0.rawValue) < (counts[$0.rawValue], $1.rawValue) }
        if families.isEmpty {
            families = [spool.entries.lazy.compactMap(\.type).compactMap(ShapeFamily.init).first ?? .points]
        }
    }

    /// Whether a feature has a record in the file of a family.
    func holds(_ index: Int, _ family: ShapeFamily, isFirst: Bool) -> Bool {
        marks[index] & 1 << UInt8(family.rawValue) != 0 || isFirst && marks[index] == 0
    }

    private static func families(
        of entry: FeatureSpool.Entry, _ index: Int, _ spool: FeatureSpool
    ) throws(Failure) -> [ShapeFamily] {
        guard let type = entry.type, !entry.box.isEmpty else { return [] }
        if let family = ShapeFamily(type) { return [family] }
        let batch = try spool.feature(index)
        guard let record = batch.records.first else { return [] }
        do { return ShapeContent(try Geometry(wkb: batch.bytes[record.geometry])).families } catch {
            throw Failure(.software, .damagedGeometry)
        }
    }
}
