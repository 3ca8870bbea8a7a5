import Exchange
import Messages
import Spatial
import Store

/// Counts enterprises by their buildings and sums up what they bring.
///
/// The register itself is not kept: the building gets the totals.
struct LedgerTotals {
    private let ledger: LedgerImport
    private let writer: LayerWriter
    private let sums: [(column: Int, name: String)]

    private struct Total {
        var rows: [Int] = []
        /// How many of the rows are counted, and what they sum up to.
        var count = 0
        var sums: [Double]
        var evidence: [Int: LedgerEvidence] = [:]
    }

    init(_ ledger: LedgerImport) throws {
        self.ledger = ledger
        writer = try ledger.change.writer(for: ledger.layer)
        sums = try ledger.options.ledger.sums.map { name throws(Failure) in
            guard let index = ledger.fields.index(of: name) else {
                throw Failure(
                    .usage, .ledgerColumnMissing(name), hint: .columnsAre(ledger.fields.columns.map(\.title)))
            }
            return (index, (ledger.fields.columns[index].path.last ?? name) + RegisterTotals.sumEnding)
        }
    }

    /// Writes the totals.
    ///
    /// - Throws: a database error.
    func write(_ outcomes: [LedgerJoining.Outcome]) throws {
        var totals: [Int64: Total] = [:]
        for (index, outcome) in outcomes.enumerated() {
            let reading = ledger.readings[index]
            switch outcome {
            case .record(let fid, let evidence):
                var total = totals[fid] ?? Total(sums: Array(repeating: 0, count: sums.count))
                total.rows.append(index)
                total.evidence[index] = evidence
                if try !isCounted(reading, fid) {
                    total.count += 1
                    let whole = sums.isEmpty ? reading : ledger.whole(reading)
                    for (place, sum) in sums.enumerated() { total.sums[place] += number(sum.column, whole) }
                }
                totals[fid] = total
            case .new: ledger.doubt(reading, .ledgerNothingFits, [], about: .name)
            case .skipped:
                ledger.remember(reading, ref: nil, isDecided: true)
                ledger.land(LedgerLanding(row: reading.row.number, kind: .unchanged), reading)
            case .unsure(let reason, let candidates, let part):
                ledger.doubt(reading, reason, candidates, about: part)
            case .rejected(let reason): ledger.reject(reading, reason)
            }
        }
        var batch = FeatureBatch()
        batch.keys = writer.columns
        for (fid, total) in totals.sorted(by: { $0.key < $1.key }) { try write(total, to: fid, &batch) }
        _ = try writer.write(batch)
        if ledger.options.sync { try clear(besides: Set(totals.keys)) }
    }

    /// Whether a row of a review table stands in its building's totals already.
    private func isCounted(_ reading: LedgerReading, _ fid: Int64) throws -> Bool {
        guard ledger.isReview, let known = try ledger.knownLink(of: reading)?.ref else { return false }
        return try ledger.feature(fid)?.ref == known
    }

    private func number(_ column: Int, _ reading: LedgerReading) -> Double {
        Self.number(reading.values.first { $0.column == column }?.value ?? .null)
    }

    private static func number(_ value: Attribute) -> Double {
        switch value {
        case .real(let number): number
        case .integer(let whole): Double(whole)
        default: 0
        }
    }

    private func write(_ total: Total, to fid: Int64, _ batch: inout FeatureBatch) throws {
        guard let feature = try ledger.feature(fid) else { return }
        var record = LedgerRecord(feature, columns: Set(writer.columns))
        var changes: [LedgerChange] = []
        func set(_ name: String, _ value: Attribute) {
            let old = record[name, isColumn: writer.columns.contains(name)]
            guard !LedgerRecord.says(old, same: value) else { return }
            record.set(name, isColumn: writer.columns.contains(name), to: value)
            changes.append(LedgerChange(column: name, cell: "", from: old, to: value))
        }
        /// What the rows of a review table are added to.
        func base(_ name: String) -> Double {
            guard ledger.isReview else { return 0 }
            return Self.number(record[name, isColumn: writer.columns.contains(name)])
        }
        let count = Int64(exactly: base(RegisterTotals.count).rounded()) ?? 0
        set(RegisterTotals.count, .integer(count &+ Int64(total.count)))
        for (sum, value) in zip(sums, total.sums) {
            set(sum.name, .real(LedgerNumber.scaled(base(sum.name) + value, by: 1)))
        }
        for index in total.rows {
            let reading = ledger.readings[index]
            var landing = LedgerLanding(
                row: reading.row.number, kind: changes.isEmpty ? .unchanged : .changed, ref: record.ref,
                name: feature.name)
            landing.evidence = total.evidence[index]
            if index == total.rows[0] { landing.changes = changes }
            ledger.remember(reading, ref: record.ref, isDecided: total.evidence[index] == .review)
            ledger.land(landing, reading)
        }
        if !changes.isEmpty {
            record.append(to: &batch, columns: writer.columns, row: ledger.readings[total.rows[0]].fileRow)
        }
    }

    /// Takes the totals from buildings that no enterprise of this register is
    /// in any more; where one may be that nobody has decided on, they stay.
    private func clear(besides kept: Set<Int64>) throws {
        let refs = Set(try ledger.change.ledgerLinks(layer: ledger.layer, ledger: ledger.identity).compactMap(\.ref))
        for ref in refs.sorted() {
            for feature in try ledger.change.features(FeatureQuery(ledger.layer, condition: .ref(ref)))
            where !kept.contains(feature.fid) {
                let changes = ([RegisterTotals.count] + sums.map(\.name)).compactMap { name in
                    feature[name].map { LedgerChange(column: name, cell: "", from: $0, to: .null) }
                }
                let rows = ledger.undecided.filter { $0.refs.contains(ref) }.map(\.reading.row.number)
                guard !changes.isEmpty else { continue }
                guard rows.isEmpty else {
                    ledger.hold(feature, for: rows)
                    continue
                }
                let empty = changes.map { (name: $0.column, value: Attribute.null) }
                _ = try ledger.change.set(
                    empty.filter { writer.columns.contains($0.name) },
                    attributes: empty.filter { !writer.columns.contains($0.name) }, of: feature)
                var landing = LedgerLanding(row: nil, kind: .changed, ref: ref, name: feature.name)
                landing.changes = changes
                ledger.noteCleared(landing)
            }
        }
    }
}
