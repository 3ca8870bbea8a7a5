/// A day, a time of day or both, as a clock on the wall shows them: without a
/// time zone.
public struct SheetDate: Sendable, Hashable {
    /// The year; 0 for a time of day without a day.
    public let year: Int
    /// The month, from 1; 0 for a time of day without a day.
    public let month: Int
    /// The day of the month, from 1; 0 for a time of day without a day.
    public let day: Int
    /// The hour, 0 to 23.
    public let hour: Int
    /// The minute, 0 to 59.
    public let minute: Int
    /// The second, 0 to 59.
    public let second: Int

    /// Makes a date of its parts; whether there is such a day is not looked at.
    public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        (self.year, self.month, self.day) = (year, month, day)
        (self.hour, self.minute, self.second) = (hour, minute, second)
    }

    /// Whether it is a time of day without a day.
    public var isTimeOnly: Bool { month == 0 }

    /// Whether it has a time beside midnight.
    public var hasTime: Bool { hour != 0 || minute != 0 || second != 0 }
}

extension SheetDate: CustomStringConvertible {
    /// ISO 8601: `2026-03-01`, `2026-03-01T09:30:00` where it has a time,
    /// `09:30:00` without a day.
    public var description: String {
        func padded(_ number: Int, _ count: Int = 2) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, count - digits.count)) + digits
        }
        let time = "\(padded(hour)):\(padded(minute)):\(padded(second))"
        guard !isTimeOnly else { return time }
        let date = "\(padded(year, 4))-\(padded(month))-\(padded(day))"
        return hasTime ? "\(date)T\(time)" : date
    }
}
