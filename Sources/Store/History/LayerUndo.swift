import GRDB
import Messages
import Spatial

/// Takes back what a change did to one layer.
///
/// As in an import, the triggers are away meanwhile, and spatial index,
/// counts and versions are brought up to date at the end.
struct LayerUndo {
    private let db: Database
    private let layer: Layer
    private let record: ChangeRecord
    private let log: LayerLog
    private let table: String

    init(_ db: Database, layer: Layer, record: ChangeRecord, log: LayerLog) {
        self.db = db
        self.layer = layer
        self.record = record
        self.log = log
        table = layer.name.quotedIdentifier
    }

    /// Removes the rows that the change added, and restores those that it changed.
    func run() throws -> (removed: Int, restored: Int) {
        let isAsLeft = try isAsLeft()
        log.touch()
        try Schema.dropTriggers(db, layer)
        let restored = try restore()
        let removed = try remove()
        for column in try record.columns(of: layer) { try drop(column) }
        try writeSpatialIndex(restored: restored, removed: removed.fids)
        try restoreCatalogue(removed: removed.count, isAsLeft: isAsLeft)
        try Schema.makeTriggers(db, layer)
        try AtlasPart.layer(layer).raiseVersion(in: db, by: max(1, restored.count + removed.count))
        return (removed.count, restored.count)
    }

    /// Whether nobody but Louyu touched the layer since: each change began at
    /// the version that the one before had left.
    private func isAsLeft() throws -> Bool {
        let rows = try RawStatement(
            db,
            "SELECT version_before, version_after FROM louyu_change_layer WHERE layer = ? AND change_id >= ? "
                + "ORDER BY change_id")
        rows.bind(1, layer.name)
        rows.bind(2, record.change)
        var left: Int64?
        while try rows.step() {
            guard left == nil || left == rows.integer(0) else { return false }
            left = rows.integer(1)
        }
        return try left == AtlasFile.versions(db)[.layer(layer)]
    }

    /// Gives the changed rows their old values.
    private func restore() throws -> [Int64] {
        let rows = try RawStatement(
            db, "SELECT fid, before FROM louyu_change_row WHERE change_id = ? AND layer = ? ORDER BY fid")
        rows.bind(1, record.change)
        rows.bind(2, layer.name)
        let known = Set(try AtlasFile.columns(db, layer)).union(["geom"])
        let mark = try RawStatement(db, "INSERT OR IGNORE INTO louyu_unindexed VALUES ('\(layer.name)', ?)")
        var fids: [Int64] = []
        while try rows.step() {
            guard let before = RowImage(encoded: rows.bytes(1)) else { throw record.damage("louyu_change_row") }
            let fid = rows.integer(0)
            // A column that another program has dropped has nothing to restore.
            let values = before.values.filter { known.contains($0.key) }.sorted { $0.key < $1.key }
            guard !values.isEmpty else { continue }
            try log.recording(fid) {
                let list = values.map { "\($0.key.quotedIdentifier) = ?" }.joined(separator: ", ")
                let update = try RawStatement(cached: "UPDATE \(table) SET \(list) WHERE fid = ?", db)
                for (index, value) in values.enumerated() { value.value.bind(index + 1, to: update) }
                update.bind(values.count + 1, fid)
                try update.run()
            }
            mark.bind(1, fid)
            try mark.run()
            fids.append(fid)
        }
        return fids
    }

    /// Deletes the added rows.
    private func remove() throws -> (fids: [ClosedRange<Int64>], count: Int) {
        let ranges = try record.added(to: layer).map(\.fids)
        var count = 0
        for fids in ranges {
            let bounds: StatementArguments = [fids.lowerBound, fids.upperBound]
            try db.execute(sql: "DELETE FROM \(table) WHERE fid BETWEEN ? AND ?", arguments: bounds)
            count += db.changesCount
            try db.execute(
                sql: "DELETE FROM louyu_unindexed WHERE layer = '\(layer.name)' AND fid BETWEEN ? AND ?",
                arguments: bounds)
        }
        return (ranges, count)
    }

    private func drop(_ column: String) throws {
        log.forgetColumns()
        try db.execute(sql: "ALTER TABLE \(table) DROP COLUMN \(column.quotedIdentifier)")
        try db.execute(
            sql: "DELETE FROM gpkg_data_columns WHERE table_name = ? AND column_name = ?",
            arguments: [layer.name, column])
    }

    private func writeSpatialIndex(restored: [Int64], removed: [ClosedRange<Int64>]) throws {
        let tree = RTreeShadow(layer: layer.name)
        let geometry = try RawStatement(db, "SELECT geom FROM \(table) WHERE fid = ?")
        var boxes: [RTreeShadow.Entry] = []
        for fid in restored {
            geometry.bind(1, fid)
            let box = try geometry.step() ? GeoPackageBinary.box(geometry.bytes(0)) : .empty
            geometry.reset()
            boxes.append(RTreeShadow.Entry(id: fid, box: box))
        }
        try tree.update(db, boxes, removing: removed)
    }

    /// The count, and the extent and the numbering as they were; where others
    /// have been in the layer since, the extent stays, which is never too small.
    private func restoreCatalogue(removed: Int, isAsLeft: Bool) throws {
        try db.execute(
            sql: "UPDATE gpkg_ogr_contents SET feature_count = feature_count - ? WHERE table_name = ?",
            arguments: [removed, layer.name])
        try db.execute(
            sql: "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now') WHERE table_name = ?",
            arguments: [layer.name])
        if isAsLeft {
            try db.execute(
                sql: "UPDATE gpkg_contents SET (min_x, min_y, max_x, max_y) = (SELECT min_x, min_y, max_x, max_y "
                    + "FROM louyu_change_layer WHERE change_id = ? AND layer = table_name) WHERE table_name = ?",
                arguments: [record.change, layer.name])
        }
        try db.execute(
            sql:
                "UPDATE sqlite_sequence SET seq = max(coalesce((SELECT CAST(sequence_before AS INTEGER) FROM louyu_change_layer "
                + "WHERE change_id = ? AND layer = name), 0), coalesce((SELECT max(fid) FROM \(table)), 0)) "
                + "WHERE name = ?",
            arguments: [record.change, layer.name])
    }
}
