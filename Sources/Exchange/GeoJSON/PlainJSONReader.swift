import CSimdJSON
import Messages
public import Spatial

/// Reads JSON objects that are no GeoJSON but hold a longitude and a latitude:
/// an array of them, or one a line.
///
/// The members `lon`, `lng`, `long`, `longitude`, `经度` or `x`, and `lat`,
/// `latitude`, `纬度` or `y`, as numbers or text, make a point, or else
/// `lonlat` or `lnglat` with both as `"lon,lat"`; capitals do not matter. These
/// members are used up, all others become fields. An object without them has
/// no geometry; one whose coordinates are no numbers, or outside of ±360° and
/// ±90°, is rejected.
public final class PlainJSONReader: FeatureReader {
    /// Always `nil`: such files declare nothing.
    public let declaredCRS: CoordinateReferenceSystem? = nil

    /// Bytes taken from the file so far.
    public var bytesRead: Int { window.input.bytesRead }

    private let options: GeoJSONReader.Options
    private let window: JSONWindow
    private let splitter: JSONSplitter
    private let parser = JSONRecordParser()
    private var hasEnded = false
    private var columns = CoordinateColumns()
    private static let bytesPerBatch = 1 << 20

    /// Makes a reader.
    public init(_ input: ByteInput, options: GeoJSONReader.Options = GeoJSONReader.Options()) {
        self.options = options
        window = JSONWindow(input)
        splitter = JSONSplitter(window, largestRecord: options.largestRecord)
    }

    /// Whether a file that begins with these bytes is an array of objects
    /// that are neither Features nor geometries.
    public static func recognizes(_ beginning: [UInt8]) -> Bool {
        let text = beginning.starts(with: [0xEF, 0xBB, 0xBF]) ? beginning.dropFirst(3) : beginning[...]
        let content = text.drop { $0 <= 0x20 }
        guard content.first == UInt8(ascii: "[") else { return false }
        let object = Array(content.dropFirst().drop { $0 <= 0x20 })
        guard object.first == UInt8(ascii: "{") else { return false }
        let padded = object + [UInt8](repeating: 0, count: Int(LOUYU_JSON_PADDING))
        var scan = louyu_json_scan()
        var status = LOUYU_SCAN_MORE
        let length = louyu_json_scan_value(&scan, padded, object.count, &status)
        let parser = JSONRecordParser()
        guard status == LOUYU_SCAN_ENDED, parser.readObject(Array(object[..<length])) == LOUYU_JSON_OK else {
            return false
        }
        let batch = parser.takeBatch()
        let names = Set(batch.keys)
        return names.isDisjoint(with: ["geometry", "coordinates", "geometries", "features"])
    }

    /// The next features, about 1,000 or 1 MB of them.
    ///
    /// - Throws: `Failure` with `.unusableInput` where the file is no JSON,
    ///   `.inputOutput` where reading fails.
    public func next() throws -> FeatureBatch? {
        if hasEnded { return nil }
        var batch = FeatureBatch()
        var size = 0
        while batch.records.count + batch.rejections.count < options.recordsPerBatch, size < Self.bytesPerBatch {
            switch try splitter.next() {
            case .record(let range):
                size += range.count
                read(range, into: &batch)
            case .broken(let range, let reason):
                reject(range, reason, in: &batch)
            case .head(let head, let isWhole):
                if isWhole { reject(head, in: &batch) }
            case .end:
                hasEnded = true
            }
            if hasEnded { break }
        }
        return batch.records.isEmpty && batch.rejections.isEmpty ? nil : batch
    }

    private func read(_ range: Range<Int>, into batch: inout FeatureBatch) {
        guard parser.readObject(window.bytes + range.lowerBound, count: range.count) == LOUYU_JSON_OK else {
            return reject(range, parser.problem.text, in: &batch)
        }
        parser.positions = [.line(window.line(at: range.lowerBound))]
        let record = parser.takeBatch()
        batch.keys = record.keys
        columns.take(record.keys)
        switch columns.point(in: record, checksDegrees: options.coordinatesAreDegrees) {
        case .failure(let problem): reject(range, problem.reason, in: &batch)
        case .success(let point): batch.append(record, point: point, without: columns)
        }
    }

    private func reject(_ range: Range<Int>, _ reason: Text, in batch: inout FeatureBatch) {
        let position = SourcePosition.line(window.line(at: range.lowerBound))
        let record = window.text(range, atMost: Self.bytesPerBatch)
        batch.rejections.append(Rejection(position: position, reason: reason, record: record))
    }

    private func reject(_ head: JSONHead, in batch: inout FeatureBatch) {
        let record = String(decoding: head.bytes.prefix(Self.bytesPerBatch), as: UTF8.self)
        let position = SourcePosition.line(head.line)
        batch.rejections.append(Rejection(position: position, reason: .notAnArrayOfObjects, record: record))
    }
}

extension FeatureBatch {
    /// Appends the one record of another batch with the same keys.
    fileprivate mutating func append(_ other: FeatureBatch, point: LonLat?, without columns: CoordinateColumns) {
        guard let record = other.records.first else { return }
        let shift = bytes.count
        bytes += other.bytes
        let first = fields.count
        for field in other.fields where !columns.isCoordinate(field.key) {
            fields.append(Field(key: field.key, value: field.value.shifted(by: shift)))
        }
        let start = bytes.count
        var box = BoundingBox.empty
        if let point {
            Geometry.point(Point(point)).append(toWKB: &bytes)
            box.add(point.longitude, point.latitude)
        }
        records.append(
            Record(
                position: record.position, geometry: start..<bytes.count, box: box, fields: first..<fields.count))
    }
}

extension FieldValue {
    fileprivate func shifted(by shift: Int) -> FieldValue {
        switch self {
        case .text(let range): .text(range.lowerBound + shift..<range.upperBound + shift)
        case .json(let range): .json(range.lowerBound + shift..<range.upperBound + shift)
        default: self
        }
    }
}
