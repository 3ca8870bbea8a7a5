import Foundation
import TestSupport
import Testing

@Suite("find, near, locate", .enabled(if: Louyu.path != nil, "needs the built program"))
struct QuestionContractTests {
    private static let placeFields: Set = ["id", "ref", "layer", "name", "lon", "lat"]
    private let village: Workplace

    init() throws { village = try Village.workplace() }

    @Test func `find answers with places, by name, alias, address and part of one`() throws {
        for (word, ref) in [("金融", "H1"), ("Globe", "H2"), ("解放碑", "H1"), ("西站", "S1"), ("西街", "W")] {
            let rows = try village.json(["find", word])
            #expect(rows.isArray && rows.texts("ref").contains(ref), "\(word)")
            #expect(rows.array.allSatisfy { $0.keys.isSuperset(of: Self.placeFields) })
        }
        #expect(try village.json(["find", "大厦", "--layer", "building"]).texts("ref").sorted() == ["H2", "H3"])
        #expect(try village.json(["find", "没有"]) == .array([]))
    }

    @Test func `find shows twenty rows unless told otherwise`() throws {
        let city = try City.workplace()
        #expect(try city.json(["find", "社区"]).array.count == 20)
        #expect(try city.json(["find", "社区", "--top", "50"]).array.count == 50)
    }

    @Test func `near measures from the footprint's edge in metres`() throws {
        let row = try village.json(["near", "-0.1165,51.5055", "--top", "2"])
        #expect(row[0]["distanceMeters"].number == 0)
        #expect(row[1]["ref"].text == "H1")
        let expected = Geodesic.meters((-0.1165, 51.5055), toSegment: (-0.117, 51.505), (-0.117, 51.506))
        #expect(abs((row[1]["distanceMeters"].number ?? -1) - expected) < 0.001)
    }

    @Test func `near leaves the place itself out, and measures between edges`() throws {
        let rows = try village.json(["near", "H1"])
        #expect(rows.texts("ref") == ["H2", "H3"])
        let expected = Geodesic.meters((-0.117, 51.506), (-0.1165, 51.506))
        #expect(abs((rows[0]["distanceMeters"].number ?? -1) - expected) < 0.002)
        #expect(rows[0].keys == Self.placeFields.union(["distanceMeters"]))
    }

    @Test func `near shows the ten nearest; with --within all of them; with --top as many`() throws {
        let city = try City.workplace()
        #expect(try city.json(["near", "82.4935,39.4985"]).array.count == 10)
        let within = try city.json(["near", "82.4935,39.4985", "--within", "500m"])
        #expect(within.array.count > 20)
        let distances = within.array.compactMap { $0["distanceMeters"].number }
        #expect(distances == distances.sorted() && (distances.last ?? 0) <= 500)
        #expect(
            try city.json(["near", "82.4935,39.4985", "--within", "500m", "--top", "7"]).array
                == Array(within.array.prefix(7)))
    }

    @Test(arguments: ["500", "500m", "0.5km", "500 m", "0.5 km", "500米", "0.5公里"])
    func `a distance takes metres and kilometres`(_ distance: String) throws {
        let city = try City.workplace()
        #expect(
            try city.json(["near", "82.4935,39.4985", "--within", distance])
                == city.json(["near", "82.4935,39.4985", "--within", "500"]))
    }

    @Test(arguments: ["far", "-5", "5 miles", "m", "", "nan", "inf", "1,5"])
    func `what is no distance is a usage error`(_ distance: String) throws {
        #expect(try village.louyu(["near", "H1", "--within", distance]).status == 64)
    }

    @Test func `near keeps to --layer, --where, --kind and --in`() throws {
        #expect(try village.json(["near", "H1", "--layer", "station", "--kind", "便民服务点"]).texts("ref") == ["S2"])
        #expect(try village.json(["near", "S1", "--where", "storeys > 15"]).texts("ref") == ["H1", "H2"])
        #expect(try village.json(["near", "S1", "--in", "东街道"]).texts("ref") == ["H3"])
    }

    @Test func `where stations of several kinds are found, a question of service names one`() throws {
        for words in [[], ["--top", "1"], ["--where", "name LIKE '%站'"], ["--in", "大坪区"]] {
            let answer = try village.louyu(["near", "H1", "--layer", "station", "--format", "json"] + words)
            #expect(answer.status == 64, "\(words): \(answer.output)")
            let message = answer.errorJSON["error"]["message"].text ?? ""
            #expect(message.contains("党群驿站") && message.contains("便民服务点"), "\(words): \(message)")
        }
        for words in [["--kind", "便民服务点"], ["--where", "kind = '便民服务点'"], ["--in", "东街道"]] {
            #expect(try village.json(["near", "H1", "--layer", "station"] + words).texts("ref") == ["S2"], "\(words)")
        }
        #expect(try village.json(["near", "H1", "--kind", "党群驿站"]).texts("ref") == ["S1"], "--kind means stations")
        for words in [["list", "station"], ["find", "站", "--layer", "station"]] {
            #expect(try village.json(words).array.count == 2, "\(words) is about the layer")
        }
        #expect(try village.json(["export", "station"])["features"].array.count == 2)
    }

    @Test func `a kind that no station has is answered by nothing, and a note`() throws {
        let answer = try village.louyu(["near", "H1", "--kind", "学校", "--format", "json"])
        #expect(answer.status == 0 && answer.json == .array([]))
        #expect(answer.errors.contains("学校") && answer.errors.contains("党群驿站"), "\(answer.errors)")
        #expect(try village.louyu(["list", "building", "--kind", "学校"]).status == 64)
    }

    @Test func `a table calls what has no name by its address, else its ref`() throws {
        let nameless = Village.house("H8", "x", -0.115, 51.507, "\"address\":\"长江路8号\"") + "\n"
        let unknown = Village.house("H9", "x", -0.113, 51.507, "\"storeys\":3")
        try village.write("n.geojsonl", (nameless + unknown).replacingOccurrences(of: "\"name\":\"x\",", with: ""))
        try village.imported(["n.geojsonl", "--layer", "building"])
        let table = try village.louyu(["near", "H2", "--lang", "en"]).output.split(separator: "\n")
        #expect(table.contains { $0.hasPrefix("长江路8号 ") } && table.contains { $0.hasPrefix("H9 ") }, "\(table)")
        #expect(try village.louyu(["locate", "H8"]).output.contains("长江路8号"))
        #expect(try village.json(["list", "building", "--where", "ref = 'H8'"])[0]["name"] == .null)
    }

    @Test func `the antimeridian and the poles are places like others`() throws {
        let place = try Workplace()
        try place.write("a.csv", "id,name,lon,lat\n1,甲,179.9999,0\n2,乙,-179.9999,1\n3,丙,0,89.9999\n4,丁,180,-90\n")
        try place.imported(["a.csv", "--layer", "building"])
        for (origin, ref, meters) in [
            ("-179.9999,0", "1", Geodesic.meters((0, 0), (0.0002, 0))),
            ("179.9999,1", "2", Geodesic.meters((0, 1), (0.0002, 1))),
            ("180,89.9999", "3", 2 * Geodesic.meters((0, 89.9999), (0, 90))), ("0,-90", "4", 0),
        ] {
            let row = try place.json(["near", origin, "--within", "100"])
            #expect(row.texts("ref") == [ref], "\(origin)")
            #expect(abs((row[0]["distanceMeters"].number ?? -1) - meters) < 0.001, "\(origin)")
        }
    }

    @Test func `locate gives the building, the chain smallest first, and the zones`() throws {
        try village.write(
            "z.geojson",
            "{\"type\":\"Feature\",\"id\":\"Z\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                + "\(Village.square(-0.13, 51.4, -0.1, 51.6))},\"properties\":{\"name\":\"金融街\",\"kind\":\"商圈\"}}")
        try village.imported(["z.geojson", "--layer", "zone"])
        let answer = try village.json(["locate", "H2"])
        #expect(answer.keys == ["at", "building", "boundaries", "zones"])
        #expect(answer["building"]["ref"].text == "H2")
        #expect(answer["boundaries"].texts("ref") == ["W", "D"])
        #expect(answer["boundaries"].texts("level") == ["subdistrict", "district"])
        #expect(answer["boundaries"][0].keys.isSuperset(of: Self.placeFields))
        #expect(answer["zones"].texts("name") == ["金融街"])
    }

    @Test func `locate of a boundary gives the boundaries above it`() throws {
        let answer = try village.json(["locate", "西街道/袁家岗社区"])
        #expect(answer["boundaries"].texts("ref") == ["W", "D"] && answer["building"] == .null)
        #expect(try village.json(["locate", "大坪区"])["boundaries"] == .array([]))
    }

    @Test func `a point on a border belongs to every area that meets there`() throws {
        let refs = try village.json(["locate", "-0.11,51.505"])["boundaries"].texts("ref")
        #expect(refs == ["CE", "CW", "E", "W", "D"])
    }

    @Test func `locate agrees with brute force over the whole city`() throws {
        let city = try City.workplace()
        let areas = try CityFiles.polygons("boundaries.geojson")
        var generator = SeededGenerator(seed: 20_261)
        for _ in 0..<25 {
            let lon = generator.within(82.4700, 82.5300)
            let lat = generator.within(39.4910, 39.5105)
            let expected = areas.filter { area in area.polygons.contains { Geodesic.holds($0, (lon, lat)) } }.map(\.id)
            let answer = try city.json(["locate", "\(lon),\(lat)"])
            #expect(Set(answer["boundaries"].texts("ref")) == Set(expected), "seed 20261, \(lon),\(lat)")
        }
    }

    @Test func `near agrees with brute force over the whole city`() throws {
        let city = try City.workplace()
        let buildings = try CityFiles.polygons("buildings.geojsonl")
        var generator = SeededGenerator(seed: 97)
        for _ in 0..<10 {
            let (lon, lat) = (generator.within(82.4750, 82.5250), generator.within(39.4930, 39.5080))
            let near = buildings.filter {
                abs($0.polygons[0][0][0].lon - lon) < 0.01 && abs($0.polygons[0][0][0].lat - lat) < 0.01
            }
            let expected = near.map { building in
                (building.id, building.polygons.map { Geodesic.meters((lon, lat), toPolygon: $0) }.min() ?? .infinity)
            }.filter { $0.1 <= 150 }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
            let answer = try city.json(["near", "\(lon),\(lat)", "--within", "150"])
            #expect(Set(answer.texts("ref")) == Set(expected.map(\.0)), "seed 97, \(lon),\(lat)")
            for (row, pair) in zip(answer.array, expected) {
                #expect(abs((row["distanceMeters"].number ?? -1) - pair.1) < 0.0015, "seed 97, \(lon),\(lat): \(pair)")
            }
        }
    }
}
