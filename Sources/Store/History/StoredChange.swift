public import Foundation
import GRDB
public import Messages

/// A change of an atlas as its history tells it.
public struct StoredChange: Hashable, Sendable {
    /// Its number; later changes have higher ones.
    public let id: Int64
    /// When, in UTC (RFC 3339, to the millisecond).
    public let madeAt: String
    /// What it is called.
    public let verb: String
    /// Why it was made.
    public private(set) var note: String?
    /// The files it came from; empty where it was made by hand.
    public private(set) var files: [String]
    /// The change that it took back.
    public let undoes: Int64?
    /// The change that took it back.
    public let undoneBy: Int64?

    /// The change without what is the office's own: why, and from which files.
    public var withoutReasons: StoredChange {
        var change = self
        (change.note, change.files) = (nil, [])
        return change
    }
}

extension AtlasFile {
    /// The changes of the atlas, oldest first.
    ///
    /// - Throws: `Failure`.
    public func changes() throws(Failure) -> [StoredChange] {
        try ask { db in try Self.holdsHistory(db) ? try Self.changes(db) : [] }
    }

    /// When the atlas was changed last, to the second; `nil` where nothing tells.
    ///
    /// - Throws: `Failure`.
    public func lastChange() throws(Failure) -> Date? {
        let text = try ask { db throws -> String? in
            guard try Self.holdsHistory(db) else { return nil }
            return try String.fetchOne(db, sql: "SELECT made_at FROM louyu_change ORDER BY id DESC LIMIT 1")
        }
        return text.flatMap { try? Date(String($0.prefix(19)) + "Z", strategy: .iso8601) }
    }

    /// Whether the atlas is of a version that keeps its history.
    static func holdsHistory(_ db: Database) throws -> Bool {
        try RawStatement.integers(db, "SELECT value FROM louyu_meta WHERE key = 'schema_version'").first ?? 0 >= 4
    }

    static func changes(_ db: Database, where condition: String = "1 ORDER BY id") throws -> [StoredChange] {
        let rows = try RawStatement(
            db, "SELECT id, made_at, verb, note, undoes, undone_by FROM louyu_change WHERE \(condition)")
        let files = try RawStatement(
            db,
            "SELECT file FROM louyu_change_part WHERE change_id = ? AND file IS NOT NULL GROUP BY file ORDER BY min(id)"
        )
        var changes: [StoredChange] = []
        while try rows.step() {
            files.bind(1, rows.integer(0))
            var names: [String] = []
            while try files.step() { names.append(files.string(0)) }
            files.reset()
            changes.append(
                StoredChange(
                    id: rows.integer(0), madeAt: rows.string(1), verb: rows.string(2),
                    note: rows.isNull(3) ? nil : rows.string(3), files: names,
                    undoes: rows.isNull(4) ? nil : rows.integer(4), undoneBy: rows.isNull(5) ? nil : rows.integer(5)))
        }
        return changes
    }
}
