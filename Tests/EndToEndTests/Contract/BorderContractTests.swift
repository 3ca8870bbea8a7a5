import Foundation
import Testing

@Suite("border", .enabled(if: Louyu.path != nil, "needs the built program"))
struct BorderContractTests {
    private static let placeFields: Set = ["id", "ref", "layer", "name", "lon", "lat"]
    private static let buildingFields = placeFields.union([
        "side", "servedBy", "seconds", "ownSeconds", "acrossSeconds", "servedOnlyAcross", "nearerAcross", "reason",
    ])
    private let town: Workplace

    init() throws { town = try StreetTown.shared() }

    private func border(_ more: [String]) throws -> JSON {
        try town.json(["border", "西街道", "东街道", "--kind", "clinic", "--minutes", "10"] + more)
    }

    // MARK: The small town

    @Test func `it has the contract's members`() throws {
        let answer = try border([])
        #expect(
            answer.keys == [
                "a", "b", "kind", "minutes", "border", "buildings", "pairs", "crossings", "unserved",
            ])
        #expect(answer["a"]["ref"].text == "W" && answer["b"]["ref"].text == "E")
        #expect(answer["kind"].text == "clinic" && answer["minutes"].number == 10)
        #expect(answer["border"]["contact"].text == "bridge")
        #expect(answer["border"]["bridges"] == .array([.text("界桥")]))
        // Within 500 m of the other side, nearest first.
        #expect(answer["buildings"].texts("ref") == ["E1", "W3"])
        for row in answer["buildings"].array {
            #expect(row.keys == Self.buildingFields)
            #expect(row["side"].text == (row["ref"].text?.hasPrefix("W") == true ? "a" : "b"))
            let house = try StreetTown.house(row["ref"].text ?? "")
            let (west, east) = (
                StreetTown.meters(house, to: StreetTown.westClinic), StreetTown.meters(house, to: StreetTown.eastClinic)
            )
            let isWest = row["side"].text == "a"
            #expect(abs((row["ownSeconds"].number ?? -1) - (isWest ? west : east)) < 0.2)
            #expect(abs((row["acrossSeconds"].number ?? -1) - (isWest ? east : west)) < 0.2)
            #expect(abs((row["seconds"].number ?? -1) - min(west, east)) < 0.2)
            #expect(row["servedBy"].keys == Self.placeFields && row["servedBy"]["ref"].text == "C2")
            #expect(row["nearerAcross"] == .boolean(isWest) && row["servedOnlyAcross"] == .boolean(isWest))
        }
        #expect(answer["unserved"].integer == 0)
    }

    @Test func `communities that meet are paired, namesakes flagged, and counted by nearness`() throws {
        let pairs = try border([])["pairs"].array
        #expect(pairs.count == 1)
        #expect(
            pairs[0].keys == [
                "a", "b", "sameName", "nearerAcross", "nearerAcrossOfA", "buildingsOfA", "nearerAcrossOfB",
                "buildingsOfB",
            ])
        #expect(pairs[0]["a"]["ref"].text == "CW" && pairs[0]["b"]["ref"].text == "CE")
        #expect(pairs[0]["sameName"] == .boolean(true))
        #expect(pairs[0]["nearerAcrossOfA"].integer == 1 && pairs[0]["nearerAcrossOfB"].integer == 0)
        #expect(pairs[0]["nearerAcross"].integer == 1)
        #expect(pairs[0]["buildingsOfA"].integer == 4 && pairs[0]["buildingsOfB"].integer == 4)
    }

    @Test func `who goes over is counted by street`() throws {
        let crossings = try border([])["crossings"].array
        #expect(crossings.count == 1)
        #expect(crossings[0].keys == Self.placeFields.union(["bridge", "buildings"]))
        #expect(crossings[0]["ref"].text == "ST2" && crossings[0]["bridge"] == .boolean(true))
        #expect(crossings[0]["buildings"].integer == 1)
    }

    @Test func `the sides are those of the question`() throws {
        let turned = try town.json(["border", "东街道", "西街道", "--kind", "clinic", "--minutes", "10"])
        let answer = try border([])
        #expect(turned["a"] == answer["b"] && turned["b"] == answer["a"])
        for (one, other) in zip(turned["buildings"].array, answer["buildings"].array) {
            #expect(one["ref"] == other["ref"] && one["side"] != other["side"])
            #expect(one["seconds"] == other["seconds"] && one["nearerAcross"] == other["nearerAcross"])
        }
        #expect(turned["pairs"][0]["nearerAcrossOfB"].integer == 1)
    }

    @Test func `--within, --where and --unserved choose the buildings`() throws {
        #expect(try border(["--within", "200m"])["buildings"].texts("ref") == ["E1", "W3"])
        #expect(try border(["--within", "150m"])["buildings"].texts("ref") == ["E1"])
        #expect(try border(["--within", "100m"])["buildings"] == .array([]))
        let wide = try border(["--within", "1.2km"])
        #expect(Set(wide["buildings"].texts("ref")) == ["W1", "W2", "W3", "L1", "E1", "E2", "L2", "L3"])
        #expect(wide["unserved"].integer == 4)
        let unserved = try border(["--within", "1.2km", "--unserved"])
        #expect(Set(unserved["buildings"].texts("ref")) == ["L1", "E2", "L2", "L3"])
        #expect(unserved["unserved"].integer == 4)
        #expect(unserved["buildings"].array.allSatisfy { $0["servedBy"] == .null && $0["seconds"] == .null })
        // Too far for the minutes, not for the comparison.
        #expect((unserved["buildings"].first("ref", "E2")["ownSeconds"].number ?? 0) > 600)
        let large = try border(["--within", "1.2km", "--where", "floor_area_m2 > 250"])
        #expect(Set(large["buildings"].texts("ref")) == ["W3", "E1"])
    }

    @Test func `maps and sheets get the buildings`() throws {
        let words = ["border", "西街道", "东街道", "--kind", "clinic", "--minutes", "10"]
        for form in ["geojson", "geojsonseq"] {
            let answer = try town.louyu(words + ["--format", form])
            let features = CityFiles.features(answer.bytes, isSequence: form == "geojsonseq")
            #expect(features.map { $0["properties"]["ref"].text } == ["E1", "W3"])
            #expect(features.allSatisfy { $0["geometry"]["type"].text == "Polygon" })
        }
        let sheet = try town.louyu(words + ["--format", "csv"]).output
        #expect(sheet.contains("nearerAcross") && sheet.split(whereSeparator: \.isNewline).count == 3)
    }

    @Test func `a table says it in both languages`() throws {
        for (language, words) in [("zh", ["西街道", "界桥", "是"]), ("en", ["西街道", "界桥", "yes"])] {
            let answer = try town.louyu([
                "border", "西街道", "东街道", "--kind", "clinic", "--minutes", "10", "--lang", language,
            ])
            #expect(answer.status == 0)
            for word in words { #expect(answer.output.contains(word), "\(answer.output)") }
        }
    }

    @Test func `the plain circle needs no streets, and knows no way over`() throws {
        let place = try StreetTown.workplace(without: ["street"])
        let answer = try place.json([
            "border", "西街道", "东街道", "--kind", "clinic", "--minutes", "10", "--by", "radius",
        ])
        #expect(answer["buildings"].texts("ref") == ["E1", "W3"] && answer["crossings"] == .array([]))
        #expect(answer["buildings"].first("ref", "W3")["servedBy"]["ref"].text == "C2")
    }

    // MARK: The invented city

    @Test(arguments: ["社区卫生服务站", "党群服务中心"])
    func `between the peninsula and its bridge neighbour only bridges carry people over`(_ kind: String) throws {
        let city = try City.workplace()
        var crossed = 0
        for neighbour in ["霜南区", "漪北区"] {
            let answer = try city.json([
                "border", "汐屿区", neighbour, "--kind", kind, "--minutes", "30", "--within", "2km",
            ])
            #expect(answer["border"]["contact"].text == "bridge")
            #expect(!answer["buildings"].array.isEmpty)
            crossed += answer["crossings"].array.count
            for crossing in answer["crossings"].array {
                #expect(crossing["bridge"] == .boolean(true), "\(crossing)")
                #expect((crossing["buildings"].integer ?? 0) > 0)
            }
        }
        #expect(crossed > 0, "nobody crosses at all")
    }

    @Test func `of the two communities of one name it is told who is nearer to whose counter`() throws {
        let city = try City.workplace()
        let words = ["border", "汐屿区", "砚岗区", "--kind", "社区卫生服务站", "--minutes", "15"]
        let answer = try city.json(words)
        let namesakes = answer["pairs"].array.filter { $0["sameName"] == .boolean(true) }
        #expect(namesakes.count == 1)
        let pair = try #require(namesakes.first)
        #expect(pair["a"]["name"].text == "双樾岭社区" && pair["b"]["name"].text == "双樾岭社区")
        #expect(pair["a"]["id"] != pair["b"]["id"])
        let (ofA, ofB) = (pair["nearerAcrossOfA"].integer ?? -1, pair["nearerAcrossOfB"].integer ?? -1)
        #expect(pair["nearerAcross"].integer == ofA + ofB && ofA + ofB > 0)
        #expect((0...(pair["buildingsOfA"].integer ?? -1)).contains(ofA))
        #expect((0...(pair["buildingsOfB"].integer ?? -1)).contains(ofB))
        // The pair's numbers are those of its buildings, each asked by itself.
        let wide = try city.json(words + ["--within", "3km"])
        for (side, count, area) in [("a", ofA, pair["a"]), ("b", ofB, pair["b"])] {
            let ids = Set(
                try city.json(["list", "building", "--in", area["id"].text ?? "", "--columns", "name"]).texts("id"))
            let own = wide["buildings"].array.filter { $0["side"].text == side && ids.contains($0["id"].text ?? "") }
            #expect(own.count { $0["nearerAcross"] == .boolean(true) } == count, "\(side)")
        }
        let table = try city.louyu(words + ["--lang", "zh"])
        #expect(table.output.contains("双樾岭社区"))
    }
}
