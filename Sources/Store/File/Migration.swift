import GRDB
import Messages

/// A step from one version of Louyu's own tables to the next.
enum Migration {
    /// The steps, by the version they start from. Version 1 is the first.
    static let steps: [Int: String] = [:]

    /// Brings an atlas to the present version in one transaction.
    static func run(on file: AtlasFile, from version: Int) throws(Failure) {
        guard version < Schema.louyuVersion else { return }
        try file.perform { db in
            try db.inTransaction(.immediate) {
                for step in version..<Schema.louyuVersion { try db.execute(sql: steps[step] ?? "") }
                try db.execute(
                    sql: "UPDATE louyu_meta SET value = \(Schema.louyuVersion) WHERE key = 'schema_version'")
                return .commit
            }
        }
    }
}
