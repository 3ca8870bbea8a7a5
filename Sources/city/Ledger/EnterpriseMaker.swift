/// Makes a register of 17,000 enterprises in 135 buildings, whose names and
/// addresses people wrote in their own ways.
struct EnterpriseMaker {
    /// Rows of the register.
    static let count = 17_000
    private static let buildingCount = 135

    /// The register as CSV.
    private(set) var table = "企业名称,统一社会信用代码,所在楼宇,经营地址,税收（万元）,从业人数\n"
    /// The building of each row; empty where nobody can tell.
    private(set) var expected = "row,ref\n"

    init(seed: UInt64, buildings: [LedgerBuilding], count: Int = Self.count) {
        var random = SplitMix64(seed: seed, .enterprise, 0, 0)
        let names = Dictionary(buildings.map { ($0.name, 1) }, uniquingKeysWith: +)
        let addresses = Dictionary(buildings.map { ($0.address, 1) }, uniquingKeysWith: +)
        let homes = Array(
            buildings.filter { !$0.name.isEmpty && names[$0.name] == 1 && addresses[$0.address] == 1 }.sorted {
                $0.taxWan > $1.taxWan
            }
            .prefix(Self.buildingCount))
        for number in 0..<count {
            let home = random.pick(homes)
            let room = "\(random.integer(2, 38))-\(random.integer(1, 18))"
            let (name, address, isClear) = Self.words(home, room: room, random.integer(0, 99))
            let firm = Words.firm(&random).zh + random.pick(["科技", "商贸", "咨询", "文化传播", "建筑工程"])
            let code = "91500" + String(String(10_000_000_000_000 + number).dropFirst())
            table +=
                "\(firm)有限公司\(number),\(code),\(name),\(address),\(random.integer(0, 900)),\(random.integer(1, 300))\n"
            expected += "\(number + 2),\(isClear ? home.ref : "")\n"
        }
    }

    /// How somebody writes where an enterprise is.
    private static func words(_ home: LedgerBuilding, room: String, _ way: Int) -> (String, String, Bool) {
        switch way {
        case 0..<35: (home.name, home.address, true)
        case 35..<55: (home.name, Words.city + home.address + room, true)
        case 55..<70: ("", home.address + home.name + room, true)
        case 70..<80: (home.name + room, "", true)
        case 80..<88: ("", Words.city + home.address.replacing("号", with: "#") + " " + room, true)
        case 88..<94: (home.name + "（" + room + "）", home.address, true)
        case 94..<97: (home.name, "", true)
        case 97..<99: ("", Words.city + "某某路", false)
        default: ("鑫淼垚城", "", false)
        }
    }
}
