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

    /// The bytes of a GeoPackage with small pages, so that most bytes mean something.
    fileprivate static func bytes(_ path: String) throws -> [UInt8] {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA page_size = 512; VACUUM") }
        try queue.close()
        return Array(try Data(contentsOf: URL(filePath: path)))
    }

    fileprivate static func reading(_ read: @escaping (String) throws -> Void) -> HostileReading {
        HostileReading(fileExtension: "gpkg", isAgreed: { ($0 as? Failure)?.code == .unusableInput }, read: read)
    }

    private static func leavingNothing(_ path: String, _ read: () throws -> Void) throws {
        defer {
            for ending in ["-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + ending) }
        }
        let result = Result { try read() }
        for ending in ["-wal", "-shm", "-journal"] where FileManager.default.fileExists(atPath: path + ending) {
            throw LeftBehind(name: ending)
        }
        try result.get()
    }

    fileprivate static func readForeign(_ path: String) throws {
        try leavingNothing(path) { _ = try GeoPackageReader(path: path).readAll() }
    }

    fileprivate static func readAtlas(_ path: String) throws {
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

    fileprivate static func plain(_ folder: TemporaryFolder) throws -> String {
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

    fileprivate static func atlas(_ folder: TemporaryFolder) throws -> String {
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

    /// A file, and how it is read.
    enum Original: String, Codable, Sendable, CaseIterable {
        case plain, atlas, atlasAsForeign

        func tried(_ body: (HostileReading, [UInt8]) throws -> Void) throws {
            let folder = try TemporaryFolder()
            let path =
                try self == .plain ? GeoPackageMutationTests.plain(folder) : GeoPackageMutationTests.atlas(folder)
            let read = self == .atlas ? GeoPackageMutationTests.readAtlas : GeoPackageMutationTests.readForeign
            let reading = GeoPackageMutationTests.reading(read)
            try body(reading, GeoPackageMutationTests.bytes(path))
            #expect(reading.violations == [])
        }
    }

    @Test(arguments: Original.allCases) func prefixesAreReadOrRefused(_ original: Original) async {
        await #expect(processExitsWith: .success) { [original] in
            try original.tried { reading, bytes in try reading.tryPrefixes(of: bytes) }
        }
    }

    @Test(arguments: Original.allCases) func mutationsAreReadOrRefused(_ original: Original) async {
        await #expect(processExitsWith: .success) { [original] in
            try original.tried { reading, bytes in
                try reading.tryMutations(
                    of: bytes, count: original == .plain ? Self.mutations : Self.mutations / 5, seed: Self.seed)
            }
        }
    }
}
