import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

@Suite struct GeoJSONValueTests {
    private func value(_ json: String) throws -> Attribute? {
        let text = #"{"type":"Feature","geometry":null,"properties":{"v":\#(json)}}"#
        let result = try readGeoJSON(text)
        #expect(result.features.count + result.rejections.count == 1)
        return result.features.first?["v"]
    }

    @Test(arguments: [
        ("0", Attribute.integer(0)), ("-1", .integer(-1)), ("9223372036854775807", .integer(.max)),
        ("-9223372036854775808", .integer(.min)), ("32.4", .real(32.4)), ("-0", .real(-0.0)), ("1e3", .real(1000)),
        ("9223372036854775808", .real(9_223_372_036_854_775_808)), ("100000000000000000000", .real(1e20)),
        ("18446744073709551615", .text("18446744073709551615")), ("1e400", .text("1e400")),
        ("-1e400", .text("-1e400")), ("1e-400", .text("1e-400")), ("0e999999", .real(0)),
        ("0.1000000000000000055511151231257827", .real(0.1)),
        ("0.30000000000000000001", .text("0.30000000000000000001")),
        ("106.57906048552063", .real(106.57906048552063)), ("2.2250738585072014e-308", .real(2.2250738585072014e-308)),
        ("NaN", .null), ("Infinity", .text("Infinity")), ("true", .boolean(true)), ("false", .boolean(false)),
        ("null", .null), ("[1,{}]", .json("[1,{}]")),
    ])
    func valuesAreKept(json: String, expected: Attribute) throws { #expect(try value(json) == expected) }

    @Test(arguments: [
        "01", "1.", ".5", "+1", "1e", "-", "0x10", "tru", "nul", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":1,}", "[NaN]",
        "1 2", "'a'", "\"\\x\"", "\"\\u12G4\"", "[\"\\q\"]", "{\"\\q\":1}", "\"a\tb\"", "[01]", "[nul]", "undefined",
    ])
    func wrongJSONIsRejected(json: String) throws { #expect(try value(json) == nil) }

    @Test(arguments: [
        (#""\u6e1d\u4E2D""#, "渝中"), (#""\ud83c\udfd9""#, "🏙"), (#""a\ud83cb""#, "a\u{FFFD}b"),
        (#""\udfd9""#, "\u{FFFD}"), (#""\ud83c\ud83c\udfd9""#, "\u{FFFD}🏙"),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#""\u0000""#, "\0"), (#""""#, ""), (#""1234567\n890123456\u0041""#, "1234567\n890123456A"),
    ])
    func textIsUnescaped(json: String, expected: String) throws { #expect(try value(json) == .text(expected)) }

    @Test func doublesAreRoundedCorrectly() throws {
        var generator = SeededGenerator(seed: 20_250_101)
        var numbers: [String] = []
        for _ in 0..<400 {
            let digits = (0..<Int.random(in: 1...25, using: &generator)).map { _ in
                String(Int.random(in: 0...9, using: &generator))
            }
            let whole = String(Int.random(in: 0...999, using: &generator))
            let exponent = Bool.random(using: &generator) ? "e\(Int.random(in: -30...30, using: &generator))" : ""
            numbers.append(whole + "." + digits.joined() + exponent)
        }
        var options = GeoJSONReader.Options()
        options.coordinatesAreDegrees = false
        let text =
            #"{"type":"MultiPoint","coordinates":["# + numbers.map { "[\($0),-\($0)]" }.joined(separator: ",") + "]}"
        guard case .multiPoint(let points) = try readGeoJSON(text, options: options).features.first?.geometry else {
            Issue.record("seed 20250101: no points")
            return
        }
        for (number, point) in zip(numbers, points) {
            let expected = try #require(strtod(number, nil))
            #expect(point.position == LonLat(expected, -expected), "\(number)")
        }
    }

    @Test func ofPropertiesWithOneNameTheLastCounts() throws {
        let text = #"{"type":"Feature","geometry":null,"properties":{"a":1,"b":2,"\u0061":3}}"#
        #expect(
            try readGeoJSON(text).features == [
                Feature(geometry: nil, attributes: [("a", .integer(3)), ("b", .integer(2))])
            ])
    }

    @Test func membersThatStandTwiceAreRejected() throws {
        let text = #"{"type":"Feature","geometry":null,"geometry":null,"properties":{}}"#
        #expect(try readGeoJSON(text).rejections.map(\.reason) == [.duplicateMember("geometry")])
    }

    @Test(arguments: [60, 70, 1000, 100_000])
    func deepNestingIsBounded(depth: Int) throws {
        let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(try (value(nested) == nil) == (depth > 64))
        let objects = String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        #expect(try (value(objects) == nil) == (depth > 64))
        let coordinates = #"{"type":"Point","coordinates":\#(nested)}"#
        #expect(try readGeoJSON(coordinates).rejections.count == 1)
        let open = #"{"type":"GeometryCollection","geometries":["#
        let collections = String(repeating: open, count: depth) + String(repeating: "]}", count: depth)
        #expect(try readGeoJSON(collections).rejections.count == 1)
    }

    @Test func coordinatesOfOtherSystemsMayBeLarge() throws {
        let text = #"{"type":"Point","coordinates":[3356789.25,3275000.5]}"#
        #expect(try readGeoJSON(text).rejections.map(\.reason) == [.latitudeOutOfRange(3275000.5)])
        var options = GeoJSONReader.Options()
        options.coordinatesAreDegrees = false
        #expect(try readGeoJSON(text, options: options).features.count == 1)
    }

    @Test(arguments: [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", CoordinateReferenceSystem.wgs84), ("EPSG:4490", .cgcs2000),
        ("urn:ogc:def:crs:EPSG::4548", .epsg(4548)), ("http://www.opengis.net/def/crs/EPSG/0/4326", .wgs84),
    ])
    func theCRSMemberIsHeard(name: String, expected: CoordinateReferenceSystem) throws {
        let crs = #""crs":{"type":"name","properties":{"name":"\#(name)"}}"#
        let head = #"{"type":"FeatureCollection",\#(crs),"features":["#
        let result = try readGeoJSON(head + GeoJSONLayoutTests.features[0] + "]}")
        #expect(result.crs == expected && result.features.count == 1)
    }

    @Test func aCRSMemberThatComesTooLateOrIsUnknownIsAFailure() throws {
        let feature = GeoJSONLayoutTests.features[0]
        let late =
            #"{"type":"FeatureCollection","features":[\#(feature)],"crs":{"type":"name","properties":{"name":"EPSG:4548"}}}"#
        let unknown =
            #"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"mine"}},"features":[\#(feature)]}"#
        for text in [late, unknown] {
            #expect { try readGeoJSON(text) } throws: { ($0 as? Failure)?.code == .unusableInput }
            var options = GeoJSONReader.Options()
            options.ignoresDeclaredCRS = true
            #expect(try readGeoJSON(text, options: options).features.count == 1)
        }
    }
}
