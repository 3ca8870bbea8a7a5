import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

/// JSON that means no good, each file read in a process of its own.
@Suite(.serialized) struct HostileJSON {
    /// What is tried.
    enum File: String, Codable, Sendable, CaseIterable {
        case longText, nestedArrays, nestedProperty, positions, points, foreignMember, foreignText, members, numbers
        case manyKeys, featuresAgain
        case packedZeros, packedSpaces, packedBrackets, packedBracketsAlone, packedText, packedName, packedNumber
        case packedJunk, packedMembers, packedFeatures, packedPositions

        var ending: String { rawValue.hasPrefix("packed") ? "geojson.gz" : "geojson" }

        private static let feature = #"{"type":"Feature","geometry":null,"properties":{}}"#
        private static let opening = #"{"type":"FeatureCollection","features":["#
        private static let line =
            #"{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":["#
        private static let multiPoint =
            #"{"type":"Feature","properties":{},"geometry":{"type":"MultiPoint","coordinates":["#
        private static let closing = #","type":"FeatureCollection","features":[\#(feature)]}"#

        var bytes: [UInt8] {
            switch self {
            case .longText:
                text(#"{"type":"Feature","geometry":null,"properties":{"a":""#, "x", 4 << 20, #""}}"#)
            case .nestedArrays: text("", "[", 100_000)
            case .nestedProperty:
                text(#"{"type":"Feature","geometry":null,"properties":{"a":"#, "[", 100_000, "1")
                    + text("", "]", 100_000, "}}")
            case .positions: text(Self.line, "[0,0],", 1 << 17, "[0,0]]}}")
            case .points: text(Self.multiPoint, "[0,0],", 1 << 17, "[0,0]]}}")
            case .foreignMember: text(#"{"x":["#, "1,", 1 << 19, "1]" + Self.closing)
            case .foreignText: text(#"{"x":""#, "x", 1 << 20, "\"" + Self.closing)
            case .members: text(#"{"x":1"#, #","":1"#, 1 << 16, Self.closing)
            case .numbers: text("[1", ",1", 1 << 14, "]")
            case .manyKeys:
                text(#"{"type":"Feature","geometry":null,"properties":{"#, "", 0)
                    + Array((0..<120_000).map { #""\#(String($0, radix: 36))":1"# }.joined(separator: ",").utf8)
                    + Array("}}".utf8)
            case .featuresAgain: text(#"{"type":"FeatureCollection""#, #","features":[]"#, 1 << 15, "}")
            case .packedZeros: Gzip.bomb(Self.opening, Array(repeating: 0, count: 1 << 20), times: 48)
            case .packedSpaces: Gzip.bomb(Self.opening, Array(repeating: 0x20, count: 1 << 18), times: 100)
            case .packedBrackets: Gzip.bomb(Self.opening, Array(repeating: 0x5B, count: 1 << 20), times: 48)
            case .packedBracketsAlone: Gzip.bomb("", Array(repeating: 0x5B, count: 1 << 20), times: 48)
            case .packedText: Gzip.bomb(Self.opening + "\"", Array(repeating: 0x78, count: 1 << 20), times: 48)
            case .packedName: Gzip.bomb("{\"", Array(repeating: 0x78, count: 1 << 20), times: 48)
            case .packedNumber: Gzip.bomb("[", Array(repeating: 0x31, count: 1 << 20), times: 48)
            case .packedJunk: Gzip.bomb("{} ", Array(repeating: 0x78, count: 1 << 20), times: 48)
            case .packedMembers: Gzip.bomb("{", text("", "\"a\":1,\n", 1 << 17), times: 64)
            case .packedFeatures:
                Gzip.bomb(Self.opening, text("", Self.feature + ",\n", 4096), times: 4, Self.feature + "]}")
            case .packedPositions: Gzip.bomb(Self.line, text("", "[0,0],", 1 << 17), times: 64, "[0,0]]}}")
            }
        }
    }

    @Test(arguments: File.allCases) func isReadOrRefused(_ file: File) async {
        await #expect(processExitsWith: .success) { [file] in
            let reading = HostileReading(fileExtension: file.ending, isAgreed: { $0 is Failure }) { path in
                _ = try GeoJSONReader(ByteInput(path: path)).countAll()
                _ = try PlainJSONReader(ByteInput(path: path)).countAll()
            }
            try reading.tryFile(file.bytes, file.rawValue)
            #expect(reading.violations == [])
        }
    }
}
