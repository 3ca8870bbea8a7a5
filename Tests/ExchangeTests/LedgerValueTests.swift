import Spatial
import Testing

@testable import Exchange

@Suite("Values of ledgers") struct LedgerValueTests {
    @Test(
        "dates in every form",
        arguments: [
            ("2026/1/5", "2026-01-05"), ("2026-01-05", "2026-01-05"), ("2026.1.5", "2026-01-05"),
            ("2026年1月5日", "2026-01-05"), ("２０２６年１月５日", "2026-01-05"), ("20260105", "2026-01-05"),
            ("2026-01", "2026-01"), ("2026年1月", "2026-01"), ("202601", "2026-01"), ("2026/1/5 00:00:00", "2026-01-05"),
            ("2026年", "2026"),
        ])
    func date(written: String, iso: String) {
        let read = LedgerValue.read(.text(written), as: .date, unit: nil)
        #expect(read.value == .text(iso) && !read.isRefused, "\(written): \(read)")
    }

    @Test("no dates", arguments: ["2026/13/1", "2026-02-30", "2026", "12", "民国一百年", "1/5", "20261301", "2026-1-1-1"])
    func noDate(written: String) { #expect(LedgerDate(written) == nil) }

    @Test("a spreadsheet's days are counted from 30 December 1899")
    func serials() {
        for (serial, iso) in [
            (43_525.0, "2019-03-01"), (46_027, "2026-01-05"), (45_351, "2024-02-29"), (2958, "1908-02-05"),
        ] {
            #expect(LedgerDate(number: serial)?.iso == iso)
        }
        // Every day of two centuries, counted one by one.
        var (year, month, day) = (1908, 2, 5)
        for serial in 2958..<76_000 {
            let date = LedgerDate(number: Double(serial))
            #expect(date == LedgerDate(year: year, month: month, day: day) || (1900...2100).contains(serial))
            day += 1
            if LedgerDate(year: year, month: month, day: day) == nil { (month, day) = (month + 1, 1) }
            if month == 13 { (year, month) = (year + 1, 1) }
        }
    }

    @Test(
        "areas come in every unit",
        arguments: [
            ("1.0327万㎡", 10_327.0), ("10327", 10_327), ("１０，３２７", 10_327), ("10,327.5平方米", 10_327.5), ("3亩", 2000),
            ("1.2公顷", 12_000), ("0.5万", 5000), ("500 m²", 500),
        ])
    func area(written: String, meters: Double) {
        let read = LedgerValue.read(.text(written), as: .number(.area), unit: nil)
        #expect(read.value == .real(meters), "\(written): \(read)")
    }

    @Test("the cell's unit goes before the heading's")
    func headingUnit() {
        let wan = LedgerUnit("万㎡")
        #expect(LedgerValue.read(.number(1.0327), as: .number(.area), unit: wan).value == .real(10_327))
        #expect(LedgerValue.read(.text("10327㎡"), as: .number(.area), unit: wan).value == .real(10_327))
        #expect(LedgerValue.read(.text("1.2亿元"), as: .any, unit: LedgerUnit("万元")).value == .integer(12_000))
        #expect(LedgerValue.read(.text("3500"), as: .any, unit: LedgerUnit("万元")).value == .integer(3500))
    }

    @Test("what is no number stays out", arguments: ["约三千", "12,34", "1.2.3", "5万元", "10层楼", "－", "3000余㎡"])
    func refusedNumber(written: String) {
        let read = LedgerValue.read(.text(written), as: .number(.area), unit: nil)
        #expect(read.value == .null && read.note != nil, "\(written): \(read)")
    }

    @Test("no year is made of a slip or of a count of days", arguments: ["20205", "43525", "205", "3020"])
    func noYear(written: String) throws {
        let number = try #require(Double(written))
        for cell in [SheetCell.Value.text(written), .number(number)] {
            let read = LedgerValue.read(cell, as: .year, unit: nil)
            #expect(read.value == .null && read.isRefused && read.note != nil, "\(cell): \(read)")
        }
    }

    @Test("years as people write them", arguments: ["2019", "2019年", "201903", "20190301", "2019/3/1", "2019年3月"])
    func year(written: String) {
        #expect(LedgerValue.read(.text(written), as: .year, unit: nil).value == .integer(2019))
        guard let number = Double(written) else { return }
        #expect(LedgerValue.read(.number(number), as: .year, unit: nil).value == .integer(2019))
    }

    @Test("a formula's error is one as a text, too; yes is no number")
    func errorsAndTruths() {
        for kind in [LedgerKind.text, .any, .number(.area), .date, .whole] {
            for code in ["#N/A", "#REF!", "＃DIV/0!", " #value! "] {
                #expect(LedgerValue.read(.text(code), as: kind, unit: nil).isRefused, "\(code), \(kind)")
            }
        }
        #expect(LedgerValue.read(.text("#3"), as: .text, unit: nil).value == .text("#3"))
        for kind in [LedgerKind.number(.area), .whole, .year, .date] {
            #expect(LedgerValue.read(.bool(true), as: kind, unit: nil).isRefused, "\(kind)")
        }
    }

    @Test("there is nothing", arguments: ["-", "——", "/", "无", "待定", "暂无", "N/A", "／"])
    func nothing(written: String) {
        for kind in [LedgerKind.text, .any, .number(.area), .date, .whole] {
            let read = LedgerValue.read(.text(written), as: kind, unit: nil)
            #expect(read.value == .null && !read.isRefused && read.note != nil)
        }
    }

    @Test("codes and telephone numbers keep their zeros; shares are parts of one")
    func anyValue() {
        #expect(LedgerValue.read(.text("0012"), as: .any, unit: nil).value == .text("0012"))
        #expect(LedgerValue.read(.text("13800138000"), as: .any, unit: nil).value == .text("13800138000"))
        #expect(LedgerValue.read(.text("85%"), as: .any, unit: nil).value == .real(0.85))
        #expect(LedgerValue.read(.text("85%"), as: .any, unit: LedgerUnit("%")).value == .integer(85))
        #expect(LedgerValue.read(.error("#N/A"), as: .any, unit: nil).isRefused)
        #expect(LedgerValue.read(.formulaWithoutValue, as: .any, unit: nil).isRefused)
    }

    @Test(
        "units are taken off headings",
        arguments: [
            ("建筑面积（万㎡）", "建筑面积", "万平方米"), ("建筑面积(平方米)", "建筑面积", "平方米"), ("税收/万元", "税收", "万元"),
            ("税收（单位：亿元）", "税收", "亿元"), ("空置面积 ㎡", "空置面积", "平方米"), ("税收万元", "税收", "万元"), ("占地（亩）", "占地", "亩"),
        ])
    func split(heading: String, name: String, unit: String) {
        let split = LedgerUnit.split(header: heading)
        #expect(split.name == name && split.unit?.name == unit, "\(heading): \(split)")
    }

    @Test("headings without units stay whole", arguments: ["楼宇名称", "建筑面积", "层数", "地址/位置", "园区（片区）"])
    func unsplit(heading: String) { #expect(LedgerUnit.split(header: heading).unit == nil) }
}
