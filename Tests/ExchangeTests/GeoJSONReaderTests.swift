import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

@Suite struct GeoJSONLayoutTests {
    static let features = [
        #"{"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[1,2]},"properties":{"a":"甲","b":1}}"#,
        #"{"type":"Feature","properties":{"b":2.5,"c":{"d":[1, 2]}},"geometry":{"coordinates":[[0,0],[1,1]],"type":"LineString"}}"#,
        #"{"type":"Feature","properties":null,"geometry":null}"#,
    ]

    private var expected: [Feature] {
        [
            Feature(
                id: .integer(7), geometry: .point(Point(LonLat(1, 2))),
                attributes: [("a", .text("甲")), ("b", .integer(1))]),
            Feature(
                geometry: .lineString(ring([(0, 0), (1, 1)])),
                attributes: [("b", .real(2.5)), ("c", .json(#"{"d":[1, 2]}"#))]),
            Feature(geometry: nil),
        ]
    }

    static let layouts: [(name: String, text: String)] = [
        (
            "collection on one line",
            #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
        ),
        (
            "collection, a feature a line",
            "{\n\"type\": \"FeatureCollection\",\n\"name\": \"[{\\\"\",\n\"features\": [\n"
                + features.joined(separator: ",\n") + "\n]\n}\n"
        ),
        (
            "type behind the features",
            #"{"features":["# + features.joined(separator: " , ") + #"],"bbox":[0,0,1,2],"type":"FeatureCollection"}"#
        ),
        ("array", "[" + features.joined(separator: ",") + "]"),
        ("lines", features.joined(separator: "\n") + "\n"),
        ("lines with carriage returns and gaps", features.joined(separator: "\r\n\r\n")),
        ("record separators", features.map { "\u{1E}\($0)\n" }.joined()),
        ("record separators, spread", features.map { "\u{1E}\($0.replacing("{", with: "{\n"))\n" }.joined()),
        ("values one behind the other", features.map { $0.replacing("{", with: "{\n") }.joined(separator: "\n")),
        (
            "collections one a line",
            features.map { #"{"type":"FeatureCollection","features":["# + $0 + "]}" }.joined(separator: "\n")
        ),
        (
            "collections behind record separators",
            features.map { "\u{1E}" + #"{"type":"FeatureCollection","features":["# + $0 + "]}\n" }.joined()
        ),
    ]

    @Test(arguments: layouts.map(\.name), ["", "\u{FEFF}"])
    func everyLayoutGivesTheSameFeatures(name: String, mark: String) throws {
        let layout = try #require(Self.layouts.first { $0.name == name })
        let result = try readGeoJSON(mark + layout.text)
        #expect(result.rejections.isEmpty)
        #expect(result.features.map(normalized) == expected)
    }

    /// Spread layouts have line breaks inside of nested JSON, too.
    private func normalized(_ feature: Feature) -> Feature {
        var feature = feature
        for index in feature.attributes.indices {
            if case .json(let text) = feature.attributes[index].value {
                feature.attributes[index].value = .json(text.replacing("\n", with: ""))
            }
        }
        return feature
    }

    @Test func bareGeometriesAreFeatures() throws {
        let text =
            #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2,3]},"#
            + #"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}]}"#
        let triangle = Polygon(ring([(0, 0), (1, 0), (1, 1), (0, 0)]))
        let result = try readGeoJSON(text)
        guard case .collection(let members) = try #require(result.features.first?.geometry) else {
            Issue.record("no collection")
            return
        }
        #expect(members.first == .point(Point(LonLat(1, 2), heightMeters: 3)))
        guard case .multiPolygon(let polygons) = members.last else {
            Issue.record("no polygons")
            return
        }
        #expect(polygons.map(\.exterior.positions) == [triangle.exterior.positions])
    }

    @Test func emptyInputsGiveNothing() throws {
        for text in ["", " \n", "[]", "\u{1E}", #"{"type":"FeatureCollection","features":[]}"#] {
            let result = try readGeoJSON(text)
            #expect(result.features.isEmpty && result.rejections.isEmpty)
        }
    }

    @Test func recordsAreNamedByLineOrByte() throws {
        let text = Self.features[0] + "\n" + Self.features[0] + "\n"
        #expect(try readGeoJSON(text).positions == [.line(1), .line(2)])
        let array = "[" + Self.features[0] + "," + Self.features[2] + "]"
        #expect(try readGeoJSON(array).positions == [.line(1), .byte(2 + Self.features[0].utf8.count)])
    }

    @Test func aBrokenLineCostsOnlyItself() throws {
        let good = Self.features[0]
        for broken in [String(good.dropLast(40)), String(good.dropLast(1)), "nonsense", #"{"type":"Fea"#, "[1,2"] {
            let result = try readGeoJSON([good, broken, good].joined(separator: "\n"))
            #expect(result.positions == [.line(1), .line(3)])
            #expect(result.rejections.map(\.position) == [.line(2)])
            #expect(result.rejections.map(\.record) == [broken])
        }
    }

    @Test func aBrokenFirstLineCostsOnlyItself() throws {
        let good = Self.features[0]
        for length in 1..<good.count {
            let result = try readGeoJSON([String(good.prefix(length)), good, good].joined(separator: "\n"))
            #expect(result.positions == [.line(2), .line(3)], "cut to \(length)")
            #expect(result.rejections.count == 1)
        }
    }

    @Test func aBrokenFeatureOfACollectionCostsOnlyItself() throws {
        let good = Self.features[0]
        for length in 1..<good.count {
            let lines = [good, String(good.prefix(length)), good].joined(separator: ",\n")
            let result = try readGeoJSON("{\"type\":\"FeatureCollection\",\"features\":[\n\(lines)\n]}")
            #expect(result.positions == [.line(2), .line(4)], "cut to \(length)")
            #expect(result.rejections.count == 1, "cut to \(length)")
        }
    }

    @Test func aCutFileDeliversWhatIsComplete() throws {
        let text = #"{"type":"FeatureCollection","features":["# + Self.features.joined(separator: ",") + "]}"
        let ends = Self.features.indices.map { 40 + Self.features[...$0].map { $0.utf8.count + 1 }.reduce(0, +) - 1 }
        for length in 1..<text.utf8.count {
            let result = try readGeoJSON(bytes: Array(text.utf8.prefix(length)))
            #expect(result.features.count == ends.count { $0 <= length }, "cut to \(length)")
            #expect(result.rejections.count == 1 && result.rejections[0].reason == .fileIsCut, "cut to \(length)")
        }
    }

    @Test func aRecordThatIsTooLargeIsRejected() throws {
        var options = GeoJSONReader.Options()
        options.largestRecord = 2 << 20
        let large = Self.features[0].replacing("甲", with: String(repeating: "x", count: 5 << 20))
        for text in [
            [Self.features[0], large, Self.features[0]].joined(separator: "\n"),
            "[" + [Self.features[0], large, Self.features[0]].joined(separator: ",\n") + "]",
        ] {
            let result = try readGeoJSON(text, options: options)
            #expect(result.features.count == 2)
            #expect(result.rejections.map(\.reason) == [.recordTooLarge(bytes: 2 << 20)])
        }
    }

    @Test func recordsLargerThanTheWindowAreRead() throws {
        let large = Self.features[0].replacing("甲", with: String(repeating: "甲", count: 1 << 20))
        let result = try readGeoJSON("[" + [large, Self.features[0], large].joined(separator: ",\n") + "]")
        #expect(result.rejections.isEmpty)
        #expect(
            result.features.map { $0["a"] }
                == [
                    String(repeating: "甲", count: 1 << 20), "甲",
                    String(repeating: "甲", count: 1 << 20),
                ].map { .text($0) })
    }
}
