import Spatial
import Store

/// Ends the records that a ledger has no more: those that it brought or had
/// been joined to before, and no others.
struct LedgerEnding {
    private let ledger: LedgerImport

    init(_ ledger: LedgerImport) { self.ledger = ledger }

    /// Ends them.
    ///
    /// - Throws: a database error.
    func run() throws {
        guard !ledger.isReview, !ledger.identity.isEmpty, ledger.options.ledger.rowsAre != .enterprise else { return }
        let known = try ledger.change.ledgerLinks(layer: ledger.layer, ledger: ledger.identity)
        var gone: [String: [String]] = [:]
        for link in known {
            if let ref = link.ref, !ledger.seenRefs.contains(ref) { gone[ref, default: []].append(link.key) }
        }
        let time = Timestamp.now
        for (ref, keys) in gone.sorted(by: { $0.key < $1.key }) {
            for feature in try ledger.change.features(FeatureQuery(ledger.layer, condition: .ref(ref))) {
                try ledger.change.set("ended_at", of: feature, to: time)
                ledger.counts.ended += 1
                ledger.report.landings.append(LedgerLanding(row: nil, kind: .ended, ref: ref, name: feature.name))
            }
            try ledger.change.forget(keys, layer: ledger.layer, ledger: ledger.identity)
        }
    }
}
