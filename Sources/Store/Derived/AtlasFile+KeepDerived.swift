import Foundation
import GRDB
import GRDBSQLite
public import Messages

extension AtlasFile {
    /// How long a moment to write in is waited for, in seconds.
    private static let patienceForKeepingSeconds = 1.0
    private static let pauseForKeepingSeconds = 0.02

    /// Keeps content that was computed from the atlas, in the atlas itself, if
    /// it can be written now; also where it was opened for reading.
    ///
    /// All parts are kept or none, in a transaction of their own over a
    /// connection of their own. Nothing is kept unless the parts of the atlas
    /// it was computed from still stand at the versions given, in the file
    /// that this one has open. The version of the atlas does not rise.
    ///
    /// Not for use inside `snapshot`: the file could not be written as long as
    /// one reads from it.
    ///
    /// - Parameters:
    ///   - parts: names and content; replaces what was kept under these names.
    ///   - stamp: what `derived` will be asked with.
    ///   - versions: the versions, as `versions()` gave them in the snapshot
    ///     that the content was computed from, of every part that went into it.
    /// - Returns: `false` where nothing was kept: the versions have risen, the
    ///   atlas is of an older version, the file or its folder is read-only or
    ///   full, or others did not let go of it within a second.
    /// - Throws: `Failure` where the file is damaged.
    /// - Complexity: O(bytes), and a few writes to disk that are waited for.
    public func keepDerived(
        _ parts: [(name: String, content: [UInt8])], stamp: String, computedFrom versions: [AtlasPart: Int64]
    ) throws(Failure) -> Bool {
        precondition(!versions.isEmpty, "content that was computed from no part of the atlas")
        guard mayChange else { return false }
        return try perform { db in
            precondition(!db.isInsideTransaction, "derived content cannot be kept inside a snapshot")
            do {
                return try Self.keep(parts, stamp: stamp, computedFrom: versions, beside: db)
            } catch let error as DatabaseError where Self.cannotWriteNow.contains(error.resultCode) {
                return false
            }
        }
    }

    private static let cannotWriteNow: [ResultCode] = [
        .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_FULL, .SQLITE_IOERR,
        .SQLITE_TOOBIG,
    ]

    private static func keep(
        _ parts: [(name: String, content: [UInt8])], stamp: String, computedFrom versions: [AtlasPart: Int64],
        beside reader: Database
    ) throws -> Bool {
        guard let path = sqlite3_db_filename(reader.sqliteConnection, "main").map({ String(cString: $0) }) else {
            return false
        }
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        configuration.label = "louyu.derived"
        let queue = try DatabaseQueue(path: "file:\(FileHeader.uriPath(path))?mode=rw", configuration: configuration)
        defer { try? queue.close() }
        return try queue.inDatabase { db in
            guard try begin(db) else { return false }
            defer { rollBack(db) }
            guard !hasMoved(db), !hasMoved(reader), try holdsElevationAndDerived(db) else { return false }
            let present = try AtlasFile.versions(db)
            guard versions.allSatisfy({ present[$0.key] == $0.value }) else { return false }
            for part in parts { try keep(part.name, part.content, stamp: stamp, in: db) }
            try db.execute(sql: "COMMIT")
            settleLog(db)
            return true
        }
    }

    private static func keep(_ name: String, _ content: [UInt8], stamp: String, in db: Database) throws {
        let insert = try RawStatement(db, "INSERT OR REPLACE INTO louyu_derived VALUES (?, ?, ?)")
        insert.bind(1, name)
        insert.bind(2, stamp)
        try content.withUnsafeBytes { bytes in
            bytes.isEmpty ? insert.bindEmptyBlob(3) : insert.bind(3, blob: bytes)
            try insert.run()
        }
    }

    /// Begins to write at a moment when nobody reads or writes. Each attempt
    /// is over at once, so that others are not kept out meanwhile.
    private static func begin(_ db: Database) throws -> Bool {
        let start = ContinuousClock.now
        while true {
            do {
                try db.execute(sql: "BEGIN EXCLUSIVE")
                return true
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                guard start.duration(to: .now) < .seconds(patienceForKeepingSeconds) else { return false }
                Thread.sleep(forTimeInterval: pauseForKeepingSeconds)
            }
        }
    }

    /// Rolls back what was begun, unless it is committed. After an error of
    /// the disk SQLite does so only when the file is read the next time.
    private static func rollBack(_ db: Database) {
        if db.isInsideTransaction { try? db.execute(sql: "ROLLBACK") }
        _ = try? Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master")
    }

    /// Whether another file stands by now where this one was opened.
    private static func hasMoved(_ db: Database) -> Bool {
        var hasMoved: Int32 = 1
        let status = sqlite3_file_control(db.sqliteConnection, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved)
        return status != SQLITE_OK || hasMoved != 0
    }

    /// Where another program has the file in WAL mode, folds what was written
    /// into the file; where it has gone meanwhile, tidies up after it.
    private static func settleLog(_ db: Database) {
        guard (try? String.fetchOne(db, sql: "PRAGMA journal_mode")) == "wal" else { return }
        _ = try? db.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)")
        _ = try? db.execute(sql: "PRAGMA journal_mode = DELETE")
    }
}
