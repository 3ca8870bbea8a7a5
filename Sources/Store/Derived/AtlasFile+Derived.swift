import GRDB
import GRDBSQLite
public import Messages

extension AtlasFile {
    /// Content that was computed from the atlas and kept in it.
    ///
    /// - Parameters:
    ///   - name: what it is kept under.
    ///   - stamp: what it must have been kept with.
    /// - Returns: `nil` where there is none, or one with another stamp. Other
    ///   programs can write to the file: what the bytes say is to be checked.
    /// - Throws: `Failure`.
    /// - Complexity: O(bytes); well below a millisecond a megabyte.
    public func derived(_ name: String, stamp: String) throws(Failure) -> [UInt8]? {
        try withDerived(name, stamp: stamp) { content in
            try [UInt8](unsafeUninitializedCapacity: content.count) { memory, count in
                count = content.count
                try content.read(
                    into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(memory)[..<count]))
            }
        }
    }

    /// Lets content that was kept be read to where it is wanted, in parts or
    /// as a whole, without a copy in between.
    ///
    /// - Parameters:
    ///   - name: what it is kept under.
    ///   - stamp: what it must have been kept with.
    ///   - body: reads; asks the atlas nothing meanwhile.
    /// - Returns: `nil` where there is none, or one with another stamp.
    /// - Throws: `Failure`; other errors of `body` as such of the file.
    public func withDerived<Value>(
        _ name: String, stamp: String, _ body: (borrowing DerivedContent) throws -> Value
    ) throws(Failure) -> Value? {
        try ask { db in
            guard try Self.holdsElevationAndDerived(db), let row = try Self.row(db, name, stamp) else { return nil }
            // Mapped only for so long: whatever cuts a mapped file short ends the process.
            try db.execute(sql: "PRAGMA mmap_size = 1073741824")
            defer { try? db.execute(sql: "PRAGMA mmap_size = 0") }
            return try read(row, db, body)
        }
    }

    private func read<Value>(
        _ row: Int64, _ db: Database, _ body: (borrowing DerivedContent) throws -> Value
    ) throws -> Value {
        let content = try DerivedContent(db, row: row, path: path)
        // A chain of pages in a damaged file may go round.
        guard try content.count <= Self.size(db) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        return try body(content)
    }

    /// Whether the atlas is of a version that keeps elevation and derived content.
    static func holdsElevationAndDerived(_ db: Database) throws -> Bool {
        try RawStatement.integers(db, "SELECT value FROM louyu_meta WHERE key = 'schema_version'").first ?? 0 >= 3
    }

    private static func row(_ db: Database, _ name: String, _ stamp: String) throws -> Int64? {
        try RawStatement.integers(
            db, "SELECT rowid FROM louyu_derived WHERE name = ? AND stamp = ? AND typeof(content) = 'blob'",
            [.text(name), .text(stamp)]
        ).first
    }

    /// The size of the file in bytes.
    private static func size(_ db: Database) throws -> Int {
        try RawStatement.integers(db, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
            .first.map { Int($0) } ?? 0
    }
}
