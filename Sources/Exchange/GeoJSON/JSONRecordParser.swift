import CSimdJSON
import Spatial

/// Parses one record at a time into flat buffers and hands them out as batches.
final class JSONRecordParser {
    /// Where the records parsed so far stand; one each.
    var positions: [SourcePosition] = []
    /// Whether coordinates are degrees and checked as such.
    var checksDegrees = true {
        didSet { louyu_json_set_degrees(parser, checksDegrees) }
    }

    /// What was wrong with the last record that failed.
    var problem: louyu_json_problem { lastProblem.pointee }

    private let parser: OpaquePointer
    private let lastProblem: UnsafeMutablePointer<louyu_json_problem>
    private var keys: [String] = []

    init() {
        guard let parser = louyu_json_create() else { preconditionFailure("no memory for a parser") }
        self.parser = parser
        lastProblem = .allocate(capacity: 1)
        lastProblem.initialize(to: louyu_json_problem())
    }

    deinit {
        louyu_json_destroy(parser)
        lastProblem.deallocate()
    }

    var recordCount: Int { positions.count }
    var byteCount: Int { louyu_json_result(parser).byte_count }

    /// Appends a Feature or a bare geometry; `JSONWindow` has the padding
    /// that the bytes need.
    func readFeature(_ bytes: UnsafePointer<UInt8>, count: Int) -> louyu_json_code {
        louyu_json_feature(parser, bytes, count, lastProblem)
    }

    /// Appends any object, its members as fields.
    func readObject(_ bytes: UnsafePointer<UInt8>, count: Int) -> louyu_json_code {
        louyu_json_object(parser, bytes, count, lastProblem)
    }

    /// Appends any object out of an array.
    func readObject(_ json: [UInt8]) -> louyu_json_code {
        let padded = json + [UInt8](repeating: 0, count: Int(LOUYU_JSON_PADDING))
        return padded.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { readObject($0, count: json.count) } ?? LOUYU_JSON_NOT_OBJECT
        }
    }

    /// All records since the last batch.
    func takeBatch() -> FeatureBatch {
        let output = louyu_json_result(parser)
        var batch = FeatureBatch()
        batch.bytes = Array(UnsafeBufferPointer(start: output.bytes, count: output.byte_count))
        let records = UnsafeBufferPointer(start: output.records, count: output.record_count)
        batch.records = [FeatureBatch.Record](unsafeUninitializedCapacity: records.count) { buffer, count in
            for index in records.indices {
                let place = index < positions.count ? positions[index] : .record(index + 1)
                (buffer.baseAddress.unsafelyUnwrapped + index).initialize(
                    to: FeatureBatch.Record(records[index], position: place))
            }
            count = records.count
        }
        let fields = UnsafeBufferPointer(start: output.fields, count: output.field_count)
        batch.fields = fields.map { FeatureBatch.Field(key: Int($0.key), value: FieldValue($0)) }
        for index in keys.count..<output.key_count {
            var length = 0
            let bytes = louyu_json_key(parser, index, &length)
            keys.append(String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self))
        }
        batch.keys = keys
        positions.removeAll(keepingCapacity: true)
        louyu_json_clear(parser)
        return batch
    }
}

extension FeatureBatch.Record {
    fileprivate init(_ record: louyu_json_record, position: SourcePosition) {
        self.init(
            position: position, geometry: record.geometry_start..<record.geometry_end,
            box: BoundingBox(west: record.west, south: record.south, east: record.east, north: record.north),
            fields: record.fields_start..<record.fields_end, id: FieldValue(record.id))
    }
}

extension FieldValue {
    fileprivate init(_ field: louyu_json_field) {
        switch louyu_json_kind(field.kind) {
        case LOUYU_FIELD_BOOLEAN: self = .boolean(field.integer != 0)
        case LOUYU_FIELD_INTEGER: self = .integer(field.integer)
        case LOUYU_FIELD_REAL: self = .real(field.real)
        case LOUYU_FIELD_TEXT: self = .text(field.range.start..<field.range.end)
        case LOUYU_FIELD_JSON: self = .json(field.range.start..<field.range.end)
        default: self = .null
        }
    }
}
