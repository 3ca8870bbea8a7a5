import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

/// A damaged file gives features, rejections or a `Failure`: never a crash,
/// a hang, or memory without bound.
@Suite(.serialized) struct OSMDamageTests {
    private static let town: OSMDrawing = {
        var town = OSMDrawing(
            """
            A---------B
            |         |
            |  E---F  |
            |  H---G  I
            |         |
            D---------C
            """)
        town.node("I", ["highway": "elevator"])
        town.node("A", ["amenity": "clinic", "name": "人和街"])
        town.way(1, "ABIC", ["highway": "steps", "step_count": "86"])
        town.way(2, "CDA")
        town.way(3, "EFGHE", ["natural": "water"])
        town.way(4, "EFGHE", ["building": "yes", "height": "12 m"])
        town.relation(5, outer: [1, 2], inner: [3], ["type": "multipolygon", "building": "office"])
        town.relation(6, outer: [1, 7], ["type": "boundary", "boundary": "administrative", "admin_level": "8"])
        return town
    }()

    private static let xml = Array("<osm version=\"0.6\">\n\(town.xml)\n</osm>".utf8)
    private static let pbf = town.pbf

    /// Reads a file to its end.
    private static func read(_ path: String) throws {
        let reader = try OSMReader(path: path)
        while let batch = try reader.next() {
            for index in batch.records.indices { _ = try batch.feature(at: index) }
        }
    }

    private static func reading(_ ending: String) -> HostileReading {
        HostileReading(
            fileExtension: ending, isAgreed: { ($0 as? Failure)?.code == .unusableInput }, read: read)
    }

    private static func original(_ format: String) -> [UInt8] {
        switch format {
        case "osm": xml
        case "osm.gz": Gzip.pack(xml)
        default: pbf
        }
    }

    private static func withPath(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        let path = "\(folder)/louyu-\(UUID().uuidString)"
        defer { unlink(path) }
        try body(path)
    }

    @Test func bothFormatsGiveTheSame() throws {
        try Self.withPath { path in
            let fromXML = try OSMCollection(xml: Self.town.xml)
            try Data(Self.pbf).write(to: URL(filePath: path))
            let fromPBF = try OSMCollection(path: path)
            #expect(fromXML.features == fromPBF.features)
            #expect(fromXML.rejections == fromPBF.rejections)
            #expect(fromXML.count("building") == 2)
        }
    }

    @Test(arguments: ["osm", "osm.gz", "osm.pbf"]) func everyPrefixIsReadOrRefused(_ ending: String) async {
        await #expect(processExitsWith: .success) { [ending] in
            let reading = Self.reading(ending)
            try reading.tryPrefixes(of: Self.original(ending))
            #expect(reading.violations == [])
        }
    }

    @Test(arguments: ["osm", "osm.gz", "osm.pbf"]) func mutationsAreReadOrRefused(_ ending: String) async {
        await #expect(processExitsWith: .success) { [ending] in
            let reading = Self.reading(ending)
            try reading.tryMutations(of: Self.original(ending), count: 10_000, seed: 1)
            #expect(reading.violations == [])
        }
    }

    /// libosmium alone would take these for the end of the file.
    @Test func strayBytesAndEmptyFramesAreNoEndOfFile() throws {
        for tail in [[0], [0, 0], [0, 0, 0, 0], [0, 0, 0, 0] + Self.pbf] as [[UInt8]] {
            try Self.withPath { path in
                try Data(Self.pbf + tail).write(to: URL(filePath: path))
                let failure = #expect(throws: Failure.self) { _ = try OSMCollection(path: path) }
                #expect(failure?.code == .unusableInput)
            }
        }
    }

    @Test func aBlobThatClaimsTooMuchIsRefused() throws {
        try Self.withPath { path in
            let claim = OSMDrawing.blobClaiming(30 << 20)
            try Data(Self.pbf + claim).write(to: URL(filePath: path))
            let failure = #expect(throws: Failure.self) { _ = try OSMCollection(path: path) }
            #expect(failure?.what.en.contains("far more") == true)
        }
    }
}
