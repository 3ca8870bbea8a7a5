import Foundation
import TestSupport
import Testing

@Suite(
    "Yuzhong on foot", .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    .enabled(if: Louyu.path != nil, "needs the built program"))
struct YuzhongWalkingTests {
    private static let atlas = Result<Workplace, any Error> {
        let place = try Workplace()
        place.folder.removeAtExit()
        try place.link("data", to: try SharedData.file(""))
        try place.imported(["data/yuzhong/subdistricts.geojson", "--level", "subdistrict"])
        try place.imported(["data/yuzhong/water.geojson", "--layer", "water"])
        try place.imported(["data/yuzhong/roads.geojson", "data/yuzhong/railways.geojson", "--layer", "street"])
        try place.imported(["data/yuzhong/clinics.json", "--layer", "station", "--set", "kind=clinic"])
        try place.imported([
            "data/yuzhong/primary_schools.json", "data/yuzhong/middle_schools.json", "--layer", "building",
        ])
        return place
    }

    private let place: Workplace

    init() throws { place = try Self.atlas.get() }

    private func coverage(_ minutes: Int, _ more: [String] = []) throws -> JSON {
        try place.json(
            ["coverage", "--kind", "clinic", "--minutes", "\(minutes)", "--per", "subdistrict"] + more)
    }

    @Test func `the plain circle overstates the walk in every subdistrict`() throws {
        var lines: [String] = []
        for minutes in [5, 10, 15] {
            let (walk, circle) = (try coverage(minutes), try coverage(minutes, ["--by", "radius"]))
            #expect(walk["boundaries"].array.count >= 12 && walk["total"]["buildings"].integer == 48)
            for (walk, circle) in zip(walk["boundaries"].array, circle["boundaries"].array) {
                #expect(walk["boundary"] == circle["boundary"] && walk["buildings"] == circle["buildings"])
                #expect((walk["reached"].integer ?? 99) <= (circle["reached"].integer ?? -1), "\(walk), \(circle)")
            }
            let (reached, inCircle) = (
                walk["total"]["reached"].integer ?? 0, circle["total"]["reached"].integer ?? 0
            )
            #expect(reached > 0 && reached < inCircle || minutes == 15)
            lines.append("\(minutes) min: \(reached) on foot, \(inCircle) in the circle of 48")
        }
        print("Yuzhong, schools near a clinic: \(lines.joined(separator: "; "))")
    }

    @Test func `more minutes and a quicker pace reach no fewer`() throws {
        let reached = try [3, 5, 10, 15, 30].map { try coverage($0)["total"]["reached"].integer ?? -1 }
        #expect(reached == reached.sorted() && reached[0] < reached[4])
        let paces = try ["elderly", "standard", "adult"].map {
            try coverage(10, ["--pace", $0])["total"]["reached"].integer ?? -1
        }
        #expect(paces == paces.sorted())
    }

    @Test func `every school is reached or a blind spot with a reason`() throws {
        let answer = try coverage(15)
        let words: Set = ["tooFar", "noStreet", "island", "acrossWater", "acrossRail", "noPosition"]
        #expect(answer["blindSpots"].texts("reason").allSatisfy { words.contains($0) })
        let clinics = try place.json(["list", "station"]).texts("id")
        let unplaced = Set(answer["unplacedStations"].texts("id"))
        let placed = clinics.filter { !unplaced.contains($0) }
        let list = try place.json(["reach"] + placed + ["--minutes", "15", "--list", "building"])
        let all = Set(try place.json(["list", "building"]).texts("id"))
        #expect(Set(list.texts("id")).union(answer["blindSpots"].texts("id")) == all)
        #expect(list.array.count == answer["total"]["reached"].integer)
        for row in list.array {
            #expect((row["seconds"].number ?? 1e9) <= 900)
            // No way is shorter than the crow flies.
            let (school, clinic) = (row, row["nearest"])
            let direct = Geodesic.meters(
                (school["lon"].number ?? 0, school["lat"].number ?? 0),
                (clinic["lon"].number ?? 0, clinic["lat"].number ?? 0))
            #expect((row["meters"].number ?? 0) > direct - 1, "\(row)")
        }
    }

    @Test func `walking toward and away differ by stairs alone`() throws {
        let clinic = try place.json(["list", "station"])[0]["id"].text ?? ""
        func seconds(_ way: String) throws -> [String: Double] {
            let rows = try place.json(["reach", clinic, "--minutes", "60", "--list", "building", way])
            return Dictionary(
                uniqueKeysWithValues: rows.array.map { ($0["id"].text ?? "", $0["seconds"].number ?? -1) })
        }
        let (toward, away) = (try seconds("--toward"), try seconds("--away"))
        let both = Set(toward.keys).intersection(away.keys)
        #expect(both.count > 10)
        for id in both {
            let share = (toward[id] ?? 1) / (away[id] ?? 1)
            #expect((0.5...2).contains(share), "\(id): \(share)")
        }
    }

    @Test func `a service area is one area of the map`() throws {
        let clinic = try place.json(["list", "station"])[0]["id"].text ?? ""
        let answer = try place.louyu(["reach", clinic, "--minutes", "5,10,15", "--format", "geojson"])
        let areas = CityFiles.features(answer.bytes, isSequence: false).compactMap(CityFiles.area)
        #expect(areas.count == 3)
        let sizes = areas.map { $0.properties["areaSquareMeters"].number ?? 0 }
        #expect(sizes == sizes.sorted() && sizes[0] > 10_000)
        // A quarter of an hour on foot fills no more than the plain circle, and in a town at least a tenth of it.
        for area in areas {
            let circle = Double.pi * pow((area.properties["minutes"].number ?? 0) * 60, 2)
            let share = (area.properties["areaSquareMeters"].number ?? 0) / circle
            #expect((0.1...0.95).contains(share), "\(area.properties): \(share)")
        }
    }
}
