import Atlas
import Messages

/// The kind of station that a question is about.
enum StationKind {
    /// The filter of a kind; where none is named it is the only one there is.
    ///
    /// - Parameters:
    ///   - kind: as the user named it.
    ///   - atlas: the atlas.
    ///   - mayBeNew: whether a kind without stations makes sense, because some
    ///     are tried.
    /// - Returns: a filter of one kind; of all where stations have none.
    /// - Throws: `Failure`: `.notFound`, `.usage` where one must be named.
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
