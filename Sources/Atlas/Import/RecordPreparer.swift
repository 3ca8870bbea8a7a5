import Messages
import Spatial
import Store

/// What a batch became on its way into a layer.
struct PreparedBatch: Sendable {
    /// The layer.
    let layer: Layer
    /// Records with the layer's columns, in WGS 84, valid.
    var records: FeatureBatch
    /// Records that cannot be taken.
    var rejections: [Rejection]
    /// What was mended.
    var repairs: [RepairNote] = []
    /// Records mended.
    var repaired = 0
    /// The box of the coordinates as they stand in the source.
    var sourceBox = BoundingBox.empty
    /// Refs of records that cannot be taken, though the source still holds them.
    var rejectedRefs: [String] = []
    /// Boundaries whose level nobody told.
    var recordsWithoutLevel = 0
    /// Whether the refs are those of OpenStreetMap, the same in all its files.
    var isFromOSM = false
}

/// Turns a source's records into a layer's rows: coordinates to WGS 84,
/// geometry checked and mended, fields put where they belong, a ref for each.
///
/// Used by one thread.
final class RecordPreparer {
    private let layer: Layer
    private let options: ImportOptions
    private let transform: CoordinateTransform?
    private var mapping: FieldMapping
    private var contentRefs = ContentRefs()
    private let refColumns: [String]
    private let level: BoundaryLevel?
    private let columns: ColumnIndexes
    private let kinds: [Layer.Column.Kind?]
    private var identifiers = IdentifierKeys()
    private var recordsWithoutLevel = 0

    // Scratch, reused from record to record.
    private var slots: [FieldValue]
    private var ranks: [Int]
    private var origins: [FeatureBatch.Field?]
    private var attributes: [(name: String, value: FieldValue)] = []
    private var json: [UInt8] = []

    init(layer: Layer, columns names: [String], options: ImportOptions, transform: CoordinateTransform?) {
        self.layer = layer
        self.options = options
        self.transform = transform
        func name(_ column: String) -> String { layer.column(column)?.name ?? column }
        let setLevel = options.set.first { layer == .boundary && name($0.column) == "level" }
        mapping = FieldMapping(
            layer: layer, columns: names, map: options.map.filter { name($0.column) != "ref" },
            set: options.set.filter { layer != .boundary || name($0.column) != "level" })
        refColumns = options.refFields(of: layer)
        level = layer == .boundary ? options.level ?? setLevel.flatMap { BoundaryLevel($0.value) } : nil
        columns = ColumnIndexes(names)
        kinds = names.map { layer.column($0)?.kind }
        slots = Array(repeating: .null, count: names.count)
        ranks = Array(repeating: Int.max, count: names.count)
        origins = Array(repeating: nil, count: names.count)
    }

    /// Prepares a batch.
    ///
    /// - Throws: `Failure` where the user wants to stop at the first invalid record.
    func prepare(_ source: consuming FeatureBatch) throws -> PreparedBatch {
        var batch = source
        var prepared = PreparedBatch(layer: layer, records: FeatureBatch(), rejections: batch.rejections)
        if options.onInvalid == .abort, let first = batch.rejections.first { throw stop(first.position, first.reason) }
        for record in batch.records where !record.box.isEmpty { prepared.sourceBox.add(record.box) }
        let failing = Set(transform?.transform(&batch, .toWGS84) ?? [])
        let records = batch.records
        batch.records = []
        var rows: [FeatureBatch.Field] = []
        rows.reserveCapacity(batch.fields.count + records.count * 2)
        var doctor = GeometryDoctor(layer: layer)
        for (index, record) in records.enumerated() {
            do throws(Rejected) {
                if !failing.isEmpty && failing.contains(index) { throw Rejected(.noImage) }
                let ref = try self.ref(of: record, in: batch)
                var row = try doctor.treat(record, in: &batch, onInvalid: options.onInvalid)
                if let note = doctor.note {
                    prepared.repaired += 1
                    prepared.repairs.append(
                        RepairNote(
                            ref: ref.text, reason: note.reason, areaBeforeSquareMeters: note.before,
                            areaAfterSquareMeters: note.after))
                }
                let first = rows.count
                fill(&rows, from: row, ref: ref, in: &batch)
                row.fields = first..<rows.count
                batch.records.append(row)
            } catch {
                if options.onInvalid == .abort { throw stop(record.position, error.reason) }
                if let ref = try? self.ref(of: record, in: batch) { prepared.rejectedRefs.append(ref.text) }
                prepared.rejections.append(
                    Rejection(
                        position: record.position, reason: error.reason, record: RecordText.json(of: record, in: batch))
                )
            }
        }
        batch.fields = rows
        batch.keys = mapping.columns
        batch.rejections = []
        prepared.records = batch
        prepared.recordsWithoutLevel = recordsWithoutLevel
        recordsWithoutLevel = 0
        return prepared
    }

    private func stop(_ position: SourcePosition, _ reason: Text) -> Failure {
        Failure(.unusableInput, .abortedAtInvalid(options.fileName, position.words, reason), hint: .useRepair)
    }

    // MARK: Refs

    /// A ref and the field it was taken from, which is then no attribute.
    private struct Ref {
        let text: String
        let key: Int?
    }

    private func ref(of record: FeatureBatch.Record, in batch: FeatureBatch) throws(Rejected) -> Ref {
        if !refColumns.isEmpty {
            var parts: [String] = []
            for column in refColumns {
                guard let part = text(ofRefColumn: column, record, batch), !part.isEmpty else {
                    throw Rejected(.noKey(column))
                }
                parts.append(part)
            }
            // An identifier is the ref and no attribute, named or not.
            let only = refColumns.count == 1 ? refColumns[0] : nil
            let identifier = only.flatMap {
                FieldAliases.identifiers.contains($0) ? batch.keys.firstIndex(of: $0) : nil
            }
            return Ref(text: parts.joined(separator: "/"), key: identifier)
        }
        if let id = text(record.id, batch), !id.isEmpty { return Ref(text: id, key: nil) }
        identifiers.update(batch.keys)
        for (name, key) in identifiers.keys {
            guard let id = text(ofKey: key, record, batch), !id.isEmpty else { continue }
            if name == "osm_id", let type = text(of: "osm_type", record, batch) {
                return Ref(text: "\(type)/\(id)", key: key)
            }
            return Ref(text: id, key: key)
        }
        if layer == .boundary {
            for name in ["code"] + FieldAliases.names(of: "code", in: layer) {
                if let code = text(of: name, record, batch), !code.isEmpty { return Ref(text: code, key: nil) }
            }
        }
        return Ref(text: contentRefs.ref(of: record, in: batch), key: nil)
    }

    /// The text of a field that the user names; `id` is also the Feature's own.
    private func text(
        ofRefColumn name: String, _ record: FeatureBatch.Record, _ batch: FeatureBatch
    ) -> String? {
        text(of: name, record, batch) ?? (name == "id" ? text(record.id, batch) : nil)
    }

    private func text(of name: String, _ record: FeatureBatch.Record, _ batch: FeatureBatch) -> String? {
        batch.keys.firstIndex(of: name).flatMap { text(ofKey: $0, record, batch) }
    }

    private func text(ofKey key: Int, _ record: FeatureBatch.Record, _ batch: FeatureBatch) -> String? {
        for index in record.fields where batch.fields[index].key == key {
            return text(batch.fields[index].value, batch)
        }
        return nil
    }

    private func text(_ value: FieldValue, _ batch: FeatureBatch) -> String? {
        switch value {
        case .null, .json: nil
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .real(let value): String(value)
        case .text(let range): batch.string(range)
        }
    }

    // MARK: Rows

    private func fill(
        _ rows: inout [FeatureBatch.Field], from record: FeatureBatch.Record, ref: Ref, in batch: inout FeatureBatch
    ) {
        for index in slots.indices {
            slots[index] = .null
            ranks[index] = Int.max
            origins[index] = nil
        }
        attributes.removeAll(keepingCapacity: true)
        for index in record.fields {
            let field = batch.fields[index]
            if field.value == .null || field.key == ref.key { continue }
            place(field, ref: ref.text, in: &batch)
        }
        for (column, value) in mapping.constants {
            displace(column, keys: batch.keys)
            if let stored = converted(batch.store(value), for: column, in: &batch) { slots[column] = stored }
        }
        if layer == .boundary { setLevel(in: &batch) }
        if layer == .building { estimateFloorArea(record, in: batch) }
        let start = batch.bytes.count
        batch.bytes.append(contentsOf: ref.text.utf8)
        rows.append(FeatureBatch.Field(key: 0, value: .text(start..<batch.bytes.count)))
        for index in slots.indices.dropFirst() where slots[index] != .null && index != columns.attributes {
            rows.append(FeatureBatch.Field(key: index, value: slots[index]))
        }
        appendAttributes(to: &rows, in: &batch)
    }

    private func place(_ field: FeatureBatch.Field, ref: String, in batch: inout FeatureBatch) {
        switch mapping.target(field.key, keys: batch.keys) {
        case .column(let column, let rank):
            guard rank < ranks[column], let value = converted(field.value, for: column, in: &batch) else {
                attributes.append((mapping.attributeName(batch.keys[field.key]), field.value))
                return
            }
            displace(column, keys: batch.keys)
            slots[column] = value
            ranks[column] = rank
            origins[column] = field
        case .attribute(let name):
            if name == "source_ref", text(field.value, batch) == ref { return }
            attributes.append((name, field.value))
        }
    }

    /// Empties a column for a better value; what the source had there stays
    /// an attribute.
    private func displace(_ column: Int, keys: [String]) {
        if let origin = origins[column] { attributes.append((mapping.attributeName(keys[origin.key]), origin.value)) }
        slots[column] = .null
        origins[column] = nil
    }

    /// A value as its column wants it; `nil` where it cannot be that.
    private func converted(_ value: FieldValue, for column: Int, in batch: inout FeatureBatch) -> FieldValue? {
        switch (kinds[column], value) {
        case (nil, _), (.text, .text), (.integer, .integer), (.real, .real), (.boolean, .boolean): return value
        case (.text?, _): return text(value, batch).map { .text(batch.store($0)) }
        case (.real, .integer(let whole)): return .real(Double(whole))
        case (.integer, .real(let number)): return Int64(exactly: number).map { .integer($0) }
        case (.integer, .text(let range)):
            return NumberText.value(batch.string(range)).flatMap { Int64(exactly: $0) }.map { .integer($0) }
        case (.real, .text(let range)): return NumberText.value(batch.string(range)).map { .real($0) }
        case (.boolean, .integer(let whole)): return .boolean(whole != 0)
        case (.boolean, .text(let range)):
            return TruthText.value(batch.string(range)).map { .boolean($0) }
        default: return nil
        }
    }

    private func setLevel(in batch: inout FeatureBatch) {
        guard let column = columns.level else { return }
        var found = level
        if found == nil, let word = text(slots[column], batch) { found = BoundaryLevel(word) }
        if let word = text(slots[column], batch), word != found?.rawValue { displace(column, keys: batch.keys) }
        if found == nil { recordsWithoutLevel += 1 }
        slots[column] = found.map { .text(batch.store($0.rawValue)) } ?? .null
        guard let found, let name = columns.name, slots[name] == .null else { return }
        for (fields, chainLevel) in FieldAliases.chain where chainLevel == found.rawValue {
            if let field = attributes.first(where: { fields.contains($0.name) }) { slots[name] = field.value }
        }
    }

    /// Outline times storeys, 3.3 m a storey where only the height is known.
    private func estimateFloorArea(_ record: FeatureBatch.Record, in batch: FeatureBatch) {
        guard let area = columns.floorArea, slots[area] == .null, let estimated = columns.floorAreaEstimated else {
            return
        }
        let storeys: Double
        if let column = columns.storeys, case .integer(let count) = slots[column], count > 0 {
            storeys = Double(count)
        } else if let column = columns.height, case .real(let height) = slots[column], height > 0 {
            storeys = max(1, (height / 3.3).rounded())
        } else {
            return
        }
        let outline = batch.bytes.withUnsafeBytes {
            (try? Geometry.areaSquareMeters(wkb: UnsafeRawBufferPointer(rebasing: $0[record.geometry]))) ?? 0
        }
        guard outline > 0 else { return }
        slots[area] = .real((outline * storeys * 10).rounded() / 10)
        slots[estimated] = .boolean(true)
    }

    private func appendAttributes(to rows: inout [FeatureBatch.Field], in batch: inout FeatureBatch) {
        guard let column = columns.attributes, !attributes.isEmpty || !mapping.constantAttributes.isEmpty else {
            return
        }
        json.removeAll(keepingCapacity: true)
        json.append(UInt8(ascii: "{"))
        let set = mapping.constantAttributes
        for (name, value) in attributes where !set.contains(where: { $0.name == name }) {
            RecordText.appendMember(name, value, of: batch, to: &json)
        }
        for (name, value) in set {
            if json.count > 1 { json.append(UInt8(ascii: ",")) }
            JSONText.append(name, to: &json)
            json.append(UInt8(ascii: ":"))
            JSONText.append(value, to: &json)
        }
        json.append(UInt8(ascii: "}"))
        let start = batch.bytes.count
        batch.bytes.append(contentsOf: json)
        rows.append(FeatureBatch.Field(key: column, value: .text(start..<batch.bytes.count)))
    }
}

/// The keys of a stream that hold identifiers, best first; found again only
/// when the stream meets new keys.
private struct IdentifierKeys {
    private(set) var keys: [(name: String, key: Int)] = []
    private var known = 0

    mutating func update(_ all: [String]) {
        guard all.count != known else { return }
        known = all.count
        keys = FieldAliases.identifiers.compactMap { name in all.firstIndex(of: name).map { (name, $0) } }
    }
}

/// Where the columns stand that the preparer computes.
private struct ColumnIndexes {
    let name: Int?
    let attributes: Int?
    let level: Int?
    let floorArea: Int?
    let floorAreaEstimated: Int?
    let storeys: Int?
    let height: Int?

    init(_ names: [String]) {
        name = names.firstIndex(of: "name")
        attributes = names.firstIndex(of: "attributes")
        level = names.firstIndex(of: "level")
        floorArea = names.firstIndex(of: "floor_area_m2")
        floorAreaEstimated = names.firstIndex(of: "floor_area_estimated")
        storeys = names.firstIndex(of: "storeys")
        height = names.firstIndex(of: "height_m")
    }
}

/// A record cannot be taken, and why.
struct Rejected: Error {
    let reason: Text

    init(_ reason: Text) { self.reason = reason }
}
