import Foundation
import GRDB
import GRDBSQLite

/// Keeps a file of unknown origin from eating memory and time: its views and
/// generated columns are programs of others.
///
/// `@unchecked Sendable`: used inside the connection's serial queue alone.
final class ForeignBounds: @unchecked Sendable {
    /// The size of the file in bytes.
    let fileSize: Int

    private let stepsPerRow: Int
    private var stepsLeft: Int

    private static let memoryForAnyRow = 16 << 20
    private static let memoryPerByte = 4
    private static let stepsPerCall: Int32 = 1000

    /// - Parameters:
    ///   - path: the file.
    ///   - millionsOfSteps: what one row may take of SQLite's machine; five
    ///     hundred are some ten seconds.
    init(path: String, millionsOfSteps: Int = 500) {
        var status = stat()
        fileSize = stat(path, &status) == 0 ? Int(status.st_size) : 0
        stepsPerRow = millionsOfSteps * 1_000_000
        stepsLeft = stepsPerRow
    }

    /// The most rows that a table or view may give: a row takes a byte at least.
    var mostRows: Int { max(10_000, fileSize) }

    /// The most bytes that all rows may give; what stands in the file itself is
    /// far less, as values of views and defaults of columns stand there once.
    var mostBytes: Int { 256 << 20 + 64 * fileSize }

    /// Begins another row.
    func rewind() { stepsLeft = stepsPerRow }

    /// Sets the bounds; they hold as long as the connection, which must go first.
    func apply(to db: Database) {
        limitValues(of: db, columns: 0, areComputed: false)
        sqlite3_limit(db.sqliteConnection, SQLITE_LIMIT_SQL_LENGTH, 1 << 20)
        sqlite3_progress_handler(
            db.sqliteConnection, Self.stepsPerCall,
            { context in
                guard let context else { return 0 }
                let bounds = Unmanaged<ForeignBounds>.fromOpaque(context).takeUnretainedValue()
                bounds.stepsLeft -= Int(ForeignBounds.stepsPerCall)
                return bounds.stepsLeft < 0 ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Limits how large a value may be: no stored one is larger than its file,
    /// and a computed one only so large that a row of them has room.
    func limitValues(of db: Database, columns: Int, areComputed: Bool) {
        let stored = max(fileSize, 1 << 20)
        let computed = (Self.memoryForAnyRow + Self.memoryPerByte * fileSize) / (columns + 4)
        let longest = areComputed ? min(stored, computed) : stored
        sqlite3_limit(db.sqliteConnection, SQLITE_LIMIT_LENGTH, Int32(clamping: min(longest, 1_000_000_000)))
    }
}
