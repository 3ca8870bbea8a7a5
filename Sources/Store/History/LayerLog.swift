import GRDB
import GRDBSQLite
import Spatial

/// What a change does to one layer, as it goes into the history.
final class LayerLog {
    let layer: Layer
    /// The highest fid ever given, and the extent, before the change.
    let sequenceBefore: Int64?
    let extentBefore: [Double]?
    /// The layer's version before the change.
    let versionBefore: Int64?

    private let db: Database
    private unowned let change: ChangeLog
    private var part: ChangePart?
    private var rows = AddedRows()
    private var firstAdded: Int64?
    private var reader: RowReader?
    private var highest: Int64?

    init(_ db: Database, layer: Layer, change: ChangeLog) throws {
        self.db = db
        self.layer = layer
        self.change = change
        sequenceBefore = try RawStatement.integers(
            db, "SELECT seq FROM sqlite_sequence WHERE name = '\(layer.name)'"
        ).first
        versionBefore = try AtlasFile.versions(db)[.layer(layer)]
        let row = try RawStatement(
            db, "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = '\(layer.name)'")
        let hasExtent = try row.step() && !(0..<4).contains { row.isNull($0) }
        extentBefore = hasExtent ? (0..<4).map { row.real($0) } : nil
    }

    /// What comes now belongs to another source.
    func begin(_ part: ChangePart) throws {
        try flush()
        self.part = part
    }

    /// A row that was added, and its digest; `nil` where only the row itself tells.
    func added(_ fid: Int64, position: SourcePosition?, digest: UInt64?) throws {
        // By hand there is no place in a file.
        let place = part?.file == nil ? nil : position?.unitAndNumber
        if !rows.takes(fid, unit: place?.0) { try flush() }
        if firstAdded == nil { firstAdded = fid }
        let known = try digest ?? UInt64(bitPattern: image(of: fid)?.digest ?? 0)
        rows.add(fid, position: place.map { (unit: $0.0, number: $0.1) }, digest: known)
    }

    /// A row that was changed from what it was to what it is now.
    func changed(_ fid: Int64, position: SourcePosition? = nil, before: RowImage) throws {
        guard let after = try image(of: fid) else { return }
        if let firstAdded, fid >= firstAdded { return try setDigest(after.digest, of: fid) }
        let difference = before.difference(to: after)
        guard !difference.after.values.isEmpty else { return }
        try change.changed(
            layer, fid: fid, part: partID(), position: part?.file == nil ? nil : position,
            before: (difference.before, before.digest), after: (difference.after, after.digest))
    }

    /// Changes a row by whatever `body` does.
    func recording(_ fid: Int64, position: SourcePosition? = nil, _ body: () throws -> Void) throws {
        let before = try image(of: fid)
        try body()
        if let before { try changed(fid, position: position, before: before) }
    }

    /// A row as it stands now.
    func image(of fid: Int64) throws -> RowImage? {
        let reader = try reader ?? RowReader(db, layer: layer)
        self.reader = reader
        return try reader.image(of: fid)
    }

    /// The highest fid that any earlier change gave a row, taken back or not.
    func highestLoggedFid() throws -> Int64 {
        if let highest { return highest }
        let found =
            try RawStatement.integers(
                db, "SELECT max(last_fid) FROM louyu_change_added WHERE layer = '\(layer.name)'"
            ).first ?? 0
        highest = found
        return found
    }

    /// The layer is changed, whether rows of it are logged or not.
    func touch() { change.touch(layer) }

    /// The layer has other columns from now on.
    func forgetColumns() { reader = nil }

    /// Writes what is still in memory.
    func flush() throws {
        guard !rows.isEmpty else { return }
        try rows.flush(db, layer: layer, part: partID())
    }

    private func partID() throws -> Int64 {
        let present = part ?? change.part(of: layer.name, file: nil, source: nil)
        part = present
        return try change.id(of: present)
    }

    /// A row that this change added was changed once more.
    private func setDigest(_ digest: Int64, of fid: Int64) throws {
        if !rows.isEmpty, fid >= rows.first { return rows.setDigest(digest, of: fid) }
        let record = try RawStatement(
            cached: "SELECT id, first_fid FROM louyu_change_added WHERE layer = ? AND first_fid <= ? "
                + "AND last_fid >= ? ORDER BY id DESC LIMIT 1", db)
        record.bind(1, layer.name)
        record.bind(2, fid)
        record.bind(3, fid)
        guard try record.step(), let place = AddedRows.digestRange(of: fid, first: record.integer(1)) else { return }
        var handle: OpaquePointer?
        let status = sqlite3_blob_open(
            db.sqliteConnection, "main", "louyu_change_added", "digests", record.integer(0), 1, &handle)
        guard status == SQLITE_OK, let handle else { throw DatabaseError(resultCode: ResultCode(rawValue: status)) }
        defer { sqlite3_blob_close(handle) }
        let written = withUnsafeBytes(of: digest.littleEndian) {
            sqlite3_blob_write(handle, $0.baseAddress, 8, Int32(place.lowerBound))
        }
        guard written == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: written)) }
    }
}
