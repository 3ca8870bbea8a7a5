import Foundation
import GRDB
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// What is opened, what is refused, and in which words.
@Suite struct OpeningTests {
    private func atlas(_ path: String, rows count: Int = 10) throws {
        try AtlasFile.write(path) { rows in
            for index in 0..<count { rows.add("b\(index)", .square(Double(index) / 10, 0)) }
        }
    }

    private func count(_ path: String) throws -> Int {
        let file = try AtlasFile(path: path, for: .reading)
        let count = try file.features(FeatureQuery(.building)).count
        try file.close()
        return count
    }

    private func refusal(_ path: String, for purpose: AtlasFile.Purpose = .reading) -> Failure? {
        do {
            _ = try AtlasFile(path: path, for: purpose)
            return nil
        } catch { return error }
    }

    @Test func refusesWhatIsNoAtlas() throws {
        let folder = try TemporaryFolder()
        let absent = folder.file("absent.gpkg")
        #expect(refusal(absent)?.code == .notFound)
        #expect(refusal(absent)?.what == .noSuchAtlas(absent))
        let text = folder.file("text.gpkg")
        try Data(repeating: 0x41, count: 4096).write(to: URL(filePath: text))
        #expect(refusal(text)?.code == .unusableInput)
        #expect(refusal(text)?.what == .notADatabase(text))
        let plain = folder.file("plain.gpkg")
        let writer = try GeoPackageWriter(path: plain, table: "a")
        try writer.finish()
        #expect(refusal(plain)?.code == .unusableInput)
        #expect(refusal(plain)?.what == .notAnAtlas(plain))
        #expect(refusal(plain, for: .writing)?.what == .notAnAtlas(plain))
        let newer = folder.file("newer.gpkg")
        try atlas(newer)
        let queue = try DatabaseQueue(path: newer)
        try queue.write { db in
            try db.execute(sql: "UPDATE louyu_meta SET value = 99 WHERE key = 'schema_version'")
        }
        try queue.close()
        #expect(refusal(newer)?.code == .unusableInput)
        #expect(refusal(newer)?.what == .newerSchema(newer, 99))
        #expect(folder.names == ["newer.gpkg", "plain.gpkg", "text.gpkg"])
    }

    @Test func tellsOfAColumnThatIsGone() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path)
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "ALTER TABLE building RENAME COLUMN ended_at TO gone")
        }
        try queue.close()
        let failure = #expect(throws: Failure.self) { _ = try count(path) }
        #expect(failure?.code == .unusableInput)
        #expect(failure?.what.en.contains("ended_at") == true)
    }

    @Test func aSecondWriterIsTurnedAway() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path)
        let queue = try DatabaseQueue(path: path)
        try queue.inDatabase { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            let failure = #expect(throws: Failure.self) { try atlas(path, rows: 20) }
            #expect(failure?.code == .locked)
            #expect(failure?.what == .atlasLocked(path))
            try db.execute(sql: "ROLLBACK")
        }
        try queue.close()
        try atlas(path, rows: 20)
        #expect(try count(path) == 20)
        #expect(folder.names == ["x.gpkg"])
    }

    @Test func readersGoOnWhileOneWrites() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path)
        let reader = try AtlasFile(path: path, for: .reading)
        try AtlasFile.change(path: path) { change in
            let writer = try change.writer(for: .building)
            var rows = RowBatch(columns: writer.columns)
            rows.add("new", .square(50, 50))
            _ = try writer.write(rows.batch)
            #expect(try reader.features(FeatureQuery(.building)).count == 10)
            return ((), .commit)
        }
        #expect(try reader.features(FeatureQuery(.building)).count == 11)
        try reader.close()
        #expect(try count(path) == 11)
        #expect(folder.names == ["x.gpkg"])
    }

    /// Puts a file beside its log, as a program that was killed leaves it.
    private func leaveInWAL(_ path: String, as copy: String, withLog: Bool) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0")
            if withLog { try db.execute(sql: "DELETE FROM building WHERE ref = 'b0'") }
            for ending in withLog ? ["", "-wal"] : [""] {
                try FileManager.default.copyItem(atPath: path + ending, toPath: copy + ending)
            }
        }
        try queue.close()
    }

    @Test(arguments: [true, false]) func aFileLeftInWALIsRead(_ withLog: Bool) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path)
        let copy = folder.file("copy.gpkg")
        try leaveInWAL(path, as: copy, withLog: withLog)
        #expect(try count(copy) == (withLog ? 9 : 10))
        #expect(try GeoPackageReader(path: copy).countAll() == (withLog ? 9 : 10, 0))
        try atlas(copy, rows: 12)
        #expect(try count(copy) == 12)
        #expect(folder.names.filter { $0.hasPrefix("copy") } == ["copy.gpkg"])
    }

    @Test(.enabled(if: SmallFileSystem.isPossible, "needs root to mount"))
    func readsInAReadOnlyPlace() throws {
        let place = try SmallFileSystem(kilobytes: 8192)
        let folder = try TemporaryFolder()
        try atlas(place.file("x.gpkg"))
        for (name, withLog) in [("wal.gpkg", false), ("log.gpkg", true)] {
            let source = folder.file(name)
            try atlas(source)
            try leaveInWAL(source, as: place.file(name), withLog: withLog)
        }
        let names = place.names
        try place.makeReadOnly()
        #expect(try count(place.file("x.gpkg")) == 10)
        #expect(try count(place.file("wal.gpkg")) == 10)
        #expect(try GeoPackageReader(path: place.file("wal.gpkg")).countAll() == (10, 0))
        let log = place.file("log.gpkg")
        #expect(refusal(log)?.code == .unusableInput)
        #expect(refusal(log)?.what == .leftInWAL(log))
        #expect(refusal(place.file("x.gpkg"), for: .writing)?.code == .cannotCreate)
        let failure = #expect(throws: Failure.self) { try atlas(place.file("new.gpkg")) }
        #expect(failure?.code == .cannotCreate)
        let writing = #expect(throws: Failure.self) {
            _ = try GeoPackageWriter(path: place.file("x.gpkg"), table: "a", overwrite: true)
        }
        #expect(writing?.code == .cannotCreate)
        #expect(place.names == names)
    }

    @Test(.enabled(if: SmallFileSystem.isPossible, "needs root to mount"))
    func aFullDiskLeavesTheOldState() throws {
        let place = try SmallFileSystem(kilobytes: 1200)
        let path = place.file("x.gpkg")
        try atlas(path)
        let grown = #expect(throws: Failure.self) { try atlas(path, rows: 20_000) }
        #expect(grown?.code == .inputOutput)
        #expect(try count(path) == 10)
        #expect(place.names == ["x.gpkg"])
        let made = #expect(throws: Failure.self) { try atlas(place.file("y.gpkg"), rows: 20_000) }
        #expect(made?.code == .inputOutput)
        #expect(place.names == ["x.gpkg"])
        let before = try Data(contentsOf: URL(filePath: path))
        var batch = FeatureBatch()
        for index in 0..<20_000 {
            batch.append(Feature(geometry: .square(Double(index) / 200, 0)), position: .record(index + 1))
        }
        func export() throws {
            let writer = try GeoPackageWriter(path: path, table: "a", overwrite: true)
            try writer.write(batch)
            try writer.finish()
        }
        let exported = #expect(throws: Failure.self) { try export() }
        #expect(exported?.code == .inputOutput)
        #expect(place.names == ["x.gpkg"])
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
        #expect(try count(path) == 10)
    }
}
