import GRDB
import GRDBSQLite
import Messages
public import Spatial

/// Writes records into one layer, inside a change of the atlas.
///
/// A record whose ref stands in the layer replaces the row, if the row came
/// from the same source or refs are said to hold across sources; an equal one
/// leaves it alone. While a layer is written its triggers are away and its
/// spatial index is kept in memory; `finish` brings both back.
public final class LayerWriter {
    /// The layer.
    public let layer: Layer
    /// The columns a batch's fields refer to by their index; `ref` is the first.
    public let columns: [String]
    /// What was done so far.
    public private(set) var counts = ImportCounts()
    /// How many rows of other sources were replaced because the record is
    /// plainly the same thing.
    public private(set) var adopted = 0

    private let db: Database
    private let wasEmpty: Bool
    /// Whether refs are looked up among the rows that stand there.
    private var looksUpRefs: Bool
    /// Who brought which row; `nil` where refs hold across sources.
    private var owners: RefOwners?
    /// What others made of the rows of the source; `nil` where nobody did.
    private var corrections: Corrections?
    private var conflicts = ConflictList()
    private var hasRefIndex: Bool
    private var firstAdded: Int64?
    private var lastAdded: Int64?
    private let insert: RawStatement
    private let update: RawStatement
    private let select: RawStatement
    private let insertName: RawStatement
    private let markUnindexed: RawStatement
    private let log: LayerLog
    private let digests: RecordDigests
    private let searchedColumns: [Int]
    private let attributesColumn: Int?
    private var seen = SeenRefs()
    private var seenFids: Set<Int64> = []
    private var boxes: [RTreeShadow.Entry] = []
    private var extent = BoundingBox.empty
    private var blob: [UInt8] = []

    init(_ db: Database, layer: Layer, log: LayerLog) throws {
        self.db = db
        self.layer = layer
        self.log = log
        digests = try RecordDigests(db, layer: layer)
        let names = digests.columns
        columns = names
        wasEmpty = try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM \"\(layer.name)\")") ?? false
        looksUpRefs = !wasEmpty
        hasRefIndex = !wasEmpty
        try Schema.dropTriggers(db, layer)
        if wasEmpty { try db.execute(sql: "DROP INDEX IF EXISTS \"\(layer.name)_ref\"") }
        let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
        insert = try RawStatement(
            db,
            "INSERT INTO \"\(layer.name)\" (geom, \(list)) VALUES (?\(String(repeating: ", ?", count: names.count)))")
        update = try RawStatement(
            db,
            "UPDATE \"\(layer.name)\" SET geom = ?, \(names.map(Self.assignment).joined(separator: ", ")) "
                + "WHERE fid = ?")
        select = try RawStatement(db, "SELECT fid, geom, \(list) FROM \"\(layer.name)\" WHERE ref = ?")
        insertName = try RawStatement(db, "INSERT INTO louyu_name_index (rowid, grams) VALUES (?, ?)")
        markUnindexed = try RawStatement(
            db, "INSERT OR IGNORE INTO louyu_unindexed VALUES ('\(layer.name)', ?)")
        attributesColumn = names.firstIndex(of: "attributes")
        searchedColumns = NameIndex.columns.compactMap { names.firstIndex(of: $0) }
    }

    /// Sets a column; the parent that was found for a boundary stays where
    /// its source names none.
    private static func assignment(_ column: String) -> String {
        column == derivedColumn ? "\"\(column)\" = coalesce(?, \"\(column)\")" : "\"\(column)\" = ?"
    }

    private static let derivedColumn = "parent_ref"

    /// Writes records: valid WGS 84 geometry, fields by column index, the
    /// first of them the ref as text.
    ///
    /// - Returns: records that were not taken because their ref is another's.
    /// - Throws: a database error.
    public func write(_ batch: FeatureBatch) throws -> [RefCollision] {
        var collisions: [RefCollision] = []
        try batch.bytes.withUnsafeBytes { bytes in
            for (index, record) in batch.records.enumerated() {
                counts.read += 1
                var holder: RefCollision.Holder? = .sameSource
                if case .text(let range)? = batch.fields[record.fields].first?.value {
                    let ref = UnsafeRawBufferPointer(rebasing: bytes[range])
                    if seen.insert(ref) { holder = try write(record, of: batch, bytes: bytes, ref: ref) }
                }
                guard let holder else { continue }
                counts.rejected += 1
                collisions.append(RefCollision(index: index, holder: holder))
            }
        }
        return collisions
    }

    /// Begins a source: what it brings is told from what stands there.
    ///
    /// - Parameters:
    ///   - owners: who brought which row; `nil` lets the source replace rows
    ///     of all sources.
    ///   - corrections: what others made of its rows, which it does not replace.
    /// - Throws: a database error.
    func begin(owners: RefOwners?, corrections: Corrections? = nil) throws {
        self.owners = owners
        self.corrections = corrections
        seen = SeenRefs()
        (firstAdded, lastAdded) = (nil, nil)
        guard counts.added > 0, !looksUpRefs else { return }
        try indexRefs()
        looksUpRefs = true
    }

    /// Brings the index of refs back that an empty layer is filled without,
    /// for questions before the end.
    func indexRefs() throws {
        guard !hasRefIndex else { return }
        try db.execute(sql: Schema.refIndex(layer))
        hasRefIndex = true
    }

    /// Values that a person and the source have changed both, since the last
    /// call: the first hundred, and how many there are.
    public func takeConflicts() -> (told: [CorrectionConflict], count: Int) {
        defer { conflicts = ConflictList() }
        return (conflicts.told, conflicts.count)
    }

    /// The fid of the row that the present source added last.
    public var lastAddedFid: Int64? { lastAdded }

    /// The rows that the present source added.
    var addedFids: ClosedRange<Int64>? {
        guard let firstAdded, let lastAdded else { return nil }
        return firstAdded...lastAdded
    }

    /// Counts records that never came as far as a row.
    public func count(rejected: Int = 0, repaired: Int = 0, incomplete: Int = 0) {
        counts.read += rejected
        counts.rejected += rejected
        counts.repaired += repaired
        counts.incomplete += incomplete
    }

    /// Remembers that the source still holds a record, though it could not be taken.
    ///
    /// - Throws: a database error.
    public func keep(ref: String) throws {
        guard looksUpRefs else { return }
        select.bind(1, ref)
        defer { select.reset() }
        if try select.step() { seenFids.insert(select.integer(0)) }
    }

    /// Writes a record, unless its ref is a stranger's.
    ///
    /// - Returns: whose the ref is where the record was not taken.
    private func write(
        _ record: FeatureBatch.Record, of batch: FeatureBatch, bytes: UnsafeRawBufferPointer,
        ref: UnsafeRawBufferPointer
    ) throws -> RefCollision.Holder? {
        blob.removeAll(keepingCapacity: true)
        if !record.geometry.isEmpty {
            GeoPackageBinary.append(
                wkb: UnsafeRawBufferPointer(rebasing: bytes[record.geometry]), box: record.box, to: &blob)
        }
        guard looksUpRefs else {
            try add(record, of: batch, bytes: bytes)
            return nil
        }
        select.bind(1, text: ref)
        defer { select.reset() }
        guard try select.step() else {
            try add(record, of: batch, bytes: bytes)
            return nil
        }
        let fid = select.integer(0)
        seenFids.insert(fid)
        if equals(record, of: batch, bytes: bytes) {
            counts.unchanged += 1
            return nil
        }
        if let stranger = owners?.stranger(owning: fid) {
            guard isSameThing(record, of: batch, bytes: bytes) else { return stranger }
            adopted += 1
        }
        let before = RowImage(select, columns: ["geom"] + columns)
        if let corrected = try corrections?.row(fid) {
            try write(record, of: batch, bytes: bytes, over: fid, before, keeping: corrected)
            return nil
        }
        bind(update, record, of: batch, bytes: bytes)
        update.bind(columns.count + 2, fid)
        try blob.withUnsafeBytes { blob in
            blob.isEmpty ? update.bindNull(1) : update.bind(1, blob: blob)
            try update.run()
        }
        try noteChange(of: fid, position: record.position, before: before, box: record.box)
        return nil
    }

    private func noteChange(of fid: Int64, position: SourcePosition, before: RowImage, box: BoundingBox) throws {
        try log.changed(fid, position: position, before: before)
        counts.changed += 1
        boxes.append(RTreeShadow.Entry(id: fid, box: box))
        extent.add(box)
        markUnindexed.bind(1, fid)
        try markUnindexed.run()
    }

    /// Writes a record over a row that others have changed since its source wrote it.
    private func write(
        _ record: FeatureBatch.Record, of batch: FeatureBatch, bytes: UnsafeRawBufferPointer, over fid: Int64,
        _ before: RowImage, keeping corrected: CorrectedRow
    ) throws {
        var wanted = RowImage(record, of: batch, bytes: bytes, blob: blob, columns: columns)
        if wanted.values[Self.derivedColumn] == .null {
            wanted.values[Self.derivedColumn] = before.values[Self.derivedColumn]
        }
        let found = corrected.keep(in: &wanted, present: before)
        conflicts.add(found, ref: before.text("ref") ?? "", position: record.position)
        guard !wanted.says(before) else {
            counts.unchanged += 1
            return
        }
        for (index, column) in (["geom"] + columns).enumerated() {
            (wanted.values[column] ?? .null).bind(index + 1, to: update)
        }
        update.bind(columns.count + 2, fid)
        try update.run()
        try noteChange(of: fid, position: record.position, before: before, box: wanted.box)
    }

    private func add(_ record: FeatureBatch.Record, of batch: FeatureBatch, bytes: UnsafeRawBufferPointer) throws {
        bind(insert, record, of: batch, bytes: bytes)
        try blob.withUnsafeBytes { blob in
            if !blob.isEmpty { insert.bind(1, blob: blob) }
            try insert.run()
        }
        counts.added += 1
        let fid = sqlite3_last_insert_rowid(db.sqliteConnection)
        if firstAdded == nil { firstAdded = fid }
        lastAdded = fid
        let digest = digests.digest(of: record, in: batch, bytes: bytes, blob: blob)
        try log.added(fid, position: record.position, digest: digest)
        if !wasEmpty { seenFids.insert(fid) }
        if !record.box.isEmpty {
            boxes.append(RTreeShadow.Entry(id: fid, box: record.box))
            extent.add(record.box)
        }
        try index(record, of: batch, bytes: bytes, fid: fid)
    }

    private func bind(
        _ statement: borrowing RawStatement, _ record: FeatureBatch.Record, of batch: FeatureBatch,
        bytes: UnsafeRawBufferPointer
    ) {
        sqlite3_clear_bindings(statement.pointer)
        for index in record.fields {
            let place = batch.fields[index].key + 2
            switch batch.fields[index].value {
            case .null: break
            case .boolean(let value): statement.bind(place, Int64(value ? 1 : 0))
            case .integer(let value): statement.bind(place, value)
            case .real(let value): statement.bind(place, value)
            case .text(let range), .json(let range):
                statement.bind(place, text: UnsafeRawBufferPointer(rebasing: bytes[range]))
            }
        }
    }

    private func index(
        _ record: FeatureBatch.Record, of batch: FeatureBatch, bytes: UnsafeRawBufferPointer, fid: Int64
    ) throws {
        var grams = ""
        for index in record.fields where searchedColumns.contains(batch.fields[index].key) {
            let field = batch.fields[index]
            if case .text(let range) = field.value { grams += NameIndex.grams(batch.string(range)) + " " }
        }
        if case .text(let range)? = batch.fields[record.fields].last?.value,
            batch.fields[record.fields.upperBound - 1].key == attributesColumn,
            NameIndex.holdsAlias(UnsafeRawBufferPointer(rebasing: bytes[range]))
        {
            markUnindexed.bind(1, fid)
            try markUnindexed.run()
        }
        guard !grams.isEmpty else { return }
        guard let rowID = NameIndex.rowID(layer: layer, fid: fid) else {
            markUnindexed.bind(1, fid)
            return try markUnindexed.run()
        }
        insertName.bind(1, rowID)
        insertName.bind(2, grams)
        try insertName.run()
    }

    /// Whether the row under `select` holds just what a record says.
    private func equals(
        _ record: FeatureBatch.Record, of batch: FeatureBatch, bytes: UnsafeRawBufferPointer
    ) -> Bool {
        guard select.bytes(1).elementsEqual(blob) else { return false }
        var filled = Set<Int>()
        for field in batch.fields[record.fields] {
            let column = field.key + 2
            let isEqual =
                switch field.value {
                case .null: select.isNull(column) || columns[field.key] == Self.derivedColumn
                case .boolean(let value): !select.isNull(column) && select.integer(column) == (value ? 1 : 0)
                case .integer(let value): !select.isNull(column) && select.integer(column) == value
                case .real(let value): !select.isNull(column) && select.real(column) == value
                case .text(let range), .json(let range):
                    !select.isNull(column) && select.bytes(column).elementsEqual(bytes[range])
                }
            guard isEqual else { return false }
            filled.insert(field.key)
        }
        return columns.indices.allSatisfy {
            filled.contains($0) || select.isNull($0 + 2) || columns[$0] == Self.derivedColumn
        }
    }

    /// Whether a record of another source with the ref of the row under
    /// `select` is plainly the same thing: it stands where the row stands, or
    /// has its name and is not known to be far. Boxes of neighbouring areas
    /// and lines meet, so theirs must be much the same.
    private func isSameThing(
        _ record: FeatureBatch.Record, of batch: FeatureBatch, bytes: UnsafeRawBufferPointer
    ) -> Bool {
        let place = GeoPackageBinary.box(select.bytes(1))
        let isSmall = layer == .building || layer == .station
        if isSmall ? place.intersects(record.box) : place.resembles(record.box) { return true }
        guard let column = columns.firstIndex(of: "name"), !select.isNull(column + 2),
            let field = batch.fields[record.fields].first(where: { $0.key == column }),
            case .text(let range) = field.value, !range.isEmpty,
            select.bytes(column + 2).elementsEqual(bytes[range])
        else { return false }
        guard !place.isEmpty, !record.box.isEmpty else { return true }
        return Geodesic.distanceMeters(place.center, record.box.center) <= Self.sameNameMeters
    }

    /// Farther apart, one name is two things: every district has a 社区卫生服务站.
    private static let sameNameMeters = 1000.0

    /// Marks rows ended that this import did not meet.
    ///
    /// - Parameters:
    ///   - time: when, in UTC.
    ///   - scope: columns or members of `attributes`, and the values they must
    ///     have: which rows the source speaks for.
    /// - Throws: a database error.
    public func endUnseen(at time: String, where scope: [(name: String, value: String)]) throws {
        guard !wasEmpty else { return }
        let condition = scope.map { part -> String in
            let isColumn = columns.contains(part.name)
            return "AND \((isColumn ? Property.column(part.name) : .attribute(part.name)).sql) = ?"
        }.joined(separator: " ")
        let rows = try RawStatement(
            db, "SELECT fid FROM \"\(layer.name)\" WHERE ended_at IS NULL \(condition)")
        for (index, part) in scope.enumerated() { rows.bind(index + 1, part.value) }
        var gone: [Int64] = []
        while try rows.step() {
            if !seenFids.contains(rows.integer(0)) { gone.append(rows.integer(0)) }
        }
        let end = try RawStatement(db, "UPDATE \"\(layer.name)\" SET ended_at = ? WHERE fid = ?")
        for fid in gone {
            try log.recording(fid) {
                end.bind(1, time)
                end.bind(2, fid)
                try end.run()
            }
        }
        counts.ended += gone.count
    }

    /// Brings the spatial index, the extent, the count and the triggers up to date.
    func finish() throws {
        seen = SeenRefs()
        try log.flush()
        let changes = counts.added + counts.changed + counts.ended
        try indexRefs()
        if changes > 0 { try writeSpatialIndex() }
        try Schema.makeTriggers(db, layer)
        guard changes > 0 else { return }
        try db.execute(
            sql: "UPDATE gpkg_ogr_contents SET feature_count = coalesce(feature_count, 0) + ? WHERE table_name = ?",
            arguments: [counts.added, layer.name])
        if !extent.isEmpty {
            try db.execute(
                sql: """
                    UPDATE gpkg_contents SET min_x = min(coalesce(min_x, 1e9), ?), min_y = min(coalesce(min_y, 1e9), ?),
                    max_x = max(coalesce(max_x, -1e9), ?), max_y = max(coalesce(max_y, -1e9), ?) WHERE table_name = ?
                    """,
                arguments: [extent.west, extent.south, extent.east, extent.north, layer.name])
        }
        try db.execute(
            sql: """
                UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now') WHERE table_name = ?;
                """, arguments: [layer.name])
        try AtlasPart.layer(layer).raiseVersion(in: db, by: changes)
    }

    private func writeSpatialIndex() throws {
        let tree = RTreeShadow(layer: layer.name)
        if wasEmpty && counts.changed == 0 {
            try tree.replace(db, with: boxes)
        } else {
            try tree.update(db, boxes)
        }
        boxes = []
    }
}
