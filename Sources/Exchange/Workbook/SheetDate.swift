/// A day, a time of day or both, as a clock on the wall shows them: without a
/// time zone.
public struct SheetDate: Sendable, Hashable {
    /// The year; 0 for a time of day without a day.
    public var year: Int { Int(storedYear) }
    /// The month, from 1; 0 for a time of day without a day.
    public var month: Int { Int(storedMonth) }
    /// The day of the month, from 1; 0 for a time of day without a day.
    public var day: Int { Int(storedDay) }
    /// The hour, 0 to 23.
    public var hour: Int { Int(storedHour) }
    /// The minute, 0 to 59.
    public var minute: Int { Int(storedMinute) }
    /// The second, 0 to 59.
    public var second: Int { Int(storedSecond) }

    // Small, so that a cell is no larger than its text.
    private let storedYear: Int16
    private let storedMonth: Int8
    private let storedDay: Int8
    private let storedHour: Int8
    private let storedMinute: Int8
    private let storedSecond: Int8

    /// Makes a date of its parts; whether there is such a day is not looked at.
    ///
    /// - Precondition: the year has at most four digits, the others two.
    public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        precondition((0...9999).contains(year), "a year has at most four digits")
        precondition([month, day, hour, minute, second].allSatisfy((0...99).contains), "parts have at most two digits")
        (storedYear, storedMonth, storedDay) = (Int16(year), Int8(month), Int8(day))
        (storedHour, storedMinute, storedSecond) = (Int8(hour), Int8(minute), Int8(second))
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
