/// Days as ISO 8601 writes them.
extension SheetDate {
    /// A day (`2026-03-01`), a time of day (`09:30:00`) or both (`T` between
    /// them), fractions of seconds and `Z` left out; `nil` for anything else.
    init?(iso text: String) {
        let pattern = #/(?:(\d{4})-(\d{2})-(\d{2}))?T?(?:(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?Z?/#
        guard let match = text.wholeMatch(of: pattern)?.output, match.1 != nil || match.4 != nil else { return nil }
        func number(_ digits: Substring?) -> Int { digits.flatMap { Int($0) } ?? 0 }
        self.init(
            year: number(match.1), month: number(match.2), day: number(match.3), hour: number(match.4),
            minute: number(match.5), second: number(match.6))
        guard serial != nil else { return nil }
    }
}
