import Atlas
import Messages

/// The kind of station that a question is about.
enum StationKind {
    /// The filter of a kind; where none is named it is the only one there is.
    ///
    /// - Parameter mayBeNew: whether a kind without stations makes sense,
    ///   because some are tried.
    static func filter(_ kind: String?, _ atlas: Atlas, mayBeNew: Bool = false) throws -> RecordFilter {
        var filter = RecordFilter()
        filter.kind = kind
        let known = try atlas.kinds(of: .station)
        if let kind, !known.contains(kind), !mayBeNew {
            throw Failure(.notFound, .noStations, hint: known.isEmpty ? .importStations : .knownKinds(known))
        }
        try atlas.requireOneKind(filter)
        filter.kind = kind ?? known.first
        return filter
    }
}
