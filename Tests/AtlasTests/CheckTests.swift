import Atlas
import Spatial
import Store
import Testing

/// What `check` finds.
@Suite struct CheckTests {
    private static func area(_ id: String, _ level: String, _ ring: String) -> String {
        SmallAtlas.feature(
            id, #""name":"\#(id)","level":"\#(level)""#, #"{"type":"Polygon","coordinates":[[\#(ring)]]}"#)
    }

    private static func square(_ west: Double, _ east: Double, _ north: Double = 29.51) -> String {
        "[\(west),29.5],[\(east),29.5],[\(east),\(north)],[\(west),\(north)],[\(west),29.5]"
    }

    @Test func anInvalidOutlineHidesNoOverlapAndNoGap() throws {
        let small = try SmallAtlas(
            .boundary,
            features: [
                Self.area("A", "district", Self.square(106.50, 106.51)),
                Self.area("B", "district", Self.square(106.509, 106.52)),
                // A ring around nothing: C leaves a gap in its middle.
                SmallAtlas.feature(
                    "C", #""name":"C","level":"district""#,
                    #"{"type":"Polygon","coordinates":[[\#(Self.square(106.53, 106.54))],[[106.534,29.503],[106.534,29.506],"#
                        + #"[106.537,29.506],[106.537,29.503],[106.534,29.503]]]}"#),
            ])
        let sound = try small.atlas.check()
        #expect(sound.map(\.kind) == [.gap, .overlap])
        let corners = [(106.5, 29.5), (106.51, 29.51), (106.51, 29.5), (106.5, 29.51), (106.5, 29.5)]
        let bow = LineString(corners.map { LonLat($0.0, $0.1) })
        try AtlasFile.change(path: small.atlas.file.path) { change in
            for area in try change.features(FeatureQuery(.boundary)) where area.ref == "A" {
                try change.setGeometry(of: area, to: .polygon(Polygon(bow)))
            }
            return ((), .commit)
        }
        let kinds = Set(try small.atlas.check().map(\.kind))
        #expect(kinds == [.invalid, .gap, .overlap])
    }

    @Test func aProvinceAndItsOnlyCityAreNoDuplicates() throws {
        let features = [
            Self.area("1", "province", Self.square(106.5, 106.51)), Self.area("2", "city", Self.square(106.5, 106.51)),
        ].map { $0.replacing(#/"name":"\d"/#, with: #""name":"栖澜市""#) }
        #expect(try SmallAtlas(.boundary, features: features).atlas.check().isEmpty)
        let twice = features.map { $0.replacing("province", with: "city") }
        #expect(try SmallAtlas(.boundary, features: twice).atlas.check().map(\.kind).contains(.duplicate))
    }
}
