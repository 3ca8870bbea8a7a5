import GRDB
public import Messages

/// By how much the ends of streets may miss the streets that they meet: kept
/// with the streets, in millimetres.
extension AtlasFile {
    private static let key = "snap_gap_mm"

    /// The gap in metres; 0 where none was stated.
    ///
    /// - Throws: `Failure`.
    public func snapGapMeters() throws(Failure) -> Double {
        try ask { db in Double(try Self.snapGapMillimeters(db)) / 1000 }
    }

    static func snapGapMillimeters(_ db: Database) throws -> Int64 {
        max(0, try RawStatement.integers(db, "SELECT value FROM louyu_meta WHERE key = '\(key)'").first ?? 0)
    }

    static func setSnapGap(_ millimeters: Int64, _ db: Database) throws {
        try db.execute(sql: "INSERT OR REPLACE INTO louyu_meta VALUES ('\(key)', ?)", arguments: [millimeters])
        try AtlasPart.layer(.street).raiseVersion(in: db, by: 1)
    }
}

extension AtlasChange {
    /// States the gap.
    ///
    /// - Returns: whether it was another before.
    /// - Throws: a database error.
    public func setSnapGap(meters: Double) throws -> Bool {
        let millimeters = Int64((meters * 1000).rounded())
        let before = try AtlasFile.snapGapMillimeters(db)
        guard before != millimeters else { return false }
        try log.replacesSnapGap(before)
        try AtlasFile.setSnapGap(millimeters, db)
        return true
    }
}
