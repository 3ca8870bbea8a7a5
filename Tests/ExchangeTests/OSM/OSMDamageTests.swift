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

    /// Reads a file of these bytes to its end.
    ///
    /// - Returns: how many features and rejections it gave.
    private static func read(_ bytes: [UInt8], _ path: String) throws -> Int {
        try Data(bytes).write(to: URL(filePath: path))
        var count = 0
        do {
            let reader = try OSMReader(path: path)
            while let batch = try reader.next() {
                for index in batch.records.indices { _ = try batch.feature(at: index) }
                count += batch.records.count + batch.rejections.count
            }
        } catch let failure as Failure {
            precondition(failure.code == .unusableInput, "\(failure)")
        }
        return count
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

    @Test(arguments: ["xml", "pbf"]) func everyPrefixIsSurvived(_ format: String) throws {
        let file = format == "xml" ? Self.xml : Self.pbf
        try Self.withPath { path in
            let whole = try Self.read(file, path)
            for length in file.indices { #expect(try Self.read(Array(file[..<length]), path) <= whole) }
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

    @Test func tenThousandMutationsOfXMLAreSurvived() async {
        await #expect(processExitsWith: .success) { try Self.readMutations(of: Self.xml) }
    }

    @Test func tenThousandMutationsOfPBFAreSurvived() async {
        await #expect(processExitsWith: .success) { try Self.readMutations(of: Self.pbf) }
    }

    /// Reads mutations in a process of their own, whose memory is its own.
    private static func readMutations(of file: [UInt8]) throws {
        try withPath { path in
            _ = try read(file, path)
            let memory = peakMemory
            for seed in 0..<10_000 {
                let bytes = mutated(file, seed: UInt64(seed))
                let start = ContinuousClock.now
                _ = try read(bytes, path)
                precondition(ContinuousClock.now - start < .seconds(20), "seed \(seed) hangs")
                precondition(peakMemory - memory <= (64 << 20) + 20 * bytes.count, "seed \(seed) eats memory")
            }
        }
    }

    private static func mutated(_ file: [UInt8], seed: UInt64) -> [UInt8] {
        var random = SeededGenerator(seed: seed)
        var bytes = file
        for _ in 0...Int.random(in: 0...3, using: &random) {
            let place = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            case 3 where bytes.count > 1: bytes.remove(at: place)
            default:
                let end = min(bytes.count, place + Int.random(in: 1...16, using: &random))
                bytes.insert(contentsOf: Array(bytes[place..<end]), at: Int.random(in: bytes.indices, using: &random))
            }
        }
        return bytes
    }

    /// The largest resident size of this process so far, in bytes.
    private static var peakMemory: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line.flatMap { Int($0.filter(\.isNumber)) } ?? 0) * 1024
    }
}
