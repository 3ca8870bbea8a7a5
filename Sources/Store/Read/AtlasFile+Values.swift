import GRDB
public import Messages

extension AtlasFile {
    /// The different texts that a column holds, rows that have ended left
    /// out, in their order.
    ///
    /// - Throws: `Failure`.
    public func values(of column: String, in layer: Layer) throws(Failure) -> [String] {
        try ask { db in
            let name = column.quotedIdentifier
            return try String.fetchAll(
                db,
                sql: "SELECT DISTINCT \(name) FROM \"\(layer.name)\" WHERE ended_at IS NULL AND \(name) IS NOT NULL "
                    + "ORDER BY 1")
        }
    }
}
