public import Foundation
import Messages

/// A time as people write it: a month, a day or an instant.
public struct Moment: Hashable, Sendable {
    /// Where it begins.
    public let begin: Date
    /// Where it ends: an instant ends where it begins.
    public let end: Date

    /// Reads `2026-11-01`, `2026/11/1`, `20261101`, `2026年11月1日`, with a
    /// time behind it (`14:30`, `14:30:05`, `14时30分`); a month alone
    /// (`2026-11`, `2026年11月`); a time of RFC 3339 with `Z` or an offset.
    ///
    /// `nil` where it is no time.
    ///
    /// - Parameters:
    ///   - text: as the user wrote it.
    ///   - timeZone: what it means where it says no offset.
    public init?(_ text: String, timeZone: TimeZone = .current) {
        let plain = text.precomposedStringWithCompatibilityMapping.trimmed
        let pattern =
            #/(\d{4})(?:[-/.年](\d{1,2})(?:月|[-/.](\d{1,2})|月(\d{1,2})日?)?|(\d{2})(\d{2}))(?:[T日 ]*(\d{1,2})[:时点](?:(\d{1,2})(?:[:分](\d{1,2})(?:\.(\d{1,9}))?)?[秒分]?)?)? ?(Z|z|[+-]\d{2}:?\d{2})?/#
        guard let match = plain.wholeMatch(of: pattern)?.output else { return nil }
        func number(_ part: Substring?) -> Int? { part.flatMap { Int($0) } }
        let day = number(match.3) ?? number(match.4) ?? number(match.6)
        let hour = number(match.7)
        guard let year = number(match.1), let month = number(match.2) ?? number(match.5), day != nil || hour == nil
        else { return nil }
        guard let zone = match.11.map({ Self.zone(String($0)) }) ?? timeZone else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = DateComponents(
            year: year, month: month, day: day ?? 1, hour: hour ?? 0, minute: number(match.8) ?? 0,
            second: number(match.9) ?? 0)
        guard parts.isValidDate(in: calendar), let begin = calendar.date(from: parts) else { return nil }
        let fraction = match.10.flatMap { Double("0." + $0) } ?? 0
        self.begin = begin.addingTimeInterval(fraction)
        let unit: Calendar.Component? = hour != nil ? nil : day == nil ? .month : .day
        end = unit.flatMap { calendar.date(byAdding: $0, value: 1, to: begin) } ?? self.begin
    }

    private static func zone(_ text: String) -> TimeZone? {
        guard text.lowercased() != "z" else { return .gmt }
        let digits = text.filter(\.isNumber)
        guard digits.count == 4, let hours = Int(digits.prefix(2)), let minutes = Int(digits.suffix(2)), minutes < 60
        else { return nil }
        return TimeZone(secondsFromGMT: (text.first == "-" ? -1 : 1) * (hours * 3600 + minutes * 60))
    }
}
