import Foundation
import GRDB
import Messages

extension AtlasFile {
    /// How long another writer is waited for, in seconds.
    static let patienceSeconds = 5.0
    /// How long programs that read are waited for, in seconds.
    static let patienceWithReadersSeconds = 60.0
    private static let pauseSeconds = 0.02

    /// Puts the file into WAL mode, where readers and a writer go beside each other.
    ///
    /// To get there from DELETE mode the writer needs the file alone for a
    /// moment, and who reads just then must finish first. Each attempt is over
    /// at once instead of waiting inside SQLite, where it would keep out new
    /// readers as long as it waits for old ones.
    ///
    /// - Throws: `Failure` with `.locked`, or what `waiting` throws.
    func enterWAL(waiting: (Double) throws(Failure) -> Void) throws(Failure) {
        let start = ContinuousClock.now
        while try !holdsWAL() {
            let seconds = start.duration(to: .now) / .seconds(1)
            let patience = try isWrittenByAnother() ? Self.patienceSeconds : Self.patienceWithReadersSeconds
            guard seconds < patience else { throw Failure(.locked, .atlasLocked(path), hint: .closeOther) }
            try waiting(seconds)
            Thread.sleep(forTimeInterval: Self.pauseSeconds)
        }
    }

    /// Folds the log into the file and goes back to DELETE mode, if nobody
    /// else has the file open.
    func leaveWAL(withinSeconds patience: Double) {
        let start = ContinuousClock.now
        while (try? withoutWaiting({ db in try Self.journalMode(db, "DELETE") == "delete" })) != true {
            guard start.duration(to: .now) / .seconds(1) < patience else { return }
            Thread.sleep(forTimeInterval: Self.pauseSeconds)
        }
    }

    /// Removes the journal of a program that was killed before it had changed
    /// anything. There is nothing to roll back, so SQLite lets it lie; who
    /// leaves PERSIST mode removes it, unless somebody is writing.
    func removeIdleJournal() {
        guard access(path + "-journal", F_OK) == 0 else { return }
        _ = try? withoutWaiting { db in
            for mode in ["PERSIST", "DELETE"] { _ = try Self.journalMode(db, mode) }
        }
    }

    /// Whether the file is in WAL mode, by an attempt to get it there.
    private func holdsWAL() throws(Failure) -> Bool {
        try withoutWaiting { db in
            guard try Self.journalMode(db, "WAL") == "wal" else { return false }
            // From the first page that is read in WAL mode nobody takes the file back.
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master")
            return try Self.journalMode(db, nil) == "wal"
        } ?? false
    }

    private func isWrittenByAnother() throws(Failure) -> Bool {
        try withoutWaiting { db in
            try db.execute(sql: "BEGIN IMMEDIATE; ROLLBACK")
            return false
        } ?? true
    }

    private static func journalMode(_ db: Database, _ mode: String?) throws -> String? {
        try String.fetchOne(db, sql: "PRAGMA journal_mode" + (mode.map { " = \($0)" } ?? ""))
    }

    /// Does something that needs a lock; `nil` where somebody else has it.
    private func withoutWaiting<Value>(_ body: (Database) throws -> Value) throws(Failure) -> Value? {
        try perform { db in
            try db.execute(sql: "PRAGMA busy_timeout = 0")
            defer { try? db.execute(sql: "PRAGMA busy_timeout = \(Int(Self.patienceSeconds * 1000))") }
            do {
                return try body(db)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                return nil
            }
        }
    }
}
