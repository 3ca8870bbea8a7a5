import GRDB
public import Messages

/// What an office declared about an atlas and about what leaves the house.
public struct PublishingSettings: Sendable {
    /// The classes of the columns.
    public var classes = ColumnClasses()
    /// The declared secrecy class, by its word.
    public var secrecy: String?
    /// The number that the map review gave (审图号).
    public var reviewNumber: String?
    /// The office that answers for the data.
    public var office: String?

    /// Makes settings that declare nothing.
    public init() {}

    /// The table of the classes of columns.
    static let classTable = "louyu_column_class"
    /// The table of all other settings.
    static let settingTable = "louyu_setting"

    private var settings: [(key: String, value: String?)] {
        [("secrecy", secrecy), ("review_number", reviewNumber), ("office", office)]
    }

    /// Reads what a file holds; of tables that nobody has made yet, nothing.
    init(_ db: Database) throws {
        if try db.tableExists(Self.classTable) {
            let rows = try RawStatement(db, "SELECT layer, column_name, class FROM \(Self.classTable)")
            while try rows.step() {
                // A word that only a later version knows is not public.
                let word = ColumnClass(rawValue: rows.string(2)) ?? .personal
                classes.configured[rows.string(0), default: [:]][rows.string(1)] = word
            }
        }
        guard try db.tableExists(Self.settingTable) else { return }
        let rows = try RawStatement(db, "SELECT key, value FROM \(Self.settingTable)")
        while try rows.step() {
            switch rows.string(0) {
            case "secrecy": secrecy = rows.string(1)
            case "review_number": reviewNumber = rows.string(1)
            case "office": office = rows.string(1)
            default: continue
            }
        }
    }

    /// Writes all settings, into tables that are made where they are missing.
    func write(to db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS \(Self.classTable) (
                  layer TEXT NOT NULL, column_name TEXT NOT NULL, class TEXT NOT NULL,
                  PRIMARY KEY (layer, column_name));
                CREATE TABLE IF NOT EXISTS \(Self.settingTable) (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
                DELETE FROM \(Self.classTable);
                DELETE FROM \(Self.settingTable);
                """)
        for table in [Self.classTable, Self.settingTable] {
            let isRegistered =
                try Bool.fetchOne(
                    db, sql: "SELECT EXISTS (SELECT 1 FROM gpkg_extensions WHERE table_name = ?)", arguments: [table])
                ?? false
            if !isRegistered { try db.execute(sql: Schema.register([table])) }
        }
        for (layer, columns) in classes.configured.sorted(by: { $0.key < $1.key }) {
            for (column, word) in columns.sorted(by: { $0.key < $1.key }) {
                try db.execute(
                    sql: "INSERT INTO \(Self.classTable) VALUES (?, ?, ?)", arguments: [layer, column, word.rawValue])
            }
        }
        for (key, value) in settings {
            guard let value else { continue }
            try db.execute(sql: "INSERT INTO \(Self.settingTable) VALUES (?, ?)", arguments: [key, value])
        }
    }
}

extension AtlasFile {
    /// What was declared about the atlas.
    ///
    /// - Throws: `Failure`.
    public func publishingSettings() throws(Failure) -> PublishingSettings {
        try ask { db in try PublishingSettings(db) }
    }

    /// The columns of a layer that only its rows tell of: the members of
    /// `attributes`, by name.
    ///
    /// - Throws: `Failure`.
    /// - Complexity: O(rows).
    public func attributeNames(of layer: Layer) throws(Failure) -> [String] {
        try ask { db in
            try String.fetchAll(
                db,
                sql: "SELECT DISTINCT member.key FROM \"\(layer.name)\" AS row, json_each(row.attributes) AS member "
                    + "WHERE json_valid(row.attributes) AND member.key IS NOT NULL ORDER BY 1")
        }
    }
}

extension AtlasChange {
    /// What was declared about the atlas.
    ///
    /// - Throws: a database error.
    public func publishingSettings() throws -> PublishingSettings { try PublishingSettings(db) }

    /// Declares something else about the atlas.
    ///
    /// - Throws: a database error.
    public func set(_ settings: PublishingSettings) throws { try settings.write(to: db) }
}
