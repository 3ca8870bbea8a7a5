import Exchange
import Messages
import Spatial
import Store

/// Ends the records that a ledger has no more: those that it brought or had
/// been joined to before, and no others.
///
/// A record stays where a row may be about it that nobody has decided on.
/// A row that stood undecided in the ledger when the record was in it, too,
/// is about another.
struct LedgerEnding {
    private let ledger: LedgerImport
    private let joiner: LedgerJoiner

    init(_ ledger: LedgerImport, _ joiner: LedgerJoiner) { (self.ledger, self.joiner) = (ledger, joiner) }

    /// Ends them, and tells of those that stay for now.
    ///
    /// - Throws: a database error.
    func run() throws {
        guard !ledger.isReview, !ledger.identity.isEmpty, ledger.options.ledger.rowsAre != .enterprise else { return }
        let known = try ledger.change.ledgerLinks(layer: ledger.layer, ledger: ledger.identity)
        let before = Dictionary(known.map { ($0.key, $0.ref) }) { $1 }
        var gone: [String: [String]] = [:]
        for link in known {
            if let ref = link.ref, !ledger.seenRefs.contains(ref) { gone[ref, default: []].append(link.key) }
        }
        let time = Timestamp.now
        for (ref, keys) in gone.sorted(by: { $0.key < $1.key }) {
            let features = try ledger.change.features(FeatureQuery(ledger.layer, condition: .ref(ref)))
            let rows = ledger.undecided.filter { mayMean($0, ref, before) }.map(\.reading.row.number)
            guard rows.isEmpty else {
                for feature in features { ledger.hold(feature, for: rows) }
                continue
            }
            for feature in features {
                try ledger.change.set("ended_at", of: feature, to: time)
                ledger.counts.ended += 1
                ledger.report.landings.append(LedgerLanding(row: nil, kind: .ended, ref: ref, name: feature.name))
            }
            try ledger.change.forget(keys, layer: ledger.layer, ledger: ledger.identity)
        }
    }

    private func mayMean(_ row: LedgerImport.Undecided, _ ref: String, _ before: [String: String?]) -> Bool {
        if row.refs.contains(ref) { return true }
        if let earlier = before[row.reading.key] { return earlier == ref }
        if row.reading.identity.isEmpty { return true }
        guard let place = joiner.directory.withRef(ref).first else { return false }
        return joiner.mayMean(row.reading.identity, place, isOpen: row.refs.isEmpty)
    }
}
