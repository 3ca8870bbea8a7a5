import Foundation
import Testing

@Suite("import of ledgers", .enabled(if: Louyu.path != nil, "needs the built program"))
struct LedgerContractTests {
    private static let buildings = """
        ref,name,address,lon,lat
        b1,枫汇大厦,大坪正街1号,106.50,29.50
        b2,檀衡中心,大坪正街3号,106.51,29.50
        """
    private static let ledger = """
        2026年楼宇台账,,
        楼宇名称,地址,空置面积（万㎡）
        枫汇大厦,大坪正街1#,0.5
        檀恒中心,,0.1
        ,,3
        合计,,3.6
        """

    private func office() throws -> Workplace {
        let place = try Workplace()
        try place.write("b.csv", Self.buildings)
        try place.imported(["b.csv", "--layer", "building", "--key", "ref", "--crs", "wgs84"])
        try place.write("ledger.csv", Self.ledger)
        return place
    }

    @Test func `every row has its landing, and the counts add up`() throws {
        let place = try office()
        let answer = try place.json(["import", "ledger.csv", "--layer", "building"])
        #expect(answer.keys == ["layers", "ledgers"])
        let counts = answer["layers"]["building"]
        #expect(counts["read"].integer == 3 && counts["changed"].integer == 1)
        #expect(counts["unsure"].integer == 1 && counts["rejected"].integer == 1)
        let rows = answer["ledgers"].array[0]["rows"].array
        #expect(rows.map { $0["row"].integer } == [3, 4, 5])
        #expect(rows.map { $0["landing"].text } == ["changed", "unsure", "rejected"])
        #expect(rows[0]["changes"].array[0]["cell"].text == "C3")
        #expect(rows[1]["candidates"].array[0]["ref"].text == "b2")
        #expect(place.has("ledger-待定.csv"))
    }

    @Test func `a dry run keeps nothing and writes no review table`() throws {
        let place = try office()
        let before = try place.state()
        for language in ["zh", "en"] {
            let answer = try place.louyu([
                "import", "ledger.csv", "--layer", "building", "--dry-run", "--lang", language,
            ])
            #expect(answer.status == 0 && answer.output.contains("C3"), "\(answer.errors)")
        }
        #expect(try place.state() == before && !place.has("ledger-待定.csv"))
    }

    @Test func `the review table settles what was unsure; then nothing changes`() throws {
        let place = try office()
        try place.imported(["ledger.csv", "--layer", "building"])
        let table = try #require(place.text("ledger-待定.csv"))
        try place.write("filled.csv", table.replacingOccurrences(of: "\r\n,4,", with: "\r\n1,4,"))
        let counts = try place.imported(["filled.csv", "--layer", "building"])["building"]
        #expect(counts["changed"].integer == 1 && counts["unsure"].integer == 0)
        let before = try place.state()
        let again = try place.imported(["ledger.csv", "--layer", "building"])["building"]
        #expect(again["unchanged"].integer == 2 && again["changed"].integer == 0)
        #expect(try place.state() == before)
        #expect(try place.json(["find", "檀恒"]).texts("name") == ["檀衡中心"])
    }

    @Test func `mistakes are told with what to do`() throws {
        let place = try office()
        try place.write("m.yaml", "楼宇名称: name\n没有的列: use\n")
        try place.write("plain.csv", "甲,乙\n1,2\n")
        for (words, status) in [
            (["ledger.csv", "--layer", "building", "--join", "colour"], 64),
            (["ledger.csv", "--layer", "building", "--mapping", "m.yaml"], 65),
            (["ledger.csv", "--layer", "building", "--mapping", "none.yaml"], 66),
            (["plain.csv", "--layer", "building"], 65), (["ledger.csv", "--layer", "zone", "--as", "building"], 64),
            (["ledger.csv", "--layer", "building", "--header-rows", "0"], 64),
        ] {
            let answer = try place.louyu(["import"] + words)
            #expect(answer.status == status, "\(words): \(answer.status) \(answer.errors)")
            #expect(answer.errors.hasPrefix("error: "))
        }
    }
}
