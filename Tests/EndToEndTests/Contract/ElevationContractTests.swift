import Foundation
import Testing

@Suite("Import of elevation", .enabled(if: Louyu.path != nil, "needs the built program"))
struct ElevationContractTests {
    private func workplace() throws -> Workplace {
        let place = try Workplace()
        try place.link("city", to: Repository.city)
        return place
    }

    private let tile = "city/N39E082.hgt.zip"

    @Test func `a tile is added once, and info lists it`() throws {
        let place = try workplace()
        let first = try place.imported([tile])
        #expect(first.keys == ["elevation"])
        #expect(first["elevation"]["read"].integer == 1 && first["elevation"]["added"].integer == 1)
        let again = try place.imported([tile])["elevation"]
        #expect(again["read"].integer == 1 && again["unchanged"].integer == 1 && again["added"].integer == 0)
        let info = try place.json(["info"])
        #expect(info["elevation"].array.count == 1)
        #expect(info["elevation"][0]["name"].text == "N39E082")
        #expect(info["elevation"][0]["spacingArcSeconds"].integer == 3)
        #expect(info["elevation"][0]["extent"].array.map(\.integer) == [82, 39, 83, 40])
        #expect(info["sources"].array.map { $0["layer"].text } == ["elevation"])
        #expect(info["sources"][0]["file"].text == tile)
        #expect(info["sources"][0]["sha256"].text?.count == 64)
        #expect(info["dataVersion"].integer == 1)
    }

    @Test func `it comes in one import with layers, or not at all`() throws {
        let place = try workplace()
        let words = ["city/stations.json", tile, "city/zones.geojson", "--layer", "station"]
        let answer = try place.imported(words)
        #expect(answer.keys == ["elevation", "station"])
        #expect(answer["elevation"]["added"].integer == 1)
        let before = try place.state()
        try place.write("N49E011.hgt", "too short")
        try place.write("new.csv", "id,name,lon,lat\n1,甲,106.5,29.5\n")
        let failed = try place.louyu(["import", "new.csv", "N49E011.hgt", "--layer", "station"])
        #expect(failed.status == 65)
        #expect(failed.errors.split(separator: "\n").filter { $0.contains("N49E011.hgt") }.count == 1)
        #expect(try place.state() == before)
    }

    @Test func `a dry run counts and keeps nothing`() throws {
        let place = try workplace()
        #expect(try place.imported([tile, "--dry-run"])["elevation"]["added"].integer == 1)
        #expect(place.names == ["city"])
        try place.imported(["city/stations.json", "--layer", "station"])
        let before = place.bytes("louyu.gpkg")
        #expect(try place.imported([tile, "--dry-run"])["elevation"]["added"].integer == 1)
        #expect(place.bytes("louyu.gpkg") == before)
    }

    @Test(arguments: [("zh", "高程"), ("en", "elevation")])
    func `tables name it in both languages`(_ language: String, _ word: String) throws {
        let place = try workplace()
        let answer = try place.louyu(["import", tile, "--lang", language])
        #expect(answer.status == 0)
        #expect(answer.output.contains(word))
        let info = try place.louyu(["info", "--lang", language]).output
        #expect(info.split(separator: "\n").contains { $0.hasPrefix(word) && $0.contains("N39E082") })
    }

    @Test func `what cannot be a tile is refused with the reason`() throws {
        let place = try workplace()
        let bytes = try Data(contentsOf: Repository.city.appending(path: "N39E082.hgt.zip"))
        try bytes.dropLast(30).write(to: place.url.appending(path: "cut.hgt.zip"))
        try place.write("empty.hgt", "")
        for name in ["cut.hgt.zip", "empty.hgt"] {
            let answer = try place.louyu(["import", name])
            #expect(answer.status == 65, "\(name)")
            #expect(answer.errors.contains(name), "\(name): \(answer.errors)")
        }
        #expect(try place.louyu(["import", "absent.hgt"]).status == 66)
        let piped = try Louyu.run(["import", "-"], in: place.url, input: bytes)
        #expect(piped.status == 64)
        #expect(place.names == ["city", "cut.hgt.zip", "empty.hgt"])
    }
}
