import Foundation
import Messages

/// What the first bytes of a database file and its neighbours tell.
struct FileHeader {
    /// Whether the file is in WAL mode.
    let isWAL: Bool
    /// Whether a rollback journal lies beside it.
    let hasJournal: Bool
    /// Whether a log with something in it lies beside it.
    let hasUnfinishedLog: Bool

    /// Reads the header.
    ///
    /// - Throws: `Failure`: `.notFound`, `.unusableInput` where it is no SQLite file.
    init(path: String) throws(Failure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw Failure(.notFound, .noSuchAtlas(path), hint: .importFirst) }
            throw Failure(.inputOutput, .cannotOpen(path, String(cString: strerror(errno))), hint: .checkPath)
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 100)
        let got = read(descriptor, &bytes, 100)
        guard got == 100, bytes.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw Failure(.unusableInput, .notADatabase(path), hint: .checkPath)
        }
        isWAL = bytes[18] == 2 || bytes[19] == 2
        hasJournal = Self.size(path + "-journal") > 0
        hasUnfinishedLog = hasJournal || Self.size(path + "-wal") > 0
    }

    /// A path as it stands in a SQLite URI.
    static func uriPath(_ path: String) -> String {
        path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
    }

    private static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}
