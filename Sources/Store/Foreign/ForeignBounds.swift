import Foundation
import GRDB
import GRDBSQLite

/// Keeps a file of unknown origin from eating memory and time: its views are
/// programs of others.
final class ForeignBounds {
    private static let stepsPerCall: Int32 = 1_000_000
    private let callsPerRow: Int
    private var callsLeft: Int

    /// - Parameter millionsOfSteps: what one row may take of SQLite's machine;
    ///   two thousand are about half a minute.
    init(millionsOfSteps: Int = 2000) {
        callsPerRow = millionsOfSteps
        callsLeft = millionsOfSteps
    }

    /// Begins another row.
    func rewind() { callsLeft = callsPerRow }

    /// Sets the bounds; they hold as long as the connection, which must go first.
    func apply(to db: Database, path: String) {
        var status = stat()
        let size = stat(path, &status) == 0 ? Int(status.st_size) : 0
        // No stored value is larger than its file.
        let longest = Int32(clamping: min(max(size, 1 << 20), 1_000_000_000))
        sqlite3_limit(db.sqliteConnection, SQLITE_LIMIT_LENGTH, longest)
        sqlite3_progress_handler(
            db.sqliteConnection, Self.stepsPerCall,
            { context in
                guard let context else { return 0 }
                let bounds = Unmanaged<ForeignBounds>.fromOpaque(context).takeUnretainedValue()
                bounds.callsLeft -= 1
                return bounds.callsLeft < 0 ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }
}
