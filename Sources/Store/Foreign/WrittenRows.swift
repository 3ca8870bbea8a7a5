import GRDB
import GRDBSQLite
import Spatial

/// The rows of a table that is being written, its columns growing with them.
final class WrittenRows {
    /// Whether a column changed its type under way.
    private(set) var wasWidened = false

    private var table: FeatureTable
    private var insert: RawStatement
    /// The column of each key of the stream; `nil` before its first value.
    private var places: [Int?] = []
    private var idPlace: Int?
    private var boxes: [RTreeShadow.Entry] = []
    private var extent = BoundingBox.empty
    private var count = 0
    private var blob: [UInt8] = []

    init(_ db: Database, _ declared: FeatureTable) throws {
        var table = declared
        table.columns = []
        for column in declared.columns {
            let name = table.unusedName(like: column.name)
            table.columns.append(FeatureTable.Column(name: name, kind: column.kind))
        }
        self.table = table
        declaredNames = declared.columns.map(\.name)
        try db.execute(sql: table.create)
        insert = try Self.insertion(db, table)
    }

    /// The names that were declared, before any of them had to give way.
    private let declaredNames: [String]

    func write(_ batch: FeatureBatch, _ db: Database) throws {
        try prepareColumns(for: batch, db)
        try batch.bytes.withUnsafeBytes { bytes in
            for record in batch.records { try write(record, of: batch, bytes: bytes) }
        }
    }

    /// Enters the table into the catalogue and builds its spatial index.
    func finish(_ db: Database) throws {
        try db.execute(sql: table.register)
        try RTreeShadow(layer: table.name.replacing("\"", with: "\"\"")).replace(db, with: boxes)
        for trigger in FeatureTable.triggers(table.name) { try db.execute(sql: trigger.sql) }
        try db.execute(
            sql: "UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = ?", arguments: [count, table.name])
        guard !extent.isEmpty else { return }
        try db.execute(
            sql: "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
            arguments: [extent.west, extent.south, extent.east, extent.north, table.name])
    }

    // MARK: Columns

    /// Makes room for every value of a batch before its first row is written.
    private func prepareColumns(for batch: FeatureBatch, _ db: Database) throws {
        let known = table.columns.count
        var wider: [Int: Layer.Column.Kind] = [:]
        while places.count < batch.keys.count {
            places.append(declaredNames.firstIndex(of: batch.keys[places.count]))
        }
        func meet(_ place: Int, _ kind: Layer.Column.Kind) {
            let present = wider[place] ?? table.columns[place].kind
            let common = present.widened(to: kind)
            guard common != present else { return }
            if place < known { wider[place] = common } else { table.columns[place].kind = common }
        }
        for record in batch.records {
            for field in batch.fields[record.fields] {
                guard let kind = field.value.kind else { continue }
                let place = places[field.key] ?? table.add(batch.keys[field.key], kind)
                places[field.key] = place
                meet(place, kind)
            }
            if let kind = batch.separateID(of: record).kind {
                let place = idPlace ?? table.add("id", kind)
                idPlace = place
                meet(place, kind)
            }
        }
        guard table.columns.count > known || !wider.isEmpty else { return }
        for column in table.columns[known...] {
            try db.execute(
                sql: "ALTER TABLE \(table.name.quotedIdentifier) "
                    + "ADD COLUMN \(column.name.quotedIdentifier) \(column.kind.rawValue)")
        }
        if !wider.isEmpty { try widen(wider, db) }
        insert = try Self.insertion(db, table)
    }

    /// Copies the rows into a table with wider columns.
    private func widen(_ kinds: [Int: Layer.Column.Kind], _ db: Database) throws {
        wasWidened = true
        let values = table.columns.enumerated().map { place, column -> String in
            let name = column.name.quotedIdentifier
            return column.kind == .boolean && kinds[place] != nil
                ? ", CASE \(name) WHEN 1 THEN 'true' WHEN 0 THEN 'false' END" : ", \(name)"
        }.joined()
        for (place, kind) in kinds { table.columns[place].kind = kind }
        let name = table.name.quotedIdentifier
        let old = "louyu narrow \(table.name)".quotedIdentifier
        try db.execute(sql: "ALTER TABLE \(name) RENAME TO \(old)")
        try db.execute(sql: table.create)
        try db.execute(sql: "INSERT INTO \(name) SELECT fid, geom\(values) FROM \(old)")
        try db.execute(sql: "DROP TABLE \(old)")
    }

    private static func insertion(_ db: Database, _ table: FeatureTable) throws -> RawStatement {
        let list = table.columns.map { ", \($0.name.quotedIdentifier)" }.joined()
        let marks = String(repeating: ", ?", count: table.columns.count)
        return try RawStatement(db, "INSERT INTO \(table.name.quotedIdentifier) (geom\(list)) VALUES (?\(marks))")
    }

    // MARK: Rows

    private func write(_ record: FeatureBatch.Record, of batch: FeatureBatch, bytes: UnsafeRawBufferPointer) throws {
        sqlite3_clear_bindings(insert.pointer)
        for field in batch.fields[record.fields] {
            if let place = places[field.key] { bind(place, field.value, bytes) }
        }
        if let idPlace { bind(idPlace, batch.separateID(of: record), bytes) }
        blob.removeAll(keepingCapacity: true)
        // A geometry without positions is none: some readers take it for damaged.
        if !record.geometry.isEmpty, !record.box.isEmpty {
            GeoPackageBinary.append(
                wkb: UnsafeRawBufferPointer(rebasing: bytes[record.geometry]), box: record.box, srsID: table.srsID,
                to: &blob)
        }
        try blob.withUnsafeBytes { blob in
            if !blob.isEmpty { insert.bind(1, blob: blob) }
            try insert.run()
        }
        count += 1
        guard !record.box.isEmpty else { return }
        boxes.append(RTreeShadow.Entry(id: Int64(count), box: record.box))
        extent.add(record.box)
    }

    private func bind(_ place: Int, _ value: FieldValue, _ bytes: UnsafeRawBufferPointer) {
        let isText = table.columns[place].kind == .text
        switch value {
        case .null: break
        case .boolean(let value):
            isText ? insert.bind(place + 2, value ? "true" : "false") : insert.bind(place + 2, Int64(value ? 1 : 0))
        case .integer(let value): insert.bind(place + 2, value)
        case .real(let value): insert.bind(place + 2, value)
        case .text(let range), .json(let range):
            insert.bind(place + 2, text: UnsafeRawBufferPointer(rebasing: bytes[range]))
        }
    }
}

extension FeatureTable {
    /// Adds a column; its name gives way where SQLite, to which case is
    /// nothing, has it already.
    fileprivate mutating func add(_ name: String, _ kind: Layer.Column.Kind) -> Int {
        columns.append(Column(name: unusedName(like: name), kind: kind))
        return columns.count - 1
    }

    fileprivate func unusedName(like name: String) -> String {
        let taken = Set(columns.map { $0.name.lowercased() } + ["fid", "geom"])
        var candidate = name.isEmpty ? "column" : name
        var number = 2
        while taken.contains(candidate.lowercased()) {
            candidate = "\(name)_\(number)"
            number += 1
        }
        return candidate
    }
}

extension FeatureBatch {
    /// The id of a record where no field of it holds it already.
    fileprivate func separateID(of record: Record) -> FieldValue {
        guard case .text(let id) = record.id else { return record.id }
        let isField = fields[record.fields].contains { field in
            guard case .text(let range) = field.value, range.count == id.count else { return false }
            return range == id || bytes[range] == bytes[id]
        }
        return isField ? .null : record.id
    }
}

extension FieldValue {
    fileprivate var kind: Layer.Column.Kind? {
        switch self {
        case .null: nil
        case .boolean: .boolean
        case .integer: .integer
        case .real: .real
        case .text, .json: .text
        }
    }
}

extension Layer.Column.Kind {
    /// The type that holds the values of both.
    fileprivate func widened(to other: Self) -> Self {
        switch (self, other) {
        case _ where self == other: self
        case (.real, .integer), (.integer, .real): .real
        default: .text
        }
    }
}
