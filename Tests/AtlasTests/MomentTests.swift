import Atlas
import Foundation
import Store
import Testing

/// Dates as people write them.
@Suite struct MomentTests {
    private static let east = TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt

    private func text(_ date: Date) -> String { date.formatted(.iso8601) }

    @Test(arguments: [
        ("2026-11-01", "2026-10-31T16:00:00Z", "2026-11-01T16:00:00Z"),
        ("2026/11/1", "2026-10-31T16:00:00Z", "2026-11-01T16:00:00Z"),
        ("20261101", "2026-10-31T16:00:00Z", "2026-11-01T16:00:00Z"),
        ("2026年11月1日", "2026-10-31T16:00:00Z", "2026-11-01T16:00:00Z"),
        ("２０２６年１１月１日", "2026-10-31T16:00:00Z", "2026-11-01T16:00:00Z"),
        ("2026-11", "2026-10-31T16:00:00Z", "2026-11-30T16:00:00Z"),
        ("2026年12月", "2026-11-30T16:00:00Z", "2026-12-31T16:00:00Z"),
        ("2026-11-01 14:30", "2026-11-01T06:30:00Z", "2026-11-01T06:30:00Z"),
        ("2026年11月1日14时30分", "2026-11-01T06:30:00Z", "2026-11-01T06:30:00Z"),
        ("2026-11-01T14:30:05Z", "2026-11-01T14:30:05Z", "2026-11-01T14:30:05Z"),
        ("2026-11-01T14:30:05.123-03:30", "2026-11-01T18:00:05Z", "2026-11-01T18:00:05Z"),
    ]) func aDateIsReadAsItIsMeant(_ written: String, _ begin: String, _ end: String) throws {
        let moment = try #require(Moment(written, timeZone: Self.east))
        #expect(text(moment.begin) == begin)
        #expect(text(moment.end) == end)
    }

    @Test(arguments: ["", "soon", "2026", "2026-13-01", "2026-02-30", "2026-11-01 25:00", "11-01", "2026-11 14:30"])
    func whatIsNoDateIsNone(_ written: String) { #expect(Moment(written, timeZone: Self.east) == nil) }

    @Test func aTimeOfTheHistoryReadsAsItself() throws {
        for thousandth in 0..<1000 {
            let digits = String(String(1000 + thousandth).dropFirst())
            for second in ["2026-11-21T21:13:12", "1969-12-31T23:59:59"] {
                let written = "\(second).\(digits)Z"
                #expect(ChangeTime.text(try #require(Moment(written)).begin) == written)
            }
        }
    }
}
