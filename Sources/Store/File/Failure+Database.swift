import GRDB
import Messages

extension Failure {
    /// What a database error means for the one who asked.
    init(_ error: any Error, path: String) {
        if let failure = error as? Failure {
            self = failure
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.software, .atlasInputOutput(path, String(describing: error)))
            return
        }
        let reason = error.message ?? error.resultCode.description
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.locked, .atlasLocked(path), hint: .closeOther)
        case .SQLITE_READONLY, .SQLITE_PERM:
            self.init(.cannotCreate, .atlasReadOnly(path), hint: .chooseWritable)
        case .SQLITE_CANTOPEN:
            self.init(.cannotCreate, .cannotOpen(path, reason), hint: .checkPath)
        case .SQLITE_FULL, .SQLITE_IOERR:
            self.init(.inputOutput, .atlasInputOutput(path, reason), hint: .freeSpace)
        case .SQLITE_NOTADB:
            self.init(.unusableInput, .notADatabase(path), hint: .checkPath)
        case .SQLITE_CORRUPT, .SQLITE_ERROR:
            // Louyu's own SQL fits every atlas: an error in it is a table or
            // column that the file lacks.
            self.init(.unusableInput, .atlasDamaged(path, reason), hint: .restoreBackup)
        case .SQLITE_INTERRUPT:
            self.init(.interrupted, .interrupted)
        default:
            self.init(.software, .atlasInputOutput(path, reason))
        }
    }
}
