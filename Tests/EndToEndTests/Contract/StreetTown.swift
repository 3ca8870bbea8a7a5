import Foundation
import Testing

/// A town along one level street on the equator, where every walk can be worked out by hand: at 60 m/min a
/// metre of street takes a second.
///
/// ```
///  0         0.0095 0.0105          0.02
///  ├── West street ──┬bridge┬── East street ──┤   lat 0
///        west        │river │       east
/// ```
///
/// The river and the border of the two subdistricts lie across the middle. Every house is a kite whose tip
/// points at the street from 0.0002 degrees above.
enum StreetTown {
    /// The town's clinic in the west, which is alone there.
    static let westClinic = 0.002
    /// The town's clinic in the east.
    static let eastClinic = 0.012

    /// A house of the town: where its tip is, and what is known of it.
    struct House {
        let ref: String
        let tip: Geodesic.Position
        let floorArea: Double
        var use = "住宅"
        var storeys = 1
    }

    /// Houses that the street leads to.
    static let houses: [House] = [
        House(ref: "W1", tip: (0.0005, 0.0002), floorArea: 100.5, storeys: 20),
        House(ref: "W2", tip: (0.004, 0.0002), floorArea: 200.3),
        House(ref: "W3", tip: (0.0083, 0.0002), floorArea: 300.7, use: "办公"),
        House(ref: "E1", tip: (0.0115, 0.0002), floorArea: 400.1),
        House(ref: "E2", tip: (0.0185, 0.0002), floorArea: 50.9, use: "商业"),
    ]

    /// Houses that nobody reaches: far from any street, on a street of its own, and beyond a pond.
    static let lost: [House] = [
        House(ref: "L1", tip: (0.005, 0.004), floorArea: 10),
        House(ref: "L2", tip: (0.015, 0.0042), floorArea: 20),
        House(ref: "L3", tip: (0.0175, 0.0013), floorArea: 30),
    ]

    /// Metres, and at the standard pace seconds, of the walk between a tip and a door at a longitude beside
    /// the street, 0.0001 degrees above it.
    static func meters(_ house: House, to longitude: Double) -> Double {
        Geodesic.meters(house.tip, (house.tip.lon, 0)) + Geodesic.meters((house.tip.lon, 0), (longitude, 0))
            + Geodesic.meters((longitude, 0), (longitude, 0.0001))
    }

    /// The house of a ref.
    static func house(_ ref: String) throws -> House { try #require((houses + lost).first { $0.ref == ref }) }

    static let streets = collection([
        line("ST1", "西大街", [(0, 0), (0.0095, 0)]),
        line("ST2", "界桥", [(0.0095, 0), (0.0105, 0)], ",\"bridge\":\"yes\""),
        line("ST3", "东大街", [(0.0105, 0), (0.02, 0)]),
        line("ST4", "孤巷", [(0.0145, 0.004), (0.0155, 0.004)]),
    ])

    static let water = collection([
        area("river", "界河", 0.0096, -0.006, 0.0104, 0.006), area("pond", "池塘", 0.017, 0.0002, 0.018, 0.0012),
    ])

    static let boundaries = collection([
        area("D", "大坪区", 0, -0.005, 0.02, 0.005, ",\"level\":\"district\""),
        area("W", "西街道", 0, -0.005, 0.01, 0.005, ",\"level\":\"subdistrict\",\"parent_ref\":\"D\""),
        area("E", "东街道", 0.01, -0.005, 0.02, 0.005, ",\"level\":\"subdistrict\",\"parent_ref\":\"D\""),
        area("CW", "界桥社区", 0, -0.005, 0.01, 0.005, ",\"level\":\"community\",\"parent_ref\":\"W\",\"population\":1001"),
        area(
            "CE", "界桥社区", 0.01, -0.005, 0.02, 0.005, ",\"level\":\"community\",\"parent_ref\":\"E\",\"population\":500"),
    ])

    static let buildings = collection(
        (houses + lost).map { house in
            let (x, y) = house.tip
            let ring = [(x, y), (x + 0.0002, y + 0.0002), (x, y + 0.0004), (x - 0.0002, y + 0.0002), (x, y)]
            return feature(
                house.ref,
                "\"name\":\"\(house.ref)楼\",\"floor_area_m2\":\(house.floorArea),\"use\":\"\(house.use)\",\"storeys\":\(house.storeys)",
                "{\"type\":\"Polygon\",\"coordinates\":[\(positions(ring))]}")
        })

    static let stations = """
        [{"id":"C1","name":"西诊所","kind":"clinic","lon":\(westClinic),"lat":0.0001},
        {"id":"C2","name":"东诊所","kind":"clinic","lon":\(eastClinic),"lat":0.0001},
        {"id":"S1","name":"学校","kind":"school","lon":0.0092,"lat":0.0001}]
        """

    /// An atlas with all of it, or without some layers.
    static func workplace(without left: Set<String> = []) throws -> Workplace {
        let place = try Workplace()
        let files = [
            ("boundary", "boundaries.geojson", boundaries), ("water", "water.geojson", water),
            ("street", "streets.geojson", streets), ("building", "buildings.geojson", buildings),
            ("station", "stations.json", stations),
        ]
        for (layer, file, text) in files where !left.contains(layer) {
            try place.write(file, text)
            try place.imported([file, "--layer", layer])
        }
        return place
    }

    /// One for all tests that only ask.
    static func shared() throws -> Workplace { try town.get() }

    private static let town = Result<Workplace, any Error> {
        let place = try workplace()
        place.folder.removeAtExit()
        return place
    }

    // MARK: GeoJSON

    static func collection(_ features: [String]) -> String {
        "{\"type\":\"FeatureCollection\",\"features\":[\n\(features.joined(separator: ",\n"))]}"
    }

    static func feature(_ ref: String, _ properties: String, _ geometry: String) -> String {
        "{\"type\":\"Feature\",\"id\":\"\(ref)\",\"properties\":{\(properties)},\"geometry\":\(geometry)}"
    }

    static func line(_ ref: String, _ name: String, _ line: [Geodesic.Position], _ more: String = "") -> String {
        feature(
            ref, "\"name\":\"\(name)\",\"class\":\"residential\"\(more)",
            "{\"type\":\"LineString\",\"coordinates\":\(positions(line))}")
    }

    private static func area(
        _ ref: String, _ name: String, _ west: Double, _ south: Double, _ east: Double, _ north: Double,
        _ more: String = ""
    ) -> String {
        feature(
            ref, "\"name\":\"\(name)\"\(more)",
            "{\"type\":\"Polygon\",\"coordinates\":\(Village.square(west, south, east, north))}")
    }

    private static func positions(_ positions: [Geodesic.Position]) -> String {
        "[" + positions.map { "[\($0.lon),\($0.lat)]" }.joined(separator: ",") + "]"
    }
}
