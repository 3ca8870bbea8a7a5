import Messages
import Spatial
import Store

/// What came of one edit.
enum EditOutcome {
    case done(StoredFeature, [RecordEvent.Cell])
    case unchanged
}

/// Why a record is not edited: somebody else has changed it meanwhile.
struct EditConflict: Error {
    var reason = Text.changedMeanwhile
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

    func refuse(_ edit: RecordEdit, _ reason: Text, _ code: Failure.Code = .usage, hint: Text? = nil) {
        report.refused.append(EditReport.Refusal(edit: edit, reason: reason, code: code, hint: hint))
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
                    edit: edit, reason: error.reason, code: .unusableInput, hint: .lookAgain,
                    conflicts: error.columns))
        } catch let error as Failure where error.code == .unusableInput {
            refuse(edit, error.what, error.code, hint: error.hint)
        }
    }

    /// Marks a record ended.
    func end(_ edit: RecordEdit, _ feature: StoredFeature) throws -> EditOutcome {
        try begin(feature.layer)
        let present = try present(feature)
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
        let present = try present(feature)
        let seen = try seen(edit, of: present)
        let unexpected = try unexpected(edit, present, texts)
        guard unexpected.isEmpty else { throw EditConflict(reason: .notAsExpected, columns: unexpected) }
        var conflicts: [(column: String, present: Attribute, wanted: Attribute)] = []
        var cells: [RecordEvent.Cell] = []
        var columns: [(name: String, value: Attribute)] = []
        var attributes: [(name: String, value: Attribute)] = []
        for (name, text) in edit.values {
            let target = try texts.target(name)
            let key = target.name
            if case .state(let old) = seen, CellText.text(old[key] ?? .null) == text.trimmed { continue }
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
            if target == .column("name"), wanted == .null { throw Rejected(.nameMissing) }
            cells.append(RecordEvent.Cell(name: key, from: present[key] ?? .null, to: wanted))
            if case .column = target { columns.append((key, wanted)) } else { attributes.append((key, wanted)) }
        }
        let move = try move(of: present, to: edit.geometry, seen)
        if case .conflict(let cell) = move { conflicts.append(cell) }
        guard conflicts.isEmpty else { throw EditConflict(columns: conflicts) }
        if case .make(_, let cell) = move { cells.append(cell) }
        guard !cells.isEmpty else { return .unchanged }
        if columns.contains(where: { $0.name == "floor_area_m2" }), present["floor_area_estimated"] == .boolean(true),
            !columns.contains(where: { $0.name == "floor_area_estimated" })
        {
            // A value that somebody states is no estimate.
            columns.append(("floor_area_estimated", .null))
        }
        note(attributes.map(\.name), of: present)
        _ = try change.set(columns, attributes: attributes, of: present, position: edit.position)
        if case .make(let geometry, _) = move {
            try change.setGeometry(of: present, to: geometry, position: edit.position)
        }
        guard let after = try change.row(feature.layer, fid: feature.fid) else { throw Rejected(.gone) }
        return .done(after, cells)
    }

    /// What the editor of a record saw of it.
    private enum Seen {
        /// He did not say.
        case untold
        /// A state that nobody knows any more.
        case forgotten
        case state(StoredFeature)
    }

    /// The row that was looked up, as it stands in this change.
    private func present(_ feature: StoredFeature) throws -> StoredFeature {
        guard let present = try change.row(feature.layer, fid: feature.fid), present.ref == feature.ref else {
            throw Rejected(.gone)
        }
        return present
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

    /// What a position in a table does to a record.
    private enum Move {
        case none
        case make(Geometry, RecordEvent.Cell)
        case conflict((column: String, present: Attribute, wanted: Attribute))
    }

    /// How a point moves; an outline is not moved by a position in a table.
    private func move(of present: StoredFeature, to geometry: Geometry?, _ seen: Seen) throws -> Move {
        guard let geometry, let position = present.position else { return .none }
        let wanted = geometry.box.center
        if position.isSame(as: wanted) { return .none }
        switch seen {
        case .untold: break
        case .state(let state) where state.position?.isSame(as: wanted) == true: return .none
        case .state(let state) where state.position?.isSame(as: position) == true: break
        case .state, .forgotten: return .conflict((Self.positionColumn, position.attribute, wanted.attribute))
        }
        guard case .point? = present.geometry else { throw Rejected(.outlineStays) }
        try examine(geometry, in: present.layer)
        return .make(
            geometry, RecordEvent.Cell(name: Self.positionColumn, from: position.attribute, to: wanted.attribute))
    }

    /// What a position is called among the columns.
    private static let positionColumn = "lon,lat"

    /// Whether an import would take a geometry as it is.
    ///
    /// - Throws: `Rejected` where it would not.
    private func examine(_ geometry: Geometry, in layer: Layer) throws(Rejected) {
        var batch = FeatureBatch()
        batch.append(Feature(geometry: geometry, attributes: []), position: .record(1))
        var doctor = GeometryDoctor(layer: layer)
        for record in batch.records { _ = try doctor.treat(record, in: &batch, onInvalid: .reject) }
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
                try examine(geometry, in: layer)
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
        var members: [(name: String, value: Attribute)] = []
        for (name, text) in edit.values {
            let target = try texts.target(name)
            let value = try texts.value(text, for: target, present: nil)
            guard value != .null else { continue }
            if case .column(let column) = target {
                columns.removeAll { $0.key == column }
                columns.append((column, value))
            } else {
                members.append((target.name, value))
                if !report.attributes.contains(target.name) { report.attributes.append(target.name) }
            }
        }
        if !members.isEmpty {
            columns.append(("attributes", .text(String(decoding: JSONText.object(members), as: UTF8.self))))
        }
        var batch = FeatureBatch()
        batch.keys = writer.columns
        batch.append(Feature(geometry: geometry, attributes: columns), position: edit.position ?? .record(1))
        let collisions = try writer.write(batch)
        guard collisions.isEmpty, let fid = writer.lastAddedFid else { throw Rejected(.refRepeats(ref)) }
        guard let added = try change.row(writer.layer, fid: fid) else { throw Rejected(.gone) }
        return .done(added, [])
    }
}

extension LonLat {
    /// Whether two positions are the same to a centimetre.
    fileprivate func isSame(as other: LonLat) -> Bool {
        abs(longitude - other.longitude) < 1e-7 && abs(latitude - other.latitude) < 1e-7
    }

    /// The position as users write it.
    fileprivate var attribute: Attribute { .text("\(longitude),\(latitude)") }
}

extension CellText.Target {
    /// The name of the column or attribute.
    var name: String {
        switch self {
        case .column(let name), .attribute(let name): name
        }
    }
}
