import Atlas
import Messages
import Spatial
import Store
import Testing

/// What people do to a table, one kind after the other, each with the landing
/// that it must have.
@Suite("Dirt of ledgers") struct LedgerDirtTests {
    /// One row as somebody filled it in, and what becomes of it.
    struct Dirt: CustomTestStringConvertible, Sendable {
        let kind: String
        var header = "楼宇名称,地址,空置面积,税收（万元）"
        var above: [String] = []
        let row: String
        let landing: LedgerLanding.Kind
        var ref: String?
        var testDescription: String { kind }
    }

    static let kinds: [Dirt] = [
        Dirt(kind: "spaces in names", row: "枫 汇　大厦,,10,", landing: .changed, ref: "b1"),
        Dirt(kind: "full-width digits", row: "枫汇大厦,大坪正街１号,１０,", landing: .changed, ref: "b1"),
        Dirt(kind: "brackets behind the name", row: "枫汇大厦（原枫汇商场）,,10,", landing: .changed, ref: "b1"),
        Dirt(kind: "another word for a building", row: "枫汇大楼,大坪正街1号,10,", landing: .changed, ref: "b1"),
        Dirt(kind: "a tower counted in another way", row: "英利国际广场B座,大坪正街19#,10,", landing: .changed, ref: "b5"),
        Dirt(kind: "city and district before the address", row: ",重庆市渝中区大坪正街1号,10,", landing: .changed, ref: "b1"),
        Dirt(kind: "floor and room behind the address", row: ",长江二路5号3楼301,10,", landing: .changed, ref: "b3"),
        Dirt(kind: "thousands separated", row: "枫汇大厦,,\"1,234.5\",", landing: .changed, ref: "b1"),
        Dirt(kind: "a unit in the cell", row: "枫汇大厦,,0.5万㎡,", landing: .changed, ref: "b1"),
        Dirt(kind: "a dash for nothing", row: "枫汇大厦,待定,-,/", landing: .unchanged, ref: "b1"),
        Dirt(kind: "words where a number belongs", row: "枫汇大厦,,约三千,", landing: .unchanged, ref: "b1"),
        Dirt(kind: "a formula's error", row: "枫汇大厦,,#REF!,5", landing: .changed, ref: "b1"),
        Dirt(kind: "no word of which building", row: ",,10,5", landing: .rejected),
        Dirt(kind: "a name of two buildings", row: "商务大厦,,10,", landing: .unsure),
        Dirt(kind: "a name of two buildings, with the address", row: "商务大厦,石油路9号,10,", landing: .changed, ref: "b7"),
        Dirt(kind: "a slip of the keyboard", row: "枫会大厦,,10,", landing: .unsure),
        Dirt(kind: "name and address of different buildings", row: "枫汇大厦,大坪正街3号,10,", landing: .unsure),
        Dirt(kind: "an address of two buildings", row: ",大坪正街19号,10,", landing: .unsure),
        Dirt(kind: "a building that nobody knows", row: "霁诚广场,天街7号,10,", landing: .unsure),
        Dirt(kind: "a nameless building's address", row: "屿融大厦,袁家岗路8号,10,", landing: .changed, ref: "b8"),
        Dirt(
            kind: "a position in a nameless outline", header: "楼宇名称,经度,纬度", row: "屿融大厦,106.5701,29.5001",
            landing: .changed, ref: "b9"),
        Dirt(kind: "a position with nothing there", header: "楼宇名称,经度,纬度", row: "屿融大厦,106.4,29.4", landing: .added),
        Dirt(
            kind: "a position in another building", header: "楼宇名称,经度,纬度", row: "屿融大厦,106.5001,29.5001",
            landing: .unsure),
        Dirt(kind: "a position far from the name", header: "楼宇名称,经度,纬度", row: "枫汇大厦,106.6,29.5", landing: .unsure),
        Dirt(kind: "half a position", header: "楼宇名称,经度,纬度", row: "枫汇大厦,106.5,", landing: .unchanged, ref: "b1"),
        Dirt(
            kind: "a title and a unit above", above: ["2026年楼宇台账,,,", "单位：平方米,,,"], row: "枫汇大厦,,10,5",
            landing: .changed, ref: "b1"),
        Dirt(
            kind: "a header of two rows", header: "楼宇名称,面积,,税收\n,建筑面积（万㎡）,空置面积,", row: "枫汇大厦,1.2,300,5",
            landing: .changed, ref: "b1"),
        Dirt(kind: "the ref itself", header: "ref,空置面积", row: "b10,10", landing: .changed, ref: "b10"),
    ]

    @Test("each kind lands where it must", arguments: kinds)
    func landing(dirt: Dirt) throws {
        let town = try LedgerTown()
        let (counts, report) = try town.ledger(dirt.above + [dirt.header, dirt.row])
        let landing = report.landings.first
        #expect(counts.read == 1)
        #expect(counts.added + counts.changed + counts.unchanged + counts.unsure + counts.rejected == 1)
        #expect((landing?.kind ?? .unchanged) == dirt.landing, "\(landing.map { "\($0)" } ?? "unchanged")")
        if let ref = dirt.ref, let landing { #expect(landing.ref == ref) }
        if dirt.landing == .unsure || dirt.landing == .rejected { #expect(landing?.reason != nil) }
        #expect((report.review != nil) == (dirt.landing == .unsure))
        // Nothing was made of it but what its landing says.
        #expect(try town.refs().count == LedgerTown.buildings.count + (dirt.landing == .added ? 1 : 0))
    }

    @Test("what is brought in is what the cells mean")
    func values() throws {
        let town = try LedgerTown()
        _ = try town.ledger([
            "楼宇名称,面积,,税收（万元）,入驻率,投用时间,物业电话", ",建筑面积（万㎡）,空置面积,,,,",
            "枫汇大厦,1.2,0.05万㎡,1.5亿元,85%,2019年3月1日,023-6888", "檀衡中心,9000㎡,\"1,200\",300,0.5,43525,001",
        ])
        let first = try #require(try town.building("b1"))
        #expect(first["floor_area_m2"] == .real(12_000) && first["vacant_area_m2"] == .real(500))
        #expect(first["税收（万元）"] == .integer(15_000) && first["入驻率"] == .real(0.85))
        #expect(first["投用时间"] == .text("2019-03-01") && first["物业电话"] == .text("023-6888"))
        let second = try #require(try town.building("b2"))
        #expect(second["floor_area_m2"] == .real(9000) && second["vacant_area_m2"] == .real(1200))
        #expect(second["投用时间"] == .text("2019-03-01") && second["物业电话"] == .text("001"))
    }

    @Test("a dry run tells which cell changes what, and keeps nothing")
    func dryRun() throws {
        let town = try LedgerTown()
        _ = try town.ledger(["楼宇名称,空置面积", "枫汇大厦,10"])
        let (counts, report) = try town.ledger(["楼宇名称,空置面积", "檀衡中心,7", "枫汇大厦,20", "无名氏大厦,5"]) { $0.isDryRun = true }
        #expect(counts.changed == 2 && counts.unsure == 1 && report.review == nil)
        let change = try #require(report.landings.first { $0.ref == "b1" }?.changes.first)
        #expect(change == LedgerChange(column: "vacant_area_m2", cell: "B3", from: .real(10), to: .real(20)))
        #expect(try town.building("b1")?["vacant_area_m2"] == .real(10))
        #expect(try town.building("b2")?["vacant_area_m2"] == nil)
    }

    @Test("an empty cell leaves the atlas alone, unless the mapping says so")
    func emptyCells() throws {
        let town = try LedgerTown()
        _ = try town.ledger(["楼宇名称,空置面积,联系人", "枫汇大厦,10,某"])
        #expect(try town.ledger(["楼宇名称,空置面积,联系人", "枫汇大厦,,-"]).counts.unchanged == 1)
        try town.write("m.yaml", "空置面积:\n  empty: erase\n")
        let mapping = town.file("m.yaml")
        #expect(try town.ledger(["楼宇名称,空置面积,联系人", "枫汇大厦,,"]) { $0.ledger.mapping = mapping }.counts.changed == 1)
        let building = try #require(try town.building("b1"))
        #expect(building["vacant_area_m2"] == nil && building["联系人"] == .text("某"))
    }

    @Test("the same row twice is taken once; two that disagree are told")
    func repeatedRows() throws {
        let town = try LedgerTown()
        let (counts, report) = try town.ledger(["楼宇名称,空置面积", "枫汇大厦,10", "枫汇大楼,10", "枫汇大厦,11"])
        #expect(counts.changed == 1 && counts.unchanged == 1 && counts.rejected == 1)
        #expect(report.landings.last?.reason == .ledgerRowTwice(2, "b1"))
        #expect(try town.building("b1")?["vacant_area_m2"] == .real(10))
    }

    @Test("one thing only, where the user says by what")
    func joins() throws {
        let line = "枫汇大厦,大坪正街3号,10"
        for (join, ref) in [(LedgerOptions.Join.name, "b1"), (.address, "b2")] {
            let town = try LedgerTown()
            let (_, report) = try town.ledger(["楼宇名称,地址,空置面积", line]) { $0.ledger.join = join }
            #expect(report.landings.first?.ref == ref, "\(join)")
        }
    }

    @Test("the ref under its own title finds the record, and is no code beside it")
    func titledRef() throws {
        let town = try LedgerTown()
        #expect(try town.ledger(["编号,楼宇名称", "b1,枫汇大厦", "b2,檀衡中心"]).counts.unchanged == 2)
        let (_, report) = try town.ledger(["编号,空置面积", "b1,10", "QL-3,10"])
        #expect(report.landings.map(\.kind) == [.changed, .unsure] && report.landings.first?.changes.count == 1)
        #expect(try town.building("b1")?["编号"] == nil)
        #expect(try town.ledger(["编号,楼宇名称", "QL-1,枫汇大厦"]).counts.changed == 1)
        #expect(try town.building("b1")?["编号"] == .text("QL-1"))
    }

    @Test("an area stays estimated until somebody brings another, or says so")
    func estimates() throws {
        let town = try LedgerTown()
        func estimated(_ lines: [String]) throws -> Attribute? {
            _ = try town.ledger(["楼宇名称,建筑面积,建筑面积为估算"] + lines)
            return try town.building("b1")?["floor_area_estimated"]
        }
        #expect(try estimated(["枫汇大厦,100,是"]) == .boolean(true))
        #expect(try estimated(["枫汇大厦,100,"]) == .boolean(true))
        #expect(try estimated(["枫汇大厦,120,是"]) == .boolean(true))
        #expect(try estimated(["枫汇大厦,150,"]) == nil)
        #expect(try estimated(["枫汇大厦,,否"]) == .boolean(false))
    }

    @Test("English titles are known, with their units")
    func englishTitles() throws {
        let town = try LedgerTown()
        _ = try town.ledger([
            "name,English name,floor area (m²),height (m),year built,floor area estimated",
            "枫汇大厦,Maple,1.2万㎡,80,2010,yes",
        ])
        let building = try #require(try town.building("b1"))
        #expect(building["name_en"] == .text("Maple") && building["floor_area_m2"] == .real(12_000))
        #expect(building["height_m"] == .real(80) && building["year_built"] == .integer(2010))
        #expect(building["floor_area_estimated"] == .boolean(true))
    }

    @Test("the very text that a record holds is no news, whatever else it may mean")
    func sameText() throws {
        let town = try LedgerTown()
        let outline = "{\"type\":\"Point\",\"coordinates\":[106.6,29.6]}"
        let members = "\"name\":\"屿融大厦\",\"入驻率\":\"85%\",\"投用时间\":\"20190305\",\"标签\":[1, 2],\"面宽\":\"3万\""
        try town.write(
            "more.geojson",
            "{\"type\":\"FeatureCollection\",\"features\":[\(SmallAtlas.feature("p1", members, outline))]}")
        var options = ImportOptions()
        options.layer = .building
        _ = try importFiles([town.file("more.geojson")], into: town.path, options: options)
        let header = "楼宇名称,入驻率,投用时间,标签,面宽"
        #expect(try town.ledger([header, "屿融大厦,85%,20190305,\"[1, 2]\",3万"]).counts.unchanged == 1)
        let (_, report) = try town.ledger([header, "屿融大厦,86%,20190306,\"[1, 2]\",3万"])
        #expect(report.landings.first?.changes.map(\.to) == [.real(0.86), .text("2019-03-06")])
    }
}
