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
    private var made: [String: Int] = [:]

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
            case .record(let fid, let evidence): try change(fid, reading, evidence)
            case .new(let position, let isDecided): try add(reading, at: position, isDecided: isDecided)
            case .skipped:
                ledger.remember(reading, ref: nil, isDecided: true)
                var landing = LedgerLanding(row: reading.row.number, kind: .unchanged, name: reading.identity.name)
                landing.reason = .ledgerSkipped
                ledger.land(landing, reading)
            case .unsure(let reason, let candidates): ledger.doubt(reading, reason, candidates)
            case .rejected(let reason): ledger.reject(reading, reason)
            }
            if batch.records.count >= 1024 { try flush() }
        }
        try flush()
    }

    private mutating func change(_ fid: Int64, _ reading: LedgerReading, _ evidence: LedgerEvidence) throws {
        if let (row, earlier) = held[fid] {
            var record = earlier
            guard merge.apply(reading, to: &record, foundBy: evidence).isEmpty else {
                return ledger.reject(reading, .ledgerRowTwice(row, earlier.ref))
            }
            var landing = LedgerLanding(
                row: reading.row.number, kind: .unchanged, ref: earlier.ref, name: reading.identity.name)
            landing.reason = .ledgerRowRepeats(row)
            ledger.remember(reading, ref: earlier.ref, isDecided: evidence == .review)
            return ledger.land(landing, reading)
        }
        guard let feature = try ledger.feature(fid) else { return ledger.reject(reading, .ledgerKeyUnknown) }
        if feature["ref"] == nil { try ledger.change.set("ref", of: feature, to: feature.id) }
        let wasEnded = feature["ended_at"] != nil
        var record = LedgerRecord(feature, columns: merge.columns)
        var changes = merge.apply(reading, to: &record, foundBy: evidence)
        if wasEnded, let ended = feature["ended_at"] {
            changes.append(LedgerChange(column: "ended_at", cell: "A\(reading.row.number)", from: ended, to: .null))
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
        if !changes.isEmpty { record.append(to: &batch, columns: writer.columns, row: reading.row.number) }
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
        let ref = ref(of: reading)
        if let row = made[ref] { return ledger.reject(reading, .ledgerRowTwice(row, ref)) }
        guard try !ledger.change.isTaken(ref, in: ledger.layer) else {
            return ledger.reject(reading, .refTaken(ref, by: ledger.layer.name))
        }
        var record = LedgerRecord(ref: ref, at: position)
        let changes = merge.apply(reading, to: &record, foundBy: nil)
        made[ref] = reading.row.number
        ledger.remember(reading, ref: ref, isDecided: isDecided)
        var landing = LedgerLanding(row: reading.row.number, kind: .added, ref: ref, name: reading.identity.name)
        landing.changes = changes
        ledger.land(landing, reading)
        record.append(to: &batch, columns: writer.columns, row: reading.row.number)
    }

    /// The ref of a new record: what the row gives, else a hash of its words.
    private func ref(of reading: LedgerReading) -> String {
        if let given = reading.identity.ref ?? reading.identity.code { return given }
        var hash = ContentHash64()
        hash.combine(reading.identity.key)
        let digits = String(hash.value, radix: 16)
        return "ledger-" + String(repeating: "0", count: 16 - digits.count) + digits
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
    func doubt(_ reading: LedgerReading, _ reason: Text, _ candidates: [LedgerCandidate]) {
        var landing = LedgerLanding(row: reading.row.number, kind: .unsure, name: reading.identity.name)
        landing.reason = reason
        landing.candidates = candidates
        // What a row may be about is not gone.
        for candidate in candidates { seenRefs.insert(candidate.ref) }
        land(landing, reading)
    }

    /// Does not take a row.
    func reject(_ reading: LedgerReading, _ reason: Text) {
        var landing = LedgerLanding(row: reading.row.number, kind: .rejected, name: reading.identity.name)
        landing.reason = reason
        land(landing, reading)
    }
}
