import Foundation
import GRDB
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// No beginning and no mutation of a GeoPackage may crash, hang or eat
/// memory; each is read or refused as unusable, and nothing stays beside it.
@Suite(.serialized) struct GeoPackageMutationTests {
    private static let seed: UInt64 = 20_261_124
    private static let mutations = 10_000

    private struct LeftBehind: Error {
        let name: String
    }

    private func isAgreed(_ error: any Error) -> Bool { (error as? Failure)?.code == .unusableInput }

    private func harness(_ path: String) throws -> MutationHarness {
        // Small pages, so that most bytes mean something.
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA page_size = 512; VACUUM") }
        try queue.close()
        var harness = MutationHarness(
            original: Array(try Data(contentsOf: URL(filePath: path))), fileExtension: "gpkg")
        // Other tests run in the same process meanwhile.
        harness.memoryGrowth = 512 << 20
        return harness
    }

    private func leavingNothing(_ path: String, _ read: () throws -> Void) throws {
        defer {
            for ending in ["-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + ending) }
        }
        let result = Result { try read() }
        for ending in ["-wal", "-shm", "-journal"] where FileManager.default.fileExists(atPath: path + ending) {
            throw LeftBehind(name: ending)
        }
        try result.get()
    }

    private func readForeign(_ path: String) throws {
        try leavingNothing(path) { _ = try GeoPackageReader(path: path).readAll() }
    }

    private func readAtlas(_ path: String) throws {
        try leavingNothing(path) {
            let file = try AtlasFile(path: path, for: .reading)
            _ = try file.contents()
            _ = try file.features(FeatureQuery(.building))
            var query = NearestQuery(.building, origin: .point(Point(LonLat(106.5, 29.5))))
            query.limit = 5
            _ = try file.nearest(query)
            _ = try file.search("楼")
            _ = try file.footprints(of: .building)
            try file.close()
        }
    }

    private func plain(_ folder: TemporaryFolder) throws -> String {
        let path = folder.file("plain.gpkg")
        let writer = try GeoPackageWriter(path: path, table: "buildings")
        var batch = FeatureBatch()
        for index in 0..<20 {
            let geometry: Geometry = index % 3 == 0 ? .point(Point(LonLat(106, 29))) : .square(106.5, 29.5)
            batch.append(
                Feature(
                    id: .text("b\(index)"), geometry: geometry,
                    attributes: [("名称", .text("楼宇 \(index)")), ("n", .integer(Int64(index))), ("h", .real(2.5))]),
                position: .record(index + 1))
        }
        try writer.write(batch)
        try writer.finish()
        return path
    }

    private func atlas(_ folder: TemporaryFolder) throws -> String {
        let path = folder.file("atlas.gpkg")
        try AtlasFile.write(path) { rows in
            for index in 0..<60 {
                rows.add(
                    "b\(index)", .square(106.5 + Double(index) / 1000, 29.5),
                    [("name", .text("楼 \(index)")), ("attributes", .text(#"{"alias": "小楼", "list": [1, {"a": 2}]}"#))])
            }
        }
        return path
    }

    @Test func everyBeginningOfAGeoPackage() throws {
        let folder = try TemporaryFolder()
        let harness = try harness(plain(folder))
        let found = try harness.violationsOfPrefixes(step: 7, isAgreed: isAgreed, read: readForeign)
        #expect(found == [])
    }

    @Test func damagedGeoPackages() throws {
        let folder = try TemporaryFolder()
        let harness = try harness(plain(folder))
        let found = try harness.violationsOfMutations(
            count: Self.mutations, seed: Self.seed, isAgreed: isAgreed, read: readForeign)
        #expect(found == [])
    }

    @Test func everyBeginningOfAnAtlas() throws {
        let folder = try TemporaryFolder()
        let harness = try harness(atlas(folder))
        let found = try harness.violationsOfPrefixes(step: 97, isAgreed: isAgreed, read: readAtlas)
        #expect(found == [])
    }

    @Test func damagedAtlases() throws {
        let folder = try TemporaryFolder()
        let harness = try harness(atlas(folder))
        let found = try harness.violationsOfMutations(
            count: Self.mutations, seed: Self.seed, isAgreed: isAgreed, read: readAtlas)
        #expect(found == [])
        let foreign = try harness.violationsOfMutations(
            count: Self.mutations / 5, seed: Self.seed + 1, isAgreed: isAgreed, read: readForeign)
        #expect(foreign == [])
    }
}
