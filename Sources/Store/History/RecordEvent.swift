import GRDB
public import Messages
public import Spatial

/// Something that happened to a record.
public struct RecordEvent: Sendable {
    /// What happened.
    public enum Kind: String, Sendable {
        /// The record came.
        case added
        /// Values of it changed.
        case changed
        /// The change that had brought it was taken back.
        case removed
        /// Another program changed or removed it; what and when is not known.
        case elsewhere
    }

    /// A column or attribute that changed.
    public struct Cell: Hashable, Sendable {
        /// The name of the column or attribute.
        public let name: String
        /// What it was.
        public let from: Attribute
        /// What it became.
        public let to: Attribute

        /// Makes the change of a column.
        public init(name: String, from: Attribute, to: Attribute) {
            self.name = name
            self.from = from
            self.to = to
        }
    }

    /// What happened.
    public let kind: Kind
    /// The change; `nil` for one of another program.
    public let change: StoredChange?
    /// The file that it came from; `nil` by hand.
    public var file: String?
    /// Where in the file.
    public var position: SourcePosition?
    /// The columns that changed, by name.
    public var cells: [Cell] = []
    /// The geometry before and after as WKB, where it changed; empty for none.
    public var geometry: (before: [UInt8], after: [UInt8])?
}

extension AtlasFile {
    /// What happened to a row of a layer, newest first; also to one that is
    /// gone.
    ///
    /// - Throws: `Failure`.
    /// - Complexity: O(changes of the row log changes).
    public func history(of layer: Layer, fid: Int64) throws(Failure) -> [RecordEvent] {
        try ask { db in
            guard try Self.holdsHistory(db) else { return [] }
            let changes = Dictionary(try Self.changes(db).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            let steps = try RecordStep.all(db, layer: layer, fid: fid).sorted { $0.change < $1.change }
            let present = try RowReader(db, layer: layer).image(of: fid)
            return RecordStep.events(steps, changes: changes, present: present)
        }
    }
}

/// What one change did to a row, as it is stored.
private struct RecordStep {
    let change: Int64
    let file: String?
    let position: SourcePosition?
    /// The values before and after; `nil` where the row was added.
    let images: (before: RowImage, after: RowImage)?
    let digestBefore: Int64?
    let digestAfter: Int64?

    static func all(_ db: Database, layer: Layer, fid: Int64) throws -> [RecordStep] {
        try changes(db, layer: layer, fid: fid) + additions(db, layer: layer, fid: fid)
    }

    private static func changes(_ db: Database, layer: Layer, fid: Int64) throws -> [RecordStep] {
        let rows = try RawStatement(
            db,
            "SELECT r.change_id, p.file, r.position_unit, r.position, r.before, r.after, r.digest_before, "
                + "r.digest_after FROM louyu_change_row AS r LEFT JOIN louyu_change_part AS p ON p.id = r.part_id "
                + "WHERE r.layer = ? AND r.fid = ?")
        rows.bind(1, layer.name)
        rows.bind(2, fid)
        var steps: [RecordStep] = []
        while try rows.step() {
            guard let before = RowImage(encoded: rows.bytes(4)), let after = RowImage(encoded: rows.bytes(5)) else {
                throw Failure(
                    .unusableInput, .historyDamaged("louyu_change_row", rows.integer(0)), hint: .restoreBackup)
            }
            steps.append(
                RecordStep(
                    change: rows.integer(0), file: rows.isNull(1) ? nil : rows.string(1),
                    position: SourcePosition(unit: rows.string(2), number: rows.isNull(3) ? nil : rows.integer(3)),
                    images: (before, after), digestBefore: rows.integer(6), digestAfter: rows.integer(7)))
        }
        return steps
    }

    private static func additions(_ db: Database, layer: Layer, fid: Int64) throws -> [RecordStep] {
        let rows = try RawStatement(
            db,
            "SELECT p.change_id, p.file, a.position_unit, a.positions, a.first_fid, a.digests "
                + "FROM louyu_change_added AS a JOIN louyu_change_part AS p ON p.id = a.part_id "
                + "WHERE a.layer = ? AND a.first_fid BETWEEN ? AND ? AND a.last_fid >= ?")
        rows.bind(1, layer.name)
        rows.bind(2, fid.subtractingReportingOverflow(Int64(AddedRows.mostRows)).partialValue)
        rows.bind(3, fid)
        rows.bind(4, fid)
        var steps: [RecordStep] = []
        while try rows.step() {
            guard let place = AddedRows.digestRange(of: fid, first: rows.integer(4)) else { continue }
            let number = PositionRuns.number(at: fid - rows.integer(4), in: rows.bytes(3))
            let digest = AddedRows.digest(at: place, in: rows.bytes(5))
            steps.append(
                RecordStep(
                    change: rows.integer(0), file: rows.isNull(1) ? nil : rows.string(1),
                    position: SourcePosition(unit: rows.string(2), number: number), images: nil, digestBefore: nil,
                    digestAfter: digest))
        }
        return steps
    }

    /// The steps as events, newest first.
    static func events(
        _ steps: [RecordStep], changes: [Int64: StoredChange], present: RowImage?
    ) -> [RecordEvent] {
        var events: [RecordEvent] = []
        var geometry = present?.values["geom"] ?? .null
        var expected = present?.digest
        // Whether the row that the next older step left is the one above it.
        var isChained = true
        for step in steps.reversed() {
            let change = changes[step.change]
            if step.images == nil, let undo = change?.undoneBy {
                events.append(RecordEvent(kind: .removed, change: changes[undo]))
            } else if isChained, step.digestAfter != expected {
                events.append(RecordEvent(kind: .elsewhere, change: nil))
            }
            var event = RecordEvent(kind: step.images == nil ? .added : .changed, change: change)
            (event.file, event.position) = (step.file, step.position)
            if let images = step.images {
                event.cells = images.before.cells(to: images.after)
                if let before = images.before.values["geom"] {
                    if before != geometry { event.geometry = (before.wkb, geometry.wkb) }
                    geometry = before
                }
            }
            // What a change did and undid itself is nothing that happened.
            if step.images == nil || !event.cells.isEmpty || event.geometry != nil { events.append(event) }
            (expected, isChained) = (step.digestBefore, step.images != nil)
            // What had the number earlier, and was taken back, was another record.
            if step.images == nil, present != nil, change?.undoneBy == nil { break }
        }
        return events
    }
}

extension SourcePosition {
    /// The position of a stored unit and number.
    init?(unit: String, number: Int64?) {
        guard let number, let place = Int(exactly: number) else { return nil }
        switch unit {
        case "line": self = .line(place)
        case "byte": self = .byte(place)
        case "row": self = .row(place)
        case "record": self = .record(place)
        default: return nil
        }
    }
}

extension RowImage {
    /// The columns that differ, the geometry's left out, `attributes` by its members.
    func cells(to after: RowImage) -> [RecordEvent.Cell] {
        var cells: [RecordEvent.Cell] = []
        for (column, old) in values where column != "geom" {
            let new = after.values[column] ?? .null
            guard old != new else { continue }
            guard column == "attributes" else {
                cells.append(RecordEvent.Cell(name: column, from: old.attribute, to: new.attribute))
                continue
            }
            let (before, after) = (old.members, new.members)
            for name in Set(before.keys).union(after.keys) {
                let (from, to) = (before[name] ?? .null, after[name] ?? .null)
                if from != to { cells.append(RecordEvent.Cell(name: name, from: from, to: to)) }
            }
        }
        return cells.sorted { $0.name < $1.name }
    }
}

extension RowImage.Value {
    /// The value as callers know it.
    var attribute: Attribute {
        switch self {
        case .null: .null
        case .integer(let value): .integer(value)
        case .real(let value): .real(value)
        case .text(let bytes), .blob(let bytes): .text(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// The members of a text that is a JSON object; as a whole where it is none.
    var members: [String: Attribute] {
        Dictionary(memberList.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }

    /// The members in their order.
    var memberList: [(name: String, value: Attribute)] {
        guard case .text(let text) = self else { return [] }
        var batch = FeatureBatch()
        var cursor = KeyCursor(columnCount: 0)
        text.withUnsafeBytes { batch.appendMembers($0, keyCursor: &cursor) }
        return batch.fields.map { (batch.keys[$0.key], batch.attribute($0.value)) }
    }

    /// The WKB of a geometry's blob; empty where it is none.
    var wkb: [UInt8] {
        guard case .blob(let bytes) = self else { return [] }
        return bytes.withUnsafeBytes { blob in
            guard let header = GeoPackageBinary(blob), !header.isEmpty else { return [] }
            return Array(blob[header.wkbOffset...])
        }
    }
}
