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

    /// The changes of the atlas, oldest first.
    ///
    /// - Throws: `Failure`.
    public func changes() throws(Failure) -> [StoredChange] { try file.changes() }
}
