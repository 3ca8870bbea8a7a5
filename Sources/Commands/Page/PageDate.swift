import Foundation
import Messages

/// The day that a page is made on.
struct PageDate {
    private let year: Int
    private let month: Int
    private let day: Int

    /// Today; `SOURCE_DATE_EPOCH` (seconds since 1970) says which day that is,
    /// so that the same question gives the same bytes.
    static var today: PageDate {
        var calendar = Calendar(identifier: .gregorian)
        var moment = Date.now
        if let told = FileClock.told {
            moment = told
            calendar.timeZone = .gmt
        }
        let parts = calendar.dateComponents([.year, .month, .day], from: moment)
        return PageDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0)
    }

    /// The day in words.
    var text: Text {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return Text(zh: "\(year)年\(month)月\(day)日", en: "\(year)-\(two(month))-\(two(day))")
    }
}
