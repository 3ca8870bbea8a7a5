public import Foundation
import GRDB
import Spatial

/// What a change of the atlas is called in its history.
public enum ChangeVerb: String, Sendable, CaseIterable {
    /// Files were imported.
    case `import`
    /// Records were added by hand.
    case add
    /// Values were set by hand.
    case set
    /// Records were ended by hand.
    case end
    /// A change was taken back.
    case undo
    /// Geometries were mended.
    case `repair`
    /// A caller of the library changed rows and did not say how.
    case edit
}

/// What of a change came from one file into one layer, or by hand.
final class ChangePart {
    let layer: String
    let file: String?
    var sha256: String?
    var source: Int64?
    fileprivate var id: Int64?

    init(layer: String, file: String?, source: Int64?) {
        self.layer = layer
        self.file = file
        self.source = source
    }
}

/// The record of one change in the history of an atlas; none is written for
/// a change that changes nothing.
final class ChangeLog {
    var verb = ChangeVerb.edit
    var note: String?
    /// The change that this one takes back.
    var undoes: Int64?

    private let db: Database
    private var id: Int64?
    private var parts: [ChangePart] = []
    private var layers: [LayerLog] = []
    private var touched: Set<Layer> = []

    init(_ db: Database) { self.db = db }

    /// The number of the change, given with the first thing that it does.
    func changeID() throws -> Int64 {
        if let id { return id }
        try db.execute(
            sql: "INSERT INTO louyu_change (made_at, verb, note, undoes) VALUES (?, ?, ?, ?)",
            arguments: [ChangeTime.text(Date()), verb.rawValue, note, undoes])
        let new = db.lastInsertedRowID
        id = new
        return new
    }

    /// The log of a layer; the same one each time.
    func layer(_ layer: Layer) throws -> LayerLog {
        if let known = layers.first(where: { $0.layer == layer }) { return known }
        let new = try LayerLog(db, layer: layer, change: self)
        layers.append(new)
        return new
    }

    /// A part that is written when something belongs to it.
    func part(of layer: String, file: String?, source: Int64?) -> ChangePart {
        let part = ChangePart(layer: layer, file: file, source: source)
        parts.append(part)
        return part
    }

    /// The number of a part.
    func id(of part: ChangePart) throws -> Int64 {
        if let id = part.id { return id }
        try db.execute(
            sql: "INSERT INTO louyu_change_part (change_id, layer, file, sha256, source_id) VALUES (?, ?, ?, ?, ?)",
            arguments: [changeID(), part.layer, part.file, part.sha256, part.source])
        let id = db.lastInsertedRowID
        part.id = id
        if let layer = Layer.named(part.layer) { touched.insert(layer) }
        return id
    }

    /// A source was read to its end.
    func endPart(source: Int64, sha256: String?, isKept: Bool) throws {
        guard let part = parts.first(where: { $0.source == source }) else { return }
        part.sha256 = sha256
        if !isKept { part.source = nil }
        guard part.id != nil else { return }
        try db.execute(
            sql: "UPDATE louyu_change_part SET sha256 = ?, source_id = ? WHERE id = ?",
            arguments: [part.sha256, part.source, part.id])
    }

    /// A row that was changed, once more perhaps.
    func changed(
        _ layer: Layer, fid: Int64, part: Int64, position: SourcePosition?,
        before: (image: RowImage, digest: Int64), after: (image: RowImage, digest: Int64)
    ) throws {
        var (before, after) = (before, after)
        if let earlier = try present(layer, fid: fid) {
            before.image.values.merge(earlier.before.values) { $1 }
            before.digest = earlier.digest
            after.image.values.merge(earlier.after.values) { now, _ in now }
        }
        // How the geometry was afterwards, the row or the next change tells.
        after.image.values["geom"] = nil
        try insert(layer, fid, part, position, before, after)
    }

    private func insert(
        _ layer: Layer, _ fid: Int64, _ part: Int64, _ position: SourcePosition?,
        _ before: (image: RowImage, digest: Int64), _ after: (image: RowImage, digest: Int64)
    ) throws {
        let insert = try RawStatement(
            cached: "INSERT OR REPLACE INTO louyu_change_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", db)
        insert.bind(1, try changeID())
        insert.bind(2, layer.name)
        insert.bind(3, fid)
        insert.bind(4, part)
        if let (unit, number) = position?.unitAndNumber {
            insert.bind(5, unit)
            insert.bind(6, Int64(number))
        }
        before.image.encoded.withUnsafeBytes { insert.bind(7, copying: $0, asText: false) }
        after.image.encoded.withUnsafeBytes { insert.bind(8, copying: $0, asText: false) }
        insert.bind(9, before.digest)
        insert.bind(10, after.digest)
        try insert.run()
    }

    /// What this change did to a row so far.
    private func present(_ layer: Layer, fid: Int64) throws -> (before: RowImage, after: RowImage, digest: Int64)? {
        let row = try RawStatement(
            cached: "SELECT before, after, digest_before FROM louyu_change_row "
                + "WHERE change_id = ? AND layer = ? AND fid = ?", db)
        row.bind(1, try changeID())
        row.bind(2, layer.name)
        row.bind(3, fid)
        guard try row.step(), let before = RowImage(encoded: row.bytes(0)), let after = RowImage(encoded: row.bytes(1))
        else { return nil }
        return (before, after, row.integer(2))
    }

    func touch(_ layer: Layer) { touched.insert(layer) }

    /// A layer got a column.
    func addedColumn(_ name: String, to layer: Layer) throws {
        try self.layer(layer).forgetColumns()
        touched.insert(layer)
        try db.execute(
            sql: "INSERT INTO louyu_change_column VALUES (?, ?, ?)", arguments: [changeID(), layer.name, name])
    }

    /// The gap of the streets is about to be another.
    func replacesSnapGap(_ millimeters: Int64) throws {
        try db.execute(
            sql: "UPDATE louyu_change SET snap_gap_mm_before = ? WHERE id = ?", arguments: [millimeters, changeID()])
    }

    /// What is remembered of rows of a ledger is about to be replaced or forgotten.
    func replacesLedgerRows(_ keys: [String], layer: Layer, ledger: String) throws {
        if try !db.tableExists(Schema.changedLedgerRowsTable) { try db.execute(sql: Schema.changedLedgerRows) }
        let keep = try RawStatement(
            db,
            "INSERT OR IGNORE INTO \(Schema.changedLedgerRowsTable) SELECT ?, ?, ?, ?, is_decided, ref FROM (SELECT 1) "
                + "LEFT JOIN louyu_ledger_row ON layer = ? AND ledger = ? AND row_key = ?")
        keep.bind(1, try changeID())
        for place in [2, 5] {
            keep.bind(place, layer.name)
            keep.bind(place + 1, ledger)
        }
        for key in keys {
            keep.bind(4, key)
            keep.bind(7, key)
            try keep.run()
        }
    }

    /// A tile of elevation is about to be written.
    func replacesTile(south: Int, west: Int, file: String?, sha256: String?, source: Int64?) throws {
        let part = part(of: AtlasPart.elevation.name, file: file, source: source)
        part.sha256 = sha256
        _ = try id(of: part)
        try db.execute(
            sql: "INSERT OR IGNORE INTO louyu_change_tile SELECT ?, ?, ?, side, heights, source_id FROM "
                + "(SELECT 1) LEFT JOIN louyu_elevation ON south = ? AND west = ?",
            arguments: [changeID(), south, west, south, west])
    }

    /// Completes the record, when all else is written.
    func finish() throws {
        for layer in layers { try layer.flush() }
        for part in parts where part.source != nil { _ = try id(of: part) }
        guard let id else { return }
        for log in layers where touched.contains(log.layer) {
            let extent = log.extentBefore.map { $0.map { Optional($0) } } ?? [nil, nil, nil, nil]
            try db.execute(
                sql: "INSERT INTO louyu_change_layer VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
                    + "(SELECT value FROM louyu_meta WHERE key = ?))",
                arguments: [
                    id, log.layer.name, log.sequenceBefore, extent[0], extent[1], extent[2], extent[3],
                    log.versionBefore,
                    AtlasPart.layer(log.layer).versionKey,
                ])
        }
    }
}

/// Times of the history: UTC to the millisecond, so that their order is that
/// of their texts.
public enum ChangeTime {
    /// The text of a time (RFC 3339).
    public static func text(_ date: Date) -> String {
        // Formatted as a whole, a time that was read from such a text may lose a millisecond.
        let (seconds, rest) = Int64((date.timeIntervalSince1970 * 1000).rounded()).dividedDown(by: 1000)
        let whole = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601).dropLast()
        return whole + "." + String(String(1000 + rest).dropFirst()) + "Z"
    }
}

extension Int64 {
    /// The quotient rounded down, and a remainder that is never negative.
    fileprivate func dividedDown(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
