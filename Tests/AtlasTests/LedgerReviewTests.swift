import Atlas
import Spatial
import Store
import Testing

@Suite("Review tables") struct LedgerReviewTests {
    private let lines = [
        "楼宇名称,地址,空置面积", "枫会大厦,,10", "商务大厦,,20", "霁诚广场,天街7号,30", "墨诚广场,天街9号,40", "鹭恒大厦,,50",
    ]

    @Test("filled in, it settles all; then the ledger changes nothing")
    func settles() throws {
        let town = try LedgerTown()
        let (counts, report) = try town.ledger(lines)
        #expect(counts.unsure == 5)
        let table = try town.review(report)
        #expect(table.count == 6 && table[0].contains("选定,原行号,原因"))
        let decided = try town.decide(report, ["b1", "b7", "新建 106.6，29.6", "跳过", "新建"])
        let (settled, _) = try town.bring(decided)
        #expect(settled.unsure == 0 && settled.changed == 2 && settled.added == 2 && settled.unchanged == 1)
        #expect(try town.building("b7")?["vacant_area_m2"] == .real(20))
        #expect(try town.building("b1")?["别名"] == .text("枫会大厦"))
        let (again, second) = try town.bring("ledger.csv")
        #expect(again.unchanged == 5 && again.unsure == 0 && second.review == nil)
        #expect(try town.refs().count == LedgerTown.buildings.count + 2)
    }

    @Test("a decision is an alias: next month's file of another name knows it")
    func aliases() throws {
        let town = try LedgerTown()
        let (_, report) = try town.ledger(["楼宇名称,空置面积", "枫会大厦,10"])
        _ = try town.bring(try town.decide(report, ["b1"]))
        let (counts, next) = try town.ledger(["楼宇名称,地址,空置面积", "枫会大厦,大坪正街1号,11"], name: "二月.csv")
        #expect(counts.changed == 1 && next.landings.first?.ref == "b1")
    }

    @Test("the number of a candidate is a choice; nonsense stays unsure")
    func numbers() throws {
        let town = try LedgerTown()
        let (_, report) = try town.ledger(["楼宇名称,空置面积", "商务大厦,10", "枫会大厦,10"])
        let (counts, settled) = try town.bring(try town.decide(report, ["2", "9"]))
        #expect(counts.changed == 1 && counts.unsure == 1)
        #expect(settled.landings.first { $0.kind == .changed }?.ref == "b7")
    }

    @Test("headings of two rows and units above the table survive the way through")
    func headings() throws {
        let town = try LedgerTown()
        let (_, report) = try town.ledger([
            "单位：万元,,,", "楼宇名称,面积,,税收", ",建筑面积（万㎡）,空置面积,", "枫会大厦,1.2,300,1亿元",
        ])
        _ = try town.bring(try town.decide(report, ["b1"]))
        let building = try #require(try town.building("b1"))
        #expect(building["floor_area_m2"] == .real(12_000) && building["vacant_area_m2"] == .real(300))
    }

    @Test("--sync ends what the ledger had and has no more, and nothing else")
    func sync() throws {
        let town = try LedgerTown()
        let header = "楼宇名称,空置面积,经度,纬度"
        _ = try town.ledger([header, "枫汇大厦,1,,", "檀衡中心,2,,", "屿融大厦,3,106.4,29.4", "昶融广场,4,,"])
        let (counts, report) = try town.ledger([header, "枫汇大厦,1,,", "昶融广厂,5,,"]) { $0.sync = true }
        #expect(counts.ended == 2 && counts.unsure == 1)
        let ended = report.landings.filter { $0.kind == .ended }.compactMap(\.name)
        #expect(Set(ended) == ["檀衡中心", "屿融大厦"])
        let (back, _) = try town.ledger([header, "檀衡中心,2,,"])
        #expect(back.changed == 1)
        #expect(try town.building("b2")?["ended_at"] == nil)
    }

    @Test("enterprises are counted and summed up by their buildings")
    func enterprises() throws {
        let town = try LedgerTown()
        let lines = [
            "企业名称,所在楼宇,经营地址,税收（万元）", "甲公司,枫汇大厦,大坪正街1号,10", "乙公司,枫汇大厦12-3,,5", "丙公司,,重庆市渝中区大坪正街1号枫汇大厦2-1,1",
            "丁公司,英利国际广场2栋30-5,大坪正街19号,7", "戊公司,没有的楼,,9",
        ]
        let change = { (options: inout ImportOptions) in
            options.ledger.rowsAre = .enterprise
            options.ledger.sums = ["税收"]
        }
        let (counts, _) = try town.ledger(lines, name: "e.csv", change)
        #expect(counts.changed == 4 && counts.unsure == 1 && counts.read == 5)
        let building = try #require(try town.building("b1"))
        #expect(building["企业数"] == .integer(3) && building["税收（万元）合计"] == .real(16))
        #expect(try town.building("b5")?["企业数"] == .integer(1))
        let (again, _) = try town.ledger(lines, name: "e.csv", change)
        #expect(again.unchanged == 4 && again.changed == 0)
    }

    @Test("a new row does not take the ref of a building that has ended")
    func endedRefs() throws {
        let town = try LedgerTown()
        _ = try endRecords([RecordEdit(record: "b1")], in: town.path)
        let before = try #require(try town.building("b1"))
        let (counts, _) = try town.ledger(["ref,楼宇名称,经度,纬度", "b1,屿融大厦,106.4,29.4"]) { $0.ledger.join = .name }
        #expect(counts.rejected == 1 && counts.added == 0)
        let after = try #require(try town.building("b1"))
        #expect(after.name == before.name && after.text("ended_at") == before.text("ended_at"))
    }

    @Test("a value that was corrected by hand is told, not replaced")
    func corrections() throws {
        let town = try LedgerTown()
        let header = "楼宇名称,空置面积,等级"
        _ = try town.ledger([header, "枫汇大厦,10,A", "檀衡中心,10,A"])
        var edit = RecordEdit(record: "b1")
        edit.values = [("vacant_area_m2", "60")]
        _ = try setRecords([edit], in: town.path)
        _ = try endRecords([RecordEdit(record: "b2")], in: town.path)
        let (again, same) = try town.ledger([header, "枫汇大厦,10,A", "檀衡中心,10,A"])
        #expect(again.unchanged == 2 && again.changed == 0 && same.landings.isEmpty)
        let (counts, report) = try town.ledger([header, "枫汇大厦,70,B", "枫汇大厦,70,B"])
        #expect(counts.changed == 1 && counts.unchanged == 1 && counts.rejected == 0)
        let landing = try #require(report.landings.first)
        #expect(landing.notes.map(\.cell) == ["B2"] && landing.changes.map(\.column) == ["grade"])
        let building = try #require(try town.building("b1"))
        #expect(building["vacant_area_m2"] == .real(60) && building["grade"] == .text("B"))
        #expect(try town.building("b2")?.text("ended_at") != nil)
    }
}
