import GRDB
import GRDBSQLite
public import Messages

/// Content that was kept, before it is read: the bytes go from the file
/// straight to where they are wanted.
public struct DerivedContent: ~Copyable {
    /// How many bytes there are.
    public let count: Int

    private let blob: OpaquePointer
    private let path: String

    /// Opens the content of a row.
    ///
    /// - Throws: a database error.
    init(_ db: Database, row: Int64, path: String) throws {
        var handle: OpaquePointer?
        let status = sqlite3_blob_open(db.sqliteConnection, "main", "louyu_derived", "content", row, 0, &handle)
        guard status == SQLITE_OK, let handle else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: status), message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
        }
        blob = handle
        count = Int(sqlite3_blob_bytes(handle))
        self.path = path
    }

    deinit { sqlite3_blob_close(blob) }

    /// Fills memory with the bytes from an offset on.
    ///
    /// - Parameters:
    ///   - memory: where the bytes go; it need not hold anything yet.
    ///   - offset: the first byte; `offset + memory.count` is at most `count`.
    /// - Throws: `Failure` where the file is damaged.
    public func read(into memory: UnsafeMutableRawBufferPointer, from offset: Int = 0) throws(Failure) {
        precondition(offset >= 0 && memory.count <= count - offset, "derived content ends before the bytes asked for")
        guard let start = memory.baseAddress, !memory.isEmpty else { return }
        MemoryAdvice.useHugePages(memory)
        let status = sqlite3_blob_read(blob, start, Int32(memory.count), Int32(offset))
        guard status == SQLITE_OK else {
            throw Failure(DatabaseError(resultCode: ResultCode(rawValue: status)), path: path)
        }
    }
}
