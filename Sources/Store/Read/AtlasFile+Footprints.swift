import GRDB
public import Messages
public import Spatial

/// The outlines of a layer in one flat buffer.
public struct Footprints: Sendable {
    /// The row number of each outline.
    public let fids: [Int64]
    /// The outlines.
    public let buffer: FootprintBuffer
}

extension AtlasFile {
    /// All outlines of a layer, rows that have ended left out, by fid.
    ///
    /// - Throws: `Failure`.
    /// - Complexity: O(bytes); all outlines are in memory at once.
    public func footprints(of layer: Layer) throws(Failure) -> Footprints {
        try ask { db in
            let rows = try RawStatement(
                db, "SELECT fid, geom FROM \"\(layer.name)\" WHERE ended_at IS NULL ORDER BY fid")
            // The count is the file's own claim; a row takes thirty bytes at least.
            let size =
                try RawStatement.integers(db, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
                .first ?? 0
            let claimed =
                try RawStatement.integers(
                    db, "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = '\(layer.name)'"
                ).first ?? 0
            let expected = Int(max(0, min(claimed, size / 30)))
            var fids: [Int64] = []
            var bytes: [UInt8] = []
            var ranges: [Range<Int>] = []
            var boxes: [BoundingBox] = []
            fids.reserveCapacity(expected)
            ranges.reserveCapacity(expected)
            boxes.reserveCapacity(expected)
            bytes.reserveCapacity(min(expected * 140, Int(size)))
            while try rows.step() {
                guard let geometry = RowDecoder.geometry(rows) else { continue }
                fids.append(rows.integer(0))
                let start = bytes.count
                bytes.append(contentsOf: geometry.wkb)
                ranges.append(start..<bytes.count)
                boxes.append(geometry.box)
            }
            return Footprints(fids: fids, buffer: FootprintBuffer(bytes: bytes, ranges: ranges, boxes: boxes))
        }
    }
}
