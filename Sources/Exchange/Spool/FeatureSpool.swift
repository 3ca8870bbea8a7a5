import Foundation
import Messages
import Spatial

/// Features set aside on disk until all of them are known: for formats whose
/// head tells the columns, the extent or the order of what follows.
///
/// The file has no name: whatever ends the program, nothing is left of it.
///
/// - Complexity: 64 bytes of memory a feature.
final class FeatureSpool {
    /// What is known of the values under one name.
    struct Column {
        /// The name.
        let name: String
        /// The type that holds all values so far; `nil` before the first.
        var kind: Kind?
        /// The most bytes that a value takes as text in UTF-8.
        var mostBytes = 0
        /// The most bytes that a number takes before its point.
        var mostWholeBytes = 0
        /// The most digits behind the point of a number.
        var mostDecimals = 0

        /// The type of values.
        enum Kind { case boolean, integer, real, text, json }
    }

    /// A feature that was set aside.
    struct Entry {
        let offset: Int
        let length: Int
        let box: BoundingBox
        /// `nil` where there is no geometry.
        let type: GeometryType?
    }

    /// The columns, in the order of their first appearance.
    private(set) var columns: [Column] = []
    /// The features, in order.
    private(set) var entries: [Entry] = []
    /// The box around all of them.
    private(set) var extent = BoundingBox.empty
    /// Whether some position has a height.
    private(set) var hasHeights = false

    private var names: [String] = []
    private let descriptor: Int32
    private var offset = 0
    private var buffer: [UInt8] = []

    /// - Throws: `Failure` with `.inputOutput` where there is no room for it.
    init() throws(Failure) {
        let folder = FileManager.default.temporaryDirectory.path
        var template = Array("\(folder)/louyu-features.XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Self.failure }
        unlink(template)
    }

    deinit { close(descriptor) }

    private static var failure: Failure {
        let folder = FileManager.default.temporaryDirectory.path
        return Failure(.inputOutput, .writeFailed(folder, String(cString: strerror(errno))), hint: .freeSpace)
    }

    // MARK: - In

    /// Sets features aside.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    func append(_ batch: FeatureBatch) throws(Failure) {
        while columns.count < batch.keys.count {
            names.append(batch.keys[columns.count])
            columns.append(Column(name: batch.keys[columns.count]))
        }
        for record in batch.records {
            let start = buffer.count
            let fields = batch.fields[record.fields]
            buffer.append(word: record.geometry.count)
            buffer.append(contentsOf: batch.bytes[record.geometry])
            buffer.append(word: fields.count)
            for field in fields {
                note(field, of: batch)
                buffer.append(word: field.key)
                append(field.value, of: batch)
            }
            append(record.id, of: batch)
            let type = typeOfGeometry(record, of: batch)
            if let type { hasHeights = hasHeights || type.hasHeights }
            extent.add(record.box)
            entries.append(
                Entry(offset: offset + start, length: buffer.count - start, box: record.box, type: type?.type))
            if buffer.count > 1 << 20 { try flush() }
        }
    }

    private func typeOfGeometry(
        _ record: FeatureBatch.Record, of batch: FeatureBatch
    ) -> (type: GeometryType, hasHeights: Bool)? {
        guard record.geometry.count >= 5 else { return nil }
        return batch.bytes[record.geometry].withUnsafeBytes { bytes in
            var source = WKBSource(bytes: bytes)
            return source.header().flatMap { header in
                GeometryType(rawValue: header.type).map { ($0, header.hasZ) }
            }
        }
    }

    private func note(_ field: FeatureBatch.Field, of batch: FeatureBatch) {
        var column = columns[field.key]
        switch field.value {
        case .null: return
        case .boolean(let value): column.meet(.boolean, bytes: value ? 4 : 5)
        case .integer(let value):
            let bytes = String(value).utf8.count
            column.meet(.integer, bytes: bytes)
            column.mostWholeBytes = max(column.mostWholeBytes, bytes)
        case .real(let value):
            let text = PlainNumber.text(value)
            column.meet(.real, bytes: text.utf8.count)
            let point = text.firstIndex(of: ".") ?? text.endIndex
            column.mostWholeBytes = max(column.mostWholeBytes, text.distance(from: text.startIndex, to: point))
            column.mostDecimals = max(column.mostDecimals, text.distance(from: point, to: text.endIndex) - 1)
        case .text(let range): column.meet(.text, bytes: range.count)
        case .json(let range): column.meet(.json, bytes: range.count)
        }
        columns[field.key] = column
    }

    private func append(_ value: FieldValue, of batch: FeatureBatch) {
        switch value {
        case .null: buffer.append(0)
        case .boolean(let value): buffer += [1, value ? 1 : 0]
        case .integer(let value):
            buffer.append(2)
            buffer.append(littleEndian: value)
        case .real(let value):
            buffer.append(3)
            buffer.append(littleEndian: value.bitPattern)
        case .text(let range), .json(let range):
            if case .text = value { buffer.append(4) } else { buffer.append(5) }
            buffer.append(word: range.count)
            buffer.append(contentsOf: batch.bytes[range])
        }
    }

    private func flush() throws(Failure) {
        var written = 0
        while written < buffer.count {
            let count = buffer.withUnsafeBytes {
                write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count >= 0 { written += count } else if errno != EINTR { throw Self.failure }
        }
        offset += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }

    // MARK: - Out

    /// A feature as a batch of its own.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    func feature(_ index: Int) throws(Failure) -> FeatureBatch {
        try flush()
        let entry = entries[index]
        var batch = FeatureBatch()
        batch.bytes = [UInt8](repeating: 0, count: entry.length)
        var filled = 0
        while filled < entry.length {
            let count = batch.bytes.withUnsafeMutableBytes {
                pread(
                    descriptor, $0.baseAddress?.advanced(by: filled), entry.length - filled,
                    off_t(entry.offset + filled))
            }
            if count > 0 { filled += count } else if count == 0 || errno != EINTR { throw Self.failure }
        }
        batch.keys = names
        Self.describe(entry, in: &batch)
        return batch
    }

    /// Finds the parts of the one record whose bytes stand in the batch.
    private static func describe(_ entry: Entry, in batch: inout FeatureBatch) {
        var cursor = SpoolCursor(bytes: batch.bytes)
        let geometry = cursor.range(cursor.word())
        let count = cursor.word()
        for _ in 0..<count {
            let key = cursor.word()
            batch.fields.append(FeatureBatch.Field(key: key, value: cursor.value()))
        }
        let id = cursor.value()
        batch.records = [
            FeatureBatch.Record(position: .record(1), geometry: geometry, box: entry.box, fields: 0..<count, id: id)
        ]
    }
}

extension FeatureSpool.Column {
    /// Takes a further value into account; values of several types are text.
    fileprivate mutating func meet(_ other: Kind, bytes: Int) {
        mostBytes = max(mostBytes, bytes)
        switch (kind, other) {
        case (nil, _): kind = other
        case (let kind?, _) where kind == other: break
        case (.integer, .real), (.real, .integer): kind = .real
        default: kind = .text
        }
    }
}

/// Reads what the spool itself wrote.
private struct SpoolCursor {
    let bytes: [UInt8]
    var offset = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func word() -> Int { Int(UInt32(truncatingIfNeeded: long(4))) }

    mutating func range(_ count: Int) -> Range<Int> {
        defer { offset += count }
        return offset..<offset + count
    }

    mutating func value() -> FieldValue {
        let tag = bytes[offset]
        offset += 1
        switch tag {
        case 1: return .boolean(bytes[range(1).lowerBound] == 1)
        case 2: return .integer(Int64(bitPattern: long(8)))
        case 3: return .real(Double(bitPattern: long(8)))
        case 4: return .text(range(word()))
        case 5: return .json(range(word()))
        default: return .null
        }
    }

    private mutating func long(_ size: Int) -> UInt64 {
        var value: UInt64 = 0
        for place in 0..<size { value |= UInt64(bytes[offset + place]) << UInt64(8 * place) }
        offset += size
        return value
    }
}

extension [UInt8] {
    /// Appends an integer, its lowest byte first.
    mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    /// Appends a count of fewer than 2^32 as four bytes.
    fileprivate mutating func append(word: Int) { append(littleEndian: UInt32(truncatingIfNeeded: word)) }
}
