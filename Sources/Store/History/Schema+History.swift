extension Schema {
    /// The tables that version 4 brought: what was changed when, by what, and
    /// how the rows stood before.
    static let history = """
        CREATE TABLE louyu_change (
          id INTEGER PRIMARY KEY NOT NULL, made_at TEXT NOT NULL, verb TEXT NOT NULL, note TEXT,
          undoes INTEGER REFERENCES louyu_change(id), undone_by INTEGER REFERENCES louyu_change(id),
          snap_gap_mm_before INTEGER);
        CREATE TABLE louyu_change_part (
          id INTEGER PRIMARY KEY NOT NULL, change_id INTEGER NOT NULL REFERENCES louyu_change(id),
          layer TEXT NOT NULL, file TEXT, sha256 TEXT, source_id INTEGER);
        CREATE TABLE louyu_change_layer (
          change_id INTEGER NOT NULL REFERENCES louyu_change(id), layer TEXT NOT NULL, sequence_before INTEGER,
          min_x REAL, min_y REAL, max_x REAL, max_y REAL, version_before INTEGER,
          version_after INTEGER, PRIMARY KEY (change_id, layer));
        CREATE TABLE louyu_change_added (
          id INTEGER PRIMARY KEY NOT NULL, part_id INTEGER NOT NULL REFERENCES louyu_change_part(id),
          layer TEXT NOT NULL, first_fid INTEGER NOT NULL, last_fid INTEGER NOT NULL, position_unit TEXT,
          positions BLOB, digests BLOB NOT NULL);
        CREATE INDEX louyu_change_added_fid ON louyu_change_added(layer, first_fid);
        CREATE TABLE louyu_change_row (
          change_id INTEGER NOT NULL REFERENCES louyu_change(id), layer TEXT NOT NULL, fid INTEGER NOT NULL,
          part_id INTEGER NOT NULL REFERENCES louyu_change_part(id), position_unit TEXT, position INTEGER,
          before BLOB NOT NULL, after BLOB NOT NULL, digest_before INTEGER NOT NULL, digest_after INTEGER NOT NULL,
          PRIMARY KEY (change_id, layer, fid)) WITHOUT ROWID;
        CREATE INDEX louyu_change_row_fid ON louyu_change_row(layer, fid, change_id);
        CREATE TABLE louyu_change_column (
          change_id INTEGER NOT NULL REFERENCES louyu_change(id), layer TEXT NOT NULL, name TEXT NOT NULL,
          PRIMARY KEY (change_id, layer, name));
        CREATE TABLE louyu_change_tile (
          change_id INTEGER NOT NULL REFERENCES louyu_change(id), south INTEGER NOT NULL, west INTEGER NOT NULL,
          side INTEGER, heights BLOB, source_id INTEGER, PRIMARY KEY (change_id, south, west));
        \(register(historyTables))
        """

    /// Where it is kept what was remembered of ledgers' rows before a change.
    static let changedLedgerRowsTable = "louyu_change_ledger_row"

    /// The table of that name, made with the first ledger; `is_decided` is
    /// null where nothing was remembered.
    static let changedLedgerRows = """
        CREATE TABLE louyu_change_ledger_row (
          change_id INTEGER NOT NULL REFERENCES louyu_change(id), layer TEXT NOT NULL, ledger TEXT NOT NULL,
          row_key TEXT NOT NULL, is_decided INTEGER, ref TEXT,
          PRIMARY KEY (change_id, layer, ledger, row_key)) WITHOUT ROWID;
        \(register([changedLedgerRowsTable]))
        """

    /// The names of these tables.
    static let historyTables = [
        "louyu_change", "louyu_change_part", "louyu_change_layer", "louyu_change_added", "louyu_change_row",
        "louyu_change_column", "louyu_change_tile",
    ]
}
