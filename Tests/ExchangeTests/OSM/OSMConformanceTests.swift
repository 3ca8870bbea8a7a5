import Exchange
import Foundation
import Spatial
import TestSupport
import Testing

/// The multipolygon cases of the OSM test data repository: each says which
/// area its relation or way must give, or that it gives none.
///
/// The cases carry the tags of woods and meadows; here all are made buildings.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct OSMConformanceTests {
    /// What a case asks of one relation or way.
    struct Expectation {
        let number: Int
        let reference: String
        /// Any of these will do; `INVALID` where there is no correct area.
        let anyOf: [String]
    }

    /// No case differs: where the data is broken, libosmium either leaves the
    /// area out or mends it as the case allows.
    @Test func everyCaseGivesTheExpectedArea() throws {
        let all = try OSMCollection(xml: Self.drawing())
        let expectations = try Self.expectations()
        #expect(expectations.count == 106)
        for expectation in expectations {
            let area = all.feature("building", expectation.reference)?.geometry
            #expect(expectation.anyOf.contains { Self.matches(area, $0) }, "case \(expectation.number)")
        }
    }

    @Test func whatGivesNoAreaIsRejectedWithAReason() throws {
        let all = try OSMCollection(xml: Self.drawing())
        let rejected = all.rejections["building"] ?? []
        for expectation in try Self.expectations() where all.feature("building", expectation.reference) == nil {
            let id = try #require(expectation.reference.split(separator: "/").last)
            #expect(rejected.contains { $0.record.contains("\"id\":\(id),") }, "case \(expectation.number)")
        }
    }

    @Test func theComparisonCanFail() {
        let square = OSMOutline(wkt: "MULTIPOLYGON(((0 0,2 0,2 2,0 2,0 0)))")
        #expect(square.equals(OSMOutline(wkt: "MULTIPOLYGON(((2 2,0 2,0 1,0 0,2 0,2 2)))")))
        #expect(square.equals(OSMOutline(wkt: "MULTIPOLYGON(((0 0,1 0,1 2,0 2,0 0),(1 0,2 0,2 2,1 2,1 0)))")))
        #expect(!square.equals(OSMOutline(wkt: "MULTIPOLYGON(((0 0,2 0,2 2,0 1,0 0)))")))
        #expect(!square.equals(OSMOutline(wkt: "MULTIPOLYGON(((0 0,2 0,2 2,0 2,0 0),(0 0,1 0,1 1,0 1,0 0)))")))
    }

    private static func matches(_ got: Geometry?, _ wkt: String) -> Bool {
        guard let got else { return wkt == "INVALID" }
        guard wkt != "INVALID" else { return false }
        return OSMOutline(got).equals(OSMOutline(wkt: wkt))
    }

    /// All cases in one file, every area a building.
    private static func drawing() throws -> String {
        let url = try SharedData.file("conformance/osm/grid/data/all.osm")
        let text = try String(contentsOf: url, encoding: .utf8)
        let objects = text.split(separator: "\n").filter {
            !$0.hasPrefix("<?xml") && !$0.contains("osm version") && !$0.contains("</osm>")
        }
        return objects.joined(separator: "\n")
            .replacing(/k="(landuse|natural|area)" v="[a-z]+"/, with: "k=\"building\" v=\"yes\"")
            .replacing(
                "<tag k=\"type\" v=\"multipolygon\"/>",
                with: "<tag k=\"type\" v=\"multipolygon\"/><tag k=\"building\" v=\"yes\"/>"
            )
            .replacing(
                "<tag k=\"type\" v=\"boundary\"/>",
                with: "<tag k=\"type\" v=\"boundary\"/><tag k=\"building\" v=\"yes\"/>")
    }

    private static func expectations() throws -> [Expectation] {
        struct Area: Decodable {
            let fromType: String
            let fromId: Int
            let wkt: String
        }
        struct Case: Decodable {
            let testId: Int
            let areas: [String: [Area]]?
        }
        let json = try Data(contentsOf: SharedData.file("conformance/osm/grid/data/tests.json"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode([Case].self, from: json).flatMap { one in
            let areas = (one.areas ?? [:]).values.flatMap { $0 }
            let byReference = Dictionary(grouping: areas) { "\($0.fromType)/\($0.fromId)" }
            return byReference.sorted { $0.key < $1.key }.map { reference, areas in
                Expectation(number: one.testId, reference: reference, anyOf: areas.map(\.wkt))
            }
        }
    }
}
