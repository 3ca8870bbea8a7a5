import GRDB
import GRDBSQLite
import Spatial

/// A prepared statement for hot loops: SQLite's C interface without a copy.
///
/// Used inside one access to the database, and finalised with the value or kept
/// by the connection for the next.
struct RawStatement: ~Copyable {
    let pointer: OpaquePointer
    private let connection: OpaquePointer?
    /// The connection's own statement; `nil` where this one is not kept.
    private let kept: Statement?

    init(_ db: Database, _ sql: String) throws {
        connection = db.sqliteConnection
        var statement: OpaquePointer?
        let status = sqlite3_prepare_v2(connection, sql, -1, &statement, nil)
        guard status == SQLITE_OK, let statement else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: status), message: String(cString: sqlite3_errmsg(connection)), sql: sql
            )
        }
        pointer = statement
        kept = nil
    }

    /// A statement that the connection keeps prepared; one use at a time.
    init(cached sql: String, _ db: Database) throws {
        let statement = try db.cachedStatement(sql: sql)
        connection = db.sqliteConnection
        pointer = statement.sqliteStatement
        kept = statement
    }

    deinit {
        if kept == nil {
            sqlite3_finalize(pointer)
        } else {
            sqlite3_reset(pointer)
            sqlite3_clear_bindings(pointer)
        }
    }

    /// Steps to the next row; `false` at the end.
    func step() throws -> Bool {
        let status = sqlite3_step(pointer)
        if status == SQLITE_ROW { return true }
        guard status == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                message: String(cString: sqlite3_errmsg(connection)))
        }
        return false
    }

    /// Runs a statement that gives no rows and makes it ready for the next.
    func run() throws {
        _ = try step()
        sqlite3_reset(pointer)
    }

    func reset() { sqlite3_reset(pointer) }

    func bind(_ index: Int, _ value: Int64) { sqlite3_bind_int64(pointer, Int32(index), value) }

    func bind(_ index: Int, _ value: Double) { sqlite3_bind_double(pointer, Int32(index), value) }

    func bind(_ index: Int, _ text: String) {
        var text = text
        _ = text.withUTF8 { bytes in
            guard let start = bytes.baseAddress, !bytes.isEmpty else {
                return sqlite3_bind_text(pointer, Int32(index), "", 0, Self.transient)
            }
            return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                sqlite3_bind_text64(
                    pointer, Int32(index), $0, UInt64(bytes.count), Self.transient, UInt8(SQLITE_UTF8))
            }
        }
    }

    /// Binds UTF-8 bytes that stay where they are until the next reset.
    func bind(_ index: Int, text: UnsafeRawBufferPointer) {
        guard let start = text.baseAddress else { return bind(index, "") }
        sqlite3_bind_text64(
            pointer, Int32(index), start.assumingMemoryBound(to: CChar.self), UInt64(text.count), nil,
            UInt8(SQLITE_UTF8))
    }

    /// Binds a blob that stays where it is until the next reset.
    func bind(_ index: Int, blob: UnsafeRawBufferPointer) {
        sqlite3_bind_blob64(pointer, Int32(index), blob.baseAddress, UInt64(blob.count), nil)
    }

    /// Binds a copy of the bytes of a text or a blob.
    func bind(_ index: Int, copying bytes: UnsafeRawBufferPointer, asText: Bool) {
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
            return asText ? bind(index, "") : bindEmptyBlob(index)
        }
        let count = UInt64(bytes.count)
        if asText {
            let text = start.assumingMemoryBound(to: CChar.self)
            sqlite3_bind_text64(pointer, Int32(index), text, count, Self.transient, UInt8(SQLITE_UTF8))
        } else {
            sqlite3_bind_blob64(pointer, Int32(index), start, count, Self.transient)
        }
    }

    func bindEmptyBlob(_ index: Int) { sqlite3_bind_zeroblob(pointer, Int32(index), 0) }

    func bindNull(_ index: Int) { sqlite3_bind_null(pointer, Int32(index)) }

    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(pointer, Int32(column)) }

    func real(_ column: Int) -> Double { sqlite3_column_double(pointer, Int32(column)) }

    func isNull(_ column: Int) -> Bool { sqlite3_column_type(pointer, Int32(column)) == SQLITE_NULL }

    func type(_ column: Int) -> Int32 { sqlite3_column_type(pointer, Int32(column)) }

    /// The bytes of a text or blob; valid until the next step.
    func bytes(_ column: Int) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(pointer, Int32(column))
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, Int32(column))))
    }

    func string(_ column: Int) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// The first column of all rows as whole numbers, nulls left out; SQLite
    /// makes a number of whatever else another program stored there.
    static func integers(_ db: Database, _ sql: String, _ values: [SQLCondition.Value] = []) throws -> [Int64] {
        let rows = try RawStatement(db, sql)
        rows.bind(values)
        var found: [Int64] = []
        while try rows.step() { if !rows.isNull(0) { found.append(rows.integer(0)) } }
        return found
    }

    private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
