import Foundation
import GRDB
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// Content that is computed from an atlas and kept in it.
@Suite struct DerivedTests {
    private func atlas(_ path: String) throws {
        try AtlasFile.write(path) { rows in for index in 0..<20 { rows.add("b\(index)", .square(1, 2)) } }
        try AtlasFile.write(path, .street) { $0.add("s", .lineString(LineString([LonLat(1, 2), LonLat(3, 4)]))) }
    }

    private func addStreet(_ path: String, _ ref: String) throws {
        try AtlasFile.write(path, .street) { $0.add(ref, .lineString(LineString([LonLat(1, 2), LonLat(3, 4)]))) }
    }

    /// Bytes that tell their place and their seed.
    private func content(_ count: Int, seed: UInt8 = 1) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 >> 3) ^ seed }
    }

    /// Keeps content as computed from the streets as they stand.
    private func keep(_ path: String, _ parts: [(name: String, content: [UInt8])], stamp: String) throws -> Bool {
        let file = try AtlasFile(path: path, for: .reading)
        defer { try? file.close() }
        return try file.keepDerived(
            parts, stamp: stamp, computedFrom: file.versions().filter { $0.key == .layer(.street) })
    }

    private func derived(_ path: String, _ name: String, stamp: String) throws -> [UInt8]? {
        let file = try AtlasFile(path: path, for: .reading)
        defer { try? file.close() }
        return try file.derived(name, stamp: stamp)
    }

    @Test(arguments: [0, 1, 100, 4095, 4096, 100_000, 4_200_000, 9_000_001])
    func whatWasKeptComesBack(_ count: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path)
        let file = try AtlasFile(path: path, for: .reading)
        let version = try file.dataVersion()
        #expect(try file.derived("n", stamp: "1") == nil)
        #expect(try file.keepDerived([("n", content(count))], stamp: "1", computedFrom: file.versions()))
        #expect(folder.names == ["x.gpkg"])
        #expect(try file.derived("n", stamp: "1") == content(count))
        #expect(try file.derived("n", stamp: "2") == nil)
        #expect(try file.derived("m", stamp: "1") == nil)
        #expect(try file.dataVersion() == version)
        #expect(try file.keepDerived([("n", content(9, seed: 2))], stamp: "2", computedFrom: file.versions()))
        #expect(try file.derived("n", stamp: "1") == nil)
        #expect(try file.derived("n", stamp: "2") == content(9, seed: 2))
        try file.close()
        #expect(folder.names == ["x.gpkg"])
    }

    @Test func itIsReadInParts() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path)
        let whole = content(10_000_000)
        #expect(try keep(path, [("n", whole)], stamp: "1"))
        let file = try AtlasFile(path: path, for: .reading)
        var generator = SeededGenerator(seed: 7)
        try file.snapshot {
            for _ in 0..<50 {
                let start = Int.random(in: 0...whole.count, using: &generator)
                let end = min(whole.count, start + Int.random(in: 0...6_000_000, using: &generator))
                let part = try file.withDerived("n", stamp: "1") { content in
                    #expect(content.count == whole.count)
                    var part = [UInt8](repeating: 0, count: end - start)
                    try part.withUnsafeMutableBytes { try content.read(into: $0, from: start) }
                    return part
                }
                #expect(part.map { $0 == Array(whole[start..<end]) } == true, "\(start)..<\(end)")
            }
        }
        try file.close()
    }

    @Test func contentOfAnotherStateIsNotKept() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path)
        let file = try AtlasFile(path: path, for: .reading)
        let all = try file.versions()
        let streets = all.filter { $0.key == .layer(.street) }
        try AtlasFile.write(path, .station) { $0.add("new", .square(1, 2)) }
        #expect(try file.keepDerived([("n", [1])], stamp: "1", computedFrom: all) == false)
        #expect(try file.keepDerived([("n", [1])], stamp: "1", computedFrom: streets))
        try addStreet(path, "t")
        #expect(try file.keepDerived([("n", [2])], stamp: "1", computedFrom: streets) == false)
        #expect(try file.derived("n", stamp: "1") == [1])
        try file.close()
    }

    @Test func contentOfAnotherFileIsNotKept() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path)
        let file = try AtlasFile(path: path, for: .reading)
        let versions = try file.versions()
        try FileManager.default.moveItem(atPath: path, toPath: folder.file("old.gpkg"))
        #expect(try file.keepDerived([("n", [1])], stamp: "1", computedFrom: versions) == false, "nothing there")
        #expect(folder.names == ["old.gpkg"])
        try atlas(path)
        let other = try AtlasFile(path: path, for: .reading)
        #expect(try other.versions() == versions, "as like as two files can be")
        try other.close()
        #expect(try file.keepDerived([("n", [1])], stamp: "1", computedFrom: versions) == false)
        #expect(try derived(path, "n", stamp: "1") == nil)
        #expect(try derived(folder.file("old.gpkg"), "n", stamp: "1") == nil)
        try file.close()
    }

    @Test func allPartsAreKeptOrNone() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path)
        #expect(try keep(path, [("a", [1]), ("b", [1])], stamp: "1"))
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER refuse BEFORE INSERT ON louyu_derived WHEN NEW.name = 'b'
                    BEGIN SELECT RAISE(ABORT, 'no'); END
                    """)
        }
        try queue.close()
        #expect(throws: Failure.self) { try keep(path, [("a", [2]), ("b", [2])], stamp: "1") }
        #expect(try derived(path, "a", stamp: "1") == [1])
        #expect(try derived(path, "b", stamp: "1") == [1])
        #expect(folder.names == ["x.gpkg"])
    }

    /// Whether keeping ends within two seconds, having kept nothing.
    private func isGivenUp(_ path: String) throws -> Bool {
        var isKept = true
        let taken = try ContinuousClock().measure { isKept = try keep(path, [("n", content(100_000))], stamp: "2") }
        return !isKept && taken < .seconds(2)
    }

    @Test(arguments: ["BEGIN IMMEDIATE", "BEGIN; SELECT * FROM louyu_meta"])
    func othersAreNotWaitedForLong(_ lock: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path)
        let queue = try DatabaseQueue(path: path)
        try queue.inDatabase { db in
            try db.execute(sql: lock)
            #expect(try isGivenUp(path))
            try db.execute(sql: "COMMIT")
        }
        #expect(folder.names == ["x.gpkg"])
        #expect(try derived(path, "n", stamp: "2") == nil)
        #expect(try keep(path, [("n", [1])], stamp: "2"))
        try queue.close()
    }

    @Test func itIsKeptBesideAProgramThatHasTheFileInWALMode() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path)
        let queue = try DatabaseQueue(path: path)
        try queue.inDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL; BEGIN; SELECT * FROM louyu_meta")
            #expect(try keep(path, [("n", content(100_000))], stamp: "1"))
            #expect(try derived(path, "n", stamp: "1") == content(100_000))
            try db.execute(sql: "COMMIT; BEGIN IMMEDIATE")
            #expect(try isGivenUp(path))
            try db.execute(sql: "COMMIT")
        }
        try queue.close()
        #expect(try keep(path, [("n", content(100_000))], stamp: "2"))
        #expect(try derived(path, "n", stamp: "2") == content(100_000))
        #expect(folder.names == ["x.gpkg"])
        let header = try Data(contentsOf: URL(filePath: path)).prefix(20)
        #expect(header[18] == 1 && header[19] == 1, "back in DELETE mode")
    }

    @Test(.enabled(if: SmallFileSystem.isPossible, "needs root to mount"))
    func aReadOnlyPlaceKeepsNothing() throws {
        let place = try SmallFileSystem(kilobytes: 4096)
        let path = place.file("x.gpkg")
        try atlas(path)
        #expect(try keep(path, [("n", [1])], stamp: "1"))
        let file = try AtlasFile(path: path, for: .reading)
        let versions = try file.versions()
        try file.close()
        try place.makeReadOnly()
        let reader = try AtlasFile(path: path, for: .reading)
        #expect(try reader.keepDerived([("n", [2])], stamp: "1", computedFrom: versions) == false)
        #expect(try reader.derived("n", stamp: "1") == [1])
        try reader.close()
        #expect(place.names == ["x.gpkg"])
    }

    @Test(.enabled(if: SmallFileSystem.isPossible, "needs root to mount"))
    func aFullDiskKeepsNothing() throws {
        let place = try SmallFileSystem(kilobytes: 4096)
        let path = place.file("x.gpkg")
        try atlas(path)
        #expect(try keep(path, [("n", [1])], stamp: "1"))
        let before = try Data(contentsOf: URL(filePath: path))
        #expect(try keep(path, [("n", content(8_000_000))], stamp: "2") == false)
        #expect(place.names == ["x.gpkg"])
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
        #expect(try derived(path, "n", stamp: "1") == [1])
    }

    @Test func itCannotBeKeptInsideASnapshot() async {
        await #expect(processExitsWith: .failure) {
            let folder = try TemporaryFolder()
            try AtlasFile.write(folder.file("x.gpkg")) { $0.add("a", .square(1, 2)) }
            let file = try AtlasFile(path: folder.file("x.gpkg"), for: .reading)
            try file.snapshot { _ = try file.keepDerived([("n", [1])], stamp: "1", computedFrom: file.versions()) }
            exit(0)
        }
    }

    @Test func damagedRowsAreFailures() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path)
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            try db.execute(sql: "INSERT INTO louyu_derived VALUES ('text', '1', 'words'), ('number', '1', 5)")
        }
        try queue.close()
        for name in ["text", "number"] { #expect(try derived(path, name, stamp: "1") == nil) }
        #expect(try keep(path, [("n", content(400_000))], stamp: "1"))
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        bytes.removeLast(200_000)
        try Data(bytes).write(to: URL(filePath: path))
        let failure = #expect(throws: Failure.self) { try derived(path, "n", stamp: "1") }
        #expect(failure?.code == .unusableInput)
    }
}
