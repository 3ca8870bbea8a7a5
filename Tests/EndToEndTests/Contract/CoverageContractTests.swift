import Foundation
import Testing

@Suite("coverage", .enabled(if: Louyu.path != nil, "needs the built program"))
struct CoverageContractTests {
    private static let placeFields: Set = ["id", "ref", "layer", "name", "lon", "lat"]
    private static let counts: Set = [
        "buildings", "reached", "share", "floorAreaSquareMeters", "reachedFloorAreaSquareMeters", "residents",
        "reachedResidents", "reachedOnlyAcross",
    ]
    private let town: Workplace

    init() throws { town = try StreetTown.shared() }

    private func coverage(_ more: [String]) throws -> JSON {
        try town.json(["coverage", "--kind", "clinic", "--minutes", "10"] + more)
    }

    private func row(_ coverage: JSON, _ ref: String) -> JSON {
        coverage["boundaries"].array.first { $0["boundary"]["ref"].text == ref } ?? .null
    }

    @Test func `it counts buildings, floor area and residents as one does by hand`() throws {
        let answer = try coverage([])
        #expect(
            answer.keys == [
                "kind", "minutes", "stations", "boundaries", "total", "residentsEstimated", "blindSpots",
                "unplacedStations",
            ])
        #expect(answer["kind"].text == "clinic" && answer["minutes"].number == 10 && answer["stations"].integer == 2)
        #expect(answer["boundaries"].array.map { $0["boundary"]["ref"].text } == ["E", "W"])
        #expect(answer["boundaries"].array.allSatisfy { $0.keys == Self.counts.union(["boundary"]) })
        #expect(answer["boundaries"].array.allSatisfy { $0["boundary"].keys == Self.placeFields })
        #expect(answer["total"].keys == Self.counts)
        let (west, east) = (row(answer, "W"), row(answer, "E"))
        #expect(west["buildings"].integer == 4 && west["reached"].integer == 3 && west["share"].number == 0.75)
        #expect(east["buildings"].integer == 4 && east["reached"].integer == 1 && east["share"].number == 0.25)
        #expect(west["reachedOnlyAcross"].integer == 1 && east["reachedOnlyAcross"].integer == 0)
        #expect(west["floorAreaSquareMeters"].number == 611.5 && west["reachedFloorAreaSquareMeters"].number == 601.5)
        #expect(east["floorAreaSquareMeters"].number == 501 && east["reachedFloorAreaSquareMeters"].number == 400.1)
        // 1001 people over 100.5, 200.3 and 10 m² of homes: 323.68, 645.11 and 32.21, the largest remainder up.
        #expect(west["residents"].integer == 1001 && west["reachedResidents"].integer == 324 + 645)
        // 500 over 400.1, 20 and 30 m²: 444.46, 22.22 and 33.33.
        #expect(east["residents"].integer == 500 && east["reachedResidents"].integer == 445)
    }

    @Test func `boundaries add up to the total, exactly`() throws {
        let city = try City.workplace()
        for words in [["--per", "subdistrict"], ["--per", "community"], ["--per", "district"], ["--by", "radius"]] {
            let answer = try city.json(["coverage", "--kind", "社区卫生服务站", "--minutes", "10"] + words)
            let rows = answer["boundaries"].array
            #expect(rows.count > 3 && (answer["total"]["buildings"].integer ?? 0) == 3000, "\(words)")
            for field in ["buildings", "reached", "residents", "reachedResidents", "reachedOnlyAcross"] {
                let numbers = rows.compactMap { $0[field].integer }
                guard !numbers.isEmpty else { continue }
                #expect(numbers.count == rows.count)
                #expect(numbers.reduce(0, +) == answer["total"][field].integer, "\(field), \(words)")
            }
            for field in ["floorAreaSquareMeters", "reachedFloorAreaSquareMeters"] {
                let tenths = rows.compactMap { $0[field].number }.map { Int(($0 * 10).rounded()) }
                #expect(
                    tenths.reduce(0, +) == Int(((answer["total"][field].number ?? -1) * 10).rounded()),
                    "\(field), \(words)")
            }
            for row in rows + [answer["total"]] {
                let (all, reached) = (row["buildings"].number ?? 0, row["reached"].number ?? 0)
                if all > 0 { #expect(abs((row["share"].number ?? -1) - reached / all) < 0.00006) }
                #expect(reached <= all)
            }
            #expect(
                answer["blindSpots"].array.count
                    == (answer["total"]["buildings"].integer ?? 0) - (answer["total"]["reached"].integer ?? 0))
        }
    }

    @Test func `blind spots tell why`() throws {
        let answer = try coverage([])
        let reasons = Dictionary(
            uniqueKeysWithValues: answer["blindSpots"].array.map { ($0["ref"].text ?? "", $0["reason"].text ?? "") })
        #expect(reasons == ["E2": "tooFar", "L1": "noStreet", "L2": "island", "L3": "acrossWater"])
        #expect(answer["blindSpots"].array.allSatisfy { $0.keys == Self.placeFields.union(["reason"]) })
        for (form, count) in [("geojson", 4), ("geojsonseq", 4)] {
            let words = ["coverage", "--kind", "clinic", "--minutes", "10", "--blind-spots", "--format", form]
            let features = CityFiles.features(try town.louyu(words).bytes, isSequence: form == "geojsonseq")
            #expect(features.count == count)
            #expect(features.allSatisfy { $0["geometry"]["type"].text == "Polygon" })
            #expect(Set(features.map { $0["properties"]["reason"].text }) == Set(reasons.values))
        }
        for (language, words) in [("zh", ["站点太远", "附近没有道路", "隔水"]), ("en", ["too far", "no street", "water"])] {
            let table = try town.louyu(
                ["coverage", "--kind", "clinic", "--minutes", "10", "--blind-spots", "--lang", language])
            for word in words { #expect(table.output.contains(word), "\(word): \(table.output)") }
        }
    }

    @Test func `--across tells who serves whom over borders, as lines on a map`() throws {
        let answer = try coverage(["--across"])
        let across = answer["across"].array
        #expect(across.count == 1 && across[0].keys == ["of", "by", "buildings"])
        #expect(across[0]["of"]["ref"].text == "W" && across[0]["by"]["ref"].text == "E")
        #expect(across[0]["buildings"].integer == 1)
        let map = try town.louyu(
            ["coverage", "--kind", "clinic", "--minutes", "10", "--across", "--format", "geojson"])
        let features = CityFiles.features(map.bytes, isSequence: false)
        #expect(features.count == 1)
        #expect(features[0]["geometry"]["type"].text == "LineString")
        #expect(features[0]["properties"].keys == ["building", "station", "seconds"])
        #expect(features[0]["geometry"]["coordinates"][1][0].number == StreetTown.eastClinic)
        let expected = StreetTown.meters(try StreetTown.house("W3"), to: StreetTown.eastClinic)
        #expect(abs((features[0]["properties"]["seconds"].number ?? -1) - expected) < 0.2)
    }

    @Test func `--with and --without try stations, and tell what was before`() throws {
        let plain = try coverage([])
        #expect(plain["before"] == .null)
        let with = try coverage(["--with", "0.018,0.0001"])
        #expect(with["stations"].integer == 3 && with["total"]["reached"].integer == 5)
        #expect(with["before"].keys == Self.counts && with["before"] == plain["total"])
        let without = try coverage(["--without", "C2"])
        #expect(without["stations"].integer == 1 && without["total"]["reached"].integer == 2)
        #expect(without["before"] == plain["total"])
        let moved = try coverage(["--without", "C2", "--with", "0.012,0.0001"])
        #expect(moved["total"] == plain["total"] && moved["before"] == plain["total"])
        let both = try coverage(["--without", "C1", "--without", "C2", "--with", "W2", "--with", "0.018,0.0001"])
        #expect(both["stations"].integer == 2)
        #expect(both["total"]["reached"].integer == 4, "W1, W2 and W3 by the house W2, E2 by the other")
        #expect(try coverage([]) == plain, "nothing is kept of what was tried")
        let table = try town.louyu(
            ["coverage", "--kind", "clinic", "--minutes", "10", "--with", "0.018,0.0001", "--lang", "en"])
        #expect(table.output.contains("before") && table.output.contains("total"))
    }

    @Test func `--in and --where choose the buildings, not the stations`() throws {
        let east = try coverage(["--in", "东街道"])
        #expect(east["total"]["buildings"].integer == 4 && east["total"]["reached"].integer == 1)
        #expect(east["boundaries"].array.map { $0["boundary"]["ref"].text } == ["E"], "no rows of nothing")
        let west = try coverage(["--in", "西街道"])
        #expect(west["total"]["reached"].integer == 3, "the one served from the other side counts")
        let both = try coverage(["--in", "西街道", "--in", "东街道"])
        #expect(both["total"] == (try coverage([]))["total"])
        let large = try coverage(["--where", "floor_area_m2 >= 300"])
        #expect(large["total"]["buildings"].integer == 2 && large["total"]["reached"].integer == 2)
        #expect(large["blindSpots"] == .array([]))
    }

    @Test func `a kind may be left out where there is one`() throws {
        let several = try town.louyu(["coverage", "--lang", "en"])
        #expect(several.status == 64 && several.errors.contains("clinic") && several.errors.contains("school"))
        let place = try StreetTown.workplace(without: ["station"])
        try place.write("one.json", StreetTown.stations.replacing("\"school\"", with: "\"clinic\""))
        try place.imported(["one.json", "--layer", "station"])
        let answer = try place.json(["coverage"])
        #expect(answer["kind"].text == "clinic" && answer["stations"].integer == 3 && answer["minutes"].number == 15)
    }

    @Test func `--by radius needs no streets and reaches no less`() throws {
        let place = try StreetTown.workplace(without: ["street", "water"])
        let circle = try place.json(["coverage", "--kind", "clinic", "--minutes", "10", "--by", "radius"])
        #expect(circle["total"]["reached"].integer == 6, "W1, W2, L1, W3 and E1, L2 at 572 m; not L3 at 620 m")
        #expect(Set(circle["blindSpots"].array.map { $0["reason"].text }) == ["tooFar"])
        let city = try City.workplace()
        for minutes in ["3", "5", "10"] {
            let words = ["coverage", "--kind", "社区卫生服务站", "--minutes", minutes]
            let (walk, radius) = (try city.json(words), try city.json(words + ["--by", "radius"]))
            for (walk, radius) in zip(walk["boundaries"].array, radius["boundaries"].array) {
                #expect(walk["boundary"] == radius["boundary"])
                #expect((walk["reached"].integer ?? 1) <= (radius["reached"].integer ?? 0))
            }
            #expect((walk["total"]["reached"].integer ?? 0) < (radius["total"]["reached"].integer ?? 0))
        }
    }

    @Test func `residents are null where nobody knows them, and a note says that they are estimated`() throws {
        let place = try StreetTown.workplace(without: ["boundary"])
        try place.write(
            "b.geojson", StreetTown.boundaries.replacing(#/,"population":\d+/#, with: ""))
        try place.imported(["b.geojson", "--layer", "boundary"])
        let answer = try place.json(["coverage", "--kind", "clinic"])
        #expect(answer["total"].keys == Self.counts)
        #expect(answer["total"]["residents"] == .null && answer["total"]["reachedResidents"] == .null)
        let words = ["coverage", "--kind", "clinic", "--lang", "en"]
        #expect(try town.louyu(words).errors.contains("estimated"))
        #expect(try town.louyu(words + ["--quiet"]).errors.isEmpty)
        #expect(!(try place.louyu(words)).errors.contains("estimated"))
    }

    @Test func `a station that nobody can walk to is named`() throws {
        let place = try StreetTown.workplace(without: ["station"])
        let more = ",{\"id\":\"C3\",\"name\":\"隔水站\",\"kind\":\"clinic\",\"lon\":0.0175,\"lat\":0.0013}]"
        try place.write("s.json", StreetTown.stations.trimmingCharacters(in: .whitespacesAndNewlines).dropLast() + more)
        try place.imported(["s.json", "--layer", "station"])
        let answer = try place.louyu(["coverage", "--kind", "clinic", "--minutes", "10", "--format", "json"])
        #expect(answer.status == 0)
        #expect(answer.json["unplacedStations"].array.map { $0["ref"].text } == ["C3"])
        #expect(answer.json["unplacedStations"][0].keys == Self.placeFields.union(["reason"]))
        #expect(answer.json["unplacedStations"][0]["reason"].text == "acrossWater")
        #expect(answer.errors.contains("隔水站"))
        #expect(answer.json["total"] == (try coverage([]))["total"])
    }
}
