/// How a text fits a record's name.
public enum NameMatch: Sendable {
    /// It is the name, or another name of the record.
    case exactly
    /// It is a part of one.
    case partly
}

extension StoredFeature {
    /// How a text fits the record's name or aliases, compared as names are
    /// searched: width, case, spaces and punctuation do not count; `nil`
    /// where it does not.
    public func isCalled(_ text: String) -> NameMatch? {
        let wanted = NameIndex.normalized(text)
        guard !wanted.isEmpty else { return nil }
        var match: NameMatch?
        for key in ["name", "name_en"] + NameIndex.aliases {
            guard let own = self.text(key).map(NameIndex.normalized) else { continue }
            if own == wanted { return .exactly }
            if own.contains(wanted) { match = .partly }
        }
        return match
    }
}
