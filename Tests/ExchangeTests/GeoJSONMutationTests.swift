import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

@Suite(.serialized) struct GeoJSONMutationTests {
    fileprivate static let collection = """
        {"type":"FeatureCollection","bbox":[100,0,105,1],"crs":null,"features":[
        {"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[102.0,0.5,7]},"properties":{"name":"渝\\u4e2d\\"","n":-12.5e1}},
        {"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[100,0],[101,0],[101,1],[100,0]]]},"properties":{"o":{"p":[1,null,true]}}},
        {"type":"Feature","geometry":{"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[[0,0]]}]},"properties":null}
        ]}
        """
    fileprivate static var lines: String {
        collection.split(separator: "\n").dropFirst().dropLast().map { $0.hasSuffix(",") ? $0.dropLast() : $0 }
            .joined(separator: "\n")
    }

    fileprivate static let sequence = "\u{1E}" + lines.split(separator: "\n").joined(separator: "\n\u{1E}")

    fileprivate static let plain = #"""
        [{"lon":106.5,"lat":"29.5","名称":"甲 \u4e59","list":[1,{"a":null}]},
        {"LNG":106,"Latitude":29,"n":-1.5e3},{"lonlat":"1, 2","ok":true},
        {"x":1}]
        """#

    /// A sound file, and how it is read.
    enum Original: String, Codable, Sendable, CaseIterable {
        case collection, lines, sequence, plain

        var bytes: [UInt8] {
            switch self {
            case .collection: Array(GeoJSONMutationTests.collection.utf8)
            case .lines: Array(GeoJSONMutationTests.lines.utf8)
            case .sequence: Array(GeoJSONMutationTests.sequence.utf8)
            case .plain: Array(GeoJSONMutationTests.plain.utf8)
            }
        }

        var reading: HostileReading {
            HostileReading(fileExtension: "geojson", isAgreed: { $0 is Failure }) { path in
                let input = try ByteInput(path: path)
                let reader: any FeatureReader = self == .plain ? PlainJSONReader(input) : GeoJSONReader(input)
                while let batch = try reader.next() {
                    for index in batch.records.indices { _ = try batch.feature(at: index) }
                    #expect(!batch.records.isEmpty || !batch.rejections.isEmpty)
                }
            }
        }
    }

    @Test(arguments: Original.allCases) func everyPrefixIsReadOrRefused(_ original: Original) async {
        await #expect(processExitsWith: .success) { [original] in
            let reading = original.reading
            try reading.tryPrefixes(of: original.bytes)
            #expect(reading.violations == [])
        }
    }

    @Test(arguments: Original.allCases) func mutationsAreReadOrRefused(_ original: Original) async {
        await #expect(processExitsWith: .success) { [original] in
            let reading = original.reading
            try reading.tryMutations(of: original.bytes, count: original == .plain ? 10_000 : 4000, seed: 1)
            #expect(reading.violations == [])
        }
    }
}
