import Foundation
import Testing

@Suite("reach", .enabled(if: Louyu.path != nil, "needs the built program"))
struct ReachContractTests {
    private static let placeFields: Set = ["id", "ref", "layer", "name", "lon", "lat"]
    private static let areaFields: Set = ["place", "minutes", "areaSquareMeters", "buildings"]
    private let town: Workplace

    init() throws { town = try StreetTown.shared() }

    // MARK: Lists

    @Test func `--list gives places with the seconds and metres of the walk`() throws {
        let rows = try town.json(["reach", "C1", "--minutes", "15", "--list", "building"])
        #expect(rows.texts("ref") == ["W1", "W2", "W3"])
        for row in rows.array {
            #expect(row.keys == Self.placeFields.union(["seconds", "meters"]))
            #expect(row["layer"].text == "building")
            let expected = StreetTown.meters(
                try StreetTown.house(row["ref"].text ?? ""), to: StreetTown.westClinic)
            // Three stretches, each rounded to a sixteenth of a second.
            #expect(abs((row["seconds"].number ?? -1) - expected) < 0.2, "\(row), not \(expected)")
            #expect(abs((row["meters"].number ?? -1) - expected) < 0.15, "\(row), not \(expected)")
        }
    }

    @Test(arguments: [("standard", 60.0), ("adult", 80), ("elderly", 48), ("100", 100)])
    func `a pace makes the walk longer or shorter in time, not in metres`(_ pace: String, _ metres: Double) throws {
        let rows = try town.json(["reach", "C1", "--minutes", "30", "--list", "building", "--pace", pace])
        #expect(rows.array.count >= 4)
        for row in rows.array {
            let expected = StreetTown.meters(
                try StreetTown.house(row["ref"].text ?? ""), to: StreetTown.westClinic)
            #expect(abs((row["meters"].number ?? -1) - expected) < 0.15, "\(row)")
            #expect(abs((row["seconds"].number ?? -1) - expected * 60 / metres) < 0.2, "\(row)")
        }
    }

    @Test func `a list goes as far as the most minutes`() throws {
        #expect(try town.json(["reach", "C1", "--minutes", "4", "--list", "building"]).texts("ref") == ["W1"])
        let several = try town.json(["reach", "C1", "--minutes", "15,4", "--list", "building"])
        #expect(several == (try town.json(["reach", "C1", "--minutes", "15", "--list", "building"])))
        #expect(try town.json(["reach", "C1", "--minutes", "0.1", "--list", "building"]) == .array([]))
    }

    @Test func `of several places each row names the nearest`() throws {
        let rows = try town.json(["reach", "C1", "C2", "--minutes", "15", "--list", "building"])
        #expect(Set(rows.texts("ref")) == ["W1", "W2", "W3", "E1", "E2"])
        for row in rows.array {
            #expect(row.keys == Self.placeFields.union(["seconds", "meters", "nearest"]))
            #expect(row["nearest"].keys == Self.placeFields)
            let house = try StreetTown.house(row["ref"].text ?? "")
            let (west, east) = (
                StreetTown.meters(house, to: StreetTown.westClinic), StreetTown.meters(house, to: StreetTown.eastClinic)
            )
            #expect(row["nearest"]["ref"].text == (west < east ? "C1" : "C2"), "\(row)")
            #expect(abs((row["seconds"].number ?? -1) - min(west, east)) < 0.2)
        }
        let seconds = rows.array.compactMap { $0["seconds"].number }
        #expect(seconds == seconds.sorted())
    }

    @Test func `a place may be a position, a ref, a name or an id, and is itself left out`() throws {
        let expected = try town.json(["reach", "C1", "--minutes", "15", "--list", "building"])
        for name in ["0.002,0.0001", "西诊所", "station/1"] {
            #expect(try town.json(["reach", name, "--minutes", "15", "--list", "building"]) == expected, "\(name)")
        }
        let stations = ["reach", "C1", "--list", "station", "--minutes", "30"]
        #expect(try town.json(stations + ["--kind", "clinic"]).texts("ref") == ["C2"])
        #expect(try town.louyu(stations).status == 64)
        #expect(try town.json(["reach", "W1", "--list", "building", "--minutes", "10"]).texts("ref") == ["W2"])
    }

    @Test func `--in, --where and --kind choose among what is reached`() throws {
        func refs(_ more: [String]) throws -> [String] {
            try town.json(["reach", "C1", "C2", "--minutes", "15", "--list"] + more).texts("ref")
        }
        #expect(Set(try refs(["building", "--in", "西街道"])) == ["W1", "W2", "W3"])
        #expect(Set(try refs(["building", "--in", "西街道", "--in", "东街道"])) == ["W1", "W2", "W3", "E1", "E2"])
        #expect(Set(try refs(["building", "--where", "floor_area_m2 > 250"])) == ["W3", "E1"])
        #expect(Set(try refs(["building", "--where", "建筑面积 > 250", "--in", "东街道"])) == ["E1"])
        #expect(try refs(["station", "--kind", "school"]) == ["S1"])
    }

    @Test func `--vertical adds the way between floors and entrance`() throws {
        let plain = try town.json(["reach", "C1", "--minutes", "15", "--list", "building"])
        let vertical = try town.json(["reach", "C1", "--minutes", "15", "--list", "building", "--vertical"])
        func seconds(_ rows: JSON, _ ref: String) throws -> Double {
            try #require(rows.first("ref", ref)["seconds"].number)
        }
        // Nobody climbs to the ground floor; in a tower of twenty storeys a lift takes its time.
        #expect(try seconds(vertical, "W2") == seconds(plain, "W2"))
        let added = try seconds(vertical, "W1") - seconds(plain, "W1")
        #expect((45.0...120).contains(added), "\(added)")
    }

    @Test func `up a stair takes longer than down it`() throws {
        let place = try Workplace()
        let steps = StreetTown.line("S", "石阶", [(0, 0), (0.001, 0)]).replacing("residential", with: "steps")
            .replacing("\"name\"", with: "\"incline\":\"up\",\"name\"")
        try place.write("s.geojson", StreetTown.collection([steps]))
        try place.imported(["s.geojson", "--layer", "street"])
        try place.write("p.json", "[{\"id\":\"A\",\"name\":\"上\",\"kind\":\"k\",\"lon\":0.001,\"lat\":0}]")
        try place.imported(["p.json", "--layer", "station"])
        func seconds(_ words: [String]) throws -> Double {
            try #require(try place.json(["reach", "0,0", "--list", "station"] + words)[0]["seconds"].number)
        }
        let run = Geodesic.meters((0, 0), (0.001, 0))
        // The station at the top walks down to the place at the foot; away from it people walk up.
        #expect(abs(try seconds([]) - run / 0.5) < 0.2)
        #expect(abs(try seconds(["--toward"]) - run / 0.5) < 0.2)
        #expect(abs(try seconds(["--away"]) - run / 0.35) < 0.2)
    }

    // MARK: Areas

    @Test func `areas have the contract's members, one a place and number of minutes`() throws {
        let rows = try town.json(["reach", "C1", "0.012,0.0001", "--minutes", "15,5"])
        #expect(rows.array.map { $0["minutes"].number } == [5, 15, 5, 15])
        for row in rows.array { #expect(row.keys == Self.areaFields, "\(row)") }
        #expect(rows.array.map { $0["buildings"].integer } == [2, 3, 1, 3])
        #expect(rows[0]["place"].keys == Self.placeFields && rows[0]["place"]["ref"].text == "C1")
        #expect(rows[2]["place"].keys == Self.placeFields && rows[2]["place"]["id"] == .null)
        #expect(rows[2]["place"]["lon"].number == 0.012 && rows[2]["place"]["lat"].number == 0.0001)
        #expect(try town.json(["reach", "C1"]).array.map { $0["minutes"].number } == [5, 10, 15])
    }

    @Test func `as GeoJSON they are one area each with those properties, and nothing else`() throws {
        let words = ["reach", "C1", "C2", "--minutes", "5,10,15"]
        let rows = try town.json(words)
        let answer = try town.louyu(words + ["--format", "geojson"])
        #expect(answer.status == 0, "\(answer.errors)")
        let features = CityFiles.features(answer.bytes, isSequence: false)
        #expect(features.count == 6)
        for (feature, row) in zip(features, rows.array) {
            #expect(feature.keys == ["type", "geometry", "properties"], "\(feature.keys)")
            #expect(["Polygon", "MultiPolygon"].contains(feature["geometry"]["type"].text))
            #expect(feature["properties"] == row)
        }
        let lines = try town.louyu(words + ["--format", "geojsonseq"])
        #expect(CityFiles.features(lines.bytes, isSequence: true).map { $0["properties"] } == rows.array)
    }

    @Test func `areas follow the street, nest, and stay off the river`() throws {
        func areas(_ more: [String]) throws -> [CityFiles.Area] {
            let answer = try town.louyu(
                ["reach", "C1", "--minutes", "5,10,15", "--format", "geojson"] + more)
            return CityFiles.features(answer.bytes, isSequence: false).compactMap(CityFiles.area)
        }
        func holds(_ area: CityFiles.Area, _ position: Geodesic.Position) -> Bool {
            area.polygons.contains { Geodesic.holds($0, position) }
        }
        let (walked, circles) = (try areas([]), try areas(["--by", "radius"]))
        #expect(walked.count == 3 && circles.count == 3)
        func size(_ area: CityFiles.Area) -> Double { area.properties["areaSquareMeters"].number ?? -1 }
        #expect(walked.map(size) == walked.map(size).sorted())
        for (walk, circle) in zip(walked, circles) {
            let minutes = walk.properties["minutes"].number ?? 0
            #expect(abs(size(circle) - .pi * pow(minutes * 60, 2)) < 0.001 * size(circle))
            #expect(size(walk) > 0 && size(walk) < 0.7 * size(circle), "\(minutes): \(size(walk)), \(size(circle))")
            #expect(holds(walk, (StreetTown.westClinic, 0.00005)))
            // On the street as far as the time lasts, and no farther.
            let end = StreetTown.westClinic + (minutes * 60 - 11) / 111_319.49
            #expect(holds(walk, (end - 0.0003, 0.00002)), "\(minutes)")
            #expect(!holds(walk, (end + 0.0003, 0.00002)), "\(minutes)")
        }
        for (less, more) in zip(walked, walked.dropFirst()) {
            for position in less.polygons.flatMap({ $0.first ?? [] }) {
                let isInside = more.polygons.contains { Geodesic.meters(position, toPolygon: $0) < 15 }
                #expect(isInside, "\(position) of \(less.properties["minutes"]) minutes")
            }
        }
        // From the bridge's foot the other bank is in reach, the river beside the bridge is not.
        let answer = try town.louyu(["reach", "0.009,0", "--minutes", "10", "--format", "geojson"])
        let area = try #require(CityFiles.features(answer.bytes, isSequence: false).first.flatMap(CityFiles.area))
        #expect(holds(area, (0.0107, 0.00002)) && !holds(area, (0.01, 0.0012)))
    }

    @Test func `areas of a city are valid, wind as GeoJSON says, and measure what they say`() throws {
        let city = try City.workplace()
        let clinics = try city.json(["list", "station", "--kind", "社区卫生服务站"]).texts("id")
        #expect(clinics.count > 10)
        let answer = try city.louyu(["reach"] + clinics + ["--minutes", "2,5,15", "--format", "geojson"])
        let areas = CityFiles.features(answer.bytes, isSequence: false).compactMap(CityFiles.area)
        #expect(areas.count == 3 * clinics.count)
        for area in areas {
            let rings = area.polygons.flatMap {
                $0.enumerated().map { (isHole: $0 > 0, square: Self.squareMeters($1)) }
            }
            #expect(rings.allSatisfy { $0.isHole ? $0.square < 0 : $0.square > 0 })
            let sum = rings.reduce(0) { $0 + $1.square }
            let stated = area.properties["areaSquareMeters"].number ?? -1
            #expect(abs(sum - stated) < 0.005 * stated, "\(area.properties)")
        }
        let place = try Workplace()
        try answer.bytes.write(to: place.url.appending(path: "areas.geojson"))
        let counts = try place.imported(["areas.geojson", "--layer", "zone", "--on-invalid", "reject"])["zone"]
        #expect(counts["added"].integer == areas.count && counts["rejected"].integer == 0)
    }

    /// What a ring encloses on a plane that touches the ground there; below zero for one that winds to the right.
    private static func squareMeters(_ ring: [Geodesic.Position]) -> Double {
        guard let first = ring.first else { return 0 }
        let scale = (x: 111_319.49 * cos(first.lat * .pi / 180), y: 111_034.0)
        let plane = ring.map { (x: ($0.lon - first.lon) * scale.x, y: ($0.lat - first.lat) * scale.y) }
        return zip(plane, plane.dropFirst()).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y } / 2
    }

    @Test func `--by radius needs no streets, and counts as the crow flies`() throws {
        let place = try StreetTown.workplace(without: ["street", "water"])
        let rows = try place.json(["reach", "C1", "--minutes", "5,15", "--by", "radius"])
        #expect(rows.array.map { $0["buildings"].integer } == [2, 4])
        let list = try place.json(["reach", "C1", "--minutes", "15", "--by", "radius", "--list", "building"])
        #expect(list.texts("ref") == ["W1", "W2", "L1", "W3"])
        for row in list.array {
            #expect(abs((row["seconds"].number ?? -1) - (row["meters"].number ?? -9)) < 0.2, "a metre a second")
        }
        let near = try place.json(["near", "C1", "--within", "900m"])
        #expect(near.texts("ref") == list.texts("ref"))
        for (row, near) in zip(list.array, near.array) {
            #expect(abs((row["meters"].number ?? -1) - (near["distanceMeters"].number ?? -9)) < 0.1)
        }
    }

    @Test func `a table names the places, in both languages`() throws {
        for (language, word) in [("zh", "西诊所"), ("en", "西诊所")] {
            let areas = try town.louyu(["reach", "C1", "--minutes", "5,10", "--lang", language])
            #expect(areas.status == 0 && areas.output.contains(word), "\(areas.output)")
            #expect(areas.output.split(separator: "\n").count >= 3)
            let list = try town.louyu(["reach", "C1", "--list", "building", "--lang", language])
            #expect(list.output.contains("W1楼") && list.output.contains("W3楼"))
        }
        let none = try town.louyu(["reach", "C1", "--minutes", "0.1", "--list", "building", "--lang", "zh"])
        #expect(none.status == 0 && none.output.contains("没有"), "\(none.output)")
    }
}
