import Atlas
import Spatial
import Store
import TestSupport
import Testing

/// Buildings that are nearly called the same, or stand at nearly the same
/// address: none is taken for the other.
@Suite("Twins in ledgers") struct LedgerTwinTests {
    /// What one row does to a town of one building.
    private func landing(
        _ name: String?, _ address: String?, row: String
    ) throws -> (kind: LedgerLanding.Kind, ref: String?) {
        let town = try LedgerTown([("t", name, address, 106.5, 29.5)])
        let (_, report) = try town.ledger(["楼宇名称,地址,空置面积,经度,纬度", row])
        return (report.landings.first?.kind ?? .unchanged, report.landings.first?.ref)
    }

    static let parted = [
        ("环球大厦（南塔）", "环球大厦（北塔）"), ("环球大厦（T1）", "环球大厦（T2）"), ("环球大厦（一期）", "环球大厦（二期）"),
        ("环球大厦（东区）", "环球大厦（西区）"), ("环球大厦（主楼）", "环球大厦（裙楼）"), ("重庆环球金融中心（南塔）", "重庆环球金融中心（北塔）"),
        ("重庆英利国际金融中心A座", "重庆英利国际金融中心B座"), ("解放碑", "国贸大厦（解放碑）"), ("环球大厦", "环球大厦（北塔）"),
    ]

    @Test("a part is not taken for another part, by name, address or position", arguments: parted)
    func parts(atlas: String, row: String) throws {
        for cells in ["\(row),,10,,", "\(row),大坪正街1号,10,,", "\(row),大坪正街1号,10,106.5001,29.5001"] {
            #expect(try landing(atlas, "大坪正街1号", row: cells).kind == .unsure, "\(cells)")
            #expect(try landing(row, "大坪正街1号", row: cells).kind == .changed, "\(cells)")
        }
    }

    @Test(
        "an address of another city or district is another address",
        arguments: [
            ("重庆市渝中区人民南路1号", "成都市锦江区人民南路1号"), ("重庆市渝中区人民路1号", "重庆市江北区人民路1号"),
            ("四川省成都市人民路1号", "重庆市人民路1号"),
        ])
    func districts(atlas: String, row: String) throws {
        #expect(try landing(nil, atlas, row: ",\(row),10,,").kind == .unsure)
        #expect(try landing("枫汇大厦", atlas, row: "枫汇大厦,\(row),10,,").kind == .unsure)
        #expect(try landing(nil, atlas, row: ",\(atlas),10,,").kind == .changed)
    }

    @Test("a district that only one side names speaks against nobody", arguments: ["渝中区人民路1号", "人民路1号", "重庆渝中区人民路1号"])
    func districtsLeftOut(address: String) throws {
        #expect(try landing(nil, "重庆市渝中区人民路1号", row: ",\(address),10,,").kind == .changed)
        #expect(try landing(nil, address, row: ",重庆市渝中区人民路1号,10,,").kind == .changed)
    }

    @Test("the very name does not outweigh another plot, unless the position says so, too")
    func nameAtAnotherPlot() throws {
        let town = try LedgerTown()
        let header = "楼宇名称,地址,空置面积,经度,纬度"
        #expect(try town.ledger([header, "枫汇大厦,大坪正街77号,10,,"]).counts.unsure == 1)
        #expect(try town.building("b1")?["address"] == .text("大坪正街1号"))
        let (counts, report) = try town.ledger([header, "枫汇大厦,大坪正街77号,10,106.5001,29.5001"], name: "二.csv")
        #expect(counts.changed == 1 && report.landings.first?.ref == "b1")
    }

    @Test("rows that only a position tells apart are records of their own, and found again")
    func positionsAlone() throws {
        let town = try LedgerTown()
        let lines = ["经度,纬度,建筑面积", "106.41,29.41,100", "106.42,29.42,200", "106.43,29.43,300"]
        let (counts, report) = try town.ledger(lines)
        #expect(counts.added == 3 && counts.rejected == 0, "\(report.landings)")
        let again = try town.ledger(lines).counts
        #expect(again.unchanged == 3, "\(again)")
    }

    @Test("a decision about a row without words holds for no other row")
    func decisionsByPosition() throws {
        let town = try LedgerTown(
            LedgerTown.buildings + [("c1", nil, nil, 106.6, 29.5), ("c2", nil, nil, 106.6001, 29.5)])
        let header = "经度,纬度,空置面积"
        let (counts, report) = try town.ledger([header, "106.60015,29.5001,100"])
        #expect(counts.unsure == 1)
        _ = try town.bring(try town.decide(report, ["c1"]))
        let (next, landings) = try town.ledger([header, "106.5701,29.5001,7"], name: "二.csv")
        #expect(next.changed == 1 && landings.landings.first?.ref == "b9")
    }

    @Test("of rows with the very same words none is taken for the other's record")
    func sameWords() throws {
        let town = try LedgerTown()
        let lines = ["楼宇名称,空置面积", "商务大厦,10", "商务大厦,20"]
        let (_, report) = try town.ledger(lines)
        let (decided, _) = try town.bring(try town.decide(report, ["b6", "b7"]))
        #expect(decided.changed == 2)
        let again = try town.ledger(lines).counts
        #expect(again.unsure == 2 && again.changed + again.rejected == 0, "\(again)")
        #expect(try town.building("b6")?["vacant_area_m2"] == .real(10))
        #expect(try town.building("b7")?["vacant_area_m2"] == .real(20))
    }

    @Test("what people decided otherwise in other ledgers decides nothing")
    func otherDecisions() throws {
        let town = try LedgerTown()
        let names = ["甲.csv", "乙.csv"]
        let reports = try names.map { try town.ledger(["楼宇名称,空置面积", "商务大厦,10"], name: $0).report }
        for (report, ref) in zip(reports, ["b6", "b7"]) { _ = try town.bring(try town.decide(report, [ref])) }
        #expect(try town.ledger(["楼宇名称,空置面积", "商务大厦,30"], name: "丙.csv").counts.unsure == 1)
        #expect(try town.ledger(["楼宇名称,空置面积", "商务大厦,30"], name: "甲.csv").report.landings.first?.ref == "b6")
    }

    @Test("what a person put in two places is two records, whatever words they share")
    func newInTwoPlaces() throws {
        let town = try LedgerTown()
        let (_, report) = try town.ledger(["楼宇名称,空置面积", "霁诚广场,1", "霁诚广场,1", "霁诚广场,1"])
        let places = ["新建 106.61，29.6", "新建 106.62，29.6", "新建 106.61，29.6"]
        let (counts, _) = try town.bring(try town.decide(report, places))
        #expect(counts.added == 2 && counts.unchanged == 1, "\(counts)")
    }

    @Test("a new record that stands there twice, the same, is one; otherwise it is told")
    func newTwice() throws {
        let town = try LedgerTown()
        let header = "楼宇名称,空置面积,经度,纬度"
        let (counts, _) = try town.ledger([
            header, "屿融大厦,3,106.4,29.4", "屿融大厦,3,106.4,29.4", "屿融大厦,4,106.4,29.4",
        ])
        #expect(counts.added == 1 && counts.unchanged == 1 && counts.rejected == 1, "\(counts)")
    }

    /// Two buildings of which the atlas may hold one only.
    private struct Twin {
        let ref: String
        let name: String
        let address: String
        let position: LonLat
        let isKnown: Bool

        var building: LedgerTown.Building { (ref, name, address, position.longitude, position.latitude) }

        /// A row about it that says which of the two is meant.
        func row(_ random: inout SeededGenerator) -> String {
            var (name, address) = (name, address)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: name = name.map { String($0) }.joined(separator: " ")
            case 1: name = name.replacing("（", with: "(").replacing("）", with: ")")
            default: break
            }
            let way = Int.random(in: 0..<3, using: &random)
            if way == 1 { address = address.replacing("号", with: "#") + "3楼" }
            let saysPoint = way == 2 || Bool.random(using: &random)
            let point = "\(position.longitude + 0.0001),\(position.latitude + 0.0001)"
            return "\(name),\(way == 2 ? "" : address),1,\(saysPoint ? point : ",")"
        }
    }

    private static func twins(_ random: inout SeededGenerator) -> [Twin] {
        let marks = [
            ("（南塔）", "（北塔）"), ("A座", "B座"), ("（一期）", "（二期）"), ("（东区）", "（西区）"), ("（T1）", "（T2）"), ("（主楼）", "（裙楼）"),
            ("1号楼", "2号楼"), ("", "（北楼）"), ("", "二期"),
        ]
        return (0..<90).flatMap { number -> [Twin] in
            let name = "第\(number)" + ["枫汇大厦", "檀衡国际金融中心", "昶融广场", "英利中心", "鹭恒"][number % 5]
            let far = number % 3
            let mark = far == 0 ? marks[number % marks.count] : ("", "")
            let known = Int.random(in: 0..<3, using: &random)
            let west = 106 + Double(number) * 0.01
            return [0, 1].map { which in
                let city = far == 1 ? ["重庆市渝中区", "成都市锦江区"][which] : "重庆市渝中区"
                let plot = far == 2 ? "\(number * 2 + which + 1)号" : "\(number + 1)号"
                return Twin(
                    ref: "t\(number)-\(which)", name: name + (which == 0 ? mark.0 : mark.1),
                    address: city + "人民路" + plot,
                    position: LonLat(west + (far == 0 ? 0.0006 : 0.004) * Double(which), 29.5),
                    isKnown: known == 2 || known == which)
            }
        }
    }

    @Test("no row goes to the twin of the building that it means", arguments: [1, 2, 3] as [UInt64])
    func neverTheTwin(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let twins = Self.twins(&random)
        let town = try LedgerTown(twins.filter(\.isKnown).map(\.building))
        let rows = twins.map { $0.row(&random) }
        let (counts, report) = try town.ledger(["楼宇名称,地址,空置面积,经度,纬度"] + rows)
        #expect(counts.read == twins.count && counts.rejected == 0, "seed \(seed): \(counts)")
        for landing in report.landings {
            guard let row = landing.row, landing.kind == .changed || landing.kind == .added else { continue }
            let twin = twins[row - 2]
            #expect(twin.isKnown == (landing.kind == .changed), "seed \(seed): \(rows[row - 2]), \(landing)")
            if twin.isKnown { #expect(landing.ref == twin.ref, "seed \(seed): \(rows[row - 2])") }
        }
        let known = twins.count(where: \.isKnown)
        #expect(counts.changed > known / 2, "seed \(seed): only \(counts.changed) of \(known)")
    }

    @Test("of refs that differ in case only the very one is meant")
    func refsByCase() throws {
        let town = try LedgerTown([("B-1a", "枫汇大厦", nil, 106.5, 29.5), ("B-1A", "檀衡中心", nil, 106.51, 29.5)])
        for ref in ["B-1a", "B-1A"] {
            let (counts, report) = try town.ledger(["ref,空置面积", "\(ref),\(ref == "B-1a" ? 1 : 2)"], name: "\(ref).csv")
            #expect(counts.changed == 1 && report.landings.first?.ref == ref, "\(report.landings)")
        }
        #expect(try town.ledger(["ref,空置面积", "b-1a,3"], name: "x.csv").counts.unsure == 1)
    }
}
