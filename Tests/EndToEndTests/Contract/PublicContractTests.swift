import Foundation
import TestSupport
import Testing

@Suite("what may leave the house", .enabled(if: Louyu.path != nil, "needs the built program"))
struct PublicContractTests {
    private static let town = Result<Workplace, any Error> {
        let place = try Ledger.workplace()
        place.folder.removeAtExit()
        return place
    }
    private let town: Workplace

    init() throws { town = try Self.town.get() }

    private static let questions: [[String]] = [
        ["list", "building"], ["list", "station"], ["list", "building", "--per", "subdistrict"],
        ["find", "W1"], ["find", "大街"], ["near", "0.002,0.0001"], ["near", "W1楼", "--kind", "clinic"],
        ["locate", "0.0115,0.0004"], ["adjacent", "西街道"], ["adjacent", "--layer", "building", "--all"],
        ["reach", "西诊所", "--minutes", "5,15"], ["reach", "西诊所", "--list", "building"],
        ["coverage", "--kind", "clinic", "--blind-spots", "--across"],
        ["border", "西街道", "东街道", "--kind", "clinic"], ["site", "-k", "1", "--kind", "clinic"],
        ["info"], ["check"], ["page", "W1楼"], ["export", "building"], ["export", "station"],
    ]

    @Test(arguments: questions)
    func `no form of any answer tells a phone, a tax or a member`(_ question: [String]) throws {
        for format in ["json", "csv", "html"] {
            let file = "answer-\(question.joined(separator: "-").filter(\.isLetter)).\(format)"
            let words = question + ["--public", "--format", format, "--overwrite", "-o", file]
            let answer = try town.louyu(words)
            // `check` finds something; some verbs have no map to write.
            guard [0, 65].contains(answer.status) else {
                #expect(answer.status == 64, "\(words): \(answer.errors)")
                continue
            }
            let bytes = try #require(town.bytes(file), "\(words)")
            let text = String(decoding: bytes, as: UTF8.self)
            let found = Ledger.found(in: text + answer.errors) + Ledger.columns.filter { text.contains($0) }
            #expect(found.isEmpty, "\(words) tells \(found)")
        }
    }

    @Test func `the office itself is told everything`() throws {
        let text = try town.louyu(["export", "building"]).output + town.louyu(["export", "station"]).output
        for secret in ["13800001111", "8812345", "7723456.5", "王小明", "47114711", "023-63750001", "17700005555"] {
            #expect(text.contains(secret), "\(secret)")
        }
    }

    @Test func `public and internal exports differ in just these columns`() throws {
        func features(_ more: [String]) throws -> [String: JSON] {
            let json = try #require(JSON(town.louyu(["export", "building"] + more).bytes))
            #expect(
                json["notice"].text == (more.isEmpty ? nil : "for internal use only · boundaries for reference only"))
            return Dictionary(
                json["features"].array.map { ($0["id"].text ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        }
        let (all, open) = (try features([]), try features(["--public"]))
        #expect(all.keys.sorted() == open.keys.sorted())
        var missing: [String: Set<String>] = [:]
        var changed: [String] = []
        for (ref, feature) in all {
            let told = try #require(open[ref])
            #expect(feature["geometry"] == told["geometry"])
            let (before, after) = (feature["properties"].members, told["properties"].members)
            #expect(Set(after.keys).isSubset(of: before.keys))
            missing[ref] = Set(before.keys).subtracting(after.keys)
            for (key, value) in after where before[key] != value { changed.append("\(ref).\(key)") }
        }
        #expect(missing["W1"] == ["联系人", "电话", "税收", "党员数", "note", "地上颜色", "details"])
        #expect(missing["W2"] == ["联系人", "电话", "税收", "员工数", "email"])
        #expect(missing["E1"] == ["身份证", "微信"])
        #expect(missing["E2"] == ["complex"], "a column of nothing but numbers of persons, whatever its name")
        #expect(Set(["W3", "L1", "L2", "L3"]).allSatisfy { missing[$0] == [] })
        #expect(changed == ["E1.address"])
        #expect(open["E1"]?["properties"]["address"].text == "东大街1号，找物业***")
    }

    @Test func `what is left out is told beside the answer`() throws {
        let answer = try town.louyu(["export", "building", "--public", "--lang", "zh"])
        #expect(answer.errors.contains("building.电话, ") && answer.errors.contains("building.税收"))
        #expect(answer.errors.contains("已遮去：1 处"))
        #expect(try town.louyu(["export", "building", "--public", "-q"]).errors == "")
        #expect(!(try town.louyu(["near", "0.002,0.0001", "--public"]).errors.contains("building.")))
    }

    @Test(arguments: [
        ["list", "building", "--public", "--where", "税收 > 1000"], ["list", "building", "--public", "--sort", "电话"],
        ["list", "building", "--public", "--columns", "name,联系人"],
        ["list", "building", "--public", "--per", "subdistrict", "--sum", "税收"],
        ["export", "building", "--public", "--where", "党员数 > 3"],
    ])
    func `what is not public is no condition of a public answer either`(_ words: [String]) throws {
        let answer = try town.louyu(words + ["--lang", "en"])
        #expect(answer.status == 64 && answer.errors.contains("is not public"), "\(answer.errors)")
        #expect(answer.errors.contains("louyu configure --class building."))
    }

    @Test(arguments: [["import", "x.csv", "--public"], ["repair", "--public"], ["configure", "--public"]])
    func `what gives no answer away has nothing public`(_ words: [String]) throws {
        #expect(try town.louyu(words).status == 64)
    }

    @Test(arguments: ["csv", "geojsonseq", "json", "xlsx", "shp"])
    func `forms without room for a notice have it beside them`(_ format: String) throws {
        let name = "notice.\(format)"
        #expect(try town.louyu(["list", "building", "--public", "-o", name, "--format", format]).status == 0)
        #expect(town.text(name + ".txt") == "for internal use only · boundaries for reference only\n")
        #expect(try town.louyu(["list", "building", "--public", "-o", name, "--format", format]).status == 73)
        try town.remove(name)
        let again = try town.louyu(["list", "building", "--public", "-o", name, "--format", format])
        #expect(again.status == 73 && !town.has(name), "nor is a notice replaced without leave")
    }

    @Test(arguments: ["table", "geojson", "gpkg", "fgb", "kml", "html"])
    func `forms with room for a notice hold it, and the review number once there is one`(_ format: String) throws {
        let place = try Ledger.workplace()
        for words in [["list", "building"], ["export", "building"]] {
            func told(_ stem: String, _ more: [String]) throws -> String {
                let name = "\(stem).\(format)"
                let answer = try place.louyu(
                    words + more + ["-o", name, "--format", format, "--overwrite", "--lang", "zh"])
                #expect(answer.status == 0, "\(answer.errors)")
                #expect(!place.has(name + ".txt"))
                return try #require(place.text(name))
            }
            try place.louyu(["configure", "--review-number", "none"])
            let before = try told("before", ["--public"])
            #expect(before.contains("仅供内部使用") && before.contains("界线仅供参考"))
            try place.louyu(["configure", "--review-number", "渝S(2025)012号"])
            let after = try told("after", ["--public"])
            #expect(after.contains("审图号：渝S(2025)012号") && !after.contains("仅供内部使用"))
            // Of the office's own only pages say it.
            #expect(try told("own", []).contains("渝S(2025)012号") == (format == "html"))
        }
    }

    @Test func `info shows the extent and the declared secrecy in every form`() throws {
        let place = try Ledger.workplace()
        try place.louyu(["configure", "--secrecy", "内部"])
        let area = try #require(try place.json(["info"])["extentSquareKilometers"].number)
        // A box of 0.02 by 0.012 degrees at the equator, as the river reaches beyond the border.
        #expect(abs(area - 0.02 * 111.32 * 0.012 * 110.574) < 0.001, "\(area)")
        #expect(try place.json(["info"])["secrecy"].text == "internal")
        let table = try place.louyu(["info", "--lang", "zh"]).output
        #expect(table.contains("范围面积（平方公里）: 3\n") && table.contains("声明密级: 内部\n"), "\(table)")
        let page = try place.louyu(["info", "--format", "html", "--lang", "zh"]).output
        #expect(page.contains("楼宇库范围 3 平方公里。") && page.contains("<th>声明密级</th><td>内部</td>"), "\(page)")
    }

    @Test func `the office's files, reasons and kept answers are told to nobody else`() throws {
        let place = try Ledger.workplace()
        try place.louyu(["set", "W1", "grade=乙级", "--note", "领导交办"])
        let open = try place.json(["info", "--public"])
        #expect(open["sources"].array.count == 5 && open["sources"].array.allSatisfy { $0["file"] == .null })
        #expect(open["sources"].array.allSatisfy { $0["sha256"] == .null })
        #expect(open["lastChange"]["note"] == .null && open["lastChange"]["verb"].text == "set")
        #expect(try place.json(["info"])["lastChange"]["note"].text == "领导交办")
        // One school; with it go the two clinics, as the total of stations is told.
        #expect(open["stationKinds"]["school"] == .null && open["stationKinds"]["clinic"] == .null)
        #expect(try place.json(["info"])["stationKinds"]["clinic"].integer == 2)
        let page = try place.louyu(["list", "building", "--public", "--format", "html", "--lang", "zh"]).output
        #expect(!page.contains("buildings.geojson") && page.contains("楼宇"))
        #expect(try place.louyu(["list", "building", "--format", "html"]).output.contains("buildings.geojson"))
    }

    // MARK: Groups

    /// Houses in rows of a table of communities: how many stand in each.
    private func houses(_ counts: [Int]) throws -> Workplace {
        let place = try Workplace()
        var areas: [String] = []
        var houses: [String] = []
        for (index, count) in counts.enumerated() {
            let west = Double(index) * 0.01
            let ring = Village.square(west, 0, west + 0.01, 0.01)
            areas.append(
                "{\"type\":\"Feature\",\"id\":\"A\(index)\",\"properties\":{\"name\":\"A\(index)\",\"level\":\"community\"},"
                    + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":\(ring)}}")
            for house in 0..<count {
                let lon = west + 0.001 * Double(house + 1)
                houses.append(
                    Village.house(
                        "H\(index)-\(house)", "H", lon, 0.005, "\"floor_area_m2\":\(1000 * (index + 1) + house)"
                    ))
            }
        }
        try place.write("areas.geojson", StreetTown.collection(areas))
        try place.write("houses.geojson", StreetTown.collection(houses))
        try place.imported(["areas.geojson", "--layer", "boundary"])
        try place.imported(["houses.geojson", "--layer", "building"])
        return place
    }

    @Test func `groups of one and two have no numbers, and cannot be reckoned from the total`() throws {
        let place = try houses([2, 5, 7, 0, 6])
        let words = ["list", "building", "--per", "community", "--sum", "floor_area_m2"]
        let all = try place.json(words).array
        #expect(all.map { $0["count"].integer } == [2, 5, 7, 0, 6])
        let open = try place.json(words + ["--public"]).array
        #expect(open.map { $0["count"].integer } == [nil, nil, 7, 0, 6], "the smallest of the others goes as well")
        #expect(open.map { $0["sum"]["floor_area_m2"].number == nil } == [true, true, false, false, false])
        let answer = try place.louyu(words + ["--public", "--lang", "zh"])
        #expect(answer.errors.contains("未写数字的分组：2 组"), "\(answer.errors)")
        #expect(answer.output.contains("—") && answer.output.contains("仅供内部使用"))
        let page = try place.louyu(words + ["--public", "--format", "html"]).output
        #expect(!page.contains("class=\"sum\""), "of groups that are withheld there is no sum")
    }

    @Test func `a coverage of few buildings is withheld`() throws {
        let all = try town.json(["coverage", "--kind", "clinic", "--per", "subdistrict"])
        let open = try town.json(["coverage", "--kind", "clinic", "--per", "subdistrict", "--public"])
        // Four houses in each, of which one in the west and two in the east are not reached.
        #expect(all["boundaries"].array.map { $0["buildings"].integer } == [4, 4])
        #expect(all["boundaries"].array.compactMap { $0["reached"].integer } == [2, 3])
        for boundary in open["boundaries"].array {
            #expect(boundary["reached"] == .null && boundary["share"] == .null)
            #expect(boundary["buildings"].integer == 4)
            #expect(boundary["residents"] == .null, "nobody said that the population is public")
        }
    }

    @Test func `of rings around a place none tells few more than the next smaller one`() throws {
        let words = ["reach", "西诊所", "--minutes", "2,5,15"]
        let all = try town.json(words).array.compactMap { $0["buildings"].integer }
        let open = try town.json(words + ["--public"]).array.map { $0["buildings"].integer }
        #expect(all.count == 3 && open.count == 3)
        var last = 0
        for (count, told) in zip(all, open) {
            let isFew = (1...2).contains(count) || (1...2).contains(count - last)
            #expect(told == (isFew ? nil : count))
            if !isFew { last = count }
        }
        #expect(open.contains(nil))
    }

    @Test func `floor areas that are not public are in no answer`() throws {
        let place = try Ledger.workplace()
        try place.louyu(["configure", "--class", "building.floor_area_m2=internal"])
        for words in [
            ["list", "building"], ["coverage", "--kind", "clinic"], ["site", "-k", "1", "--kind", "clinic"],
        ] {
            let text = try place.louyu(words + ["--public", "--format", "json"]).output
            // Of single houses and of all.
            #expect(!["100.5", "300.7", "1112.5"].contains { text.contains($0) }, "\(words): \(text)")
        }
        #expect(
            try place.louyu(["site", "-k", "1", "--kind", "clinic", "--weight", "floor_area", "--public"]).status == 64)
    }

    // MARK: Configuring

    @Test func `configure sets and shows, and takes back`() throws {
        let place = try Ledger.workplace()
        #expect(try place.louyu(["configure", "--atlas", "no.gpkg"]).status == 66)
        let before = try place.json(["info"])
        #expect(before["secrecy"] == .null && before["reviewNumber"] == .null && before["office"] == .null)
        #expect((before["extentSquareKilometers"].number ?? 0) > 0)
        let state = try place.exported("building")
        let shown = try place.json([
            "configure", "--class", "building.联系人=public", "--class", "building.details=public", "--secrecy", "内部",
            "--review-number", "审图号：GS（2025）1234号", "--office", "砚岗区楼宇办",
        ])
        #expect(shown["secrecy"].text == "internal" && shown["reviewNumber"].text == "GS(2025)1234号")
        let classes = shown["columns"].array.filter { $0["layer"].text == "building" }
        #expect(classes.first { $0["column"].text == "联系人" }?["class"].text == "public")
        #expect(classes.first { $0["column"].text == "电话" }?["class"].text == "personal")
        #expect(classes.first { $0["column"].text == "地上颜色" }?["class"].text == "internal")
        #expect(classes.first { $0["column"].text == "floor_area_m2" }?["class"].text == "public")
        #expect(try place.exported("building") == state, "records stay as they are")
        #expect(try place.json(["info"])["office"].text == "砚岗区楼宇办")

        let open = try #require(JSON(try place.louyu(["export", "building", "--public"]).bytes))
        #expect(open["notice"].text == "map review number (审图号): GS(2025)1234号")
        let house = open["features"].array.first { $0["id"].text == "W1" } ?? .null
        #expect(house["properties"]["联系人"].text == "王小明")
        #expect(
            house["properties"]["details"] == .object(["colour": .text("red")]), "members inside are looked at, too")
        let page = try place.louyu(["list", "building", "--format", "html", "--lang", "zh"]).output
        #expect(page.contains("审图号：GS(2025)1234号") && page.contains("砚岗区楼宇办") && !page.contains("仅供内部使用"))

        try place.louyu(["configure", "--review-number", "none", "--class", "building.联系人=default"])
        #expect(try place.json(["configure"])["reviewNumber"] == .null)
        #expect(!(try place.louyu(["export", "building", "--public"]).output.contains("王小明")))
        #expect(try place.louyu(["configure", "--secrecy", "秘密"]).status == 0)
        let refused = try place.louyu(["list", "building", "--public"])
        #expect(refused.status == 64 && refused.output == "", "nothing of what is secret is made public")
        #expect(try place.louyu(["list", "building"]).status == 0)
    }

    @Test(arguments: [
        ["--class", "building.x"], ["--class", "building.x=secret"], ["--class", "tower.x=public"],
        ["--class", "=public"],
        ["--secrecy", "绝对"], ["--review-number", "GS2025"],
    ])
    func `what cannot be set is a usage error, and nothing changes`(_ words: [String]) throws {
        let before = try town.json(["configure"])
        let answer = try town.louyu(["configure"] + words + ["--lang", "en"])
        #expect(answer.status == 64 && answer.errors.hasPrefix("error: "), "\(answer.errors)")
        #expect(try town.json(["configure"]) == before)
    }

    @Test func `settings stand in registered tables`() throws {
        let place = try Village.workplace()
        try place.louyu(["configure", "--office", "A", "--class", "building.owner=public"])
        let text = String(decoding: try #require(place.bytes("louyu.gpkg")), as: UTF8.self)
        #expect(text.contains("louyu_column_class") && text.contains("louyu_setting"))
        #expect(try place.louyu(["check", "--layer", "water"]).status == 0)
        let row = try place.json(["list", "building", "--public"]).first("ref", "H1")
        #expect(row["owner"].text == "Anna")
    }
}
