/// Days as workbooks count them.
extension SheetDate {
    /// 31 December 9999, the last day of a workbook.
    private static let lastDay = 2_958_465
    private static let daysFrom1900To1904 = 1462
    private static let secondsOfDay = 86_400

    /// The day and time that a number stands for, to the nearest second;
    /// `nil` for what is none: a number below 0, a day behind 9999, and 29
    /// February 1900, which workbooks count though it never was.
    ///
    /// - Parameters:
    ///   - serial: days; below 1 a time of day alone, unless counted from 1904.
    ///   - countsFrom1904: whether 0 is 1 January 1904, else 1 is 1 January 1900.
    init?(serial: Double, countsFrom1904: Bool) {
        guard serial >= 0, serial < Double(Self.lastDay + 1) else { return nil }
        let seconds = Int((serial * Double(Self.secondsOfDay)).rounded())
        let (days, time) = seconds.quotientAndRemainder(dividingBy: Self.secondsOfDay)
        let day = countsFrom1904 ? days + Self.daysFrom1900To1904 : days
        let clock = (hour: time / 3600, minute: time / 60 % 60, second: time % 60)
        guard day != 0 else {
            self.init(year: 0, month: 0, day: 0, hour: clock.hour, minute: clock.minute, second: clock.second)
            return
        }
        guard day != 60, day <= Self.lastDay else { return nil }
        // Before the day that never was, numbers are one too low.
        let (year, month, dayOfMonth) = Self.civil(daysSince1899: day < 60 ? day + 1 : day)
        self.init(
            year: year, month: month, day: dayOfMonth, hour: clock.hour, minute: clock.minute, second: clock.second)
    }

    /// The number that stands for it in a workbook that counts from 1900;
    /// `nil` where no number does.
    var serial: Double? {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else { return nil }
        let time = Double(hour * 3600 + minute * 60 + second) / Double(Self.secondsOfDay)
        if isTimeOnly { return time }
        guard (1900...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let days = Self.days(year, month, day)
        guard Self.civil(daysSince1899: days) == (year, month, day) else { return nil }
        return Double(days <= 60 ? days - 1 : days) + time
    }

    /// The Gregorian day that is so many days after 30 December 1899. Years
    /// begin with March here, so that leap days come last.
    private static func civil(daysSince1899 days: Int) -> (year: Int, month: Int, day: Int) {
        let sinceMarchOfYear0 = days + daysFromMarchOfYear0To1899
        let era = sinceMarchOfYear0 / 146_097
        let dayOfEra = sinceMarchOfYear0 % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9, day)
    }

    private static let daysFromMarchOfYear0To1899 = 693_899

    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month > 2 ? year : year - 1
        let (era, yearOfEra) = year.quotientAndRemainder(dividingBy: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - daysFromMarchOfYear0To1899
    }
}
