import Foundation
import Testing

@Suite("What imports mean for walking", .enabled(if: Louyu.path != nil, "needs the built program"))
struct WalkingInputContractTests {
    private func reached(_ place: Workplace, _ more: [String] = []) throws -> [String: Double] {
        let rows = try place.json(["reach", "C1", "--minutes", "20", "--list", "building"] + more)
        return Dictionary(
            uniqueKeysWithValues: rows.array.map { ($0["ref"].text ?? "", $0["seconds"].number ?? -1) })
    }

    // MARK: Sloppy digitising

    /// The main street in two pieces that miss each other by 0.55 m.
    private let gaps = StreetTown.collection([
        StreetTown.line("a", "西大街", [(0, 0), (0.003, 0)]), StreetTown.line("b", "东大街", [(0.003005, 0), (0.02, 0)]),
    ])

    @Test func `--snap-gap joins streets that miss each other, and stays with the atlas`() throws {
        let place = try StreetTown.workplace(without: ["street"])
        try place.write("s.geojson", gaps)
        try place.imported(["s.geojson", "--layer", "street"])
        #expect(try Set(reached(place).keys) == ["W1"], "the clinic's street ends before the next begins")
        try place.louyu(["import", "--snap-gap", "0.3m"])
        #expect(try Set(reached(place).keys) == ["W1"], "a gap of half a metre is more than that")
        let stated = try place.louyu(["import", "--snap-gap", "1m"])
        #expect(stated.status == 0, "\(stated.errors)")
        let joined = try reached(place)
        #expect(Set(joined.keys) == ["W1", "W2", "W3", "E1"])
        let expected = StreetTown.meters(try StreetTown.house("W2"), to: StreetTown.westClinic)
        #expect(abs((joined["W2"] ?? -1) - expected) < 1)
        try place.write("more.geojson", StreetTown.collection([StreetTown.line("c", "北街", [(0, 0), (0, 0.001)])]))
        try place.imported(["more.geojson", "--layer", "street"])
        #expect(try reached(place) == joined, "what was stated stays")
        #expect(try place.louyu(["import", "--snap-gap", "0"]).status == 0)
        #expect(try Set(reached(place).keys) == ["W1"])
    }

    @Test func `with the import it holds for what comes with it`() throws {
        let place = try StreetTown.workplace(without: ["street"])
        try place.write("s.geojson", gaps)
        try place.imported(["s.geojson", "--layer", "street", "--snap-gap", "1m"])
        #expect(try Set(reached(place).keys) == ["W1", "W2", "W3", "E1"])
        for gap in ["21m", "-1", "near", "1km"] {
            #expect(
                try place.louyu(["import", "s.geojson", "--layer", "street", "--snap-gap", gap]).status == 64, "\(gap)")
        }
    }

    // MARK: Hills

    /// A tile over the town: the ground rises evenly to the east, 5 m every three arc seconds.
    private func slope() -> Data {
        var bytes = Data(capacity: 2 * 1201 * 1201)
        for _ in 0..<1201 {
            for column in 0..<1201 {
                let height = UInt16(5 * column)
                bytes.append(UInt8(height >> 8))
                bytes.append(UInt8(height & 255))
            }
        }
        return bytes
    }

    @Test func `a tile of elevation makes the way up longer and the way down shorter`() throws {
        let place = try StreetTown.workplace()
        let level = try reached(place)
        #expect(try reached(place, ["--away"]) == level)
        try slope().write(to: place.url.appending(path: "N00E000.hgt"))
        #expect(try place.imported(["N00E000.hgt"])["elevation"]["added"].integer == 1)
        let rise = 5 / Geodesic.meters((0, 0), (1.0 / 1200, 0))
        func factor(_ slope: Double) -> Double { exp(0.175 - 3.5 * abs(slope + 0.05)) }
        for (way, slope) in [("--toward", -rise), ("--away", rise)] {
            let found = try reached(place, [way])
            // West of the river: the houses stand higher than the clinic, except the first.
            for (ref, sign) in [("W1", -1.0), ("W2", 1), ("W3", 1)] {
                let house = try StreetTown.house(ref)
                let run = Geodesic.meters((house.tip.lon, 0), (StreetTown.westClinic, 0))
                let ends = StreetTown.meters(house, to: StreetTown.westClinic) - run
                let expected = run / factor(sign * slope) + ends
                #expect(abs((found[ref] ?? -1) - expected) < 0.5, "\(way) \(ref): \(found[ref] ?? -1), not \(expected)")
            }
        }
    }

    @Test func `the third coordinate of a street tells its height`() throws {
        let place = try StreetTown.workplace(without: ["street"])
        let run = Geodesic.meters((0.002, 0), (0.004, 0))
        let rise = run * 0.2
        let pieces: [(Double, Double, Double, Double)] = [
            (0, 100, 0.002, 100), (0.002, 100, 0.004, 100 + rise), (0.004, 100 + rise, 0.02, 100 + rise),
        ]
        let streets = pieces.enumerated().map { index, piece in
            StreetTown.feature(
                "z\(index)", "\"name\":\"坡\",\"class\":\"residential\"",
                "{\"type\":\"LineString\",\"coordinates\":[[\(piece.0),0,\(piece.1)],[\(piece.2),0,\(piece.3)]]}")
        }
        try place.write("z.geojson", StreetTown.collection(streets))
        try place.imported(["z.geojson", "--layer", "street"])
        let house = try StreetTown.house("W2")
        let flat = StreetTown.meters(house, to: StreetTown.westClinic) - run
        // The factor of the hiking function: 0.4966 up a fifth, 0.7047 down it.
        #expect(abs((try reached(place, ["--away"])["W2"] ?? -1) - flat - run / 0.4966) < 1)
        #expect(abs((try reached(place)["W2"] ?? -1) - flat - run / 0.7047) < 1)
    }
}
