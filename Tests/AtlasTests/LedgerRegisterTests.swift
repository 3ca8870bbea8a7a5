import Atlas
import Foundation
import Spatial
import Store
import Testing

/// Registers of enterprises: what is summed up, and what is not kept.
@Suite("Registers of enterprises") struct LedgerRegisterTests {
    private static func asRegister(_ options: inout ImportOptions) {
        options.ledger.rowsAre = .enterprise
        options.ledger.sums = ["税收"]
    }

    @Test("what is no number is told with its cell, and not counted as nothing without a word")
    func sums() throws {
        let town = try LedgerTown()
        let (counts, report) = try town.ledger(
            [
                "企业名称,所在楼宇,税收（万元）", "甲公司,枫汇大厦,约五百", "乙公司,枫汇大厦,5", "丙公司,枫汇大厦,1亿元", "丁公司,枫汇大厦,12345678901",
                "戊公司,枫汇大厦,3㎡", "己公司,枫汇大厦,",
            ], Self.asRegister)
        #expect(counts.changed == 6)
        #expect(report.landings.flatMap(\.notes).map(\.cell) == ["C2", "C6"])
        let building = try #require(try town.building("b1"))
        #expect(building["企业数"] == .integer(6))
        #expect(building["税收（万元）合计"] == .real(12_345_678_901 + 10_000 + 5))
    }

    @Test("a summed column stays in the unit of its heading, whatever column of the layer it is")
    func sumsInTheirUnit() throws {
        let town = try LedgerTown()
        _ = try town.ledger(["企业名称,所在楼宇,空置面积（万㎡）", "甲公司,枫汇大厦,0.5", "乙公司,枫汇大厦,5000㎡"]) {
            $0.ledger.rowsAre = .enterprise
            $0.ledger.sums = ["空置面积"]
        }
        #expect(try town.building("b1")?["空置面积（万㎡）合计"] == .real(1))
    }

    @Test("nothing of an enterprise stays in the atlas, whatever becomes of its row")
    func notKept() throws {
        let town = try LedgerTown()
        let lines = [
            "企业名称,法定代表人,联系电话,所在楼宇,住所,税收", "甲公司,赵甲,13800000001,枫汇大厦,枫汇大厦3楼密室甲,1",
            "乙公司,钱乙,13800000002,枫会大厦,,2", "丙公司,孙丙,13800000003,,,3", "丁公司,李丁,13800000004,没有的楼,无名路密室丁,4",
        ]
        let (counts, report) = try town.ledger(lines, Self.asRegister)
        #expect(counts.changed == 1 && counts.unsure == 2 && counts.rejected == 1)
        let decided = try town.decide(report, ["b1", "跳过"])
        _ = try town.bring(decided, Self.asRegister)
        let again = try town.ledger(lines, Self.asRegister).counts
        #expect(again.unsure == 0 && again.rejected == 1, "\(again)")
        var bytes = try Data(contentsOf: URL(filePath: town.path))
        if let log = try? Data(contentsOf: URL(filePath: town.path + "-wal")) { bytes += log }
        for word in [
            "甲公司", "乙公司", "丙公司", "丁公司", "赵甲", "钱乙", "孙丙", "李丁", "1380000000", "密室", "枫会大厦", "没有的楼", "无名路",
        ] {
            #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word)")
        }
    }
}
