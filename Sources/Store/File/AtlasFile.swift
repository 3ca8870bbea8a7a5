import Foundation
import GRDB
import GRDBSQLite
public import Messages
import Synchronization

/// An atlas on disk: one GeoPackage file, open for reading or for writing.
///
/// Used from one thread at a time: every question runs inside GRDB's serial
/// queue.
public final class AtlasFile: Sendable {
    /// The path.
    public let path: String

    let queue: DatabaseQueue
    private let opening: Access
    private let disclosure = Mutex<Disclosure?>(nil)

    /// Whether a process that ends without closing the file would leave
    /// something to do or to remove; a file that is only read needs nothing.
    public var needsClosing: Bool { opening != .reading && opening != .immutable }

    /// What the rows that this file gives may tell; `nil` where the office
    /// itself asks, and they tell everything.
    public var disclosed: Disclosure? {
        get { disclosure.withLock { $0 } }
        set { disclosure.withLock { $0 = newValue } }
    }

    /// Whether the file and its folder could be written when it was opened.
    var mayChange: Bool { opening != .immutable }

    /// What an atlas is opened for.
    public enum Purpose: Sendable {
        /// Questions only; nothing on disk changes.
        case reading
        /// Changes, in WAL mode, so that readers never wait.
        case writing
    }

    /// Opens an atlas.
    ///
    /// Work that a killed program left unfinished is rolled back first. A
    /// file on read-only media opens for reading.
    ///
    /// - Parameters:
    ///   - path: the path.
    ///   - purpose: what for.
    ///   - waiting: called with the seconds so far while others are waited for,
    ///     some fifty times a second; breaks off by throwing.
    /// - Throws: `Failure`: `.notFound`, `.unusableInput` (no atlas, damaged,
    ///   newer), `.locked`, `.cannotCreate` (read-only, for writing),
    ///   `.inputOutput`; or what `waiting` throws.
    public convenience init(
        path: String, for purpose: Purpose, waiting: (Double) throws(Failure) -> Void = { _ in }
    ) throws(Failure) {
        try self.init(path: path, access: Access(path: path, for: purpose))
        let version = try checkIdentity()
        switch opening {
        case .writing:
            try enterWAL(waiting: waiting)
            try Migration.run(on: self, from: version)
        case .recovering:
            leaveWAL(withinSeconds: 0)
            removeIdleJournal()
        case .reading, .immutable, .creating: break
        }
    }

    /// Opens a GeoPackage of whatever program for reading.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - bounds: what it may take of time and memory, where it is read.
    /// - Returns: the file, open.
    /// - Throws: `Failure` as `init(path:for:)`, whatever tables it has.
    static func openForeign(path: String, bounds: ForeignBounds? = nil) throws(Failure) -> AtlasFile {
        try AtlasFile(path: path, access: Access(path: path, for: .reading), bounds: bounds)
    }

    /// Makes a GeoPackage in an empty file, without any of
    /// SQLite's safety: the caller renames it only when it is complete.
    ///
    /// - Parameters:
    ///   - path: what errors call the file.
    ///   - temporary: where it is made.
    ///   - schema: makes the tables.
    /// - Returns: the file, open.
    /// - Throws: `Failure`.
    static func create(
        path: String, at temporary: String, schema: (Database) throws -> Void = Schema.makeAtlas
    ) throws(Failure) -> AtlasFile {
        let file = try AtlasFile(path: path, at: temporary, access: .creating)
        try file.perform { db in
            try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
            try db.execute(sql: "PRAGMA user_version = \(Schema.userVersion)")
            try db.inTransaction {
                try schema(db)
                return .commit
            }
        }
        return file
    }

    /// How SQLite opens the file.
    enum Access {
        case reading
        /// Reading, after what a killed program left unfinished is rolled back.
        case recovering
        /// Reading where nothing can be written, no lock either.
        case immutable
        case writing
        case creating

        /// The way that a file and its folder allow.
        init(path: String, for purpose: Purpose) throws(Failure) {
            let header = try FileHeader(path: path)
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
            let mayWrite = access(path, W_OK) == 0 && access(folder, W_OK) == 0
            guard purpose == .reading || mayWrite else {
                throw Failure(.cannotCreate, .atlasReadOnly(path), hint: .chooseWritable)
            }
            let needsRecovery = header.isWAL || header.hasJournal
            if needsRecovery && !mayWrite && header.hasUnfinishedLog {
                throw Failure(.unusableInput, .leftInWAL(path), hint: .chooseWritable)
            }
            self =
                switch (purpose, needsRecovery, mayWrite) {
                case (.writing, _, _): .writing
                case (.reading, true, true): .recovering
                case (.reading, true, false): .immutable
                case (.reading, false, _): .reading
                }
        }
    }

    private init(
        path: String, at location: String? = nil, access: Access, bounds: ForeignBounds? = nil
    ) throws(Failure) {
        self.path = path
        let location = location ?? path
        opening = access
        var configuration = Configuration()
        configuration.readonly = access == .reading || access == .immutable
        configuration.busyMode = .timeout(Self.patienceSeconds)
        configuration.label = "louyu"
        // A reader holds one state of the file from batch to batch.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            bounds?.apply(to: db)
            if access == .writing || access == .creating {
                GeoPackageFunctions.register(on: db)
                try db.execute(sql: "PRAGMA trusted_schema = ON")
            }
            switch access {
            case .writing:
                try db.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536")
            case .creating:
                try db.execute(
                    sql: "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
                        + "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -32768")
            case .reading, .recovering, .immutable:
                try db.execute(
                    sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA cache_size = -16384")
            }
        }
        let name = access == .immutable ? "file:\(FileHeader.uriPath(location))?immutable=1" : location
        do {
            queue = try DatabaseQueue(path: name, configuration: configuration)
        } catch {
            throw Failure(error, path: path)
        }
    }

    /// Ends the work with the file: the log of a writer is folded into the
    /// file and removed, unless somebody else still reads from it; then the
    /// next opening does so.
    public func close() throws(Failure) {
        do {
            if opening == .writing {
                // What readers of the old state allow, while others go on; then the rest.
                try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)") }
                leaveWAL(withinSeconds: 0.25)
            }
            try queue.close()
        } catch {
            throw Failure(error, path: path)
        }
    }

    /// Runs a question or a change on the file's queue.
    func perform<Value>(_ body: (Database) throws -> Value) throws(Failure) -> Value {
        do {
            return try queue.unsafeReentrantWrite(body)
        } catch {
            throw Failure(error, path: path)
        }
    }

    /// Answers all that `body` asks from one state of the file, whatever
    /// other programs change meanwhile.
    ///
    /// May be nested. In DELETE mode nobody can write as long as it lasts.
    ///
    /// - Throws: `Failure`; other errors of `body` as such of the file.
    public func snapshot<Value>(_ body: () throws -> Value) throws(Failure) -> Value { try ask { _ in try body() } }

    /// Runs a question, of however many statements, on one state of the file.
    func ask<Value>(_ body: (Database) throws -> Value) throws(Failure) -> Value {
        try perform { db in
            guard !db.isInsideTransaction else { return try body(db) }
            try Self.run("BEGIN", db)
            defer { if db.isInsideTransaction { try? Self.run("COMMIT", db) } }
            return try body(db)
        }
    }

    /// Runs a statement without values; GRDB's own way costs more than a short question.
    private static func run(_ sql: String, _ db: Database) throws {
        guard sqlite3_exec(db.sqliteConnection, sql, nil, nil, nil) == SQLITE_OK else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(db.sqliteConnection)),
                message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
        }
    }

    /// The version of the atlas's own tables.
    private func checkIdentity() throws(Failure) -> Int {
        let version = try perform { db -> Int? in
            guard
                try Bool.fetchOne(
                    db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'louyu_meta')")
                    == true
            else { return nil }
            return try RawStatement.integers(db, "SELECT value FROM louyu_meta WHERE key = 'schema_version'").first
                .map { Int($0) }
        }
        guard let version else { throw Failure(.unusableInput, .notAnAtlas(path), hint: .importIt(path)) }
        guard version >= 1 else {
            throw Failure(.unusableInput, .atlasDamaged(path, "schema_version \(version)"), hint: .restoreBackup)
        }
        guard version <= Schema.louyuVersion else {
            throw Failure(.unusableInput, .newerSchema(path, version), hint: .updateLouyu)
        }
        return version
    }

    /// A number that rises with every change of a feature, by whatever program.
    ///
    /// - Throws: `Failure`.
    public func dataVersion() throws(Failure) -> Int {
        try ask { db in
            try RawStatement.integers(db, "SELECT value FROM louyu_meta WHERE key = 'data_version'").first
                .map { Int($0) } ?? 0
        }
    }
}
