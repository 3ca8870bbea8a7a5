import GRDB
import GRDBSQLite
import Messages
import Spatial

/// The rows of one table of a GeoPackage of whatever program, as features.
final class ForeignRows {
    let table: GeoPackageCatalog.Table

    private enum Role {
        case field(key: Int, isBoolean: Bool)
        case id(isBoolean: Bool)
        case members
    }

    private let statement: RawStatement
    private let roles: [Role]
    private var cursor = KeyCursor(columnCount: 0)

    /// Prepares the table's reading.
    ///
    /// An atlas's table gives its `ref` as the feature's id, the members of
    /// `attributes` as fields, and no fid; of another one the column `id` is
    /// the feature's id, where there is one. `keys`, the names of the stream's
    /// fields, grow.
    ///
    /// - Throws: a database error.
    init(_ db: Database, _ table: GeoPackageCatalog.Table, keys: inout [String]) throws {
        self.table = table
        let names = table.columns.map { $0.name.lowercased() }
        let isOwn = table.layer != nil && names.contains("ref")
        let idColumn = names.firstIndex(of: isOwn ? "ref" : "id")
        var roles: [Role] = []
        var list = [table.geometryColumn?.quotedIdentifier ?? "NULL"]
        for (index, column) in table.columns.enumerated() {
            if isOwn && column.isPrimaryKey && index != idColumn { continue }
            list.append(column.name.quotedIdentifier)
            let isBoolean = column.type == "BOOLEAN"
            if index == idColumn {
                roles.append(.id(isBoolean: isBoolean))
            } else if isOwn && names[index] == "attributes" {
                roles.append(.members)
            } else {
                let key = keys.firstIndex(of: column.name) ?? keys.count
                if key == keys.count { keys.append(column.name) }
                roles.append(.field(key: key, isBoolean: isBoolean))
            }
        }
        self.roles = roles
        statement = try RawStatement(
            db, "SELECT \(list.joined(separator: ", ")) FROM \(table.name.quotedIdentifier)")
    }

    /// Appends the next row as a record or a rejection.
    ///
    /// - Returns: the bytes of the row; `nil` at the end.
    /// - Throws: a database error.
    func next(into batch: inout FeatureBatch, number: Int) throws -> Int? {
        guard try statement.step() else { return nil }
        let start = batch.bytes.count
        let firstField = batch.fields.count
        var fault: Text?
        var box = BoundingBox.empty
        switch geometry(into: &batch.bytes) {
        case .geometry(let extent): box = extent
        case .none: break
        case .fault(let reason): fault = reason
        }
        let geometry = start..<batch.bytes.count
        var id = FieldValue.null
        var size = statement.bytes(0).count
        cursor.rewind()
        for (index, role) in roles.enumerated() {
            let column = index + 1
            let type = statement.type(column)
            size += type == SQLITE_TEXT ? statement.bytes(column).count : 8
            if type == SQLITE_TEXT && !statement.bytes(column).isUTF8 { fault = fault ?? .undecodableText }
            switch role {
            case .field(let key, let isBoolean):
                let value = value(column, type, isBoolean, &batch)
                if value != .null { batch.fields.append(FeatureBatch.Field(key: key, value: value)) }
            case .id(let isBoolean): id = value(column, type, isBoolean, &batch)
            case .members:
                if type == SQLITE_TEXT { batch.appendMembers(statement.bytes(column), keyCursor: &cursor) }
            }
        }
        if let fault {
            let record = batch.text(of: batch.fields[firstField...], id: id)
            batch.rejections.append(Rejection(position: .record(number), reason: fault, record: record))
            batch.fields.removeSubrange(firstField...)
            batch.bytes.removeSubrange(start...)
        } else {
            batch.records.append(
                FeatureBatch.Record(
                    position: .record(number), geometry: geometry, box: box, fields: firstField..<batch.fields.count,
                    id: id))
        }
        return size
    }

    private func geometry(into bytes: inout [UInt8]) -> ForeignGeometry {
        switch statement.type(0) {
        case SQLITE_NULL: .none
        case SQLITE_BLOB: ForeignGeometry.append(statement.bytes(0), to: &bytes)
        default: .fault(.damagedGeometry)
        }
    }

    /// The value of a column; a blob that is no geometry has none.
    private func value(_ column: Int, _ type: Int32, _ isBoolean: Bool, _ batch: inout FeatureBatch) -> FieldValue {
        switch type {
        case SQLITE_INTEGER:
            return isBoolean ? .boolean(statement.integer(column) != 0) : .integer(statement.integer(column))
        case SQLITE_FLOAT: return .real(statement.real(column))
        case SQLITE_TEXT:
            let start = batch.bytes.count
            batch.bytes.append(contentsOf: statement.bytes(column))
            return .text(start..<batch.bytes.count)
        default: return .null
        }
    }
}

extension FeatureBatch {
    /// The fields of a record for people to read.
    fileprivate func text(of fields: ArraySlice<Field>, id: FieldValue) -> String {
        let named = (id == .null ? [] : [("id", id)]) + fields.map { (keys[$0.key], $0.value) }
        return named.map { name, value in
            switch attribute(value) {
            case .null: name
            case .boolean(let value): "\(name)=\(value)"
            case .integer(let value): "\(name)=\(value)"
            case .real(let value): "\(name)=\(value)"
            case .text(let value), .json(let value): "\(name)=\(value)"
            }
        }.joined(separator: "; ")
    }
}

extension UnsafeRawBufferPointer {
    fileprivate var isUTF8: Bool {
        allSatisfy { $0 < 0x80 } || String(validating: self, as: UTF8.self) != nil
    }
}
