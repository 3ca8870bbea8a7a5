import Foundation
import GRDB
public import Messages

/// An atlas on disk: one GeoPackage file, open for reading or for writing.
///
/// Used from one thread at a time: every question runs inside GRDB's serial
/// queue.
public final class AtlasFile: Sendable {
    /// The path.
    public let path: String

    let queue: DatabaseQueue
    private let isWriter: Bool

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
    /// - Throws: `Failure`: `.notFound`, `.unusableInput` (no atlas, damaged,
    ///   newer), `.locked`, `.cannotCreate` (read-only, for writing),
    ///   `.inputOutput`.
    public convenience init(path: String, for purpose: Purpose) throws(Failure) {
        try self.init(path: path, access: Access(path: path, for: purpose))
        try checkIdentity()
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

    /// Makes a GeoPackage in a file that does not exist yet, without any of
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
        unlink(temporary)
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
            let folder = URL(filePath: path).deletingLastPathComponent().path
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
        isWriter = access == .writing
        var configuration = Configuration()
        configuration.readonly = access == .reading || access == .immutable
        configuration.busyMode = .timeout(access == .writing ? 5 : 2)
        configuration.label = "louyu"
        // A reader holds one state of the file from batch to batch.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            bounds?.apply(to: db)
            try BoxScore.register(on: db)
            if access == .writing || access == .creating {
                GeoPackageFunctions.register(on: db)
                try db.execute(sql: "PRAGMA trusted_schema = ON")
            }
            switch access {
            case .writing:
                try db.execute(
                    sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536")
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
    /// file and removed, unless somebody else still reads from it.
    public func close() throws(Failure) {
        do {
            if isWriter {
                try queue.writeWithoutTransaction { db in
                    try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                    // Refused while others read; the last of them removes the log.
                    _ = try? db.execute(sql: "PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE")
                }
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

    private func checkIdentity() throws(Failure) {
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
        if isWriter { try Migration.run(on: self, from: version) }
    }

    /// A number that rises with every change of a feature, by whatever program.
    ///
    /// - Throws: `Failure`.
    public func dataVersion() throws(Failure) -> Int {
        try perform { db in
            try RawStatement.integers(db, "SELECT value FROM louyu_meta WHERE key = 'data_version'").first
                .map { Int($0) } ?? 0
        }
    }
}
