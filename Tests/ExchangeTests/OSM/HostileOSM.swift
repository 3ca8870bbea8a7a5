import Exchange
import Foundation
import Messages
import TestSupport
import Testing

/// OSM files that mean no good, each read in a process of its own.
@Suite(.serialized) struct HostileOSM {
    /// What is tried.
    enum File: String, Codable, Sendable, CaseIterable {
        case longWay, deepElements, manyMembers, entities
        case packedWay, packedSpaces, packedZeros, packedValue, packedTags, packedElements
        case blobClaimingAll, blobClaimingMuch

        var ending: String {
            rawValue.hasPrefix("packed") ? "osm.gz" : rawValue.hasPrefix("blob") ? "osm.pbf" : "osm"
        }

        private static let opening = #"<osm version="0.6"><node id="1" lat="1" lon="1"/>"#

        var bytes: [UInt8] {
            switch self {
            case .longWay:
                text(Self.opening + #"<way id="1">"#, #"<nd ref="1"/>"#, 1 << 17, "</way></osm>")
            case .deepElements: text(Self.opening, "<a>", 1 << 18)
            case .manyMembers:
                text(
                    Self.opening + #"<relation id="1"><tag k="building" v="yes"/><tag k="type" v="multipolygon"/>"#,
                    #"<member type="way" ref="1" role=""/>"#, 1 << 15, "</relation></osm>")
            case .entities:
                Array(
                    """
                    <!DOCTYPE osm [<!ENTITY a "aaaaaaaaaa">\(Self.declarations)]>
                    <osm version="0.6"><node id="1" lat="1" lon="1"><tag k="a" v="&a9;"/></node></osm>
                    """.utf8)
            case .packedWay:
                Gzip.bomb(
                    Self.opening + #"<way id="1">"#, text("", #"<nd ref="1"/>"# + "\n", 1 << 16), times: 160,
                    #"<tag k="building" v="yes"/></way></osm>"#)
            case .packedSpaces: Gzip.bomb(Self.opening, Array(repeating: 0x20, count: 1 << 20), times: 512)
            case .packedZeros: Gzip.bomb(Self.opening, Array(repeating: 0, count: 1 << 20), times: 512)
            case .packedValue:
                Gzip.bomb(
                    Self.opening + #"<way id="1"><tag k="a" v=""#, Array(repeating: 0x78, count: 1 << 20), times: 512)
            case .packedTags:
                Gzip.bomb(Self.opening + #"<way id="1">"#, text("", #"<tag k="" v=""/>"#, 1 << 16), times: 256)
            case .packedElements: Gzip.bomb(Self.opening, text("", "<a>", 1 << 18), times: 256)
            case .blobClaimingAll: OSMDrawing.blobClaiming(1 << 40)
            case .blobClaimingMuch: OSMDrawing.blobClaiming(31 << 20)
            }
        }

        private static let declarations = (0..<10).map { level in
            let inner = level == 0 ? "&a;" : "&a\(level - 1);"
            return "<!ENTITY a\(level) \"\(String(repeating: inner, count: 10))\">"
        }.joined()
    }

    @Test(arguments: File.allCases) func isReadOrRefused(_ file: File) async {
        await #expect(processExitsWith: .success) { [file] in
            let reading = HostileReading(fileExtension: file.ending, isAgreed: { $0 is Failure }) { path in
                _ = try OSMReader(path: path).countAll()
            }
            try reading.tryFile(file.bytes, file.rawValue)
            #expect(reading.violations == [])
        }
    }
}
