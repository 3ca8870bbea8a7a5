import Foundation
import TestSupport
import Testing

@Suite("workbooks that Louyu wrote come back", .enabled(if: Louyu.path != nil, "needs the built program"))
struct RoundTripContractTests {
    /// A language, and the heading of vacant areas in it.
    private static let languages = [("zh", "空置面积（平方米）"), ("en", "vacant area (m²)")]
    private static let sheet = "xl/worksheets/sheet1.xml"

    /// A folder with an atlas of the invented city of its own.
    private func city() throws -> Workplace {
        let place = try Workplace()
        let atlas = "louyu.gpkg"
        try FileManager.default.copyItem(
            at: City.workplace().url.appending(path: atlas), to: place.url.appending(path: atlas))
        return place
    }

    /// What becomes of the rows of a workbook, beside those that are unchanged.
    private func landings(_ workbook: String, in place: Workplace, layer: String = "building") throws -> [JSON] {
        let answer = try place.json(["import", workbook, "--layer", layer, "--dry-run"])
        let counts = answer["layers"][layer]
        let rows = answer["ledgers"][0]["rows"].array.filter { $0["landing"].text != "unchanged" }
        #expect(counts["read"].integer == (counts["unchanged"].integer ?? 0) + rows.count)
        for landing in ["added", "changed", "unsure", "rejected", "ended"] {
            #expect(counts[landing].integer == rows.count { $0["landing"].text == landing }, "\(landing)")
        }
        return rows
    }

    /// Writes a workbook anew with its sheet changed.
    private func rewrite(_ workbook: String, in place: Workplace, _ change: (String) throws -> String) throws {
        let parts = try ZipMembers.read(Array(try #require(place.bytes(workbook))))
        let members = try parts.sorted { $0.key < $1.key }.map { name, bytes in
            guard name == Self.sheet else { return ZipBuilder.Member(name, bytes) }
            return ZipBuilder.Member(name, Array(try change(String(decoding: bytes, as: UTF8.self)).utf8))
        }
        try Data(ZipBuilder(members).bytes).write(to: place.url.appending(path: workbook))
    }

    @Test(arguments: languages)
    func `the city's buildings come back unchanged, and one cell that is changed is one change`(
        _ language: String, _ heading: String
    ) throws {
        let place = try city()
        try place.answered(["export", "building", "-o", "b.xlsx", "--lang", language])
        #expect(try landings("b.xlsx", in: place).isEmpty)
        let before = try place.exported("building")
        #expect(try place.imported(["b.xlsx", "--layer", "building"])["building"]["unchanged"].integer == 3000)
        #expect(try place.exported("building") == before)

        var changed = ""
        try rewrite("b.xlsx", in: place) { text in
            let start = try #require(text.firstRange(of: "<is><t>\(heading)</t>")).lowerBound
            let letter = try #require(text[..<start].matches(of: #/<c r="([A-Z]+)1"/#).last?.1)
            let cell = try Regex(
                "(<c r=\"\(letter)([0-9]+)\"[^>]*><v>)[^<]*", as: (Substring, Substring, Substring).self)
            let match = try #require(text.firstMatch(of: cell))
            changed = "\(letter)\(match.2)"
            return text.replacing(cell, maxReplacements: 1) { $0.1 + "77.5" }
        }
        let rows = try landings("b.xlsx", in: place)
        #expect(rows.count == 1 && rows.first?["landing"].text == "changed")
        let changes = try #require(rows.first)["changes"].array
        #expect(changes.count == 1 && changes[0]["cell"].text == changed, "\(changes)")
        #expect(changes[0]["column"].text == "vacant_area_m2" && changes[0]["to"].number == 77.5)
    }

    @Test(arguments: languages.map(\.0)) func `the city's stations come back unchanged`(_ language: String) throws {
        let place = try city()
        try place.answered(["export", "station", "-o", "s.xlsx", "--lang", language])
        #expect(try landings("s.xlsx", in: place, layer: "station").isEmpty)
    }

    @Test(arguments: languages.map(\.0))
    func `whatever records hold comes back unchanged`(_ language: String) throws {
        let place = try Workplace()
        let more = [
            "\"storeys\":7", "\"storeys\":7,\"floor_area_m2\":1234.5678", "\"address\":\"石油路1号\",\"编号\":\"QL-7\"",
            "\"address\":\"石油路9号\",\"编号\":\"QL-8\"", "\"入驻率\":\"85%\",\"投用时间\":\"20190305\",\"规模\":\"3万元\"",
            "\"note\":\"1,234\",\"电话\":\"0012\",\"open\":true,\"closed\":false",
            "\"tags\":[1, 2],\"more\":{\"a\":null}",
            "\"grade\":\"-\",\"complex\":\"无\"", "\"use\":\"=1+1\",\"year_built\":1750",
        ]
        var houses = more.enumerated().map { Village.house("H\($0)", "同名大厦", 0.01 * Double($0), 0, $1) }
        for name in ["合计", "备注：某楼", " 枫 汇　大厦 ", "英利（南塔）"] {
            houses.append(Village.house("N\(houses.count)", name, 0.01 * Double(houses.count), 0, "\"storeys\":1"))
        }
        try place.write("b.geojson", StreetTown.collection(houses))
        try place.imported(["b.geojson", "--layer", "building"])
        let estimated = try place.json(["list", "building"]).array.filter {
            $0["floor_area_estimated"] == .boolean(true)
        }
        #expect(estimated.count == 5)
        try place.answered(["export", "building", "-o", "b.xlsx", "--lang", language])
        let rows = try landings("b.xlsx", in: place)
        #expect(rows.isEmpty, "\(rows)")
    }
}
