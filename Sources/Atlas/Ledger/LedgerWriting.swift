import Exchange
import Messages
import Spatial
import Store

/// Writes the rows of a ledger into their records.
struct LedgerWriting {
    private let ledger: LedgerImport
    private let merge: LedgerMerge
    private let writer: LayerWriter
    private let corrections: Corrections?
    private var batch = FeatureBatch()
    private var held: [Int64: (row: Int, record: LedgerRecord)] = [:]
    private var made: [String: (row: Int, record: LedgerRecord)] = [:]

    init(_ ledger: LedgerImport) throws {
        self.ledger = ledger
        writer = try ledger.change.writer(for: ledger.layer)
        corrections = try ledger.change.corrections(in: ledger.layer, file: ledger.path, identity: ledger.identity)
        merge = LedgerMerge(
            layer: ledger.layer, columns: Set(writer.columns), fields: ledger.fields, constants: ledger.options.set)
        batch.keys = writer.columns
    }

    /// Writes all rows.
    ///
    /// - Throws: a database error.
    mutating func write(_ outcomes: [LedgerJoining.Outcome]) throws {
        for (reading, outcome) in zip(ledger.readings, outcomes) {
            switch outcome {
            case .record(let fid, let evidence): try change(fid, ledger.whole(reading), evidence)
            case .new(let position, let isDecided): try add(ledger.whole(reading), at: position, isDecided: isDecided)
            case .skipped:
                ledger.remember(reading, ref: nil, isDecided: true)
                var landing = LedgerLanding(row: reading.row.number, kind: .unchanged, name: reading.identity.name)
                landing.reason = .ledgerSkipped
                ledger.land(landing, reading)
            case .unsure(let reason, let candidates, let part):
                ledger.doubt(reading, reason, candidates, about: part)
            case .rejected(let reason): ledger.reject(reading, reason)
            }
            if batch.records.count >= 1024 { try flush() }
        }
        try flush()
    }

    private mutating func change(_ fid: Int64, _ reading: LedgerReading, _ evidence: LedgerEvidence) throws {
        if let earlier = held[fid] { return `repeat`(reading, of: earlier, evidence) }
        guard let feature = try ledger.feature(fid) else { return ledger.reject(reading, .ledgerKeyUnknown) }
        if feature["ref"] == nil { try ledger.change.set("ref", of: feature, to: feature.id) }
        let wasEnded = feature["ended_at"] != nil
        var record = LedgerRecord(feature, columns: merge.columns)
        var changes = merge.apply(reading, to: &record, foundBy: evidence)
        if wasEnded, let ended = feature["ended_at"] {
            changes.append(
                LedgerChange(column: "ended_at", cell: reading.cell(about: .name) ?? "", from: ended, to: .null))
        }
        held[fid] = (reading.row.number, record)
        let notes = try keepCorrections(of: feature, reading, &changes, &record)
        ledger.remember(reading, ref: record.ref, isDecided: evidence == .review)
        var landing = LedgerLanding(
            row: reading.row.number, kind: changes.isEmpty ? .unchanged : .changed, ref: record.ref,
            name: feature.name ?? reading.identity.name)
        landing.evidence = evidence
        landing.changes = changes
        landing.notes = notes
        ledger.land(landing, reading)
        if !changes.isEmpty { record.append(to: &batch, columns: writer.columns, row: reading.fileRow) }
    }

    /// Takes back what the row changes of values that a person has corrected,
    /// or that it brings again though others have changed them since.
    ///
    /// - Returns: of which cells the corrections stand.
    private func keepCorrections(
        of feature: StoredFeature, _ reading: LedgerReading, _ changes: inout [LedgerChange],
        _ record: inout LedgerRecord
    ) throws -> [LedgerCellNote] {
        guard let corrections else { return [] }
        var notes: [LedgerCellNote] = []
        var taken: [LedgerChange] = []
        for change in changes {
            let isColumn = change.column == "geom" || merge.columns.contains(change.column)
            let verdict = try corrections.verdict(
                on: feature.fid, change.column, isColumn: isColumn, present: change.from, incoming: change.to)
            guard verdict != .take else {
                taken.append(change)
                continue
            }
            if verdict == .conflict {
                notes.append(LedgerCellNote(cell: change.cell, text: .correctionStands))
                ledger.conflicts.append(
                    CorrectionConflict(
                        ref: record.ref, position: .record(reading.row.number), column: change.column,
                        present: change.from, incoming: change.to))
            }
            if change.column == "geom" {
                record.wkb = feature.wkb
            } else {
                record.set(change.column, isColumn: isColumn, to: change.from)
            }
        }
        changes = taken
        return notes
    }

    private mutating func add(_ reading: LedgerReading, at position: LonLat?, isDecided: Bool) throws {
        let ref = ref(of: reading, at: position, isDecided: isDecided)
        if let earlier = made[ref] { return `repeat`(reading, of: earlier, isDecided ? .review : nil) }
        guard try !ledger.change.isTaken(ref, in: ledger.layer) else {
            ledger.seenRefs.insert(ref)
            return ledger.reject(reading, .refTaken(ref, by: ledger.layer.name))
        }
        var record = LedgerRecord(ref: ref, at: position)
        let changes = merge.apply(reading, to: &record, foundBy: nil)
        made[ref] = (reading.row.number, record)
        ledger.remember(reading, ref: ref, isDecided: isDecided)
        var landing = LedgerLanding(row: reading.row.number, kind: .added, ref: ref, name: reading.identity.name)
        landing.changes = changes
        ledger.land(landing, reading)
        record.append(to: &batch, columns: writer.columns, row: reading.fileRow)
    }

    /// Leaves alone a record that an earlier row was about; a row that says
    /// otherwise is not taken.
    private func `repeat`(
        _ reading: LedgerReading, of earlier: (row: Int, record: LedgerRecord), _ evidence: LedgerEvidence?
    ) {
        var record = earlier.record
        guard merge.apply(reading, to: &record, foundBy: evidence).isEmpty else {
            return ledger.reject(reading, .ledgerRowTwice(earlier.row, record.ref))
        }
        var landing = LedgerLanding(
            row: reading.row.number, kind: .unchanged, ref: record.ref, name: reading.identity.name)
        landing.reason = .ledgerRowRepeats(earlier.row)
        ledger.remember(reading, ref: record.ref, isDecided: evidence == .review)
        ledger.land(landing, reading)
    }

    /// The ref of a new record: what the row gives, else a hash of its words,
    /// with a number where a person put records of the same words in several places.
    private func ref(of reading: LedgerReading, at position: LonLat?, isDecided: Bool) -> String {
        if let given = reading.identity.ref ?? reading.identity.code { return given }
        var hash = ContentHash64()
        hash.combine(reading.key)
        let digits = String(hash.value, radix: 16)
        let name = "ledger-" + String(repeating: "0", count: 16 - digits.count) + digits
        let wkb = LedgerRecord(ref: name, at: position).wkb
        var (ref, number) = (name, 1)
        while isDecided, let other = made[ref], other.record.wkb != wkb {
            number += 1
            ref = "\(name)-\(number)"
        }
        return ref
    }

    private mutating func flush() throws {
        guard !batch.records.isEmpty else { return }
        _ = try writer.write(batch)
        batch.bytes.removeAll(keepingCapacity: true)
        batch.records.removeAll(keepingCapacity: true)
        batch.fields.removeAll(keepingCapacity: true)
    }
}

extension LedgerImport {
    /// A record, ended or not.
    func feature(_ fid: Int64) throws -> StoredFeature? {
        var query = FeatureQuery(layer, condition: .fids([fid]))
        query.includesEnded = true
        return try change.features(query).first
    }

    /// Leaves a row to a person.
    func doubt(
        _ reading: LedgerReading, _ reason: Text, _ candidates: [LedgerCandidate], about part: LedgerIdentity.Part
    ) {
        var landing = LedgerLanding(row: reading.row.number, kind: .unsure, name: reading.identity.name)
        landing.cell = reading.cell(about: part)
        landing.reason = reason
        landing.candidates = candidates
        undecided.append(Undecided(reading: reading, refs: Set(candidates.map(\.ref))))
        remember(reading, ref: nil, isDecided: false)
        land(landing, reading)
    }

    /// Tells of a record that stays as it is, as undecided rows may be about it.
    func hold(_ feature: StoredFeature, for rows: [Int]) {
        var landing = LedgerLanding(row: nil, kind: .held, ref: feature.ref, name: feature.name)
        landing.reason = .ledgerHeld(rows)
        report.landings.append(landing)
    }

    /// Does not take a row.
    func reject(_ reading: LedgerReading, _ reason: Text) {
        var landing = LedgerLanding(row: reading.row.number, kind: .rejected, name: reading.identity.name)
        landing.cell = reading.cell(about: .name)
        landing.reason = reason
        if reading.identity.isEmpty {
            undecided.append(Undecided(reading: reading, refs: []))
            remember(reading, ref: nil, isDecided: false)
        }
        land(landing, reading)
    }
}
