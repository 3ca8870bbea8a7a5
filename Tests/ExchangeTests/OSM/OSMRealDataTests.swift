import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct OSMRealDataTests {
    struct Town: CustomTestStringConvertible, Sendable {
        let file: String
        let counts: [String: Int]
        let rejected: [String: Int]
        let incomplete: [String: Int]
        var testDescription: String { file }
    }

    static let towns = [
        Town(
            file: "liechtenstein.osm.pbf",
            counts: ["building": 8994, "street": 4660, "boundary": 14, "station": 55, "water": 244],
            rejected: ["building": 2, "boundary": 22], incomplete: ["boundary": 22]),
        Town(
            file: "dreieich.osm.pbf", counts: ["building": 3771, "street": 477, "station": 13, "water": 12],
            rejected: ["boundary": 3], incomplete: ["boundary": 3]),
        Town(
            file: "north-bayreuth.osm.gz",
            counts: ["building": 4267, "street": 2056, "boundary": 1, "station": 15, "water": 347],
            rejected: ["boundary": 12], incomplete: ["boundary": 12]),
        Town(
            file: "porto.osm.pbf", counts: ["building": 11, "street": 51311], rejected: ["station": 1, "street": 39],
            incomplete: [:]),
        Town(
            file: "helsinki.osm.pbf", counts: ["building": 446, "street": 2493, "station": 49, "water": 14],
            rejected: ["building": 54, "street": 197, "boundary": 14, "station": 3, "water": 1],
            incomplete: ["building": 54, "street": 197, "boundary": 14, "station": 3, "water": 1]),
        Town(
            file: "columbus_unordered.osm.pbf",
            counts: ["building": 1294, "street": 12006, "boundary": 66, "station": 41, "water": 191],
            rejected: ["boundary": 12, "station": 2, "water": 4], incomplete: ["boundary": 12, "water": 4]),
    ]

    @Test(arguments: towns)
    func everyObjectIsFeatureOrRejection(_ town: Town) throws {
        let all = try OSMCollection(path: SharedData.file("osm/\(town.file)").path)
        #expect(all.features.mapValues(\.count).filter { $0.value > 0 } == town.counts)
        #expect(all.rejections.mapValues(\.count).filter { $0.value > 0 } == town.rejected)
        #expect(all.incomplete == town.incomplete)
    }

    @Test func liechtensteinHasElevenCommunes() throws {
        let all = try OSMCollection(path: SharedData.file("osm/liechtenstein.osm.pbf").path)
        let communes = all.layer("boundary").filter { $0["admin_level"] == .integer(8) }
        #expect(communes.count == 11)
        #expect(communes.contains { $0["name"] == .text("Vaduz") })
        #expect(communes.allSatisfy { $0["admin_level"] == .integer(8) && $0.geometry?.type != .lineString })
    }

    @Test func theSecondReadingGivesTheSameBytes() throws {
        let path = try SharedData.file("osm/dreieich.osm.pbf").path
        func bytes() throws -> [[UInt8]] {
            let reader = try OSMReader(path: path)
            var result: [[UInt8]] = []
            while let batch = try reader.next() { result.append(batch.bytes) }
            return result
        }
        let first = try bytes()
        #expect(try bytes() == first)
    }

    @Test func keysOnlyGrowOverTheStream() throws {
        let reader = try OSMReader(path: SharedData.file("osm/liechtenstein.osm.pbf").path)
        var keys: [String] = []
        while let batch = try reader.next() {
            #expect(batch.keys.starts(with: keys))
            #expect(batch.fields.allSatisfy { $0.key < batch.keys.count })
            keys = batch.keys
        }
        #expect(Set(keys).count == keys.count)
    }
}
