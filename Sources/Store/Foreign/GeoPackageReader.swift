import Foundation
import GRDB
import Messages
public import Spatial

/// Reads the features of a GeoPackage, an atlas or one of another program.
///
/// All tables of features come one behind the other, each in batches of its
/// own; a table named like a layer names it in `FeatureBatch.layer`. An
/// atlas's table gives its `ref` as the feature's id and the members of
/// `attributes` as fields. Of other tables the primary key is a field like
/// any other and the column `id`, where there is one, the feature's id. Blobs
/// that are no geometry are left out. Geometry that cannot be read (curves,
/// damaged bytes) and text that is no UTF-8 make the row a rejection.
///
/// The file is read in one state, whatever is written to it meanwhile.
public final class GeoPackageReader: FeatureReader {
    /// The CRS of the table that the last batch came from: tables of one file
    /// may differ. `nil` where the file leaves it undefined or names no EPSG code.
    public private(set) var declaredCRS: CoordinateReferenceSystem?

    /// Bytes of the rows read so far.
    public private(set) var bytesRead = 0

    /// The names of the tables of features that are read.
    public let tables: [String]

    private let path: String
    private let file: AtlasFile
    private let bounds: ForeignBounds
    private var waiting: ArraySlice<GeoPackageCatalog.Table>
    private var rows: ForeignRows?
    private var keys: [String] = []
    private var number = 0
    private var rowsOfTable = 0

    private static let batchRecords = 1024
    private static let batchBytes = 1 << 20
    private static let batchFields = 1 << 16

    /// Opens a GeoPackage.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - table: the table to read; all tables of features without.
    /// - Throws: `Failure`: `.notFound`, `.unusableInput` where it is no
    ///   GeoPackage, damaged, or holds no features, `.locked`, `.inputOutput`.
    public init(path: String, table: String? = nil) throws {
        self.path = path
        guard access(path, F_OK) == 0 else { throw Failure(.notFound, .noSuchFile(path), hint: .checkPath) }
        let bounds = ForeignBounds(path: path)
        let file = try Self.judging(path) { try AtlasFile.openForeign(path: path, bounds: bounds) }
        self.file = file
        self.bounds = bounds
        let found = try Self.judging(path) {
            try file.perform { db in
                // One state of the file until the reader goes.
                try db.beginTransaction(.deferred)
                return try Self.tables(db, path: path, named: table, bounds: bounds)
            }
        }
        tables = found.map(\.name)
        waiting = found[...]
        declaredCRS = found.first?.crs
    }

    deinit {
        rows = nil
        try? file.perform { db in try db.commit() }
        try? file.close()
    }

    /// The next features; positions are row numbers over all tables.
    ///
    /// - Throws: `Failure` with `.unusableInput` where the file is damaged.
    public func next() throws -> FeatureBatch? {
        try Self.judging(path) { try file.perform { db in try nextBatch(db) } }
    }

    private func nextBatch(_ db: Database) throws -> FeatureBatch? {
        while true {
            if rows == nil {
                guard let table = waiting.popFirst() else { return nil }
                bounds.limitValues(of: db, columns: table.columns.count, areComputed: table.isComputed)
                rows = try ForeignRows(db, table, keys: &keys)
                rowsOfTable = 0
            }
            guard let rows else { return nil }
            var batch = FeatureBatch()
            batch.keys = keys
            batch.layer = rows.table.layer?.name
            let bytesBefore = bytesRead
            while batch.records.count + batch.rejections.count < Self.batchRecords,
                bytesRead - bytesBefore < Self.batchBytes, batch.fields.count < Self.batchFields
            {
                bounds.rewind()
                guard let size = try rows.next(into: &batch, number: number + 1) else {
                    self.rows = nil
                    break
                }
                number += 1
                rowsOfTable += 1
                bytesRead += size
                guard rowsOfTable <= bounds.mostRows, bytesRead <= bounds.mostBytes else {
                    throw Failure(.unusableInput, .endlessTable(path, rows.table.name), hint: .checkSource)
                }
            }
            keys = batch.keys
            declaredCRS = rows.table.crs
            if !batch.records.isEmpty || !batch.rejections.isEmpty { return batch }
        }
    }

    private static func tables(
        _ db: Database, path: String, named: String?, bounds: ForeignBounds
    ) throws -> [GeoPackageCatalog.Table] {
        guard let catalog = try GeoPackageCatalog(db) else {
            throw Failure(.unusableInput, .notADatabase(path), hint: .checkPath)
        }
        var tables = catalog.tables
        if let named {
            tables = tables.filter { $0.name == named }
            guard !tables.isEmpty else {
                let known = catalog.tables.map(\.name).joined(separator: ", ")
                throw Failure(.notFound, .noSuchLayer(named), hint: .knownLayers(known))
            }
        } else if let missing = catalog.missing.first {
            throw Failure(.unusableInput, .tableMissing(path, missing), hint: .checkPath)
        }
        let filled = try tables.filter { table in
            bounds.rewind()
            bounds.limitValues(of: db, columns: table.columns.count, areComputed: table.isComputed)
            return try RawStatement(db, "SELECT 1 FROM \(table.name.quotedIdentifier) LIMIT 1").step()
        }
        guard filled.isEmpty else { return filled }
        throw Failure(.unusableInput, catalog.emptiness(of: path, isNamed: named != nil))
    }

    /// Runs a piece of reading; what SQLite says of bad bytes or of endless
    /// views is about the file.
    private static func judging<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let failure as Failure where [.software, .interrupted].contains(failure.code) {
            throw Failure(.unusableInput, .atlasDamaged(path, failure.what.en), hint: .checkPath)
        }
    }
}

extension GeoPackageCatalog {
    /// What a file without features is.
    fileprivate func emptiness(of path: String, isNamed: Bool) -> Text {
        if isNamed { return .noRows(path) }
        if hasRasters { return .onlyRasters(path) }
        if !tables.isEmpty { return .noRows(path) }
        return hasPlainTables ? .onlyPlainTables(path) : .emptyGeoPackage(path)
    }
}
