import Exchange
import Messages
import Spatial
import TestSupport
import Testing

@Suite struct GeoJSONMutationTests {
    private static let collection = """
        {"type":"FeatureCollection","bbox":[100,0,105,1],"crs":null,"features":[
        {"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[102.0,0.5,7]},"properties":{"name":"渝\\u4e2d\\"","n":-12.5e1}},
        {"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[100,0],[101,0],[101,1],[100,0]]]},"properties":{"o":{"p":[1,null,true]}}},
        {"type":"Feature","geometry":{"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[[0,0]]}]},"properties":null}
        ]}
        """
    private static var lines: String {
        collection.split(separator: "\n").dropFirst().dropLast().map { $0.hasSuffix(",") ? $0.dropLast() : $0 }
            .joined(separator: "\n")
    }

    private func read(_ path: String) throws {
        let reader = GeoJSONReader(try ByteInput(path: path))
        while let batch = try reader.next() {
            for index in batch.records.indices { _ = try batch.feature(at: index) }
            #expect(!batch.records.isEmpty || !batch.rejections.isEmpty)
        }
    }

    @Test(arguments: [collection, lines, "\u{1E}" + lines.split(separator: "\n").joined(separator: "\n\u{1E}")])
    func prefixesAreDeliveredOrRefused(text: String) throws {
        let harness = MutationHarness(original: Array(text.utf8), fileExtension: "geojson")
        #expect(try harness.violationsOfPrefixes(isAgreed: { $0 is Failure }, read: read) == [])
    }

    @Test(arguments: [(collection, UInt64(1)), (lines, UInt64(2))])
    func mutationsAreDeliveredOrRefused(text: String, seed: UInt64) throws {
        let harness = MutationHarness(original: Array(text.utf8), fileExtension: "geojson")
        let violations = try harness.violationsOfMutations(
            count: 5000, seed: seed, isAgreed: { $0 is Failure }, read: read)
        #expect(violations == [])
    }
}
