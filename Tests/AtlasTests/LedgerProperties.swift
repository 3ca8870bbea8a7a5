import Atlas
import Foundation
import Spatial
import Store
import TestSupport
import Testing

@Suite("Properties of ledgers") struct LedgerProperties {
    private struct Home {
        let ref: String
        let name: String
        let address: String
        let position: LonLat
    }

    private static let characters = Array("枫汇檀衡昶融英利雁鹭恒霁诚墨漪樾鲤砚榆柏桐岚鸢瑾沁梧绮晖栖璞槿澜")
    private static let words = ["大厦", "中心", "广场", "国际"]

    /// Buildings of different names on different plots.
    private func homes(_ random: inout SeededGenerator) -> [Home] {
        var names: Set<String> = []
        while names.count < 120 {
            let core = (0..<Int.random(in: 2...3, using: &random)).map { _ in
                String(Self.characters.randomElement(using: &random) ?? "枫")
            }
            names.insert(core.joined() + (Self.words.randomElement(using: &random) ?? ""))
        }
        return names.sorted().enumerated().map { index, name in
            Home(
                ref: "b\(index)", name: name, address: "大坪\(["正街", "支路", "一路"][index % 3])\(index + 1)号",
                position: LonLat(106.4 + Double(index) * 0.002, 29.5))
        }
    }

    /// A row as somebody may write it who means the building.
    private func written(_ home: Home, _ random: inout SeededGenerator) -> String {
        var (name, address) = (home.name, home.address)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: name = name.map { String($0) }.joined(separator: " ")
        case 1: name += "（A座）"
        case 2: name = name.replacing("大厦", with: "大楼")
        case 3: name = "“" + name + "”"
        case 4: name = ""
        default: break
        }
        switch Int.random(in: 0..<5, using: &random) {
        case 0: address = "重庆市渝中区" + address
        case 1: address += "\(Int.random(in: 1...30, using: &random))楼"
        case 2: address = address.replacing("号", with: "#")
        case 3: address = ""
        default: break
        }
        let hasPoint = Bool.random(using: &random)
        let point = hasPoint ? "\(home.position.longitude),\(home.position.latitude)" : ","
        return "\(name),\(address),\(Int.random(in: 1...9999, using: &random)),\(point)"
    }

    @Test("whatever people write, no row goes to a building it does not mean", arguments: [1, 2, 3] as [UInt64])
    func neverWrong(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let homes = homes(&random)
        let town = try LedgerTown(
            homes.map { ($0.ref, $0.name, $0.address, $0.position.longitude, $0.position.latitude) })
        let rows = homes.map { written($0, &random) }
        let (counts, report) = try town.ledger(["楼宇名称,地址,空置面积,经度,纬度"] + rows)
        #expect(counts.read == homes.count)
        #expect(
            counts.added + counts.changed + counts.unchanged + counts.unsure + counts.rejected == counts.read,
            "seed \(seed)")
        var found = 0
        for landing in report.landings {
            guard let row = landing.row, landing.kind == .changed else { continue }
            found += 1
            #expect(landing.ref == homes[row - 2].ref, "seed \(seed), row \(row): \(rows[row - 2])")
        }
        #expect(found > homes.count / 2, "seed \(seed): only \(found) found")
        let second = try town.bring("ledger.csv").counts
        #expect(second.changed == 0 && second.added == 0, "seed \(seed): \(second)")
    }
}
