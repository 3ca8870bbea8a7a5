import Exchange
import Spatial
import Store

/// Brings what a row says into its record.
struct LedgerMerge {
    let layer: Layer
    /// The layer's columns in the atlas.
    let columns: Set<String>
    let fields: LedgerFields
    /// Columns with values that hold for all rows.
    let constants: [(column: String, value: String)]

    /// Changes a record by what a row says; empty cells leave it alone.
    ///
    /// - Parameters:
    ///   - reading: the row.
    ///   - record: the record.
    ///   - evidence: by what the record was found; `nil` for a new one.
    /// - Returns: what changed, by the cells.
    func apply(_ reading: LedgerReading, to record: inout LedgerRecord, foundBy evidence: LedgerEvidence?)
        -> [LedgerChange]
    {
        var changes: [LedgerChange] = []
        /// Whether that changes the record.
        @discardableResult func set(
            _ name: String, _ value: Attribute, cell: String, written: SheetCell.Value = .empty
        ) -> Bool {
            let isColumn = columns.contains(name)
            let old = record[name, isColumn: isColumn]
            guard !LedgerRecord.says(old, same: value), !Self.says(old, written) else { return false }
            record.set(name, isColumn: isColumn, to: value)
            changes.append(LedgerChange(column: name, cell: cell, from: old, to: value))
            return true
        }
        let saysWhetherEstimated = reading.values.contains { value in
            if case .column("floor_area_estimated", _) = value.role { true } else { false }
        }
        for (index, role, value) in reading.values {
            let cell = self.cell(index, reading)
            let written = reading.row.cells[index]
            switch role {
            // The ref under its own title is no code beside it.
            case .code(let name) where layer.column(name)?.name == "ref" && value == .text(record.ref): break
            case .code(let name), .attribute(let name, _): set(name, value, cell: cell, written: written)
            case .column("name", _):
                for (name, value) in renaming(reading, record, evidence) { set(name, value, cell: cell) }
            case .column("address", _):
                for (name, value) in readdressing(reading, record, evidence) { set(name, value, cell: cell) }
            case .column(let name, _):
                let isNews = set(name, value, cell: cell, written: written)
                // What an office counted is no estimate any more, unless it says so.
                if isNews, name == "floor_area_m2", !saysWhetherEstimated, columns.contains("floor_area_estimated") {
                    record.set("floor_area_estimated", isColumn: true, to: .null)
                }
            default: break
            }
        }
        for (index, role) in reading.erased {
            switch role {
            case .attribute(let name, _), .column(let name, _): set(name, .null, cell: cell(index, reading))
            default: break
            }
        }
        for (column, value) in constants {
            let known = layer.column(column)
            let name = known?.name ?? column
            let meaning = LedgerValue.read(.text(value), as: kind(known), unit: nil)
            set(name, meaning.value, cell: "--set")
        }
        if let move = move(reading, &record) { changes.append(move) }
        return changes
    }

    private func kind(_ column: Layer.Column?) -> LedgerKind {
        switch column?.kind {
        case .integer: .whole
        case .real: .number(.any)
        case .boolean: .boolean
        default: .text
        }
    }

    /// Whether a cell is the very text that the record holds, whatever else it may mean.
    private static func says(_ old: Attribute, _ cell: SheetCell.Value) -> Bool {
        guard case .text = cell else { return false }
        return switch old {
        case .text(let own), .json(let own): SheetCell.Value.text(own).shown == cell.shown
        case .null, .boolean, .integer, .real: false
        }
    }

    private func cell(_ index: Int, _ reading: LedgerReading) -> String {
        SheetCell.reference(row: reading.fileRow, column: fields.columns[index].index)
    }

    /// A name that says the same is not changed for its spelling; one by which
    /// a person joined the row becomes another name; under a known code the
    /// building was renamed, and the old name stays findable.
    private func renaming(
        _ reading: LedgerReading, _ record: LedgerRecord, _ evidence: LedgerEvidence?
    ) -> [(String, Attribute)] {
        guard let name = reading.identity.name else { return [] }
        guard case .text(let old) = record["name", isColumn: true] else { return [("name", .text(name))] }
        let form = NameForms(name)
        switch evidence {
        case .ref, .code:
            guard !form.cores.meets(NameForms(old).cores) else { return [] }
            return [("name", .text(name)), ("曾用名", record.adding(old, to: "曾用名"))]
        case .review:
            let known =
                [NameForms(old)] + StoredFeature.aliasMembers.flatMap { forms(in: record[$0, isColumn: false]) }
            guard known.allSatisfy({ $0.strict != form.strict }) else { return [] }
            return [("别名", record.adding(name, to: "别名"))]
        default: return []
        }
    }

    private func forms(in value: Attribute) -> [NameForms] {
        guard case .text(let text) = value else { return [] }
        return LedgerDirectory.parts(text).map { NameForms($0) }
    }

    /// An address that names the same plot is not changed for its spelling.
    private func readdressing(
        _ reading: LedgerReading, _ record: LedgerRecord, _ evidence: LedgerEvidence?
    ) -> [(String, Attribute)] {
        guard let address = reading.identity.address else { return [] }
        guard case .text(let old) = record["address", isColumn: true] else { return [("address", .text(address))] }
        let form = AddressForm(address)
        var known = [AddressForm(old)]
        if case .text(let text) = record[LedgerDirectory.otherAddress, isColumn: false] {
            known += LedgerDirectory.parts(text).map { AddressForm($0) }
        }
        if known.contains(where: { $0.isSamePlot(as: form) }) { return [] }
        if evidence == .review {
            return [(LedgerDirectory.otherAddress, record.adding(address, to: LedgerDirectory.otherAddress))]
        }
        // Less than a plot is no news about one that is known.
        guard form.isExact || !known[0].isExact else { return [] }
        return [("address", .text(address))]
    }

    /// A point goes where the row says; an outline knows better.
    private func move(_ reading: LedgerReading, _ record: inout LedgerRecord) -> LedgerChange? {
        guard let position = reading.identity.position, let column = reading.positionColumn else { return nil }
        var old: LonLat?
        if case .point(let point)? = try? Geometry(wkb: record.wkb) { old = point.position }
        if !record.wkb.isEmpty {
            guard let old, max(abs(old.longitude - position.longitude), abs(old.latitude - position.latitude)) > 1e-7
            else { return nil }
        }
        record.wkb = Geometry.point(Point(position)).wkb
        func words(_ position: LonLat) -> Attribute { .text("\(position.longitude),\(position.latitude)") }
        return LedgerChange(
            column: "geom", cell: cell(column, reading), from: old.map(words) ?? .null, to: words(position))
    }
}
