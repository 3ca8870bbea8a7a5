import Foundation
import Testing

/// The street town as an office fills it in over the months: phones, contacts,
/// taxes and members of all layers, in columns of every name, in names, notes
/// and addresses, in a ledger, a register of enterprises, the history, a kept
/// answer, a record that has ended and a file's name.
enum GuardedTown {
    /// Everything of it that may not leave the house.
    static let secrets = SecretSearch(
        texts: ["王小明", "李雷平", "wang@example.cn", "wx_wangxm", "夜间值守", "领导交办"],
        numbers: phones
            + figures.map { String($0.formatted(.number.grouping(.never).precision(.fractionLength(0...1)))) },
        figures: figures + phones.filter { !$0.hasPrefix("0") && $0.utf8.count < 16 }.compactMap { Double($0) })

    /// Phones and identity numbers, without separators.
    private static let phones = [
        "13800011122", "13900033344", "02363750001", "13700044455", "13600055566", "13500066677", "02363750002",
        "15100088899", "15200099900", "15300012312", "15500023423", "15600034534", "15700045645", "15800056756",
        "500103199001011234",
    ]
    /// Taxes and members, of whole layers and of single enterprises.
    private static let figures: [Double] = [
        88_123_456_701, 77_234_567_890.5, 66_345_678_902, 471_147_110, 471_247_121, 5_550_001_234, 55_456_789_013,
    ]

    private static let details: [String: String] = [
        "W1": """
        "联系人":"王小明","电话":"13800011122","税收":88123456701,"党员数":471147110,"note":"夜间值守 138 0001 1122",\
        "甲列":"13600055566","乙列":77234567890.5,"details":{"tax":66345678902,"phone":"13500066677","colour":"red"}
        """,
        "W2": "\"丙列\":13700044455,\"email\":\"wang@example.cn\",\"complex\":\"一组\"",
        "E1": "\"address\":\"东大街1号，找物业023-63750001\",\"身份证\":\"500103199001011234\",\"微信\":\"wx_wangxm\"",
        "E2": "\"complex\":\"15100088899\",\"grade\":\"甲级\"",
    ]

    private static var buildings: String {
        details.reduce(StreetTown.buildings) { text, detail in
            text.replacing("\"name\":\"\(detail.key)楼\"", with: "\"name\":\"\(detail.key)楼\",\(detail.value)")
        }.replacing("\"name\":\"L1楼\"", with: "\"name\":\"L1楼（招商１３９００　０３３３４４）\"")
    }

    private static var stations: String {
        StreetTown.stations.replacing(
            "\"name\":\"西诊所\"",
            with: "\"name\":\"西诊所\",\"address\":\"西大街2号诊所门厅 023 6375 0002\",\"负责人\":\"李雷平\",\"members\":471247121")
    }

    private static var boundaries: String {
        StreetTown.boundaries.replacing(
            "\"name\":\"西街道\"", with: "\"name\":\"西街道\",\"书记电话\":\"15200099900\",\"税收\":55456789013")
    }

    private static let zones = StreetTown.collection([
        StreetTown.feature(
            "Z1", "\"name\":\"创业园 152-0009-9900\",\"kind\":\"园区\",\"招商\":\"15300012312\",\"税收\":66345678902",
            "{\"type\":\"Polygon\",\"coordinates\":\(Village.square(0.003, -0.001, 0.016, 0.001))}")
    ])

    private static let ledger = """
        楼宇名称,联系电话,税收,党员人数,丁列,备注
        W3楼,15500023423,88123456701,471147110,"ＴＥＬ １５５０００２３４２３",夜间值守
        E2楼,155-0002-3423,"77,234,567,890.5",471247121,李雷平,领导交办
        """

    private static let register = """
        企业名称,所在楼宇,经营地址,联系电话,税收
        甲公司,W1楼,,15600034534,2000000001
        乙公司,W1楼,,15600034534,2000000002
        丙公司,W1楼,,15600034534,2000000003
        丁公司,W2楼,,15600034534,5550001234
        """

    /// The sum of the register's three enterprises in one house.
    static let sumOfThree = 6_000_000_006.0

    static func workplace() throws -> Workplace {
        let place = try StreetTown.workplace(without: ["building", "station", "boundary"])
        let files = [
            ("boundary", "b.geojson", boundaries), ("zone", "z.geojson", zones),
            ("station", "s.json", stations), ("building", "王小明15800056756.geojson", buildings),
        ]
        for (layer, file, text) in files {
            try place.write(file, text)
            try place.imported([file, "--layer", layer, "--note", "领导交办 15800056756"])
        }
        try place.write("ledger.csv", ledger)
        try place.imported(["ledger.csv", "--layer", "building", "--note", "李雷平"])
        try place.write("register.csv", register)
        try place.imported(["register.csv", "--layer", "building", "--as", "enterprise", "--sum", "税收"])
        return place
    }

    /// The same after a month of work: phones and taxes changed, a record
    /// ended, one added, an answer kept.
    static func workplaceWithHistory() throws -> Workplace {
        let place = try workplace()
        try FileManager.default.copyItem(
            at: place.url.appending(path: "louyu.gpkg"), to: place.url.appending(path: "before.gpkg"))
        for words in [
            ["set", "W1", "电话=15700045645", "税收=5550001234", "storeys=21", "--note", "王小明来电 15700045645"],
            ["set", "E1", "address=东大街9号，找物业15700045645"], ["set", "L2", "电话=15700045645"],
            ["end", "L3", "--note", "领导交办"],
            ["add", "station", "新诊所 15700045645", "--at", "0.006,0.0001", "--set", "kind=clinic"],
            ["list", "building", "--save", "台账王小明"],
        ] {
            let answer = try place.louyu(words)
            guard answer.status == 0 else { throw Unmade(words: words, errors: answer.errors) }
        }
        return place
    }

    /// A step that failed.
    struct Unmade: Error {
        let words: [String]
        let errors: String
    }
}
