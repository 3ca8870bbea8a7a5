import Foundation
import TestSupport
import Testing

@Suite(
    "OpenStreetMap extracts", .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    .enabled(if: Louyu.path != nil, "needs the built program"))
struct OpenStreetMapTests {
    private static let layers = ["building", "boundary", "station", "street", "water"]

    @Test func `Liechtenstein has 8,994 buildings and 11 communes`() throws {
        let place = try Workplace()
        try place.link("data", to: try SharedData.file(""))
        let counts = try place.imported(["data/osm/liechtenstein.osm.pbf"])
        #expect(counts["building"]["added"].integer == 8994)
        #expect(counts["street"]["added"].integer == 4660)
        for layer in Self.layers { #expect(addsUp(counts[layer]), "\(layer): \(counts[layer])") }
        let boundaries = try place.json(["list", "boundary", "--columns", "level"])
        #expect(boundaries.array.count { $0["level"].text == "subdistrict" } == 11)
        let refs = try place.json(["list", "building", "--columns", "ref"]).texts("ref")
        #expect(refs.allSatisfy { $0.hasPrefix("way/") || $0.hasPrefix("relation/") })
        #expect(Set(refs).count == 8994)
        try changesNothing("data/osm/liechtenstein.osm.pbf", place)
    }

    @Test func `ids out of order are read`() throws {
        let place = try Workplace()
        try place.link("data", to: try SharedData.file(""))
        let counts = try place.imported(["data/osm/columbus_unordered.osm.pbf"])
        #expect((counts["building"]["added"].integer ?? 0) > 1000 && (counts["street"]["added"].integer ?? 0) > 10_000)
        for layer in Self.layers { #expect(addsUp(counts[layer]), "\(layer): \(counts[layer])") }
        try changesNothing("data/osm/columbus_unordered.osm.pbf", place)
    }

    private func addsUp(_ counts: JSON) -> Bool {
        func count(_ name: String) -> Int { counts[name].integer ?? -1 }
        return count("read") == count("added") + count("changed") + count("unchanged") + count("rejected")
    }

    private func changesNothing(_ file: String, _ place: Workplace) throws {
        let before = try Self.layers.map { try place.exported($0) }
        let version = try place.json(["info"])["dataVersion"]
        let again = try place.imported([file])
        for layer in Self.layers {
            let counts = again[layer]
            #expect(addsUp(counts), "\(layer): \(counts)")
            for name in ["added", "changed", "ended"] { #expect(counts[name].integer == 0, "\(layer): \(name)") }
        }
        #expect(try Self.layers.map { try place.exported($0) } == before)
        #expect(try place.json(["info"])["dataVersion"] == version)
    }
}
