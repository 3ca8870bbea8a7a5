import GRDBSQLite
import Spatial

/// Turns rows of `SELECT fid, geom, <columns>` into features.
struct RowDecoder {
    private let columnCount: Int
    private let attributesColumn: Int?
    private let booleanColumns: [Int]
    private var keys: [String]
    private var cursor: KeyCursor
    private let concealment: Concealment?
    /// By key, as far as they were met: whether it may be told.
    private var isOpen: [Bool] = []

    /// Columns that were asked for; `nil` for all.
    private let asked: Set<String>?

    /// Makes a decoder for rows with those columns behind fid and geometry.
    ///
    /// - Parameters:
    ///   - layer: whose rows they are.
    ///   - columns: what stands in them.
    ///   - concealment: what of them may be told; that it is judged by more
    ///     columns than were asked for is not told.
    ///   - asked: the columns that were asked for; `nil` for all.
    init(layer: Layer, columns: [String], concealment: Concealment? = nil, asked: Set<String>? = nil) {
        self.concealment = concealment
        self.asked = asked
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
        if let concealment { conceal(from: first, in: &batch, concealment) }
        batch.records.append(
            FeatureBatch.Record(
                position: .record(Int(row.integer(0))), geometry: wkb, box: box, fields: first..<batch.fields.count))
    }

    /// Takes out of the last row what may not be told.
    private mutating func conceal(from first: Int, in batch: inout FeatureBatch, _ concealment: Concealment) {
        while isOpen.count < batch.keys.count { isOpen.append(concealment.isOpen(batch.keys[isOpen.count])) }
        var kept = first
        let enterprises = enterprises(of: batch.fields[first...], in: batch)
        var hidden: [String] = []
        for index in first..<batch.fields.count {
            let field = batch.fields[index]
            let column = batch.keys[field.key]
            guard isOpen[field.key], !concealment.isOfFew(column, enterprises: enterprises) else {
                if field.value != .null, asked?.contains(column) ?? true {
                    concealment.disclosure.tell(leftOut: column, of: concealment.layer)
                }
                hidden += batch.attribute(field.value).keyTexts
                continue
            }
            guard let value = told(field.value, of: column, in: &batch, concealment) else { continue }
            batch.fields[kept] = FeatureBatch.Field(key: field.key, value: value)
            kept += 1
        }
        batch.fields.removeSubrange(kept...)
        concealRef(from: first, ifOneOf: hidden, in: &batch, concealment)
    }

    /// Takes out of the last row the ref, where it holds what is hidden.
    private func concealRef(
        from first: Int, ifOneOf hidden: [String], in batch: inout FeatureBatch, _ concealment: Concealment
    ) {
        guard !hidden.isEmpty, let index = batch.fields[first...].firstIndex(where: { batch.keys[$0.key] == "ref" }),
            case .text(let range) = batch.fields[index].value, RefSecrets.holds(batch.string(range), oneOf: hidden)
        else { return }
        concealment.disclosure.tell(leftOut: "ref", of: concealment.layer)
        batch.fields.remove(at: index)
    }

    /// How many enterprises a row's totals are of; `nil` where it does not say.
    private func enterprises(of fields: ArraySlice<FeatureBatch.Field>, in batch: FeatureBatch) -> Double? {
        fields.first { batch.keys[$0.key] == RegisterTotals.count }.flatMap { batch.attribute($0.value).enterprises }
    }

    /// A value as it may be told; `nil` for none at all.
    private func told(
        _ value: FieldValue, of column: String, in batch: inout FeatureBatch, _ concealment: Concealment
    ) -> FieldValue? {
        switch value {
        case .null, .boolean: return value
        case .integer(let number): return concealment.isOpen(number, of: column) ? value : nil
        case .real(let number):
            return Int64(exactly: number).map { concealment.isOpen($0, of: column) } ?? true ? value : nil
        case .text(let range):
            let text = batch.string(range)
            guard let told = concealment.told(text, of: column) else { return nil }
            return told == text ? value : .text(batch.store(told))
        case .json(let range):
            return concealment.told(json: batch.string(range), of: column).map { .json(batch.store($0)) }
        }
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
