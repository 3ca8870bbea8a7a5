import GRDB

/// Which record a row of a ledger is about, as it was found or decided.
public struct LedgerLink: Hashable, Sendable {
    /// The row's own words: its ref, code, name and address.
    public let key: String
    /// The record's ref; `nil` for a row that is not to be taken, or not settled.
    public let ref: String?
    /// Whether a person decided it.
    public let isDecided: Bool

    /// Whether it is known what becomes of the row.
    public var isSettled: Bool { ref != nil || isDecided }

    /// Makes a link.
    public init(key: String, ref: String?, isDecided: Bool) {
        (self.key, self.ref, self.isDecided) = (key, ref, isDecided)
    }
}

extension AtlasChange {
    /// What is remembered of a ledger's rows.
    ///
    /// - Parameters:
    ///   - layer: the layer.
    ///   - ledger: what the ledger is known by; `nil` for the decisions about
    ///     the rows of all.
    /// - Returns: the rows, by their words.
    /// - Throws: a database error.
    public func ledgerLinks(layer: Layer, ledger: String?) throws -> [LedgerLink] {
        guard try db.tableExists(Self.ledgerTable) else { return [] }
        let condition = ledger == nil ? "is_decided = 1" : "ledger = ?"
        let rows = try RawStatement(
            db,
            "SELECT row_key, ref, is_decided FROM \(Self.ledgerTable) WHERE layer = ? AND \(condition) "
                + "ORDER BY row_key, ledger")
        rows.bind(1, layer.name)
        if let ledger { rows.bind(2, ledger) }
        var links: [LedgerLink] = []
        while try rows.step() {
            links.append(
                LedgerLink(
                    key: rows.string(0), ref: rows.isNull(1) ? nil : rows.string(1), isDecided: rows.integer(2) != 0))
        }
        return links
    }

    /// Remembers the rows of a ledger in place of what was remembered of the
    /// same words.
    ///
    /// - Throws: a database error.
    public func keep(_ links: [LedgerLink], layer: Layer, ledger: String) throws {
        guard !links.isEmpty else { return }
        if try !db.tableExists(Self.ledgerTable) { try db.execute(sql: Schema.ledgerRows) }
        try log.replacesLedgerRows(links.map(\.key), layer: layer, ledger: ledger)
        let insert = try RawStatement(db, "INSERT OR REPLACE INTO \(Self.ledgerTable) VALUES (?, ?, ?, ?, ?)")
        for link in links {
            insert.bind(1, layer.name)
            insert.bind(2, ledger)
            insert.bind(3, link.key)
            if let ref = link.ref { insert.bind(4, ref) } else { insert.bindNull(4) }
            insert.bind(5, Int64(link.isDecided ? 1 : 0))
            try insert.run()
        }
    }

    /// Forgets rows that a ledger no longer has.
    ///
    /// - Throws: a database error.
    public func forget(_ keys: [String], layer: Layer, ledger: String) throws {
        guard !keys.isEmpty, try db.tableExists(Self.ledgerTable) else { return }
        try log.replacesLedgerRows(keys, layer: layer, ledger: ledger)
        let delete = try RawStatement(
            db, "DELETE FROM \(Self.ledgerTable) WHERE layer = ? AND ledger = ? AND row_key = ?")
        for key in keys {
            delete.bind(1, layer.name)
            delete.bind(2, ledger)
            delete.bind(3, key)
            try delete.run()
        }
    }

    private static let ledgerTable = "louyu_ledger_row"
}

extension Schema {
    /// The table that remembers ledgers' rows, made with the first of them.
    static let ledgerRows = """
        CREATE TABLE louyu_ledger_row (
          layer TEXT NOT NULL, ledger TEXT NOT NULL, row_key TEXT NOT NULL, ref TEXT, is_decided INTEGER NOT NULL,
          PRIMARY KEY (layer, ledger, row_key)) WITHOUT ROWID;
        \(register(["louyu_ledger_row"]))
        """
}
