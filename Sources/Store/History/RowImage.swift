import GRDB
import GRDBSQLite
import Spatial

/// Values of a row by the names of their columns, exactly as they are stored.
struct RowImage: Equatable {
    /// A value as SQLite stores it.
    enum Value: Equatable {
        case null
        case integer(Int64)
        case real(Double)
        case text([UInt8])
        case blob([UInt8])
    }

    /// The values; a column that is not named here was not looked at.
    var values: [String: Value]

    /// The row under a statement whose columns behind the fid are these.
    init(_ row: borrowing RawStatement, columns: [String]) {
        values = Dictionary(minimumCapacity: columns.count)
        for (index, column) in columns.enumerated() { values[column] = Value(row, index + 1) }
    }

    init(values: [String: Value] = [:]) { self.values = values }

    /// The row that a record becomes, its fields by the index of their
    /// columns, its geometry as a blob.
    init(
        _ record: FeatureBatch.Record, of batch: FeatureBatch, bytes: UnsafeRawBufferPointer, blob: [UInt8],
        columns: [String]
    ) {
        values = Dictionary(uniqueKeysWithValues: columns.map { ($0, Value.null) })
        values["geom"] = blob.isEmpty ? .null : .blob(blob)
        for field in batch.fields[record.fields] {
            values[columns[field.key]] =
                switch field.value {
                case .null: .null
                case .boolean(let value): .integer(value ? 1 : 0)
                case .integer(let value): .integer(value)
                case .real(let value): .real(value)
                case .text(let range), .json(let range): .text(Array(bytes[range]))
                }
        }
    }

    /// Tells this content from another; nulls do not count.
    var digest: Int64 {
        var digest = RowDigest()
        for (column, value) in values { value.add(to: &digest, seed: RowDigest.seed(of: column)) }
        return Int64(bitPattern: digest.value)
    }

    /// The text in a column; `nil` where there is none.
    func text(_ column: String) -> String? {
        guard case .text(let bytes)? = values[column] else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The box of the geometry; empty for none.
    var box: BoundingBox {
        guard case .blob(let blob)? = values["geom"] else { return .empty }
        return blob.withUnsafeBytes { GeoPackageBinary.box($0) }
    }

    /// The values of the columns in which another image differs; a column
    /// that one of both lacks is null there.
    func difference(to other: RowImage) -> (before: RowImage, after: RowImage) {
        var (before, after) = (RowImage(), RowImage())
        for column in Set(values.keys).union(other.values.keys) {
            let (old, new) = (values[column] ?? .null, other.values[column] ?? .null)
            guard old != new else { continue }
            before.values[column] = old
            after.values[column] = new
        }
        return (before, after)
    }
}

extension RowImage.Value {
    init(_ row: borrowing RawStatement, _ column: Int) {
        switch row.type(column) {
        case SQLITE_NULL: self = .null
        case SQLITE_INTEGER: self = .integer(row.integer(column))
        case SQLITE_FLOAT: self = .real(row.real(column))
        case SQLITE_BLOB: self = .blob(Array(row.bytes(column)))
        default: self = .text(Array(row.bytes(column)))
        }
    }

    func add(to digest: inout RowDigest, seed: UInt64) {
        switch self {
        case .null: break
        case .integer(let value): digest.add(value, seed: seed)
        case .real(let value): digest.add(value, seed: seed)
        case .text(let bytes): bytes.withUnsafeBytes { digest.add($0, isBlob: false, seed: seed) }
        case .blob(let bytes): bytes.withUnsafeBytes { digest.add($0, isBlob: true, seed: seed) }
        }
    }

    /// Binds the value for a statement that keeps no pointer to it.
    func bind(_ index: Int, to statement: borrowing RawStatement) {
        switch self {
        case .null: statement.bindNull(index)
        case .integer(let value): statement.bind(index, value)
        case .real(let value): statement.bind(index, value)
        case .text(let bytes): bytes.withUnsafeBytes { statement.bind(index, copying: $0, asText: true) }
        case .blob(let bytes): bytes.withUnsafeBytes { statement.bind(index, copying: $0, asText: false) }
        }
    }
}

extension RowImage {
    /// The image as bytes: for each column, in the order of their names, the
    /// length of the name as a varint, the name, a byte for the type, and the
    /// value: eight bytes little-endian, or a length and bytes.
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        for (column, value) in values.sorted(by: { $0.key < $1.key }) {
            bytes.append(varint: UInt64(column.utf8.count))
            bytes.append(contentsOf: column.utf8)
            switch value {
            case .null: bytes.append(0)
            case .integer(let value):
                bytes.append(1)
                withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
            case .real(let value):
                bytes.append(2)
                withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
            case .text(let text), .blob(let text):
                if case .text = value { bytes.append(3) } else { bytes.append(4) }
                bytes.append(varint: UInt64(text.count))
                bytes.append(contentsOf: text)
            }
        }
        return bytes
    }

    /// Reads an image; `nil` where the bytes are none.
    init?(encoded bytes: UnsafeRawBufferPointer) {
        var cursor = VarintCursor(bytes)
        values = [:]
        while !cursor.isAtEnd {
            guard let length = cursor.varint(), let name = cursor.take(length), let type = cursor.take(1)?.first,
                let value = Value(type: type, &cursor)
            else { return nil }
            values[String(decoding: name, as: UTF8.self)] = value
        }
    }
}

extension RowImage.Value {
    fileprivate init?(type: UInt8, _ cursor: inout VarintCursor) {
        switch type {
        case 0: self = .null
        case 1, 2:
            guard let bits = cursor.take(8)?.loadUnaligned(as: UInt64.self) else { return nil }
            let number = UInt64(littleEndian: bits)
            self = type == 1 ? .integer(Int64(bitPattern: number)) : .real(Double(bitPattern: number))
        case 3, 4:
            guard let length = cursor.varint(), let bytes = cursor.take(length) else { return nil }
            self = type == 3 ? .text(Array(bytes)) : .blob(Array(bytes))
        default: return nil
        }
    }
}
