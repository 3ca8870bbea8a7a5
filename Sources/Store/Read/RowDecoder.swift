import GRDBSQLite
import Spatial

/// Turns rows of `SELECT fid, geom, <columns>` into features.
struct RowDecoder {
    private let columnCount: Int
    private let attributesColumn: Int?
    private let booleanColumns: [Int]
    private var keys: [String]
    private var cursor: KeyCursor

    /// Makes a decoder for rows with those columns behind fid and geometry.
    init(layer: Layer, columns: [String]) {
        columnCount = columns.count
        cursor = KeyCursor(columnCount: columns.count)
        attributesColumn = columns.firstIndex(of: "attributes")
        booleanColumns = layer.columns.filter { $0.kind == .boolean }.compactMap { columns.firstIndex(of: $0.name) }
        keys = columns
    }

    /// The box of the statement's geometry, and the WKB in it.
    static func geometry(_ row: borrowing RawStatement) -> (box: BoundingBox, wkb: UnsafeRawBufferPointer)? {
        let blob = row.bytes(1)
        guard let header = GeoPackageBinary(blob), !header.isEmpty else { return nil }
        return (GeoPackageBinary.box(blob), UnsafeRawBufferPointer(rebasing: blob[header.wkbOffset...]))
    }

    /// Appends the row to a batch that only this decoder fills.
    mutating func append(_ row: borrowing RawStatement, to batch: inout FeatureBatch) {
        batch.keys = keys
        defer { keys = batch.keys }
        let start = batch.bytes.count
        var box = BoundingBox.empty
        if let geometry = Self.geometry(row) {
            batch.bytes.append(contentsOf: geometry.wkb)
            box = geometry.box
        }
        let wkb = start..<batch.bytes.count
        let first = batch.fields.count
        cursor.rewind()
        for index in 0..<columnCount {
            let column = index + 2
            let value: FieldValue
            switch row.type(column) {
            case SQLITE_NULL: continue
            case SQLITE_INTEGER:
                value =
                    booleanColumns.contains(index) ? .boolean(row.integer(column) != 0) : .integer(row.integer(column))
            case SQLITE_FLOAT: value = .real(row.real(column))
            default:
                if index == attributesColumn {
                    batch.appendMembers(row.bytes(column), keyCursor: &cursor)
                    continue
                }
                let start = batch.bytes.count
                batch.bytes.append(contentsOf: row.bytes(column))
                value = .text(start..<batch.bytes.count)
            }
            batch.fields.append(FeatureBatch.Field(key: index, value: value))
        }
        batch.records.append(
            FeatureBatch.Record(
                position: .record(Int(row.integer(0))), geometry: wkb, box: box, fields: first..<batch.fields.count))
    }

    /// The row as a value.
    mutating func feature(_ row: borrowing RawStatement, layer: Layer) -> StoredFeature {
        var batch = FeatureBatch()
        append(row, to: &batch)
        let record = batch.records[0]
        return StoredFeature(
            layer: layer, fid: row.integer(0), wkb: Array(batch.bytes[record.geometry]),
            attributes: batch.fields[record.fields].map { (batch.keys[$0.key], batch.attribute($0.value)) })
    }
}
