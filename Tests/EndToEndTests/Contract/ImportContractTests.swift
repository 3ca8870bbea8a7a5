import Foundation
import Testing

@Suite("import", .enabled(if: Louyu.path != nil, "needs the built program"))
struct ImportContractTests {
    private static let counts: Set = [
        "read", "added", "changed", "unchanged", "ended", "repaired", "rejected", "incomplete",
    ]

    private func point(_ id: String, _ name: String, _ lon: Double, _ more: String = "") -> String {
        "{\"type\":\"Feature\",\"id\":\"\(id)\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[\(lon),51.5]},"
            + "\"properties\":{\"name\":\"\(name)\"\(more)}}"
    }

    @Test func `the counts have the contract's members and add up`() throws {
        let place = try Workplace()
        try place.write(
            "a.geojsonl", [point("1", "A", 1), point("2", "B", 2), "{\"type\":\"Feature\"}"].joined(separator: "\n"))
        let answer = try place.json(["import", "a.geojsonl", "--layer", "building"])
        #expect(answer.keys == ["layers"])
        let counts = answer["layers"]["building"]
        #expect(counts.keys == Self.counts)
        #expect(counts["read"].integer == 3)
        #expect(counts["added"].integer == 2)
        #expect(counts["rejected"].integer == 1)
    }

    @Test func `the same file twice changes no byte of the atlas's layers`() throws {
        let place = try Village.workplace()
        let before = try ["boundary", "building", "station"].map { try place.exported($0) }
        for file in [
            "boundaries.geojson --layer boundary", "buildings.geojson --layer building",
            "stations.json --layer station",
        ] {
            let words = file.split(separator: " ").map(String.init)
            let counts = try place.imported(words)[words[2]]
            #expect(counts["read"] == counts["unchanged"], "\(file)")
        }
        #expect(try ["boundary", "building", "station"].map { try place.exported($0) } == before)
    }

    @Test func `a changed record is counted as changed, a new one as added`() throws {
        let place = try Workplace()
        try place.write("a.geojsonl", [point("1", "A", 1), point("2", "B", 2)].joined(separator: "\n"))
        try place.imported(["a.geojsonl", "--layer", "building"])
        try place.write(
            "a.geojsonl", [point("1", "A", 1), point("2", "C", 2), point("3", "D", 3)].joined(separator: "\n"))
        let counts = try place.imported(["a.geojsonl", "--layer", "building"])["building"]
        #expect(counts["unchanged"].integer == 1 && counts["changed"].integer == 1 && counts["added"].integer == 1)
        #expect(try place.json(["list", "building"]).texts("name") == ["A", "C", "D"])
    }

    @Test func `without --sync what a file no longer holds stays; with it, it ends and is kept`() throws {
        let place = try Workplace()
        try place.write("a.geojsonl", [point("1", "A", 1), point("2", "B", 2)].joined(separator: "\n"))
        try place.imported(["a.geojsonl", "--layer", "building"])
        try place.write("b.geojsonl", point("1", "A", 1))
        #expect(try place.imported(["b.geojsonl", "--layer", "building"])["building"]["ended"].integer == 0)
        #expect(try place.json(["list", "building"]).array.count == 2)
        #expect(try place.imported(["b.geojsonl", "--layer", "building", "--sync"])["building"]["ended"].integer == 1)
        #expect(try place.json(["list", "building"]).texts("ref") == ["1"])
        let layer = try place.json(["info"])["layers"]["building"]
        #expect(layer["count"].integer == 1 && layer["ended"].integer == 1)
        try place.imported(["a.geojsonl", "--layer", "building"])
        #expect(try place.json(["list", "building"]).texts("ref") == ["1", "2"], "a record that is back lives again")
    }

    @Test func `standard input is read by the name of a minus sign`() throws {
        let place = try Workplace()
        let answer = try place.louyu(
            ["import", "-", "--layer", "station", "--format", "json"], input: point("1", "一站", 1))
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.json["layers"]["station"]["added"].integer == 1)
        let csv = try place.louyu(
            ["import", "-", "--layer", "station", "--format", "json"], input: "名称,类别,经度,纬度\n一站,驿站,106.5,29.5\n")
        #expect(csv.json["layers"]["station"]["added"].integer == 1, "\(csv.errors)")
    }

    @Test func `--map and --set fill columns`() throws {
        let place = try Workplace()
        try place.write("a.geojsonl", point("1", "A", 1, ",\"bezeichnung\":\"塔\",\"etagen\":7"))
        try place.imported([
            "a.geojsonl", "--layer", "building", "--map", "name=bezeichnung", "storeys=etagen", "--set", "grade=甲级",
        ])
        let building = try place.json(["list", "building"])[0]
        #expect(building["name"].text == "塔")
        #expect(building["storeys"].integer == 7)
        #expect(building["grade"].text == "甲级")
    }

    @Test func `Chinese and English names of fields are understood`() throws {
        let place = try Workplace()
        try place.write("a.csv", "\u{FEFF}名称,楼层,建筑面积,经度,纬度\r\n一号楼,12,3456.5,106.55,29.55\r\n")
        try place.imported(["a.csv", "--layer", "building"])
        let building = try place.json(["list", "building"])[0]
        #expect(building["name"].text == "一号楼")
        #expect(building["storeys"].number == 12)
        #expect(building["floor_area_m2"].number == 3456.5)
        #expect(building["lon"].number == 106.55 && building["lat"].number == 29.55)
    }

    @Test func `--key makes the ref, of several columns too, and collisions are reported`() throws {
        let place = try Workplace()
        let lines = [
            point("1", "A", 1, ",\"town\":\"x\",\"no\":1"), point("2", "B", 2, ",\"town\":\"x\",\"no\":2"),
            point("3", "C", 3, ",\"town\":\"x\",\"no\":1"),
        ]
        try place.write("a.geojsonl", lines.joined(separator: "\n"))
        let counts = try place.imported(["a.geojsonl", "--layer", "building", "--key", "town", "no"])["building"]
        #expect(counts["read"].integer == 3 && counts["added"].integer == 2 && counts["rejected"].integer == 1)
        #expect(try place.json(["list", "building"]).texts("name") == ["A", "B"])
        let table = try place.louyu([
            "import", "a.geojsonl", "--layer", "building", "--key", "town", "no", "--lang", "en",
        ])
        #expect(
            table.output.contains("C") || table.output.contains("line 3"), "the collision is named: \(table.output)")
    }

    @Test func `a source column called ref is data`() throws {
        let place = try Workplace()
        try place.write("a.geojsonl", point("7", "A", 1, ",\"ref\":\"M4\""))
        try place.imported(["a.geojsonl", "--layer", "street"])
        #expect(try place.json(["list", "street"])[0]["ref"].text == "7")
    }

    @Test func `--level says what boundaries are`() throws {
        let place = try Workplace()
        try place.write("a.geojson", Village.boundaries.replacingOccurrences(of: "\"level\"", with: "\"tier\""))
        try place.imported(["a.geojson", "--layer", "boundary", "--level", "community"])
        #expect(Set(try place.json(["list", "boundary"]).texts("level")) == ["community"])
    }

    @Test func `--on-invalid repairs, rejects or aborts`() throws {
        let bow = """
            {"type":"Feature","id":"bow","geometry":{"type":"Polygon","coordinates":[[[0,0],[0.001,0.001],[0.001,0],[0,0.001],[0,0]]]},"properties":{}}
            """
        let place = try Workplace()
        try place.write("bow.geojsonl", bow)
        try place.write("good.geojsonl", point("1", "A", 1))
        let rejected = try place.imported([
            "bow.geojsonl", "--layer", "building", "--on-invalid", "reject", "--atlas", "r.gpkg",
        ])
        #expect(rejected["building"]["rejected"].integer == 1 && rejected["building"]["added"].integer == 0)
        let repaired = try place.imported(["bow.geojsonl", "--layer", "building", "--atlas", "s.gpkg"])
        #expect(repaired["building"]["repaired"].integer == 1 && repaired["building"]["added"].integer == 1)
        let aborted = try place.louyu([
            "import", "good.geojsonl", "bow.geojsonl", "--layer", "building", "--on-invalid", "abort", "--atlas",
            "t.gpkg",
        ])
        #expect(aborted.status == 65, "\(aborted.errors)")
        #expect(!place.has("t.gpkg"), "an import that aborts leaves no atlas behind")
    }

    @Test func `--dry-run and a repair of nothing leave every byte`() throws {
        let village = try Village.workplace()
        let house = Village.house("N", "新", -0.115, 51.507, "\"storeys\":3")
        try village.write("n.geojsonl", house)
        let before = village.bytes("louyu.gpkg")
        let words = ["n.geojsonl", "buildings.geojson", "--layer", "building", "--set", "grade=丙级", "--dry-run"]
        let counts = try village.imported(words)["building"]
        #expect(counts["added"].integer == 1 && counts["changed"].integer == 3)
        #expect(village.bytes("louyu.gpkg") == before)
        #expect(try village.louyu(["repair"]).status == 0)
        #expect(village.bytes("louyu.gpkg") == before)
        #expect(village.names.filter { $0.hasPrefix("louyu.gpkg") } == ["louyu.gpkg"])
    }

    @Test func `--dry-run counts and keeps nothing`() throws {
        let place = try Workplace()
        try place.write("a.geojsonl", point("1", "A", 1))
        #expect(
            try place.imported(["a.geojsonl", "--layer", "building", "--dry-run"])["building"]["added"].integer == 1)
        #expect(place.names == ["a.geojsonl"])
        try place.imported(["a.geojsonl", "--layer", "building"])
        let before = try place.state()
        try place.write("b.geojsonl", point("2", "B", 2))
        #expect(
            try place.imported(["b.geojsonl", "--layer", "building", "--dry-run"])["building"]["added"].integer == 1)
        #expect(try place.state() == before)
    }

    @Test func `--promote makes an attribute a real column with its values`() throws {
        let place = try Village.workplace()
        try place.imported(["--layer", "building", "--promote", "owner"])
        let owners = try place.json(["list", "building", "--where", "owner = 'Anna'"])
        #expect(owners.texts("ref") == ["H1"])
        let csv = try place.louyu(["export", "building", "--format", "csv"]).output
        #expect(csv.contains("owner") && csv.contains("Anna"))
        try place.imported(["buildings.geojson", "--layer", "building"])
        #expect(try place.json(["list", "building", "--where", "owner = 'Anna'"]).texts("ref") == ["H1"])
    }

    @Test(arguments: ["gcj02", "bd09"]) func `a Chinese datum is turned into WGS 84`(_ datum: String) throws {
        let place = try Workplace()
        try place.write("a.json", "[{\"id\":\"1\",\"name\":\"碑\",\"lon\":106.5770,\"lat\":29.5560}]")
        try place.imported(["a.json", "--layer", "station", "--crs", datum])
        let station = try place.json(["list", "station"])[0]
        let (lon, lat) = (try #require(station["lon"].number), try #require(station["lat"].number))
        let meters = Geodesic.meters((lon, lat), (106.5770, 29.5560))
        #expect(meters > 200 && meters < 1500, "\(datum) moves a point by some hundred metres, not \(meters)")
        #expect(lon < 106.5770)
    }

    @Test func `metres of a projected system become degrees`() throws {
        let place = try Workplace()
        try place.write("a.csv", "id,name,x,y\n1,零点,166021.4431,0\n")
        try place.imported(["a.csv", "--layer", "station", "--crs", "EPSG:32631"])
        let station = try place.json(["list", "station"])[0]
        #expect(abs((station["lon"].number ?? 9) - 0) < 1e-6 && abs(station["lat"].number ?? 9) < 1e-6)
    }

    @Test func `several files go in together or not at all`() throws {
        let place = try Village.workplace()
        let before = try place.state()
        try place.write("c.geojsonl", point("X", "neu", 1))
        let answer = try place.louyu(["import", "c.geojsonl", "missing.geojson", "--layer", "building"])
        #expect(answer.status == 66)
        #expect(try place.state() == before)
    }

    @Test(
        arguments: [
            ("empty.geojson", ""), ("cut.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":"),
            ("words.geojson", "Lorem ipsum"), ("number.json", "42"), ("words.txt", "Lorem ipsum dolor"),
            ("words.gpkg", "SQLite format 3\u{0} no more"), ("words.shp", "no shape"), ("words.pbf", "no blob"),
            ("words.osm", "<osm"), ("text.csv", "a,b\n1,2\n"), ("kml.xyz", "no such format"),
        ])
    func `bad input is refused with one line and leaves nothing`(_ name: String, _ text: String) throws {
        let place = try Workplace()
        try place.write(name, text)
        let answer = try place.louyu(["import", name, "--layer", "building", "--lang", "en"])
        let counted = answer.status == 0 && answer.output.contains("Rejected")
        #expect(answer.status == 65 || counted, "\(answer.status): \(answer.output)\(answer.errors)")
        if answer.status != 0 {
            #expect(
                answer.errors.hasPrefix("error: ") && answer.errors.split(separator: "\n").count == 1,
                "\(answer.errors)")
            #expect(place.names == [name])
        }
    }

    @Test func `rejected records are kept with their place and counted by info`() throws {
        let place = try Workplace()
        try place.write(
            "a.geojsonl", point("1", "A", 1) + "\n" + point("2", "B", 2).replacingOccurrences(of: "51.5", with: "151.5")
        )
        let answer = try place.louyu(["import", "a.geojsonl", "--layer", "building", "--lang", "en"])
        #expect(answer.status == 0)
        #expect(answer.output.contains("line 2"))
        #expect(try place.json(["info"])["rejectedRecords"].integer == 1)
    }

    @Test func `points whose axes are swapped are reported with what to type`() throws {
        let place = try City.workplace()
        let copy = try Workplace()
        try FileManager.default.copyItem(
            at: place.url.appending(path: "louyu.gpkg"), to: copy.url.appending(path: "louyu.gpkg"))
        try copy.write("swapped.csv", "id,name,lon,lat\n1,甲,39.4985,82.4935\n2,乙,39.4986,82.4936\n")
        let answer = try copy.louyu(["import", "swapped.csv", "--layer", "station", "--lang", "en"])
        let said = answer.output + answer.errors
        #expect(said.localizedCaseInsensitiveContains("swap"), "\(said)")
    }
}
