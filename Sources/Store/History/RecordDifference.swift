import GRDB
public import Messages
import Spatial

/// A record that is not the same at two times or in two atlases.
public struct RecordDifference: Sendable {
    /// The record before; `nil` where there was none.
    public let before: StoredFeature?
    /// The record after; `nil` where there is none.
    public let after: StoredFeature?
    /// The columns and attributes that differ, by name; empty where the
    /// record came or went.
    public let cells: [RecordEvent.Cell]
    /// Whether the geometries differ.
    public let isGeometryOther: Bool

    /// The difference of two states of a row; `nil` where a reader of the
    /// atlas sees none: rows that have ended are not there for him.
    init?(
        before: (fid: Int64, image: RowImage)?, after: (fid: Int64, image: RowImage)?, layer: Layer,
        columns: (before: [String], after: [String])
    ) {
        let old = before.flatMap { $0.image.isEnded ? nil : $0 }
        let new = after.flatMap { $0.image.isEnded ? nil : $0 }
        guard old != nil || new != nil else { return nil }
        self.before = old.map { StoredFeature($0.image, layer: layer, fid: $0.fid, columns: columns.before) }
        self.after = new.map { StoredFeature($0.image, layer: layer, fid: $0.fid, columns: columns.after) }
        guard let old, let new else {
            (cells, isGeometryOther) = ([], false)
            return
        }
        let difference = old.image.difference(to: new.image)
        cells = difference.before.cells(to: difference.after)
        isGeometryOther = difference.before.values["geom"] != nil
        guard isGeometryOther || !cells.isEmpty else { return nil }
    }

    private init(before: StoredFeature?, after: StoredFeature?, cells: [RecordEvent.Cell], isGeometryOther: Bool) {
        (self.before, self.after, self.cells, self.isGeometryOther) = (before, after, cells, isGeometryOther)
    }

    /// The difference as it may be told; `nil` where nothing public differs.
    ///
    /// Totals of enterprises are told of neither side: what one more brought
    /// would be its own.
    ///
    /// - Parameter concealments: what the rows before and after may tell;
    ///   `nil` where the office itself asks.
    /// - Returns: the difference without what is not public.
    func told(by concealments: (before: Concealment?, after: Concealment?)) -> RecordDifference? {
        guard concealments.before != nil || concealments.after != nil else { return self }
        let cells = cells.compactMap { cell -> RecordEvent.Cell? in
            guard !RegisterTotals.isTotal(cell.name), let from = cell.from.told(of: cell.name, by: concealments.before),
                let to = cell.to.told(of: cell.name, by: concealments.after),
                from != to
            else { return nil }
            return RecordEvent.Cell(name: cell.name, from: from, to: to)
        }
        guard before == nil || after == nil || isGeometryOther || !cells.isEmpty else { return nil }
        return RecordDifference(
            before: before.map { concealments.before?.told($0) ?? $0 },
            after: after.map { concealments.after?.told($0) ?? $0 }, cells: cells, isGeometryOther: isGeometryOther)
    }
}

extension Attribute {
    /// A value of a column as it may be told; `nil` where the column may not be.
    fileprivate func told(of column: String, by concealment: Concealment?) -> Attribute? {
        guard let concealment else { return self }
        return concealment.isOpen(column) ? concealment.told(self, of: column) ?? .null : nil
    }
}

extension AtlasFile {
    /// What differs in a layer between two times, by fid.
    ///
    /// The present rows are taken back change by change. What was taken back
    /// counts as never done; edits of other programs are not told, as nobody
    /// knows when they were made.
    ///
    /// - Parameters:
    ///   - layer: the layer.
    ///   - from: the earlier time, as `ChangeTime.text` writes it.
    ///   - to: the later time; `nil` is now.
    /// - Returns: what differs, as far as it may be told.
    /// - Throws: `Failure`.
    /// - Complexity: O(rows that changed since `from`).
    public func differences(in layer: Layer, from: String, to: String?) throws(Failure) -> [RecordDifference] {
        try ask { db in
            guard try Self.holdsHistory(db) else { return [] }
            let concealment = try disclosed?.concealment(of: layer, in: db)
            return try PastRows(db, layer: layer, from: from, to: to).differences()
                .compactMap { $0.told(by: (concealment, concealment)) }
        }
    }

    /// What differs in a layer between this atlas and a later one, records
    /// matched by their ref; in the order of the refs.
    ///
    /// - Throws: `Failure`.
    /// - Complexity: reads both layers once; 100 bytes a row in memory.
    public func differences(in layer: Layer, to later: AtlasFile) throws(Failure) -> [RecordDifference] {
        try ask { old in
            try later.ask { new in
                let concealments = (
                    before: try disclosed?.concealment(of: layer, in: old),
                    after: try later.disclosed?.concealment(of: layer, in: new)
                )
                let (before, after) = (try Self.digests(old, layer), try Self.digests(new, layer))
                let (reader, laterReader) = (try RowReader(old, layer: layer), try RowReader(new, layer: layer))
                return try Set(before.keys).union(after.keys).sorted().compactMap { ref in
                    let (one, other) = (before[ref], after[ref])
                    guard one?.digest != other?.digest else { return nil }
                    return RecordDifference(
                        before: try one.flatMap { row in try reader.image(of: row.fid).map { (row.fid, $0) } },
                        after: try other.flatMap { row in try laterReader.image(of: row.fid).map { (row.fid, $0) } },
                        layer: layer, columns: (reader.columns, laterReader.columns)
                    )?.told(by: concealments)
                }
            }
        }
    }

    /// The rows of a layer that have not ended, by ref, each with a digest.
    private static func digests(_ db: Database, _ layer: Layer) throws -> [String: (fid: Int64, digest: Int64)] {
        let columns = ["geom"] + (try AtlasFile.columns(db, layer))
        let list = columns.map(\.quotedIdentifier).joined(separator: ", ")
        let rows = try RawStatement(
            db,
            "SELECT fid, \(list), coalesce(ref, '\(layer.name)/' || fid) FROM \"\(layer.name)\" WHERE ended_at IS NULL")
        let seeds = columns.map(RowDigest.seed)
        var found: [String: (fid: Int64, digest: Int64)] = [:]
        while try rows.step() {
            var digest = RowDigest()
            for (index, seed) in seeds.enumerated() { digest.add(rows, index + 1, seed: seed) }
            found[rows.string(columns.count + 1)] = (rows.integer(0), Int64(bitPattern: digest.value))
        }
        return found
    }
}

/// The rows of a layer as they stood at two times.
private struct PastRows {
    private let db: Database
    private let layer: Layer
    private let from: String
    private let to: String?
    private let reader: RowReader
    private let added: [(fids: ClosedRange<Int64>, isLate: Bool)]

    init(_ db: Database, layer: Layer, from: String, to: String?) throws {
        self.db = db
        self.layer = layer
        self.from = from
        self.to = to
        reader = try RowReader(db, layer: layer)
        let rows = try RawStatement(
            db,
            "SELECT a.first_fid, a.last_fid, c.made_at > ? FROM louyu_change AS c "
                + "JOIN louyu_change_part AS p ON p.change_id = c.id JOIN louyu_change_added AS a ON a.part_id = p.id "
                + "WHERE a.layer = ? AND c.made_at > ? AND \(Self.isStanding) "
                + "AND a.first_fid > 0 AND a.last_fid - a.first_fid BETWEEN 0 AND \(AddedRows.mostRows) "
                + "ORDER BY a.first_fid")
        rows.bind(1, to ?? Self.endOfTime)
        rows.bind(2, layer.name)
        rows.bind(3, from)
        var added: [(fids: ClosedRange<Int64>, isLate: Bool)] = []
        while try rows.step() { added.append((rows.integer(0)...rows.integer(1), rows.integer(2) != 0)) }
        self.added = added
    }

    private static let isStanding = "c.undone_by IS NULL AND c.undoes IS NULL"
    private static let endOfTime = "9999"

    func differences() throws -> [RecordDifference] {
        let rows = try RawStatement(
            db,
            "SELECT r.fid, c.made_at > ?, r.before FROM louyu_change_row AS r JOIN louyu_change AS c "
                + "ON c.id = r.change_id WHERE r.layer = ? AND c.made_at > ? AND \(Self.isStanding) "
                + "ORDER BY r.fid, r.change_id DESC")
        rows.bind(1, to ?? Self.endOfTime)
        rows.bind(2, layer.name)
        rows.bind(3, from)
        var past: [Int64: (before: RowImage, after: RowImage)] = [:]
        while try rows.step() {
            guard let image = RowImage(encoded: rows.bytes(2)) else {
                throw Failure(.unusableInput, .historyDamaged("louyu_change_row", 0), hint: .restoreBackup)
            }
            let fid = rows.integer(0)
            guard var states = try past[fid] ?? reader.image(of: fid).map({ ($0, $0) }) else { continue }
            states.before.values.merge(image.values) { $1 }
            if rows.integer(1) != 0 { states.after.values.merge(image.values) { $1 } }
            past[fid] = states
        }
        var found: [(fid: Int64, difference: RecordDifference)] = []
        func tell(_ fid: Int64, _ before: RowImage?, _ after: RowImage?) {
            let difference = RecordDifference(
                before: before.map { (fid, $0) }, after: after.map { (fid, $0) }, layer: layer,
                columns: (reader.columns, reader.columns))
            if let difference { found.append((fid, difference)) }
        }
        var isAdded: Set<Int64> = []
        for (fids, isLate) in added {
            try reader.forEach(in: fids) { fid, present in
                if past[fid] != nil { isAdded.insert(fid) }
                if !isLate { tell(fid, nil, past[fid]?.after ?? present) }
            }
        }
        for (fid, states) in past where !isAdded.contains(fid) { tell(fid, states.before, states.after) }
        return found.sorted { $0.fid < $1.fid }.map(\.difference)
    }
}

extension RowImage {
    /// Whether the row has ended.
    fileprivate var isEnded: Bool { values["ended_at"].map { $0 != .null } ?? false }
}

extension StoredFeature {
    /// A row as it stood.
    init(_ image: RowImage, layer: Layer, fid: Int64, columns: [String]) {
        var attributes: [(key: String, value: Attribute)] = []
        for column in columns where column != "geom" {
            guard let value = image.values[column], value != .null else { continue }
            if column == "attributes" {
                for (name, member) in value.members.sorted(by: { $0.key < $1.key }) {
                    attributes.append((columns.contains(name) ? "\(name)_2" : name, member))
                }
            } else if layer.column(column)?.kind == .boolean, case .integer(let flag) = value {
                attributes.append((column, .boolean(flag != 0)))
            } else {
                attributes.append((column, value.attribute))
            }
        }
        self.init(layer: layer, fid: fid, wkb: (image.values["geom"] ?? .null).wkb, attributes: attributes)
    }
}
