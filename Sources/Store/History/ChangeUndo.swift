import GRDB
import Messages
import Spatial

/// What taking a change back does.
public struct UndoReport: Sendable {
    /// The change that is taken back.
    public let change: StoredChange
    /// Of each layer that it touched, how many rows it had added, which go,
    /// and how many it had changed or ended, which are as before again.
    public internal(set) var layers: [(layer: Layer, removed: Int, restored: Int)] = []
    /// Tiles of elevation that go or are as before again.
    public internal(set) var tiles = 0
    /// Records kept aside that go.
    public internal(set) var rejected = 0
    /// Rows of ledgers of which is remembered again what was before.
    public internal(set) var ledgerRows = 0
    /// Rows that another program has changed since; where there are any,
    /// nothing is taken back.
    public internal(set) var conflicts: [UndoConflict] = []
}

/// A row that is no longer as the change left it.
public struct UndoConflict: Hashable, Sendable {
    /// The layer.
    public let layer: Layer
    /// The row's number.
    public let fid: Int64
    /// Whether the row is gone.
    public let isGone: Bool
}

extension AtlasChange {
    /// Takes back the last change that was not taken back yet: rows, sources,
    /// records kept aside, columns, tiles of elevation.
    ///
    /// Taking back is itself a change; doing it again goes further back.
    /// Versions go on rising, so that nothing computed from either state is
    /// taken for the other's.
    ///
    /// - Returns: what was done; with conflicts, nothing was. `nil` where
    ///   there is no change to take back.
    /// - Throws: a database error; `Failure` where the history is damaged.
    /// - Complexity: reads every row that the change touched.
    public func undoLast() throws -> UndoReport? {
        let last = try AtlasFile.changes(db, where: "undone_by IS NULL AND undoes IS NULL ORDER BY id DESC LIMIT 1")
        guard let change = last.first else { return nil }
        var report = UndoReport(change: change)
        let record = try ChangeRecord(db, change: change.id)
        report.conflicts = try record.conflicts()
        guard report.conflicts.isEmpty else { return report }
        log.undoes = change.id
        let own = try log.changeID()
        for layer in record.layers {
            let undo = LayerUndo(db, layer: layer, record: record, log: try log.layer(layer))
            let (removed, restored) = try undo.run()
            report.layers.append((layer, removed, restored))
        }
        report.tiles = try record.restoreTiles(log)
        try record.restoreSnapGap(log)
        report.rejected = try record.removeSources()
        report.ledgerRows = try record.restoreLedgerRows()
        try db.execute(sql: "UPDATE louyu_change SET undone_by = ? WHERE id = ?", arguments: [own, change.id])
        return report
    }
}

/// What the history holds of one change.
struct ChangeRecord {
    let db: Database
    let change: Int64
    /// The layers that it touched.
    let layers: [Layer]

    init(_ db: Database, change: Int64) throws {
        self.db = db
        self.change = change
        let names = try String.fetchAll(
            db, sql: "SELECT layer FROM louyu_change_layer WHERE change_id = ?", arguments: [change])
        layers = Layer.all.filter { names.contains($0.name) }
    }

    /// The ranges of rows that it added to a layer.
    func added(to layer: Layer) throws -> [(record: Int64, fids: ClosedRange<Int64>)] {
        let rows = try RawStatement(
            db,
            "SELECT id, first_fid, last_fid FROM louyu_change_added WHERE layer = ? AND part_id IN "
                + "(SELECT id FROM louyu_change_part WHERE change_id = ?) ORDER BY first_fid")
        rows.bind(1, layer.name)
        rows.bind(2, change)
        var ranges: [(record: Int64, fids: ClosedRange<Int64>)] = []
        while try rows.step() {
            let (first, last) = (rows.integer(1), rows.integer(2))
            let isBehind = ranges.last.map { $0.fids.upperBound < first } ?? (first > 0)
            guard isBehind, last >= first, last - first < AddedRows.mostRows else {
                throw damage("louyu_change_added")
            }
            ranges.append((rows.integer(0), first...last))
        }
        return ranges
    }

    func damage(_ table: String) -> Failure {
        Failure(.unusableInput, .historyDamaged(table, change), hint: .restoreBackup)
    }

    /// The rows that are no longer as the change left them.
    func conflicts() throws -> [UndoConflict] {
        var found: [UndoConflict] = []
        for layer in layers {
            let reader = try RowReader(db, layer: layer)
            for (record, fids) in try added(to: layer) {
                let digests = try digests(record, count: fids.count)
                for (fid, expected) in zip(fids, digests) {
                    guard let digest = try reader.digest(of: fid), digest != expected else { continue }
                    found.append(UndoConflict(layer: layer, fid: fid, isGone: false))
                }
            }
            let rows = try RawStatement(
                db, "SELECT fid, digest_after FROM louyu_change_row WHERE change_id = ? AND layer = ?")
            rows.bind(1, change)
            rows.bind(2, layer.name)
            while try rows.step() {
                let digest = try reader.digest(of: rows.integer(0))
                guard digest != rows.integer(1) else { continue }
                found.append(UndoConflict(layer: layer, fid: rows.integer(0), isGone: digest == nil))
            }
            found += try columnConflicts(layer)
        }
        return found
    }

    /// Rows beside those of the change that have a value in a column that it made.
    private func columnConflicts(_ layer: Layer) throws -> [UndoConflict] {
        var found: [UndoConflict] = []
        for column in try columns(of: layer) {
            let rows = try RawStatement.integers(
                db,
                "SELECT fid FROM \"\(layer.name)\" WHERE \(column.quotedIdentifier) IS NOT NULL AND NOT EXISTS ("
                    + "SELECT 1 FROM louyu_change_row AS r WHERE r.change_id = \(change) AND r.layer = '\(layer.name)' "
                    + "AND r.fid = \"\(layer.name)\".fid) AND NOT EXISTS (SELECT 1 FROM louyu_change_added AS a "
                    + "JOIN louyu_change_part AS p ON p.id = a.part_id WHERE p.change_id = \(change) AND "
                    + "a.layer = '\(layer.name)' AND \"\(layer.name)\".fid BETWEEN a.first_fid AND a.last_fid)")
            found += rows.map { UndoConflict(layer: layer, fid: $0, isGone: false) }
        }
        return found
    }

    /// The columns that the change gave a layer and that it still has.
    func columns(of layer: Layer) throws -> [String] {
        let present = try AtlasFile.columns(db, layer)
        return try String.fetchAll(
            db, sql: "SELECT name FROM louyu_change_column WHERE change_id = ? AND layer = ?",
            arguments: [change, layer.name]
        ).filter { name in present.contains(name) && layer.column(name) == nil }
    }

    private func digests(_ record: Int64, count: Int) throws -> [Int64] {
        let row = try RawStatement(db, "SELECT digests FROM louyu_change_added WHERE id = ?")
        row.bind(1, record)
        guard try row.step(), row.bytes(0).count == count * 8 else { throw damage("louyu_change_added") }
        let bytes = row.bytes(0)
        return (0..<count).compactMap { AddedRows.digest(at: $0 * 8..<($0 + 1) * 8, in: bytes) }
    }

    /// Puts the tiles back that the change replaced, and takes away those it added.
    func restoreTiles(_ log: ChangeLog) throws -> Int {
        let rows = try RawStatement(
            db, "SELECT south, west, side, heights, source_id FROM louyu_change_tile WHERE change_id = ?")
        rows.bind(1, change)
        var count = 0
        while try rows.step() {
            let (south, west) = (rows.integer(0), rows.integer(1))
            try log.replacesTile(south: Int(south), west: Int(west), file: nil, sha256: nil, source: nil)
            count += 1
            guard !rows.isNull(2) else {
                try db.execute(
                    sql: "DELETE FROM louyu_elevation WHERE south = ? AND west = ?", arguments: [south, west])
                continue
            }
            let insert = try RawStatement(db, "INSERT OR REPLACE INTO louyu_elevation VALUES (?, ?, ?, ?, ?)")
            for column in 0..<3 { insert.bind(column + 1, rows.integer(column)) }
            insert.bind(4, copying: rows.bytes(3), asText: false)
            if !rows.isNull(4) { insert.bind(5, rows.integer(4)) }
            try insert.run()
        }
        return count
    }

    func restoreSnapGap(_ log: ChangeLog) throws {
        let before = try RawStatement.integers(
            db, "SELECT snap_gap_mm_before FROM louyu_change WHERE id = ?", [.integer(change)])
        guard let gap = before.first else { return }
        try log.replacesSnapGap(try AtlasFile.snapGapMillimeters(db))
        try AtlasFile.setSnapGap(gap, db)
    }

    /// Remembers of rows of ledgers what was remembered before.
    func restoreLedgerRows() throws -> Int {
        guard try db.tableExists(Schema.changedLedgerRowsTable), try db.tableExists("louyu_ledger_row") else {
            return 0
        }
        let kept = "FROM \(Schema.changedLedgerRowsTable) WHERE change_id = ?"
        try db.execute(
            sql: "DELETE FROM louyu_ledger_row WHERE (layer, ledger, row_key) IN "
                + "(SELECT layer, ledger, row_key \(kept))",
            arguments: [change])
        try db.execute(
            sql: "INSERT INTO louyu_ledger_row SELECT layer, ledger, row_key, ref, is_decided \(kept) "
                + "AND is_decided IS NOT NULL",
            arguments: [change])
        return try Int.fetchOne(db, sql: "SELECT count(*) \(kept)", arguments: [change]) ?? 0
    }

    /// Removes the sources, with what was kept aside of them.
    func removeSources() throws -> Int {
        let sources = "(SELECT source_id FROM louyu_change_part WHERE change_id = ? AND source_id IS NOT NULL)"
        try db.execute(sql: "DELETE FROM rejected_record WHERE source_id IN \(sources)", arguments: [change])
        let rejected = db.changesCount
        try db.execute(sql: "DELETE FROM louyu_repair WHERE source_id IN \(sources)", arguments: [change])
        try db.execute(
            sql: "UPDATE louyu_elevation SET source_id = NULL WHERE source_id IN \(sources)", arguments: [change])
        try db.execute(sql: "DELETE FROM louyu_source WHERE id IN \(sources)", arguments: [change])
        return rejected
    }
}
