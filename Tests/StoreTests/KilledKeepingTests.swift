import Foundation
import GRDB
import Spatial
import Store
import TestSupport
import Testing

/// A process killed while it keeps derived content: what was kept before
/// stands there or what came, and nothing else.
@Suite(.serialized) struct KilledKeepingTests {
    private static let names = ["a", "b"]
    private static let moments = 12

    /// Keeps one content after the other until the process is killed; each
    /// consists of equal bytes.
    private static func keepUntilKilled(_ path: String, after seconds: Double) throws {
        let file = try AtlasFile(path: path, for: .reading)
        let versions = try file.versions()
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: seconds)
            kill(getpid(), SIGKILL)
        }
        for round in 1... {
            let content = [UInt8](repeating: UInt8(truncatingIfNeeded: round), count: 3_000_000)
            _ = try file.keepDerived(names.map { ($0, content) }, stamp: "1", computedFrom: versions)
        }
    }

    @Test func itHoldsTheOldOrTheNew() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { rows in for index in 0..<500 { rows.add("b\(index)", .square(1, 2)) } }
        let file = try AtlasFile(path: path, for: .reading)
        let first = Self.names.map { ($0, [UInt8](repeating: 0, count: 3_000_000)) }
        #expect(try file.keepDerived(first, stamp: "1", computedFrom: file.versions()))
        try file.close()
        var leftovers = 0
        for moment in 0..<Self.moments {
            let seconds = 0.05 + Double(moment) * 0.017
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = path as String, seconds = seconds as Double] in
                try Self.keepUntilKilled(path, after: seconds)
            }
            if folder.names.count > 1 { leftovers += 1 }
            let file = try AtlasFile(path: path, for: .reading)
            #expect(try file.features(FeatureQuery(.building)).count == 500)
            let kept = try Self.names.map { try file.derived($0, stamp: "1") }
            let first = try #require(kept[0]?.first)
            for content in kept { #expect(content == [UInt8](repeating: first, count: 3_000_000), "moment \(moment)") }
            try file.close()
            #expect(folder.names == ["x.gpkg"], "moment \(moment)")
            let queue = try DatabaseQueue(path: path)
            let check = try await queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
            #expect(check == "ok")
            try queue.close()
        }
        // Moments that were all too early or all too late would test nothing.
        #expect(leftovers > 0)
    }
}
