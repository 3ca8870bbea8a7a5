import Foundation
import Testing

@Suite(
    "no public answer lets what it withholds be inferred (DisclosureContract)",
    .enabled(if: Louyu.path != nil, "needs the built program"))
struct InferenceContractTests {
    // MARK: Refs

    private static let firms = """
        税号,序号,name,电话,lon,lat
        91500103MA5U4ABC1X,7,甲楼,13812345678,106.50,29.55
        91500103MA5U4ABC2Y,8,乙楼,13812345679,106.51,29.55
        """

    private func imported(_ table: String, _ more: [String]) throws -> Workplace {
        let place = try Workplace()
        try place.write("firms.csv", table)
        let answer = try place.louyu(["import", "firms.csv", "--layer", "building", "--crs", "wgs84"] + more)
        #expect(answer.status == 0, "\(answer.errors)")
        return place
    }

    private static let answers = [
        ["export", "building"], ["list", "building"], ["find", "楼"], ["near", "106.50,29.55", "--layer", "building"],
        ["check"], ["diff", "--from", "2020-01-01"],
    ]

    @Test(arguments: [["税号"], ["序号", "税号"]])
    func `a ref made of key columns that are not public stays inside`(_ keys: [String]) throws {
        let place = try imported(Self.firms, ["--key"] + keys)
        let own = try #require(JSON(place.louyu(["export", "building"]).bytes))["features"].array
        #expect(own.first?["id"].text?.hasSuffix("91500103MA5U4ABC1X") == true)
        for words in Self.answers {
            let answer = try place.louyu(words + ["--public", "--format", "json"])
            #expect([0, 65].contains(answer.status), "\(words): \(answer.errors)")
            #expect(!(answer.output + answer.errors).contains("91500103"), "\(words): \(answer.output)")
        }
        let open = try #require(JSON(place.louyu(["export", "building", "--public"]).bytes))["features"].array
        #expect(open.count == 2 && open.allSatisfy { $0["properties"]["name"].text != nil })
        for key in keys { try place.louyu(["configure", "--class", "building.\(key)=public"]) }
        #expect(try place.louyu(["export", "building", "--public"]).output.contains("91500103MA5U4ABC1X"))
    }

    @Test func `a ref that digests what is not public stays inside`() throws {
        let place = try imported(Self.firms.replacing("税号,序号", with: "甲,乙"), [])
        let digest = try #require(
            try place.json(["list", "building"]).array.first?["ref"].text.flatMap { $0.hasPrefix("c") ? $0 : nil })
        #expect(digest.utf8.count == 17)
        for words in Self.answers {
            let answer = try place.louyu(words + ["--public", "--format", "json"])
            #expect(!(answer.output + answer.errors).contains(digest), "\(words): \(answer.output)")
        }
    }

    // MARK: Going by what is masked

    @Test func `an open column full of phones is masked, and no answer goes by it`() throws {
        let place = try imported(Self.firms.replacing("电话", with: "丁列"), ["--key", "序号"])
        try place.louyu(["configure", "--class", "building.*=public"])
        #expect(try place.louyu(["list", "building", "--public", "--format", "csv"]).output.contains("甲楼"))
        for words in [["--where", "丁列 > 13812345678"], ["--sort", "丁列"]] {
            #expect(try place.louyu(["list", "building"] + words).status == 0)
            let answer = try place.louyu(["list", "building", "--public", "--lang", "zh"] + words)
            #expect(answer.status == 64 && answer.errors.contains("“丁列”多为电话或证件号码"), "\(answer.errors)")
        }
    }

    @Test func `residents weigh only where all that tell of them are public`() throws {
        let place = try Ledger.workplace()
        let question = ["site", "-k", "1", "--kind", "clinic", "--weight", "residents"]
        #expect(try place.louyu(question).status == 0)
        #expect(try place.louyu(question + ["--public"]).status == 64)
        try place.louyu(["configure", "--class", "boundary.人口=public"])
        #expect(try place.louyu(question + ["--public"]).status == 64, "the atlas has its figures elsewhere")
        #expect(try place.json(["coverage", "--kind", "clinic", "--public"])["residentsEstimated"] != .boolean(true))
        try place.louyu(["configure", "--class", "boundary.population=public"])
        #expect(try place.louyu(question + ["--public"]).status == 0)
    }

    @Test func `a sum of few values among many records is withheld`() throws {
        let table =
            "ref,name,丁列,lon,lat\n"
            + (1...5).map { "R\($0),楼\($0),\($0 < 2 ? "123456" : ""),0.00\($0),0.001" }
            .joined(separator: "\n")
        let place = try imported(table, ["--key", "ref"])
        try place.write(
            "areas.geojson",
            StreetTown.collection([
                StreetTown.feature(
                    "A", "\"name\":\"A\",\"level\":\"community\"",
                    "{\"type\":\"Polygon\",\"coordinates\":\(Village.square(0, 0, 0.01, 0.01))}")
            ]))
        try place.imported(["areas.geojson", "--layer", "boundary"])
        try place.louyu(["configure", "--class", "building.丁列=public"])
        let words = ["list", "building", "--per", "community", "--sum", "丁列"]
        #expect(try place.json(words).array.first?["sum"]["丁列"].number == 123_456)
        let open = try place.json(words + ["--public"]).array.first
        #expect(open?["count"].integer == 5 && open?["sum"]["丁列"] == .null)
        #expect(!(try place.louyu(words + ["--public"]).output.contains("123456")))
    }

    // MARK: Coverage

    @Test func `blind spots and links do not bring back a number that is withheld`() throws {
        let place = try Ledger.workplace()
        let words = ["coverage", "--kind", "clinic", "--per", "subdistrict"]
        let all = try place.json(words)["blindSpots"].array
        #expect(all.count == 3)
        #expect(try place.json(words + ["--public"])["blindSpots"] == .null)
        // Both subdistricts have few: whatever is listed could be counted.
        #expect(try place.json(words + ["--blind-spots", "--public"])["blindSpots"] == .array([]))
        let own = try #require(JSON(place.louyu(words + ["--across", "--format", "geojson"]).bytes))["features"].array
        let open = try #require(
            JSON(place.louyu(words + ["--across", "--format", "geojson", "--public"]).bytes))["features"].array
        let pairs = try place.json(words + ["--across", "--public"])["across"].array
        #expect(open.count <= own.count)
        #expect(open.count == pairs.compactMap { $0["buildings"].integer }.reduce(0, +))
    }

    @Test func `a total of one or two is withheld with its floor area`() throws {
        let place = try Ledger.workplace()
        for minutes in ["0.1", "1", "2", "3", "5"] {
            let words = ["coverage", "--kind", "clinic", "--minutes", minutes]
            let (own, open) = (try place.json(words)["total"], try place.json(words + ["--public"])["total"])
            guard (1...2).contains(own["reached"].integer ?? 0) else { continue }
            #expect(open["reached"] == .null && open["reachedFloorAreaSquareMeters"] == .null, "\(minutes)")
        }
    }

    @Test func `what was before a trial is told of three or more`() throws {
        let place = try Ledger.workplace()
        for minutes in ["1", "2", "5", "15"] {
            let words = ["coverage", "--kind", "clinic", "--minutes", minutes, "--with", "0.006,0.0001"]
            let (own, open) = (try place.json(words), try place.json(words + ["--public"]))
            let reached = try #require(own["before"]["reached"].integer)
            let buildings = try #require(own["before"]["buildings"].integer)
            guard [reached, buildings - reached].contains(where: { (1...2).contains($0) }) else { continue }
            #expect(open["before"]["reached"] == .null && open["before"]["share"] == .null, "\(minutes)")
        }
    }

    // MARK: Sites and checks

    @Test func `a kept station does not hide that its column is not public`() throws {
        let place = try GuardedTown.workplace()
        try place.louyu(["set", "W1", "members=50"])
        try place.louyu(["configure", "--class", "building.members=public"])
        let question = ["site", "-k", "1", "--kind", "clinic", "--capacity", "members", "--lang", "zh"]
        let own = try place.louyu(question)
        #expect(own.status == 0, "\(own.errors)")
        let answer = try place.louyu(question + ["--public"])
        #expect(answer.status == 64 && answer.errors.contains("“members”不公开"), "\(answer.errors)")
    }

    @Test func `a healthy layer has no notice`() throws {
        let place = try Ledger.workplace()
        #expect(try place.louyu(["check", "--layer", "water"]).output.isEmpty)
        #expect(try place.louyu(["check", "--layer", "water", "--public"]).output.isEmpty)
    }
}
