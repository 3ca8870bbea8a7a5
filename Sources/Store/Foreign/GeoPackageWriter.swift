public import Foundation
import GRDB
import GRDBSQLite
public import Messages
public import Spatial

/// Writes features as a plain GeoPackage with one table and its spatial index.
///
/// The file is built under another name beside its place and renamed by
/// `finish`: there is never half a file. A column appears with its first
/// value, of that value's type; where values of other types come it becomes
/// wider: whole numbers to numbers, anything else to text. A feature's id
/// stands in the column `id`, unless one of its fields holds it already.
public final class GeoPackageWriter: FeatureWriter {
    /// A column that is there from the beginning.
    public struct Column: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// The type of its values.
        public var kind: Layer.Column.Kind

        /// Makes a column.
        public init(_ name: String, _ kind: Layer.Column.Kind) {
            self.name = name
            self.kind = kind
        }
    }

    /// A CRS that features are written in.
    public struct CRS: Sendable {
        /// Its EPSG code.
        public var code: Int32
        /// Its name.
        public var name: String
        /// Its description as WKT 1 of OGC.
        public var definition: String

        /// Makes a description.
        public init(code: Int32, name: String, definition: String) {
            (self.code, self.name, self.definition) = (code, name, definition)
        }
    }

    private let staged: StagedFile
    private let taken: Failure?
    private let madeAt: Date
    private let file: AtlasFile
    private var rows: WrittenRows?
    private var isFinished = false

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - path: where it will stand.
    ///   - table: the table's name.
    ///   - title: what people call it; else the table's name.
    ///   - notice: what has to be said of all features: the table's description.
    ///   - columns: columns that are there even without values, in order.
    ///   - crs: what the coordinates are, easting or longitude first; `nil` is WGS 84.
    ///   - overwrite: whether a file that stands there is replaced.
    ///   - madeAt: the time that the catalogue notes.
    /// - Throws: `Failure`: `.cannotCreate` where there is one, or where
    ///   nothing can be made there; `.inputOutput`.
    public init(
        path: String, table: String, title: Text? = nil, notice: String = "", columns: [Column] = [],
        crs: CRS? = nil, overwrite: Bool = false, madeAt: Date = .now
    ) throws(Failure) {
        let taken = overwrite ? nil : Failure(.cannotCreate, .outputExists(path), hint: .useOverwrite)
        if let taken, access(path, F_OK) == 0 { throw taken }
        self.taken = taken
        staged = try StagedFile(path: path)
        var layout = FeatureTable(
            name: table, identifier: title?.zh ?? table, description: notice.isEmpty ? title?.en ?? "" : notice,
            columns: columns.map { FeatureTable.Column(name: $0.name, kind: $0.kind) })
        if let crs { layout.srsID = crs.code }
        self.madeAt = madeAt
        do {
            file = try AtlasFile.create(path: path, at: staged.temporary) { db in
                try db.execute(sql: Schema.catalog)
                if let crs { try Self.register(crs, db) }
            }
            rows = try file.perform { [layout] db in
                try db.beginTransaction(.deferred)
                return try WrittenRows(db, layout)
            }
        } catch {
            staged.discard()
            throw error
        }
    }

    private static func register(_ crs: CRS, _ db: Database) throws {
        try db.execute(
            sql: "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?, ?, 'EPSG', ?, ?, NULL)",
            arguments: [crs.name, crs.code, crs.code, crs.definition])
    }

    deinit {
        guard !isFinished else { return }
        rows = nil
        try? file.perform { db in try db.rollback() }
        try? file.close()
        staged.discard()
    }

    /// Writes features, in order; what the batch rejected is not written.
    ///
    /// - Throws: `Failure`.
    public func write(_ batch: FeatureBatch) throws {
        try file.perform { db in try rows?.write(batch, db) }
    }

    /// Completes the file and gives it its name.
    ///
    /// - Throws: `Failure`; the place is then as it was.
    public func finish() throws {
        try file.perform { db in
            guard let rows else { return }
            self.rows = nil
            try rows.finish(db)
            try db.execute(
                sql: "UPDATE gpkg_contents SET last_change = ?", arguments: [ChangeTime.text(madeAt)])
            try db.commit()
            if rows.wasWidened { try db.execute(sql: "VACUUM") }
        }
        try file.close()
        isFinished = true
        defer { staged.discard() }
        try staged.publish(orIfTaken: taken)
    }
}
