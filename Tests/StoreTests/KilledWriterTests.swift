import Foundation
import GRDB
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// The program `louyu` of this checkout.
enum BuiltProgram {
    /// Its path, that of the release build where there is one.
    static let path: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return ["release", "debug"].lazy.map { root.appending(path: ".build/\($0)/louyu").path }
            .first { access($0, X_OK) == 0 }
    }()
}

/// The program `louyu`, killed in the middle of an import: the atlas is as it
/// was before or as it would have become, and nothing else.
@Suite(.serialized, .enabled(if: BuiltProgram.path != nil, "needs the built program louyu"))
struct KilledWriterTests {
    private static let rows = 6000
    private static let moments = 20

    private func source(_ folder: TemporaryFolder, storeys: Int) throws -> String {
        let path = folder.file("building-\(storeys).geojsonl")
        let lines = (0..<Self.rows).map { index in
            let x = 106 + Double(index % 100) / 200
            let y = 29 + Double(index / 100) / 200
            return """
                {"type":"Feature","id":"b\(index)","properties":{"name":"楼\(index)","storeys":\(storeys)},"geometry":\
                {"type":"Polygon","coordinates":[[[\(x),\(y)],[\(x + 0.001),\(y)],[\(x + 0.001),\(y + 0.001)],[\(x),\(y)]]]}}
                """
        }
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: path))
        return path
    }

    /// Starts an import; after some seconds, where given, the process is killed.
    ///
    /// - Returns: its exit status, and how long it ran.
    @discardableResult
    private func importing(_ source: String, into atlas: String, killAfter: Double? = nil) throws -> (Int32, Double) {
        let process = Process()
        process.executableURL = URL(filePath: try #require(BuiltProgram.path))
        process.arguments = ["import", source, "--layer", "building", "--atlas", atlas]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let start = Date()
        try process.run()
        if let killAfter {
            Thread.sleep(forTimeInterval: killAfter)
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        return (process.terminationStatus, Date().timeIntervalSince(start))
    }

    /// The storeys that the rows have, every row the same; checks the file.
    private func state(_ atlas: String) throws -> Int64? {
        let file = try AtlasFile(path: atlas, for: .reading)
        let rows = try file.features(FeatureQuery(.building))
        try file.close()
        #expect(rows.count == Self.rows)
        #expect(Set(rows.map { $0["storeys"] }).count == 1)
        let queue = try DatabaseQueue(path: atlas)
        let checks = try queue.read { db in
            try ["PRAGMA integrity_check", "SELECT rtreecheck('rtree_building_geom')"].map {
                try String.fetchOne(db, sql: $0)
            }
        }
        try queue.close()
        #expect(checks == ["ok", "ok"])
        guard case .integer(let storeys)? = rows.first?["storeys"] else { return nil }
        return storeys
    }

    /// Opens for writing and changes nothing.
    private func touch(_ atlas: String) throws {
        try AtlasFile.change(path: atlas) { _ in ((), .rollBack) }
    }

    @Test func aKilledChangeIsOldOrNew() throws {
        let folder = try TemporaryFolder()
        let sources = try [1, 2].map { try source(folder, storeys: $0) }
        let atlas = folder.file("x.gpkg")
        #expect(try importing(sources[0], into: atlas).0 == 0)
        let (status, seconds) = try importing(sources[1], into: atlas)
        #expect(status == 0)
        var present: Int64 = 2
        var kept = 0
        for moment in 0..<Self.moments {
            let wanted = 3 - present
            let delay = seconds * (Double(moment) + 0.5) / Double(Self.moments) * 1.1
            try importing(sources[Int(wanted - 1)], into: atlas, killAfter: delay)
            let found = try #require(try state(atlas))
            #expect(found == present || found == wanted, "moment \(moment), after \(delay) s")
            if found == present { kept += 1 }
            present = found
            try touch(atlas)
            #expect(folder.names == ["building-1.geojsonl", "building-2.geojsonl", "x.gpkg"], "moment \(moment)")
        }
        // Moments that were all too early or all too late would test nothing.
        #expect(kept > 0)
    }

    @Test func aKilledMakingIsNothingOrAll() throws {
        let folder = try TemporaryFolder()
        let source = try source(folder, storeys: 1)
        let atlas = folder.file("x.gpkg")
        let (status, seconds) = try importing(source, into: atlas)
        #expect(status == 0)
        var leftovers = 0
        for moment in 0..<Self.moments {
            try FileManager.default.removeItem(atPath: atlas)
            let delay = seconds * (Double(moment) + 0.5) / Double(Self.moments) * 1.1
            try importing(source, into: atlas, killAfter: delay)
            leftovers += folder.names.count(where: { $0.hasSuffix(".part") })
            if FileManager.default.fileExists(atPath: atlas) {
                #expect(try state(atlas) == 1)
                try touch(atlas)
            } else {
                #expect(try importing(source, into: atlas).0 == 0)
            }
            #expect(folder.names == ["building-1.geojsonl", "x.gpkg"], "moment \(moment)")
        }
        #expect(leftovers > 0)
    }

    @Test func aSecondWriterLeavesWithItsStatus() throws {
        let folder = try TemporaryFolder()
        let sources = try [1, 2].map { try source(folder, storeys: $0) }
        let atlas = folder.file("x.gpkg")
        #expect(try importing(sources[0], into: atlas).0 == 0)
        let queue = try DatabaseQueue(path: atlas)
        try queue.inDatabase { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            #expect(try importing(sources[1], into: atlas).0 == 75)
            try db.execute(sql: "ROLLBACK")
        }
        try queue.close()
        #expect(try state(atlas) == 1)
    }

    @Test(.enabled(if: SmallFileSystem.isPossible, "needs root to mount"))
    func aFullDiskLeavesWithItsStatus() throws {
        let place = try SmallFileSystem(kilobytes: 1000)
        let folder = try TemporaryFolder()
        let source = try source(folder, storeys: 1)
        #expect(try importing(source, into: place.file("x.gpkg")).0 == 74)
        #expect(place.names == [])
    }
}
