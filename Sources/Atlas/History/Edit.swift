public import Messages
public import Spatial
public import Store

/// A correction of one record, or a record to add or to end, by hand.
public struct RecordEdit: Sendable {
    /// The record: its id, ref or name; of a new one, its name.
    public var record: String
    /// The ref that the record must have; one with another number is taken by its ref.
    public var ref: String?
    /// Columns and what they shall hold, as text; an empty one empties the column.
    public var values: [(column: String, text: String)] = []
    /// Columns and what they must hold now, as text.
    public var expected: [(column: String, text: String)] = []
    /// What the row held when it was looked at.
    public var version: RowVersion?
    /// Where it stands, of a new record or a point that moved.
    public var geometry: Geometry?
    /// Where it comes from in a file.
    public var position: SourcePosition?

    /// Makes an edit that says nothing yet.
    public init(record: String) { self.record = record }
}

/// What became of edits.
public struct EditReport: Sendable {
    /// An edit that was not made.
    public struct Refusal: Sendable {
        /// The edit.
        public let edit: RecordEdit
        /// Why.
        public let reason: Text
        /// What kind of failure it would be, were it the only edit.
        public var code = Failure.Code.usage
        /// Columns that somebody else has changed meanwhile: what they hold
        /// now, and what they should hold.
        public var conflicts: [(column: String, present: Attribute, wanted: Attribute)] = []
    }

    /// The records as they are now, and what changed.
    public internal(set) var done: [(feature: StoredFeature, cells: [RecordEvent.Cell])] = []
    /// How many records were like that already.
    public internal(set) var unchanged = 0
    /// The edits that were not made.
    public internal(set) var refused: [Refusal] = []
    /// Whether anything was kept.
    public internal(set) var isKept = false
    /// Names that are no columns of the layer and went to `attributes`.
    public internal(set) var attributes: [String] = []
}

/// How edits are made.
public struct EditOptions: Sendable {
    /// Why; kept in the history.
    public var note: String?
    /// The file that the edits come from.
    public var file: String?
    /// Whether good edits are made where others are refused; else it is all
    /// of them or none.
    public var isPartial = false
    /// Whether nothing is kept.
    public var isDryRun = false
    /// Rows of the file that could not be read; they count as refused.
    public var unread: [Rejection] = []
    /// Where records are looked up.
    public var layers = Layer.all

    /// Makes the defaults.
    public init() {}
}

/// Sets values of records.
///
/// - Throws: `Failure` of the atlas; single edits are refused in the report.
public func setRecords(_ edits: [RecordEdit], in path: String, options: EditOptions = EditOptions()) throws
    -> EditReport
{
    try Editing(path: path, verb: .set, options: options).run(edits) { try $0.set($1, $2) }
}

/// Marks records ended.
///
/// - Throws: `Failure` of the atlas; single edits are refused in the report.
public func endRecords(_ edits: [RecordEdit], in path: String, options: EditOptions = EditOptions()) throws
    -> EditReport
{
    try Editing(path: path, verb: .end, options: options).run(edits) { try $0.end($1, $2) }
}

/// Adds records to a layer; makes the atlas where it is missing.
///
/// - Throws: `Failure` of the atlas; single records are refused in the report.
public func addRecords(
    _ edits: [RecordEdit], to layer: Layer, in path: String, options: EditOptions = EditOptions()
) throws -> EditReport {
    try Editing(path: path, verb: .add, options: options).change {
        try EditRun($0, options: options).add(edits, to: layer)
    }
}

/// One run of edits over an atlas.
private struct Editing {
    let path: String
    let verb: ChangeVerb
    let options: EditOptions

    /// Looks the records up, then changes them.
    func run(
        _ edits: [RecordEdit], _ edit: (EditRun, RecordEdit, StoredFeature) throws -> EditOutcome
    ) throws -> EditReport {
        let found = try lookUp(edits)
        return try change { change in
            let run = EditRun(change, options: options)
            var seen: Set<String> = []
            for (one, target) in zip(edits, found) {
                switch target {
                case .failure(let failure): run.refuse(one, failure.what, failure.code)
                case .success(let feature):
                    guard seen.insert(feature.id).inserted else {
                        run.refuse(one, .editedTwice(feature.id))
                        continue
                    }
                    try run.take(one) { try edit(run, one, feature) }
                }
            }
            return run
        }
    }

    private func lookUp(_ edits: [RecordEdit]) throws -> [Result<StoredFeature, Failure>] {
        let atlas = try Atlas(path: path)
        defer { try? atlas.file.close() }
        return try atlas.snapshot {
            edits.map { edit in
                Result { () throws(Failure) in
                    let found = try? atlas.record(edit.record, in: options.layers)
                    if let found, edit.ref == nil || found.ref == edit.ref { return found }
                    return try atlas.record(edit.ref ?? edit.record, in: options.layers)
                }
            }
        }
    }

    /// Runs edits in one change of the atlas.
    func change(_ body: (AtlasChange) throws -> EditRun) throws -> EditReport {
        let whole = { (change: AtlasChange) throws -> (EditReport, AtlasFile.Ending) in
            change.describe(as: verb, note: options.note)
            var report = try body(change).report
            report.refused += options.unread.map { rejection in
                var edit = RecordEdit(record: "")
                edit.position = rejection.position
                return EditReport.Refusal(edit: edit, reason: rejection.reason)
            }
            report.isKept =
                !report.done.isEmpty && (options.isPartial || report.refused.isEmpty) && !options.isDryRun
            return (report, report.isKept ? .commit : .rollBack)
        }
        return options.isDryRun ? try AtlasFile.rehearse(path: path, whole) : try AtlasFile.change(path: path, whole)
    }
}

/// What came of one edit.
enum EditOutcome {
    case done(StoredFeature, [RecordEvent.Cell])
    case unchanged
}

/// Why a record is not edited: somebody else has changed it meanwhile.
struct EditConflict: Error {
    let columns: [(column: String, present: Attribute, wanted: Attribute)]
}

/// Makes edits inside a change.
final class EditRun {
    private(set) var report = EditReport()
    private let change: AtlasChange
    private let options: EditOptions
    private var texts: [Layer: CellText] = [:]

    init(_ change: AtlasChange, options: EditOptions) {
        self.change = change
        self.options = options
    }

    func refuse(_ edit: RecordEdit, _ reason: Text, _ code: Failure.Code = .usage) {
        report.refused.append(EditReport.Refusal(edit: edit, reason: reason, code: code))
    }

    /// Makes one edit and notes what came of it.
    func take(_ edit: RecordEdit, _ body: () throws -> EditOutcome) throws {
        do {
            switch try body() {
            case .done(let feature, let cells): report.done.append((feature, cells))
            case .unchanged: report.unchanged += 1
            }
        } catch let error as Rejected {
            refuse(edit, error.reason)
        } catch let error as EditConflict {
            report.refused.append(
                EditReport.Refusal(
                    edit: edit, reason: .changedMeanwhile, code: .unusableInput, conflicts: error.columns))
        }
    }

    /// Marks a record ended.
    func end(_ edit: RecordEdit, _ feature: StoredFeature) throws -> EditOutcome {
        try begin(feature.layer)
        guard let present = try change.row(feature.layer, fid: feature.fid) else { throw Rejected(.gone) }
        guard present.text("ended_at") == nil else { return .unchanged }
        if let version = edit.version, try !change.isOfVersion(version, present) { throw EditConflict(columns: []) }
        let now = Timestamp.now
        guard
            let after = try change.set([("ended_at", .text(now))], attributes: [], of: present, position: edit.position)
        else {
            throw Rejected(.gone)
        }
        return .done(after, [RecordEvent.Cell(name: "ended_at", from: .null, to: .text(now))])
    }

    /// Sets values of a record, if nobody has changed them meanwhile.
    func set(_ edit: RecordEdit, _ feature: StoredFeature) throws -> EditOutcome {
        try begin(feature.layer)
        let texts = try self.texts(feature.layer)
        guard let present = try change.row(feature.layer, fid: feature.fid) else { throw Rejected(.gone) }
        let seen = try seen(edit, of: present)
        var conflicts = try unexpected(edit, present, texts)
        var cells: [RecordEvent.Cell] = []
        var columns: [(name: String, value: Attribute)] = []
        var attributes: [(name: String, value: Attribute)] = []
        for (name, text) in edit.values {
            let target = try texts.target(name)
            let key = target.name
            let wanted = try texts.value(text, for: target, present: present[key])
            guard !CellText.isSame(wanted, present[key]) else { continue }
            switch seen {
            case .untold: break
            case .state(let state) where CellText.isSame(wanted, state[key]): continue
            case .state(let state) where CellText.isSame(present[key], state[key]): break
            case .state, .forgotten:
                conflicts.append((key, present[key] ?? .null, wanted))
                continue
            }
            cells.append(RecordEvent.Cell(name: key, from: present[key] ?? .null, to: wanted))
            if case .column = target { columns.append((key, wanted)) } else { attributes.append((key, wanted)) }
        }
        guard conflicts.isEmpty else { throw EditConflict(columns: conflicts) }
        let isMoved = try move(present, to: edit.geometry, seenAt: seen.feature?.position)
        guard isMoved || !cells.isEmpty else { return .unchanged }
        if columns.contains(where: { $0.name == "floor_area_m2" }), present["floor_area_estimated"] == .boolean(true),
            !columns.contains(where: { $0.name == "floor_area_estimated" })
        {
            // A value that somebody states is no estimate.
            columns.append(("floor_area_estimated", .null))
        }
        note(attributes.map(\.name), of: present)
        guard let after = try change.set(columns, attributes: attributes, of: present, position: edit.position) else {
            throw Rejected(.gone)
        }
        return .done(after, cells)
    }

    /// What the editor of a record saw of it.
    private enum Seen {
        /// He did not say.
        case untold
        /// A state that nobody knows any more.
        case forgotten
        case state(StoredFeature)

        var feature: StoredFeature? { if case .state(let feature) = self { feature } else { nil } }
    }

    private func seen(_ edit: RecordEdit, of present: StoredFeature) throws -> Seen {
        guard let version = edit.version else { return .untold }
        return try change.past(of: present, at: version).map(Seen.state) ?? .forgotten
    }

    private func unexpected(
        _ edit: RecordEdit, _ present: StoredFeature, _ texts: CellText
    ) throws -> [(column: String, present: Attribute, wanted: Attribute)] {
        try edit.expected.compactMap { name, text in
            let key = try texts.target(name).name
            let now = present[key] ?? .null
            return CellText.text(now) == text.trimmed || CellText.isSame(now, .text(text))
                ? nil : (key, now, .text(text))
        }
    }

    /// Moves a point; an outline is not moved by a position in a table.
    private func move(_ present: StoredFeature, to geometry: Geometry?, seenAt: LonLat?) throws -> Bool {
        guard let geometry, let position = present.position else { return false }
        let wanted = geometry.box.center
        func isAt(_ place: LonLat) -> Bool {
            abs(place.longitude - wanted.longitude) < 1e-7 && abs(place.latitude - wanted.latitude) < 1e-7
        }
        if isAt(position) { return false }
        if let seenAt, isAt(seenAt) { return false }
        guard case .point? = present.geometry else { throw Rejected(.outlineStays) }
        try change.setGeometry(of: present, to: geometry)
        return true
    }

    private func note(_ attributes: [String], of present: StoredFeature) {
        for name in attributes where present[name] == nil && !report.attributes.contains(name) {
            report.attributes.append(name)
        }
    }

    private var begun: Set<Layer> = []

    private func begin(_ layer: Layer) throws {
        guard begun.insert(layer).inserted else { return }
        try change.beginEdit(of: layer, file: options.file)
    }

    private func texts(_ layer: Layer) throws -> CellText {
        if let known = texts[layer] { return known }
        let new = CellText(layer: layer, columns: try change.columns()[layer.name] ?? [])
        texts[layer] = new
        return new
    }

    /// Adds records to a layer.
    func add(_ edits: [RecordEdit], to layer: Layer) throws -> EditRun {
        let writer = try change.writer(for: layer)
        try begin(layer)
        let texts = try self.texts(layer)
        for edit in edits {
            try take(edit) {
                guard !edit.record.trimmed.isEmpty else { throw Rejected(.nameMissing) }
                guard let geometry = edit.geometry else { throw Rejected(.noPlaceGiven) }
                guard layer.accepts(geometry.type) else {
                    throw Rejected(.wrongGeometryType(geometry.type.name, layer.title))
                }
                return try add(edit, geometry, to: writer, texts)
            }
        }
        return self
    }

    private func add(
        _ edit: RecordEdit, _ geometry: Geometry, to writer: LayerWriter, _ texts: CellText
    ) throws -> EditOutcome {
        let ref = try change.freeRef(in: writer.layer)
        var columns: [(key: String, value: Attribute)] = [("ref", .text(ref)), ("name", .text(edit.record.trimmed))]
        var members: [(name: String, value: FieldValue)] = []
        var batch = FeatureBatch()
        batch.keys = writer.columns
        for (name, text) in edit.values {
            let target = try texts.target(name)
            let value = try texts.value(text, for: target, present: nil)
            guard value != .null else { continue }
            if case .column(let column) = target {
                columns.removeAll { $0.key == column }
                columns.append((column, value))
            } else {
                members.append((target.name, batch.store(value)))
                if !report.attributes.contains(target.name) { report.attributes.append(target.name) }
            }
        }
        if !members.isEmpty { columns.append(("attributes", .text(Self.json(members, of: batch)))) }
        batch.append(Feature(geometry: geometry, attributes: columns), position: edit.position ?? .record(1))
        let collisions = try writer.write(batch)
        guard collisions.isEmpty else { throw Rejected(.refRepeats(ref)) }
        guard let fid = try change.features(FeatureQuery(writer.layer, condition: .ref(ref))).first else {
            throw Rejected(.gone)
        }
        return .done(fid, [])
    }

    private static func json(_ members: [(name: String, value: FieldValue)], of batch: FeatureBatch) -> String {
        var json: [UInt8] = [UInt8(ascii: "{")]
        for (name, value) in members { RecordText.appendMember(name, value, of: batch, to: &json) }
        json.append(UInt8(ascii: "}"))
        return String(decoding: json, as: UTF8.self)
    }
}

extension CellText.Target {
    /// The name of the column or attribute.
    var name: String {
        switch self {
        case .column(let name), .attribute(let name): name
        }
    }
}
