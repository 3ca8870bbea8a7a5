import Foundation
import Testing

@Suite("What all walking verbs share, and near --by walk", .enabled(if: Louyu.path != nil, "needs the built program"))
struct WalkingContractTests {
    private static let placeFields: Set = ["id", "ref", "layer", "name", "lon", "lat"]
    private let town: Workplace

    init() throws { town = try StreetTown.shared() }

    // MARK: near --by walk

    @Test func `near --by walk sorts by the walk and tells seconds and metres`() throws {
        let rows = try town.json(["near", "C1", "--by", "walk"])
        #expect(rows.texts("ref") == ["W1", "W2", "W3", "E1", "E2"], "the lost houses have no way")
        for row in rows.array {
            #expect(row.keys == Self.placeFields.union(["seconds", "meters", "distanceMeters"]))
            let expected = StreetTown.meters(
                try StreetTown.house(row["ref"].text ?? ""), to: StreetTown.westClinic)
            #expect(abs((row["seconds"].number ?? -1) - expected) < 0.2)
            #expect(abs((row["meters"].number ?? -1) - expected) < 0.15)
        }
        #expect(try town.json(["near", "C1", "--by", "walk", "--top", "2"]).texts("ref") == ["W1", "W2"])
        #expect(try town.json(["near", "C1", "--by", "walk", "--within", "300m"]).texts("ref") == ["W1", "W2"])
        #expect(
            try town.json(["near", "C1", "--by", "walk", "--within", "1km", "--top", "1"]).texts("ref") == ["W1"])
        #expect(try town.json(["near", "W1", "--by", "walk", "--kind", "clinic"]).texts("ref") == ["C1", "C2"])
        #expect(
            try town.json(["near", "C1", "--by", "walk", "--where", "floor_area_m2 > 250"]).texts("ref") == [
                "W3", "E1",
            ]
        )
        let elderly = try town.json(["near", "C1", "--by", "walk", "--pace", "elderly"])
        for (slow, plain) in zip(elderly.array, rows.array) {
            #expect(abs((slow["seconds"].number ?? 0) / (plain["seconds"].number ?? 1) - 1.25) < 0.002)
        }
    }

    @Test func `near --by walk asks for buildings and stations only`() throws {
        for layer in ["boundary", "street", "water"] {
            let answer = try town.louyu(["near", "C1", "--by", "walk", "--layer", layer, "--lang", "en"])
            #expect(answer.status == 64, "\(layer): \(answer.output)")
        }
        #expect(try town.louyu(["near", "C1", "--by", "car"]).status == 64)
        #expect(try town.louyu(["near", "C1", "--by", "walk", "--layer", "station"]).status == 64, "several kinds")
    }

    // MARK: Errors

    static let usage: [[String]] = [
        ["reach"], ["reach", "C1", "--minutes", "0"], ["reach", "C1", "--minutes", "-5"],
        ["reach", "C1", "--minutes", "601"], ["reach", "C1", "--minutes", "five"], ["reach", "C1", "--minutes", ""],
        ["reach", "C1", "--minutes", "5,,10"], ["reach", "C1", "--minutes", "nan"],
        ["reach", "C1", "--minutes", "inf"],
        ["reach", "C1", "--pace", "brisk"], ["reach", "C1", "--pace", "0"], ["reach", "C1", "--pace", "-60"],
        ["reach", "C1", "--pace", "nan"], ["reach", "C1", "--pace", "1e9"], ["reach", "C1", "--by", "bus"],
        ["reach", "C1", "--toward", "--away"], ["reach", "C1", "--list", "street"],
        ["reach", "C1", "--where", "floor_area_m2 > 1"], ["reach", "C1", "--in", "西街道"],
        ["reach", "C1", "--list", "building", "--where", "floor_area_m2 >"], ["reach", "200,0"],
        ["reach", "C1", "--format", "xml"], ["coverage"], ["coverage", "--kind", "clinic", "--minutes", "5,10"],
        ["coverage", "--kind", "clinic", "--minutes", "0"], ["coverage", "--kind", "clinic", "--per", "planet"],
        ["coverage", "--kind", "clinic", "--where", "colour = 'red'"],
        ["coverage", "--kind", "clinic", "--without", "building/1"], ["coverage", "clinic"], ["border"],
        ["border", "西街道"], ["border", "西街道", "西街道", "--kind", "clinic"], ["border", "西街道", "东街道"],
        ["border", "西街道", "东街道", "--kind", "clinic", "--within", "far"],
        ["border", "西街道", "东街道", "--kind", "clinic", "--within", "-1"],
        ["border", "西街道", "东街道", "--kind", "clinic", "--minutes", "x"],
    ]

    @Test(arguments: usage) func `words that make no question are errors of usage`(_ words: [String]) throws {
        for language in ["zh", "en"] {
            let answer = try town.louyu(words + ["--lang", language])
            #expect(answer.status == 64, "\(words): \(answer.output)\(answer.errors)")
            #expect(answer.output.isEmpty)
            #expect(
                answer.errors.contains(#/\p{Han}/#) == (language == "zh") || words.contains { $0.contains(#/\p{Han}/#) }
            )
        }
    }

    @Test func `choices are listed in either language`() throws {
        for (language, list) in [("zh", "building, station"), ("en", "building, station")] {
            let errors = try town.louyu(["reach", "C1", "--list", "street", "--lang", language]).errors
            #expect(errors.contains(list) && !errors.contains("' and '"), "\(errors)")
        }
    }

    @Test func `what is not there is 66`() throws {
        let missing: [[String]] = [
            ["reach", "没有这里"], ["reach", "C1", "没有这里"], ["reach", "building/999"],
            ["coverage", "--kind", "水族馆"], ["coverage", "--kind", "clinic", "--in", "没有这里"],
            ["coverage", "--kind", "clinic", "--with", "没有这里"], ["coverage", "--kind", "clinic", "--without", "没有这里"],
            ["border", "西街道", "没有这里", "--kind", "clinic"], ["border", "西街道", "东街道", "--kind", "水族馆"],
            ["reach", "C1", "--atlas", "missing.gpkg"], ["coverage", "--atlas", "missing.gpkg"],
            ["reach", "10,10"], ["near", "10,10", "--by", "walk"], ["reach", "L1"],
        ]
        for words in missing {
            let answer = try town.louyu(words + ["--format", "json"])
            #expect(answer.status == 66, "\(words): \(answer.output)\(answer.errors)")
            #expect(answer.output.isEmpty)
            #expect(answer.errorJSON["error"]["code"].integer == 66, "\(words): \(answer.errors)")
            #expect(answer.errorJSON["error"]["message"].text?.isEmpty == false, "\(words)")
            #expect(answer.errorJSON["error"]["hint"].text?.isEmpty == false, "\(words)")
        }
    }

    @Test func `without streets, and without stations, it says so`() throws {
        let streetless = try StreetTown.workplace(without: ["street"])
        let questions = [
            ["reach", "C1"], ["reach", "C1", "--list", "building"], ["coverage", "--kind", "clinic"],
            ["border", "西街道", "东街道", "--kind", "clinic"], ["near", "C1", "--by", "walk"],
        ]
        for words in questions {
            let answer = try streetless.louyu(words + ["--lang", "en"])
            #expect(answer.status == 66, "\(words): \(answer.output)\(answer.errors)")
            #expect(answer.errors.contains("street"), "\(answer.errors)")
            #expect(answer.errors.split(separator: "\n").count == 1, "\(answer.errors)")
        }
        for words in [["near", "C1", "--by", "walk"], ["near", "10,10", "--by", "walk"]] {
            let hint = try streetless.louyu(words + ["--lang", "en"]).errors
            #expect(
                !hint.contains("radius") && hint.contains("leave --by walk out"), "near has no plain circle: \(hint)")
        }
        let stationless = try StreetTown.workplace(without: ["station"])
        for words in [["coverage"], ["coverage", "--kind", "clinic"], ["border", "西街道", "东街道"]] {
            let answer = try stationless.louyu(words + ["--lang", "en"])
            #expect(answer.status == 66, "\(words): \(answer.output)\(answer.errors)")
            #expect(answer.errors.contains("station"), "\(answer.errors)")
        }
        // Places need not be stations.
        #expect(try stationless.json(["reach", "W1", "--list", "building", "--minutes", "10"]).texts("ref") == ["W2"])
    }

    @Test func `without buildings the areas are drawn and nothing is counted`() throws {
        let place = try StreetTown.workplace(without: ["building"])
        let areas = try place.json(["reach", "C1", "--minutes", "5"])
        #expect(areas.array.count == 1 && areas[0]["buildings"].integer == 0)
        #expect((areas[0]["areaSquareMeters"].number ?? 0) > 0)
        #expect(try place.json(["reach", "C1", "--list", "building"]) == .array([]))
        let coverage = try place.json(["coverage", "--kind", "clinic"])
        #expect(coverage["total"]["buildings"].integer == 0 && coverage["total"]["share"] == .null)
        #expect(try place.json(["border", "西街道", "东街道", "--kind", "clinic"])["buildings"] == .array([]))
    }

    @Test func `without boundaries coverage gives the total`() throws {
        let place = try StreetTown.workplace(without: ["boundary"])
        let answer = try place.louyu([
            "coverage", "--kind", "clinic", "--minutes", "10", "--format", "json", "--lang", "en",
        ])
        #expect(answer.status == 0 && answer.errors.contains("boundaries"), "\(answer.errors)")
        #expect(answer.json["total"]["buildings"].integer == 8 && answer.json["total"]["reached"].integer == 4)
        #expect(answer.json["boundaries"].array.map { $0["boundary"] } == [.null])
        #expect(answer.json["total"]["reachedOnlyAcross"].integer == 0)
    }

    // MARK: Output

    static let questions: [[String]] = [
        ["reach", "C1", "--minutes", "5,10"], ["reach", "C1", "C2", "--list", "building"],
        ["coverage", "--kind", "clinic", "--minutes", "10"],
        ["coverage", "--kind", "clinic", "--minutes", "10", "--blind-spots"],
        ["coverage", "--kind", "clinic", "--minutes", "10", "--across"],
        ["border", "西街道", "东街道", "--kind", "clinic"], ["near", "C1", "--by", "walk"],
    ]

    @Test(arguments: questions) func `an answer comes in every form, to a file as to the screen`(_ words: [String])
        throws
    {
        let place = try StreetTown.workplace()
        for (form, file) in [
            ("json", "a.json"), ("geojson", "a.geojson"), ("geojsonseq", "a.geojsonl"), ("csv", "a.csv"),
            ("table", "a.txt"),
        ] {
            let screen = try place.louyu(words + ["--format", form, "--lang", "en"])
            #expect(screen.status == 0 && !screen.output.isEmpty, "\(words) \(form): \(screen.errors)")
            #expect(try place.louyu(words + ["-o", file, "--lang", "en"]).status == 0)
            #expect(place.bytes(file) == screen.bytes, "\(words) \(form)")
            let again = try place.louyu(words + ["-o", file])
            #expect(again.status == 73 && place.bytes(file) == screen.bytes, "\(again.errors)")
            #expect(try place.louyu(words + ["-o", file, "--overwrite", "--lang", "en"]).status == 0)
            #expect(place.bytes(file) == screen.bytes)
        }
        #expect(try place.louyu(words + ["-o", "a.gpkg"]).status == 0 && place.has("a.gpkg"))
        #expect(try place.louyu(["info", "--atlas", "a.gpkg"]).status != 70)
        #expect(try place.louyu(words + ["-o", "louyu.gpkg", "--overwrite"]).status != 0, "not over the atlas")
        #expect(try place.louyu(words).status == 0)
    }

    @Test(arguments: questions) func `--quiet says nothing beside the answer`(_ words: [String]) throws {
        let loud = try town.louyu(words)
        let quiet = try town.louyu(words + ["--quiet"])
        #expect(quiet.errors.isEmpty && quiet.bytes == loud.bytes)
    }

    @Test(arguments: questions) func `the same question has the same bytes, prepared or not`(_ words: [String]) throws {
        let place = try StreetTown.workplace()
        let first = try place.louyu(words + ["--format", "json"])
        let second = try place.louyu(words + ["--format", "json"])
        let shared = try town.louyu(words + ["--format", "json"])
        #expect(first.bytes == second.bytes && first.bytes == shared.bytes)
    }
}
