import Foundation

/// A day, a month or a year of the Gregorian calendar.
public struct LedgerDate: Hashable, Sendable {
    /// The year.
    public let year: Int
    /// The month, 1 to 12; `nil` where only the year is known.
    public let month: Int?
    /// The day; `nil` where only the month is known.
    public let day: Int?

    /// Makes a date; `nil` where the calendar has none such, or it lies
    /// outside the years 1000 to 2999.
    public init?(year: Int, month: Int? = nil, day: Int? = nil) {
        guard (1000...2999).contains(year) else { return nil }
        if let month {
            guard (1...12).contains(month) else { return nil }
            if let day, !(1...Self.days(in: month, of: year)).contains(day) { return nil }
        } else if day != nil {
            return nil
        }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// `2026-01-05`, `2026-01` or `2026`.
    public var iso: String {
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return String(year) + (month.map { "-" + two($0) } ?? "") + (day.map { "-" + two($0) } ?? "")
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// A date as people write it: `2026/1/5`, `2026.1.5`, `2026-01-05 00:00`,
    /// `2026年1月5日`, `2026年1月`, `2026-01`, `2026年`, `20260105`; `nil` for
    /// anything else. A bare year is no date.
    public init?(_ text: String) {
        let key = LedgerText.trimmed(text.precomposedStringWithCompatibilityMapping)
        guard key.utf8.count <= 40 else { return nil }
        let day = key.split(whereSeparator: { $0 == " " || $0 == "T" }).first.map(String.init) ?? ""
        let isTimed = day.count < key.count
        if isTimed, !key.dropFirst(day.count + 1).allSatisfy({ $0.isNumber || ":.Z+-上下午 ".contains($0) }) { return nil }
        var numbers: [Int] = []
        var separators: [Character] = []
        var rest = day[...]
        while let first = rest.first {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            if digits.isEmpty {
                separators.append(first)
                rest.removeFirst()
            } else {
                guard digits.count <= 8, let number = Int(digits) else { return nil }
                numbers.append(number)
                rest = rest.dropFirst(digits.count)
            }
        }
        guard let found = Self.read(numbers, String(separators)) else { return nil }
        self = found
    }

    private static func read(_ numbers: [Int], _ separators: String) -> LedgerDate? {
        switch (numbers.count, separators) {
        case (1, ""): return packed(numbers[0])
        case (1, "年"): return LedgerDate(year: numbers[0])
        case (2, "-"), (2, "/"), (2, "."), (2, "年月"), (2, "年"): return LedgerDate(year: numbers[0], month: numbers[1])
        case (3, "--"), (3, "//"), (3, ".."), (3, "年月日"), (3, "年月"), (3, "年月号"):
            return LedgerDate(year: numbers[0], month: numbers[1], day: numbers[2])
        default: return nil
        }
    }

    /// `20260105` or `202601`.
    private static func packed(_ number: Int) -> LedgerDate? {
        switch number {
        case 10_000_101...29_991_231:
            LedgerDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
        case 190_001...209_912: LedgerDate(year: number / 100, month: number % 100)
        default: nil
        }
    }

    /// The date of a number in a column of years: `20260105`, `202601` or a
    /// year. A count of days would make a year of every slip.
    init?(yearNumber number: Double) {
        guard let whole = Int(exactly: number) else { return nil }
        if let packed = Self.packed(whole) {
            self = packed
        } else if (1800...2100).contains(whole) {
            self.init(year: whole)
        } else {
            return nil
        }
    }

    /// The date of a number in a column of dates: `20260105`, `202601`, a
    /// year, or a spreadsheet's count of days since 30 December 1899.
    public init?(number: Double) {
        guard let whole = Int(exactly: number.rounded(.down)), whole > 0 else { return nil }
        if let packed = Self.packed(whole) {
            self = packed
        } else if (1900...2100).contains(whole) {
            self.init(year: whole)
        } else if (2958...80_000).contains(whole) {
            self.init(serial: whole)
        } else {
            return nil
        }
    }

    /// The day of a spreadsheet's count since 30 December 1899.
    private init?(serial: Int) {
        // Howard Hinnant's days-to-civil algorithm, days from 0000-03-01.
        let days = serial + 693_899
        let era = days / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        self.init(year: year, month: month, day: dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}
