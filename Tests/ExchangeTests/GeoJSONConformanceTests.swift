import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

/// What the published conformance files must give.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct GeoJSONConformanceTests {
    /// Features, rejections, and the line and reason of the first rejection.
    struct Outcome: Equatable {
        var features: Int
        var rejected: Int
        var line: Int?
        var reason: Text?

        static func imports(_ features: Int) -> Outcome { Outcome(features: features, rejected: 0) }

        static func refuses(_ reason: Text, line: Int = 1, of rejected: Int = 1, after features: Int = 0) -> Outcome {
            Outcome(features: features, rejected: rejected, line: line, reason: reason)
        }
    }

    static let good: [(name: String, outcome: Outcome)] = [
        ("good-feature", .imports(1)), ("good-feature-with-id", .imports(1)),
        ("good-feature-with-string-id", .imports(1)), ("good-featurecollection", .imports(3)),
        ("good-featurecollection-bbox", .imports(2)), ("good-featurecollection-bbox3d", .imports(2)),
        ("good-featurecollection-extensions", .imports(3)), ("good-geometrycollection", .imports(1)),
        ("good-linestring", .imports(1)), ("good-multilinestring", .imports(1)), ("good-multipoint", .imports(1)),
        ("good-point", .imports(1)), ("good-point-3d", .imports(1)), ("good-polygon", .imports(1)),
        ("multipolygon", .imports(1)), ("nullproperties", .imports(1)),
        // A feature without geometry: the importer refuses it, the reader delivers it.
        ("nullgeometry", .imports(1)),
        // Good JSON, but its first latitude is no latitude.
        ("issue82", .refuses(.latitudeOutOfRange(-107.20901451037372).atLine(3))),
    ]

    static let bad: [(name: String, outcome: Outcome)] = [
        ("bad-duplicate-properties", .refuses(.duplicateMember("type"))),
        ("bad-featurelist", .refuses(.positionTooShort.atLine(3))),
        ("bad-json", .refuses(.badSyntax.atLine(3))),
        ("bad-object-type", .refuses(.typeIsNoText.atLine(2))),
        ("bad-polygonloop", .refuses(.wrongNesting("Polygon").atLine(4))),
        ("bad-properties-as-array", .refuses(.propertiesAreNoObject.atLine(3))),
        ("badcoord", .refuses(.coordinateIsNoNumber.atLine(3))),
        ("badcoordtype", .refuses(.positionTooShort.atLine(9), line: 4)),
        ("badfeature", .refuses(.notAnObject)),
        ("badfeatureid", .refuses(.badID.atLine(6), line: 4)),
        ("bbox-4or6elements", .refuses(.badBox.atLine(4))),
        ("bbox-contains-string", .refuses(.badBox.atLine(4))),
        ("bbox-string", .refuses(.badBox.atLine(4))),
        ("different-first-last", .refuses(.ringNotClosed.atLine(2))),
        ("different-first-size", .refuses(.ringNotClosed.atLine(2))),
        ("expected_object", .refuses(.propertiesAreNoObject)),
        ("false", .refuses(.geometryIsNoObject.atLine(3))),
        ("feature_changed_semantics", .refuses(.memberNotAllowed("features"))),
        ("featurecollection", .refuses(.memberMissing("features"))),
        ("featurecollection-obj", .refuses(.notAnArray("features"))),
        ("featurecollection-type-case", .refuses(.unknownType("feature"), line: 3, of: 4)),
        // The features are good; the collection's own members are refused.
        ("featurecollection_changed_semantics", .refuses(.memberNotAllowed("properties"), after: 3)),
        ("geometry_changed_semantics", .refuses(.memberNotAllowed("features"))),
        ("multiple_problems", .refuses(.badID.atLine(7), line: 4, of: 3, after: 1)),
        ("multipoint-multidimension", .refuses(.wrongNesting("MultiPoint"))),
        ("multipoint-nondimension", .refuses(.wrongNesting("MultiPoint"))),
        ("nofeaturetype", .refuses(.unknownType("Featre").atLine(5), line: 4)),
        ("notype", .refuses(.typeMissing)),
        ("point", .refuses(.memberMissing("coordinates"))),
        ("point-labeled-as-a-multipolygon", .refuses(.wrongNesting("MultiPolygon").atLine(6))),
        ("point-string", .refuses(.coordinateIsNoNumber.atLine(3))),
        ("point-toofew", .refuses(.positionTooShort.atLine(3))),
        ("short-line", .refuses(.lineTooShort.atLine(2))),
        ("short-linearring", .refuses(.ringTooShort.atLine(2))),
        ("short-multilinestring", .refuses(.lineTooShort.atLine(2))),
        ("stringcoord", .refuses(.coordinateIsNoNumber.atLine(11), line: 4, after: 1)),
        ("unknowntype", .refuses(.unknownType("FooBar").atLine(2))),
        // What RFC 7946 does not forbid: 3.1.6 "parsers SHOULD NOT reject Polygons that do not follow the
        // right-hand rule"; 11.2 advises on precision only; 3.1.8 says collections "SHOULD" not be nested or
        // single; 3.1.1 says positions "SHOULD NOT" go beyond three numbers.
        ("bad-polygon-interiorring-rhr", .imports(1)), ("polygon_winding_order", .imports(1)),
        ("excessive_precision_truncated", .imports(1)), ("geometrycollection_nested", .imports(1)),
        ("geometrycollection_single", .imports(1)), ("point-toomany", .imports(1)),
    ]

    private func outcome(_ path: String) throws -> Outcome {
        let path = try SharedData.file("conformance/geojson/\(path).geojson").path
        let result = try readAll(GeoJSONReader(try ByteInput(path: path)))
        let first = result.rejections.first
        let line: Int? = if case .line(let line) = first?.position { line } else { nil }
        return Outcome(
            features: result.features.count, rejected: result.rejections.count, line: line, reason: first?.reason)
    }

    @Test(arguments: good.map(\.name)) func goodFilesGiveWhatTheTableSays(name: String) throws {
        let expected = try #require(Self.good.first { $0.name == name })
        #expect(try outcome("good/\(name)") == expected.outcome)
    }

    @Test(arguments: bad.map(\.name)) func badFilesAreRefusedWithLineAndReason(name: String) throws {
        let expected = try #require(Self.bad.first { $0.name == name })
        #expect(try outcome("bad/\(name)") == expected.outcome)
    }

    @Test func aFileThatHoldsNoObjectIsUnusable() throws {
        let path = try SharedData.file("conformance/geojson/bad/rootstring.geojson").path
        let reader = GeoJSONReader(try ByteInput(path: path))
        #expect { try reader.next() } throws: { ($0 as? Failure)?.code == .unusableInput }
    }

    @Test func theTablesNameEveryFile() throws {
        for (folder, names) in [("good", Self.good.map(\.name)), ("bad", Self.bad.map(\.name) + ["rootstring"])] {
            let url = try SharedData.file("conformance/geojson/\(folder)")
            let files = try FileManager.default.contentsOfDirectory(atPath: url.path)
                .filter { $0.hasSuffix(".geojson") }.map { String($0.dropLast(8)) }
            #expect(Set(files) == Set(names))
        }
    }
}
