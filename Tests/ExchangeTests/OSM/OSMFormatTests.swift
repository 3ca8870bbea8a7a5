import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

@Suite struct OSMFormatTests {
    /// One clinic as XML, packed by gzip and by bzip2.
    private static let packed = [
        """
        H4sIAAAAAAAACxWNUQqAIBBEr7LMAbQClcD1LlISS6VQInT79GuYx/DGl/emlp5XSmZMyiL4XPZEsjNm0DXwPFllnFl7jZWxrMoY6/qy\
        xoNORrxTlvqBGmO7JMsGHbwenh79IfxyR8YKZwAAAA==
        """,
        """
        QlpoOTFBWSZTWbrmxXQAABWZgFAB86cur50gIABIaKeo0eobUekZNBoNU9TxE8oAAek0eSFSK24cDbe4QRlcGpkzmpwTEw8iFZn9W3VG\
        mUiiLSoLxJqYUapmIIwrB8fM2COiLWYuWbjT8XckU4UJC65sV0A=
        """,
    ]

    @Test(arguments: packed) func packedXMLIsRead(_ base64: String) throws {
        let file = try TemporaryFile(#require(Data(base64Encoded: base64)))
        let all = try withExtendedLifetime(file) { try OSMCollection(path: file.path) }
        #expect(all.layer("station").map(\.geometry) == [.point(Point(LonLat(106.5759, 29.5567)))])
    }

    @Test(arguments: packed) func packedXMLCutShortSaysSo(_ base64: String) throws {
        let bytes = try #require(Data(base64Encoded: base64))
        for count in [20, bytes.count / 2, bytes.count - 9] {
            let file = try TemporaryFile(bytes.prefix(count))
            let failure = #expect(throws: Failure.self) {
                try withExtendedLifetime(file) { _ = try OSMCollection(path: file.path) }
            }
            #expect(failure?.code == .unusableInput)
        }
    }

    @Test(arguments: [
        "", "{\"type\":\"FeatureCollection\"}", "<osm version=\"0.6\">", "<osmChange version=\"0.6\"></osmChange>",
        "<html><osm></osm></html>",
    ])
    func whatIsNoMapSaysSo(_ text: String) throws {
        let file = try TemporaryFile(text)
        let failure = #expect(throws: Failure.self) {
            try withExtendedLifetime(file) { _ = try OSMCollection(path: file.path) }
        }
        #expect(failure?.code == .unusableInput)
        #expect(failure?.hint != nil)
    }

    @Test func anEmptyMapIsNoFailure() throws {
        #expect(try OSMCollection(xml: "").features.isEmpty)
    }

    @Test func aPipeIsRefusedWithAHint() {
        for path in ["-", "/dev/null"] {
            let failure = #expect(throws: Failure.self) { _ = try OSMReader(path: path) }
            #expect(failure?.code == .usage)
            #expect(failure?.hint == .osmSaveFirst)
        }
    }

    @Test func aMissingFileIsNotFound() {
        let failure = #expect(throws: Failure.self) { _ = try OSMReader(path: "/no/such/file.osm.pbf") }
        #expect(failure?.code == .notFound)
    }

    @Test func itsFirstBytesTellAMapFromOtherFiles() {
        #expect(OSMReader.recognizes(Array("<?xml version='1.0'?>\n<osm version='0.6'>".utf8)))
        #expect(OSMReader.recognizes([0, 0, 0, 13, 10, 9] + Array("OSMHeader".utf8)))
        #expect(!OSMReader.recognizes(Array("{\"osm\":1}".utf8)))
        #expect(!OSMReader.recognizes([]))
    }
}
