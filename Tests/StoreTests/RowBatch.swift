import Spatial
import Store

/// Rows for `LayerWriter`, told by the names of their columns.
struct RowBatch {
    var batch = FeatureBatch()

    /// - Parameter columns: those of the writer.
    init(columns: [String]) { batch.keys = columns }

    mutating func add(_ ref: String, _ geometry: Geometry?, _ attributes: [(key: String, value: Attribute)] = []) {
        batch.append(
            Feature(geometry: geometry, attributes: [("ref", .text(ref))] + attributes),
            position: .record(batch.records.count + 1))
    }
}

extension AtlasFile {
    /// Writes rows into a layer in one change.
    @discardableResult
    static func write(
        _ path: String, _ layer: Layer = .building, sync: Bool = false, _ fill: (inout RowBatch) -> Void
    ) throws -> (counts: ImportCounts, collisions: [RefCollision]) {
        try change(path: path) { change in
            let writer = try change.writer(for: layer)
            var rows = RowBatch(columns: writer.columns)
            fill(&rows)
            let collisions = try writer.write(rows.batch)
            if sync { try writer.endUnseen(at: "2026-01-01T00:00:00Z", where: []) }
            return ((writer.counts, collisions), .commit)
        }
    }
}

extension Geometry {
    /// A square around a position, in degrees.
    static func square(_ x: Double, _ y: Double, side: Double = 0.001) -> Geometry {
        let half = side / 2
        let ring = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
        return .polygon(Polygon(LineString(ring.map { LonLat(x + $0.0, y + $0.1) })))
    }
}
