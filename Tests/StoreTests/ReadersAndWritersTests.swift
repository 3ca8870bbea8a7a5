import Foundation
import GRDB
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// Programs that read while one writes, and the other way round.
@Suite(.serialized) struct ReadersAndWritersTests {
    private func atlas(_ path: String, rows count: Int) throws {
        try AtlasFile.write(path) { rows in
            for index in 0..<count { rows.add("b\(index)", .square(Double(index % 360) / 10, 0)) }
        }
    }

    private func count(_ path: String) throws -> Int {
        let file = try AtlasFile(path: path, for: .reading)
        defer { try? file.close() }
        return try file.features(FeatureQuery(.building)).count
    }

    private func seconds(_ body: () throws -> Void) rethrows -> Double {
        try ContinuousClock().measure(body) / .seconds(1)
    }

    /// Another program that reads one state for some seconds.
    ///
    /// - Returns: how many rows it saw first and last.
    private func readLong(_ path: String, seconds: Double, begun: DispatchSemaphore) throws -> (first: Int?, last: Int?)
    {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.inDatabase { db in
            func count() throws -> Int? { try Int.fetchOne(db, sql: "SELECT count(*) FROM building") }
            try db.execute(sql: "BEGIN")
            let first = try count()
            begun.signal()
            Thread.sleep(forTimeInterval: seconds)
            let last = try count()
            try db.execute(sql: "COMMIT")
            return (first, last)
        }
    }

    private final class Outcome: @unchecked Sendable {
        private let lock = NSLock()
        private var value: Result<(first: Int?, last: Int?), any Error>?
        func set(_ result: Result<(first: Int?, last: Int?), any Error>) { lock.withLock { value = result } }
        func get() throws -> (first: Int?, last: Int?)? { try lock.withLock { value }?.get() }
    }

    /// Runs a long reader beside a body.
    private func besideReader(_ path: String, seconds: Double, _ body: () throws -> Void) throws -> (
        first: Int?, last: Int?
    )? {
        let begun = DispatchSemaphore(value: 0)
        let ended = DispatchSemaphore(value: 0)
        let outcome = Outcome()
        Thread.detachNewThread {
            outcome.set(Result { try readLong(path, seconds: seconds, begun: begun) })
            begun.signal()
            ended.signal()
        }
        begun.wait()
        defer { ended.wait() }
        try body()
        ended.wait()
        ended.signal()
        return try outcome.get()
    }

    @Test func aChangeWaitsForALongReaderAndKeepsNobodyElseOut() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path, rows: 10)
        var slowest = 0.0
        var waits = 0
        let reader = try besideReader(path, seconds: 8) {
            let taken = try seconds {
                try AtlasFile.change(
                    path: path,
                    waiting: { _ throws(Failure) in
                        waits += 1
                        // Others come and go meanwhile.
                        guard waits % 20 == 0 else { return }
                        var rows = 0
                        let taken = (try? seconds { rows = try count(path) }) ?? .infinity
                        #expect(rows == 10)
                        slowest = max(slowest, taken)
                    }
                ) { change in
                    let writer = try change.writer(for: .building)
                    var rows = RowBatch(columns: writer.columns)
                    rows.add("new", .square(50, 50))
                    _ = try writer.write(rows.batch)
                    return ((), .commit)
                }
            }
            #expect((5...20).contains(taken), "\(taken) s")
        }
        #expect(waits > 50)
        #expect(slowest < 1, "a reader waited \(slowest) s")
        #expect(reader?.first == 10 && reader?.last == 10)
        #expect(try count(path) == 11)
        #expect(folder.names == ["x.gpkg"])
    }

    @Test(.enabled(if: BuiltProgram.path != nil, "needs the built program louyu"))
    func theProgramDoesSoToo() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path, rows: 10)
        let source = folder.file("station.csv")
        try Data("id,name,lon,lat\n1,甲,106.5,29.5\n".utf8).write(to: URL(filePath: source))
        let errors = Pipe()
        let reader = try besideReader(path, seconds: 7) {
            let process = Process()
            process.executableURL = URL(filePath: try #require(BuiltProgram.path))
            process.arguments = ["import", source, "--layer", "station", "--atlas", path, "--lang", "en"]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = errors
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        #expect(reader?.first == 10 && reader?.last == 10)
        let said = String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
        #expect(said.contains("is being read by another program"))
        let file = try AtlasFile(path: path, for: .reading)
        #expect(try file.features(ref: "1").first?.name == "甲")
        try file.close()
    }

    @Test func aReaderThatComesWhileOneWritesNeitherWaitsNorFails() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path, rows: 10)
        try AtlasFile.change(path: path) { change in
            let writer = try change.writer(for: .building)
            var rows = RowBatch(columns: writer.columns)
            for index in 0..<5000 { rows.add("n\(index)", .square(50, 50)) }
            _ = try writer.write(rows.batch)
            var found = 0
            let taken = try seconds { found = try count(path) }
            #expect(found == 10)
            #expect(taken < 1, "\(taken) s")
            return ((), .commit)
        }
        #expect(try count(path) == 5010)
        #expect(folder.names == ["x.gpkg"])
    }

    @Test func aReaderThatStaysDoesNotHoldUpTheWritersEnd() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path, rows: 10)
        let held = Outcome()
        let ended = DispatchSemaphore(value: 0)
        let taken = try seconds {
            try AtlasFile.change(path: path) { change in
                // It begins while the file is in WAL mode and outlives the change.
                let begun = DispatchSemaphore(value: 0)
                Thread.detachNewThread {
                    held.set(Result { try readLong(path, seconds: 3, begun: begun) })
                    begun.signal()
                    ended.signal()
                }
                begun.wait()
                let writer = try change.writer(for: .building)
                var rows = RowBatch(columns: writer.columns)
                rows.add("new", .square(50, 50))
                _ = try writer.write(rows.batch)
                return ((), .commit)
            }
        }
        #expect(taken < 2, "\(taken) s")
        #expect(try count(path) == 11)
        ended.wait()
        #expect(try held.get()?.last == 10)
        // Whoever opens it next tidies up.
        #expect(try count(path) == 11)
        #expect(folder.names == ["x.gpkg"])
        let header = try Data(contentsOf: URL(filePath: path)).prefix(20)
        #expect(header[18] == 1 && header[19] == 1, "back in DELETE mode")
    }

    @Test func waitingCanBeBrokenOff() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path, rows: 10)
        let before = try Data(contentsOf: URL(filePath: path))
        _ = try besideReader(path, seconds: 1) {
            let failure = #expect(throws: Failure.self) {
                try AtlasFile.change(
                    path: path, waiting: { _ throws(Failure) in throw Failure(.interrupted, .interrupted) }
                ) { _ in ((), .commit) }
            }
            #expect(failure?.code == .interrupted)
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }
}
