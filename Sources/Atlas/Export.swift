public import Messages
public import Spatial
public import Store

extension Atlas {
    /// Streams the rows of a layer that a filter lets through to a writer,
    /// `attributes` flattened, the ref as the feature's id.
    ///
    /// - Parameters:
    ///   - layer: the layer.
    ///   - filter: which of its rows.
    ///   - transform: brings the rows into the CRS to write in; `nil` is WGS 84.
    ///   - writer: takes the rows; it is finished here.
    ///   - progress: called with the rows so far; returns `false` to break off.
    /// - Returns: how many rows were written, and how many of them without
    ///   their geometry, because a position has no image in the CRS.
    /// - Throws: `Failure`, or what the writer throws.
    /// - Complexity: memory does not grow with the layer.
    public func export(
        _ layer: Layer, filter: RecordFilter = RecordFilter(), through transform: CoordinateTransform? = nil,
        to writer: any FeatureWriter, progress: (Int) -> Bool = { _ in true }
    ) throws -> (rows: Int, withoutImage: Int) {
        var (count, withoutImage) = (0, 0)
        try forEachBatch(layer, filter) { stored in
            var batch = stored
            for index in batch.records.indices {
                if let ref = batch.fields[batch.records[index].fields].first, ref.key == 0 {
                    batch.records[index].id = ref.value
                }
            }
            if let transform {
                for index in transform.transform(&batch, .fromWGS84) {
                    withoutImage += 1
                    batch.records[index].geometry = 0..<0
                    batch.records[index].box = .empty
                }
            }
            count += batch.records.count
            try writer.write(batch)
            guard progress(count) else { throw Failure(.interrupted, .interrupted) }
        }
        try writer.finish()
        return (count, withoutImage)
    }

    /// The names of all columns and attributes of a layer, in the order of
    /// their first appearance: the columns of a CSV.
    ///
    /// - Throws: `Failure`.
    public func exportColumns(_ layer: Layer, filter: RecordFilter = RecordFilter()) throws(Failure) -> [String] {
        try file.snapshot { () throws(Failure) in
            var names: [String] = []
            try file.forEachBatch(try query(layer, filter)) { batch in names = batch.keys }
            let columns = names.isEmpty ? try file.columns(of: layer) : names
            let untold = try file.numberColumns(of: layer)
            return columns.filter { $0 != "attributes" && isPublic($0, in: layer) && !untold.contains($0) }
        }
    }

    /// Streams the rows that a filter lets through as they may be told, from one state of the atlas.
    func forEachBatch(
        _ layer: Layer, _ filter: RecordFilter, _ body: (FeatureBatch) throws -> Void
    ) throws(Failure) {
        try file.snapshot { try file.forEachBatch(try query(layer, filter), told: true, body) }
    }
}
