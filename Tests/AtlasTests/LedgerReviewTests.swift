import Atlas
import Messages
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

    private static let header = "楼宇名称,地址,空置面积"

    /// Imports a first month of three buildings, and a second one with `--sync`.
    private func months(_ first: [String], _ second: [String]) throws -> (
        town: LedgerTown, counts: ImportCounts, report: LedgerReport
    ) {
        let town = try LedgerTown()
        _ = try town.ledger([Self.header, "枫汇大厦,,1", "檀衡中心,大坪正街3号,2", "昶融广场,长江二路5号,3"] + first, name: "台账1月.csv")
        let (counts, report) = try town.ledger([Self.header, "枫汇大厦,,1"] + second, name: "台账2月.csv") {
            $0.sync = true
        }
        return (town, counts, report)
    }

    @Test(
        "--sync ends nothing that an undecided row may be about",
        arguments: [
            // What it is like, and on its plot.
            ("檀恒中心,,2", ["b2"]), ("新名字,大坪正街3号,2", ["b2"]),
            // Like nothing: it may be any that it does not say otherwise of.
            ("鑫淼森,,2", ["b2", "b3"]), ("鑫淼森,大坪正街77号,2", []), ("鑫淼森,大坪正街,2", ["b2", "b3"]),
            // It says nothing that can be read.
            ("#REF!,,2", ["b2", "b3"]), (",,2", ["b2", "b3"]),
        ])
    func undecidedRows(_ line: String, _ held: [String]) throws {
        let (town, counts, report) = try months([], [line])
        let told = report.landings.filter { $0.kind == .held }
        #expect(told.compactMap(\.ref) == held, "\(line): \(report.landings)")
        #expect(told.allSatisfy { $0.reason == .ledgerHeld([3]) })
        #expect(counts.ended == 2 - held.count)
        for ref in ["b2", "b3"] {
            #expect((try town.building(ref)?["ended_at"] == nil) == held.contains(ref), "\(ref)")
        }
        // Settled, it is known which are gone.
        guard let review = report.review, held.count == 2 else { return }
        #expect(!review.isEmpty)
        _ = try town.bring(try town.decide(report, ["b2"]))
        let (settled, _) = try town.bring("台账2月.csv") { $0.sync = true }
        #expect(settled.ended == 1 && settled.unsure == 0)
        #expect(try town.building("b2")?["ended_at"] == nil && town.building("b3")?["ended_at"] != nil)
    }

    @Test("a row that was undecided beside the record is about another", arguments: ["鑫淼森,,2", "#REF!,,2", ",,2"])
    func knownRows(_ line: String) throws {
        let (_, counts, report) = try months([line], [line])
        #expect(counts.ended == 2 && !report.landings.contains { $0.kind == .held })
    }

    @Test("words that meant a record mean it still where another is like it now")
    func newlyUnsure() throws {
        let twice = "商务大厦,石油路1号,5"
        let (town, _, _) = try months([twice], ["檀衡中心,大坪正街3号,2", "昶融广场,长江二路5号,3", twice])
        var twin = LedgerTown.buildings[5]
        (twin.ref, twin.west) = ("b11", 106.6)
        let other = try LedgerTown([twin])
        var options = ImportOptions()
        options.layer = .building
        _ = try importFiles([other.file("b.geojson")], into: town.path, options: options)
        let (counts, report) = try town.bring("台账2月.csv") { $0.sync = true }
        #expect(counts.unsure == 1 && counts.ended == 0)
        #expect(!report.landings.contains { $0.kind == .ended })
        #expect(try town.building("b6")?["ended_at"] == nil)
    }

    @Test("the review of a register adds to the totals, once")
    func registerReview() throws {
        let town = try LedgerTown()
        let lines = ["企业名称,所在楼宇,经营地址,税收", "甲公司,枫汇大厦,大坪正街1号,10", "乙公司,枫会大厦,,5", "丙公司,鑫淼森,,2"]
        let change = { (options: inout ImportOptions) in
            options.ledger.rowsAre = .enterprise
            options.ledger.sums = ["税收"]
        }
        let (counts, report) = try town.ledger(lines, name: "e.csv", change)
        #expect(counts.unsure == 2)
        let decided = try town.decide(report, ["b1", "b2"])
        for _ in 0..<2 {
            _ = try town.bring(decided, change)
            let building = try #require(try town.building("b1"))
            #expect(building["企业数"] == .integer(2) && building["税收合计"] == .real(15))
            #expect(try town.building("b2")?["企业数"] == .integer(1))
        }
        let (again, _) = try town.bring("e.csv", change)
        #expect(again.changed == 0 && again.unsure == 0)
        let (next, told) = try town.ledger([lines[0], lines[1]], name: "e.csv") {
            change(&$0)
            $0.sync = true
        }
        #expect(next.changed == 1 && told.landings.contains { $0.row == nil && $0.ref == "b2" && $0.kind == .changed })
        #expect(try town.building("b2")?["企业数"] == nil)
        let report3 = try undoLastChange(town.path)
        #expect(report3.ledgerRows == 0)
        #expect(try town.building("b2")?["企业数"] == .integer(1))
    }

    @Test("a register does not bring a building back that has ended")
    func endedBuilding() throws {
        let town = try LedgerTown()
        _ = try endRecords([RecordEdit(record: "b1")], in: town.path)
        let (counts, report) = try town.ledger(["企业名称,所在楼宇", "甲公司,枫汇大厦"], name: "e.csv") {
            $0.ledger.rowsAre = .enterprise
        }
        #expect(counts.unsure == 1 && report.landings.first?.reason == .ledgerOnlyEnded)
        #expect(try town.building("b1")?["ended_at"] != nil)
    }

    @Test("undo takes back what was remembered of rows, too")
    func undone() throws {
        let town = try LedgerTown()
        let (first, report) = try town.ledger(lines)
        let decided = try town.decide(report, ["b1", "b7", "新建 106.6，29.6", "跳过", "新建"])
        _ = try town.bring(decided)
        let undone = try undoLastChange(town.path)
        #expect(undone.ledgerRows == 5 && undone.change.files.count == 1)
        let (again, second) = try town.ledger(lines)
        #expect(again.unsure == first.unsure)
        #expect(second.landings.map(\.reason) == report.landings.map(\.reason))
        let (skipped, _) = try town.bring(try town.decide(report, ["跳过", "跳过", "跳过", "跳过", "跳过"]))
        #expect(skipped.unchanged == 5)
        #expect(try town.bring("ledger.csv").counts.unsure == 0)
        #expect(try undoLastChange(town.path).ledgerRows == 5, "a decision to skip is a change, too")
        #expect(try town.bring("ledger.csv").counts.unsure == 5)
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
