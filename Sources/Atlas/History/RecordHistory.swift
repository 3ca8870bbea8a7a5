public import Messages
public import Store

/// What happened to one record.
public struct RecordHistory: Sendable {
    /// Its id: `building/42`.
    public let id: String
    /// The record as it is now; `nil` where it is gone.
    public let feature: StoredFeature?
    /// What happened, newest first.
    public let events: [RecordEvent]
}

extension Atlas {
    /// What happened to the record that a text names: an id, also of a record
    /// that is gone; a ref, also of one that has ended; or a name.
    ///
    /// - Throws: `Failure` with `.notFound`.
    public func history(of text: String) throws(Failure) -> RecordHistory {
        try file.snapshot {
            let parts = text.trimmed.split(separator: "/")
            if parts.count == 2, let layer = Layer.named(String(parts[0])), let fid = Int64(parts[1]) {
                let events = try file.history(of: layer, fid: fid)
                let feature = try file.feature(layer, fid: fid)
                if feature != nil || !events.isEmpty {
                    return RecordHistory(id: "\(layer.name)/\(fid)", feature: feature, events: events)
                }
            }
            let feature = try record(text)
            return RecordHistory(
                id: feature.id, feature: feature, events: try file.history(of: feature.layer, fid: feature.fid))
        }
    }

    /// The record that a text names, one that has ended too.
    func record(_ text: String, in layers: [Layer] = Layer.all) throws(Failure) -> StoredFeature {
        for layer in layers {
            var query = FeatureQuery(layer, condition: .ref(text.trimmed))
            query.includesEnded = true
            let found = try file.features(query)
            if found.count == 1, layers.count == 1 || found[0].text("ended_at") != nil { return found[0] }
        }
        return try feature(text, in: layers)
    }

    /// The record that a row of a table names: by its id, if it has the ref
    /// that the row gives too; else by just that ref. One that has ended is
    /// meant where no other has the ref.
    ///
    /// - Throws: `Failure` with `.notFound`.
    func record(ofRow edit: RecordEdit, in layers: [Layer]) throws(Failure) -> StoredFeature {
        let parts = edit.record.trimmed.split(separator: "/")
        if parts.count == 2, let layer = layers.first(where: { $0.name == parts[0] }), let fid = Int64(parts[1]) {
            var query = FeatureQuery(layer, condition: .fids([fid]))
            query.includesEnded = true
            let found = try file.features(query).first
            if let found, edit.ref == nil || found.ref == edit.ref { return found }
        }
        let ref = (edit.ref ?? edit.record).trimmed
        var found: [StoredFeature] = []
        for layer in layers where !ref.isEmpty {
            var query = FeatureQuery(layer, condition: .ref(ref))
            query.includesEnded = true
            found += try file.features(query)
        }
        let present = found.filter { $0.text("ended_at") == nil }
        let meant = present.isEmpty ? found : present
        guard let only = meant.first, meant.count == 1 else {
            throw meant.isEmpty
                ? Failure(.notFound, .noRecordOfRef(ref), hint: .refsAreWhole)
                : Failure(.notFound, .severalOfRef(ref, meant.map(\.id)), hint: .nameLayer)
        }
        return only
    }

    /// The changes of the atlas, oldest first.
    ///
    /// - Throws: `Failure`.
    public func changes() throws(Failure) -> [StoredChange] { try file.changes() }
}
