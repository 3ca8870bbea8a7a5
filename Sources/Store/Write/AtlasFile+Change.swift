import Foundation
import GRDB
public import Messages
public import Spatial

/// A change of an atlas under way: one transaction, all or nothing.
public final class AtlasChange {
    private let db: Database
    private var writers: [LayerWriter] = []

    init(_ db: Database) { self.db = db }

    /// The writer of a layer; the same one each time.
    ///
    /// - Throws: a database error.
    public func writer(for layer: Layer) throws -> LayerWriter {
        if let writer = writers.first(where: { $0.layer == layer }) { return writer }
        let writer = try LayerWriter(db, layer: layer)
        writers.append(writer)
        return writer
    }

    /// Keeps where records of a layer came from, and those that were not taken.
    ///
    /// - Throws: a database error.
    public func record(_ source: ImportSource, rejections: [Rejection], repairs: [RepairNote]) throws {
        let counts = source.counts
        try db.execute(
            sql: "INSERT INTO louyu_source VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                source.layer, source.file, source.sha256, source.crs, source.importedAt, counts.read, counts.added,
                counts.changed, counts.unchanged, counts.ended, counts.repaired, counts.rejected, counts.incomplete,
            ])
        let id = db.lastInsertedRowID
        for rejection in rejections {
            let (unit, position) = rejection.position.unitAndNumber
            try db.execute(
                sql: "INSERT INTO rejected_record VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    id, source.layer, unit, position, rejection.reason.en, rejection.reason.zh, rejection.record,
                ])
        }
        for repair in repairs {
            try db.execute(
                sql: "INSERT INTO louyu_repair VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    id, source.layer, repair.ref, repair.reason.en, repair.reason.zh, repair.areaBeforeSquareMeters,
                    repair.areaAfterSquareMeters,
                ])
        }
    }

    /// Makes a real column of a member of `attributes`.
    ///
    /// - Throws: a database error.
    public func promote(_ column: String, in layer: Layer) throws {
        guard try !db.columns(in: layer.name).contains(where: { $0.name == column }) else { return }
        let name = column.quotedDatabaseIdentifier
        try db.execute(sql: "ALTER TABLE \"\(layer.name)\" ADD COLUMN \(name)")
        try db.execute(
            sql: "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, NULL, NULL, NULL)",
            arguments: [layer.name, column, column, column])
        let path = "$.\"" + column.replacing("\"", with: "\\\"") + "\""
        try db.execute(
            sql: """
                UPDATE "\(layer.name)" SET \(name) = json_extract(attributes, ?),
                attributes = nullif(json_remove(attributes, ?), '{}') WHERE json_extract(attributes, ?) IS NOT NULL
                """, arguments: [path, path, path])
    }

    func finish() throws {
        for writer in writers { try writer.finish() }
        let unindexed = try Int.fetchOne(db, sql: "SELECT count(*) FROM louyu_unindexed") ?? 0
        if unindexed > 1000 { try NameIndex.rebuild(db) }
    }
}

/// Where imported records came from.
public struct ImportSource: Sendable {
    /// The layer they went to.
    public var layer: String
    /// The file's name as given.
    public var file: String
    /// SHA-256 of the file's bytes, in hexadecimal; `nil` where it was not taken.
    public var sha256: String?
    /// The CRS the data came in.
    public var crs: String
    /// When, in UTC (RFC 3339).
    public var importedAt: String
    /// What was done.
    public var counts: ImportCounts

    /// Makes a source entry.
    public init(
        layer: String, file: String, sha256: String?, crs: String, importedAt: String, counts: ImportCounts
    ) {
        self.layer = layer
        self.file = file
        self.sha256 = sha256
        self.crs = crs
        self.importedAt = importedAt
        self.counts = counts
    }
}

/// What mending a record's geometry changed.
public struct RepairNote: Sendable {
    /// The record's ref.
    public var ref: String
    /// What was wrong.
    public var reason: Text
    /// Area before, in square metres.
    public var areaBeforeSquareMeters: Double
    /// Area after, in square metres.
    public var areaAfterSquareMeters: Double

    /// Makes a note.
    public init(ref: String, reason: Text, areaBeforeSquareMeters: Double, areaAfterSquareMeters: Double) {
        self.ref = ref
        self.reason = reason
        self.areaBeforeSquareMeters = areaBeforeSquareMeters
        self.areaAfterSquareMeters = areaAfterSquareMeters
    }
}

extension SourcePosition {
    /// The unit's name and the number, as stored.
    var unitAndNumber: (String, Int) {
        switch self {
        case .line(let number): ("line", number)
        case .byte(let number): ("byte", number)
        case .record(let number): ("record", number)
        }
    }
}

extension AtlasFile {
    /// Whether a change is kept.
    public enum Ending: Sendable {
        /// Kept.
        case commit
        /// Thrown away, as if nothing had been.
        case rollBack
    }

    /// Changes an atlas, or makes it where it is missing, in one step: at any
    /// moment the file holds either the old state or the new one.
    ///
    /// A missing atlas is built under another name and renamed; an existing
    /// one is changed in WAL mode, so that readers go on. What a killed
    /// change left beside the file is removed first.
    ///
    /// - Throws: what `body` throws, or a `Failure` of the file.
    public static func change<Value>(
        path: String, _ body: (AtlasChange) throws -> (Value, Ending)
    ) throws -> Value {
        removeLeftovers(path: path)
        guard access(path, F_OK) == 0 else { return try build(path: path, body) }
        let file = try AtlasFile(path: path, for: .writing)
        let value: Value
        do {
            value = try file.inTransaction(body).0
        } catch {
            try? file.close()
            throw (error as? DatabaseError).map { Failure($0, path: path) } ?? error
        }
        try file.close()
        return value
    }

    private func inTransaction<Value>(_ body: (AtlasChange) throws -> (Value, Ending)) throws -> (Value, Ending) {
        var result: (Value, Ending)?
        try queue.writeWithoutTransaction { db in
            try db.inTransaction(.immediate) {
                let change = AtlasChange(db)
                let outcome = try body(change)
                result = outcome
                guard outcome.1 == .commit else { return .rollback }
                try change.finish()
                return .commit
            }
        }
        guard let result else { throw Failure(.software, .atlasInputOutput(path, "no result")) }
        return result
    }

    private static func build<Value>(
        path: String, _ body: (AtlasChange) throws -> (Value, Ending)
    ) throws -> Value {
        let temporary = "\(path).\(getpid()).part"
        defer { unlink(temporary) }
        do {
            let file = try AtlasFile.create(path: temporary)
            let (value, ending) = try file.inTransaction(body)
            try file.close()
            guard ending == .commit else { return value }
            try publish(temporary, as: path)
            return value
        } catch {
            throw (error as? DatabaseError).map { Failure($0, path: path) } ?? error
        }
    }

    /// Gives a finished file its name, unless somebody was faster.
    private static func publish(_ temporary: String, as path: String) throws(Failure) {
        let descriptor = open(temporary, O_RDONLY)
        let isOnDisk = descriptor >= 0 && fsync(descriptor) == 0
        if descriptor >= 0 { Foundation.close(descriptor) }
        guard isOnDisk else {
            throw Failure(.inputOutput, .writeFailed(path, String(cString: strerror(errno))), hint: .freeSpace)
        }
        if link(temporary, path) == 0 { return }
        if errno == EEXIST { throw Failure(.locked, .atlasLocked(path), hint: .closeOther) }
        // File systems without hard links.
        guard rename(temporary, path) == 0 else {
            throw Failure(.inputOutput, .writeFailed(path, String(cString: strerror(errno))), hint: .freeSpace)
        }
    }

    /// Removes unfinished files of programs that no longer run.
    private static func removeLeftovers(path: String) {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let prefix = URL(filePath: path).lastPathComponent + "."
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            guard name.hasPrefix(prefix), name.hasSuffix(".part"),
                let process = Int32(name.dropFirst(prefix.count).dropLast(5)),
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            unlink(folder + "/" + name)
        }
    }
}
