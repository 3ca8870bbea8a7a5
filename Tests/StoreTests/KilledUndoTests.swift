import Foundation
import GRDB
import Spatial
import Store
import TestSupport
import Testing

/// The program `louyu`, killed while it takes a change back.
@Suite(.serialized, .enabled(if: BuiltProgram.path != nil, "needs the built program louyu"))
struct KilledUndoTests {
    private static let rows = 3000
    private static let moments = 8

    private func write(_ path: String, storeys: Int64) throws {
        try AtlasFile.write(path) { rows in
            for row in 0..<Self.rows {
                let (x, y) = (106 + Double(row % 60) / 200, 29 + Double(row / 60) / 200)
                rows.add("\(row)", .square(x, y), [("name", .text("楼\(row)")), ("storeys", .integer(storeys))])
            }
        }
    }

    private func undo(_ path: String, killAfter: Double? = nil) throws -> Double {
        let process = Process()
        process.executableURL = URL(filePath: try #require(BuiltProgram.path))
        process.arguments = ["undo", "--atlas", path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let start = Date()
        try process.run()
        if let killAfter {
            Thread.sleep(forTimeInterval: killAfter)
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        return Date().timeIntervalSince(start)
    }

    /// The storeys of all rows, and how many changes stand; checks the file.
    private func state(_ path: String) throws -> (storeys: Attribute?, standing: Int) {
        let file = try AtlasFile(path: path, for: .reading)
        let rows = try file.features(FeatureQuery(.building))
        let standing = try file.changes().count { $0.undoes == nil && $0.undoneBy == nil }
        try file.close()
        #expect(rows.count == Self.rows && Set(rows.map { $0["storeys"] }).count == 1)
        let queue = try DatabaseQueue(path: path)
        let check = try queue.read { try String.fetchOne($0, sql: "SELECT rtreecheck('rtree_building_geom')") }
        try queue.close()
        #expect(check == "ok")
        return (rows.first?["storeys"] ?? nil, standing)
    }

    @Test func aKilledUndoIsOldOrNew() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try write(path, storeys: 1)
        try write(path, storeys: 2)
        let seconds = try undo(path)
        #expect(try state(path).storeys == .integer(1))
        var moments = (0..<Self.moments).map { seconds * (Double($0) + 0.5) / Double(Self.moments) * 1.1 }
        var (undone, tried) = (0, 0)
        while let killAfter = moments.popLast() {
            let isUndone = try isUndone(path, killAfter: killAfter)
            undone += isUndone ? 1 : 0
            tried += 1
            // Moments that were all too early or all too late would test
            // nothing: how long an undo takes depends on what else runs.
            guard moments.isEmpty, killAfter < seconds * 100, killAfter > seconds / 100 else { continue }
            if undone == 0 { moments = [killAfter * 2 + seconds] } else if undone == tried { moments = [killAfter / 2] }
        }
        #expect(undone > 0 && undone < tried)
    }

    /// Kills an undo after some seconds, and sees that it is done or not; then does it.
    private func isUndone(_ path: String, killAfter: Double) throws -> Bool {
        try write(path, storeys: 2)
        _ = try undo(path, killAfter: killAfter)
        let found = try state(path)
        #expect(found.storeys == .integer(found.standing == 1 ? 1 : 2), "killed after \(killAfter) s")
        guard found.standing != 1 else { return true }
        _ = try undo(path)
        #expect(try state(path).storeys == .integer(1), "after one killed after \(killAfter) s")
        return false
    }
}
