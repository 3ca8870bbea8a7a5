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
    private let measuresValues: Bool
    private let isBrokenOff: () -> Bool
    private let descriptor: Int32
    private var offset = 0
    private var buffer: [UInt8] = []
    private var mapping = UnsafeRawBufferPointer(start: nil, count: 0)
    private static let featuresBetweenLooks = 1024

    /// - Parameters:
    ///   - measuresValues: whether `Column` tells how long its values are.
    ///   - isBrokenOff: asked now and then while features come back.
    /// - Throws: `Failure` with `.inputOutput` where there is no room for it.
    init(measuresValues: Bool, isBrokenOff: @escaping () -> Bool = { false }) throws(Failure) {
        self.measuresValues = measuresValues
        self.isBrokenOff = isBrokenOff
        let folder = FileManager.default.temporaryDirectory.path
        var template = Array("\(folder)/louyu-features.XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Self.failure }
        unlink(template)
    }

    deinit {
        unmap()
        close(descriptor)
    }

    private static var failure: Failure {
        let reason = String(cString: strerror(errno))
        let folder = FileManager.default.temporaryDirectory.path
        return Failure(.inputOutput, .writeFailed(folder, reason), hint: .freeSpace)
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
                if measuresValues {
                    measure(field, of: batch)
                } else if let kind = field.value.kind {
                    columns[field.key].meet(kind, bytes: 0)
                }
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

    private func measure(_ field: FeatureBatch.Field, of batch: FeatureBatch) {
        guard let kind = field.value.kind else { return }
        switch field.value {
        case .null: break
        case .boolean(let value): columns[field.key].meet(kind, bytes: value ? 4 : 5)
        case .integer(let value):
            let bytes = PlainNumber.length(value)
            columns[field.key].meet(kind, bytes: bytes)
            columns[field.key].mostWholeBytes = max(columns[field.key].mostWholeBytes, bytes)
        case .real(let value):
            let text = PlainNumber.text(value).utf8
            columns[field.key].meet(kind, bytes: text.count)
            let whole = text.prefix { $0 != UInt8(ascii: ".") }.count
            columns[field.key].mostWholeBytes = max(columns[field.key].mostWholeBytes, whole)
            columns[field.key].mostDecimals = max(columns[field.key].mostDecimals, text.count - whole - 1)
        case .text(let range), .json(let range): columns[field.key].meet(kind, bytes: range.count)
        }
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
        var batch = FeatureBatch()
        try read(index, into: &batch)
        return batch
    }

    /// Puts a feature into a batch in place of what it held, whose memory is used again.
    ///
    /// - Throws: `Failure`: `.inputOutput`, `.interrupted`.
    func read(_ index: Int, into batch: inout FeatureBatch) throws(Failure) {
        if index % Self.featuresBetweenLooks == 0, isBrokenOff() { throw Failure(.interrupted, .interrupted) }
        if mapping.count < offset + buffer.count { try map() }
        let entry = entries[index]
        batch.bytes.removeAll(keepingCapacity: true)
        batch.bytes.append(contentsOf: mapping[entry.offset..<entry.offset + entry.length])
        if batch.keys.count != names.count { batch.keys = names }
        Self.describe(entry, in: &batch)
    }

    /// Lets what was set aside be seen as memory.
    private func map() throws(Failure) {
        try flush()
        unmap()
        guard offset > 0 else { return }
        guard let start = mmap(nil, offset, PROT_READ, MAP_SHARED, descriptor, 0), start != MAP_FAILED else {
            throw Self.failure
        }
        mapping = UnsafeRawBufferPointer(start: start, count: offset)
    }

    private func unmap() {
        if let start = mapping.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), mapping.count) }
        mapping = UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// Finds the parts of the one record whose bytes stand in the batch.
    private static func describe(_ entry: Entry, in batch: inout FeatureBatch) {
        var cursor = SpoolCursor(bytes: batch.bytes)
        let geometry = cursor.range(cursor.word())
        let count = cursor.word()
        batch.fields.removeAll(keepingCapacity: true)
        for _ in 0..<count {
            let key = cursor.word()
            batch.fields.append(FeatureBatch.Field(key: key, value: cursor.value()))
        }
        batch.records.removeAll(keepingCapacity: true)
        batch.records.append(
            FeatureBatch.Record(
                position: .record(1), geometry: geometry, box: entry.box, fields: 0..<count, id: cursor.value()))
    }
}

extension FieldValue {
    /// The type of a value; `nil` for none.
    fileprivate var kind: FeatureSpool.Column.Kind? {
        switch self {
        case .null: nil
        case .boolean: .boolean
        case .integer: .integer
        case .real: .real
        case .text: .text
        case .json: .json
        }
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
        let place = offset
        offset += size
        return bytes.withUnsafeBytes { bytes in
            size == 8
                ? UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                : UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
        }
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
