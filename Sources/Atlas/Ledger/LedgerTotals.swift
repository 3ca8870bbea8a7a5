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

    /// The attribute that holds the number of enterprises.
    static let count = "企业数"

    private struct Total {
        var rows: [Int] = []
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
            return (index, (ledger.fields.columns[index].path.last ?? name) + "合计")
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
                let whole = sums.isEmpty ? reading : ledger.whole(reading)
                for (place, sum) in sums.enumerated() { total.sums[place] += number(sum.column, whole) }
                totals[fid] = total
            case .new: ledger.doubt(reading, .ledgerNothingFits, [])
            case .skipped:
                ledger.remember(reading, ref: nil, isDecided: true)
                ledger.land(LedgerLanding(row: reading.row.number, kind: .unchanged), reading)
            case .unsure(let reason, let candidates): ledger.doubt(reading, reason, candidates)
            case .rejected(let reason): ledger.reject(reading, reason)
            }
        }
        var batch = FeatureBatch()
        batch.keys = writer.columns
        for (fid, total) in totals.sorted(by: { $0.key < $1.key }) { try write(total, to: fid, &batch) }
        if ledger.options.sync { try clear(besides: Set(totals.keys), &batch) }
        _ = try writer.write(batch)
    }

    private func number(_ column: Int, _ reading: LedgerReading) -> Double {
        switch reading.values.first(where: { $0.column == column })?.value {
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
        set(Self.count, .integer(Int64(total.rows.count)))
        for (sum, value) in zip(sums, total.sums) { set(sum.name, .real(LedgerNumber.scaled(value, by: 1))) }
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
            record.append(to: &batch, columns: writer.columns, row: ledger.readings[total.rows[0]].row.number)
        }
    }

    /// Takes the totals from buildings that no enterprise of this register is in any more.
    private func clear(besides kept: Set<Int64>, _ batch: inout FeatureBatch) throws {
        let refs = Set(try ledger.change.ledgerLinks(layer: ledger.layer, ledger: ledger.identity).compactMap(\.ref))
        for ref in refs.sorted() {
            for feature in try ledger.change.features(FeatureQuery(ledger.layer, condition: .ref(ref)))
            where !kept.contains(feature.fid) && feature[Self.count] != nil {
                var record = LedgerRecord(feature, columns: Set(writer.columns))
                for name in [Self.count] + sums.map(\.name) {
                    record.set(name, isColumn: writer.columns.contains(name), to: .null)
                }
                record.append(to: &batch, columns: writer.columns, row: 0)
            }
        }
    }
}

extension LedgerFields {
    /// The column of that heading.
    func index(of name: String) -> Int? {
        let key = LedgerText.key(name)
        return columns.firstIndex { LedgerText.key($0.title) == key }
            ?? columns.firstIndex { LedgerText.key($0.name) == key || LedgerText.key($0.path.last ?? "") == key }
    }
}
