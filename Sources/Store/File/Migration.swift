import GRDB
import Messages

/// A step from one version of Louyu's own tables to the next.
enum Migration {
    /// The steps, by the version they start from. Version 1 is the first.
    static let steps: [Int: String] = [
        // Sources own the rows that they added. Rows were numbered as they
        // came, so the counts tell which, unless others added rows between.
        1: """
        ALTER TABLE louyu_source ADD COLUMN identity TEXT;
        ALTER TABLE louyu_source ADD COLUMN first_fid INTEGER;
        ALTER TABLE louyu_source ADD COLUMN last_fid INTEGER;
        UPDATE louyu_source SET last_fid = (
            SELECT sum(added) FROM louyu_source AS other
            WHERE other.layer = louyu_source.layer AND other.id <= louyu_source.id)
          WHERE added > 0 AND (SELECT seq FROM sqlite_sequence WHERE name = louyu_source.layer) = (
            SELECT sum(added) FROM louyu_source AS other WHERE other.layer = louyu_source.layer);
        UPDATE louyu_source SET first_fid = last_fid - added + 1 WHERE last_fid IS NOT NULL;
        """,
        2: Schema.elevationAndDerived + versions,
        3: Schema.history,
    ]

    /// A version for each part, from where the version of all stands, which
    /// stood for each of them so far; and triggers that raise both.
    private static let versions =
        AtlasPart.all.map {
            "INSERT INTO louyu_meta SELECT '\($0.versionKey)', value FROM louyu_meta WHERE key = 'data_version';"
        }.joined()
        + Layer.all.flatMap(Schema.ownTriggers).map { "DROP TRIGGER IF EXISTS \"\($0.name)\"; \($0.sql)" }.joined()

    /// Brings an atlas to the present version in one transaction.
    static func run(on file: AtlasFile, from version: Int) throws(Failure) {
        guard version < Schema.louyuVersion else { return }
        try file.perform { db in
            try db.inTransaction(.immediate) {
                // Another writer may have brought it up to date meanwhile.
                let version =
                    try Int.fetchOne(
                        db, sql: "SELECT value FROM louyu_meta WHERE key = 'schema_version'") ?? version
                guard version < Schema.louyuVersion else { return .rollback }
                for step in version..<Schema.louyuVersion { try db.execute(sql: steps[step] ?? "") }
                try db.execute(
                    sql: "UPDATE louyu_meta SET value = \(Schema.louyuVersion) WHERE key = 'schema_version'")
                return .commit
            }
        }
    }
}
