import Foundation
import GRDB
public import Messages
public import Spatial

/// Keeps an answer in an atlas: a table with its spatial index and a style,
/// as any other program of GeoPackages reads it.
///
/// Where an answer holds points, lines and areas each kind but the first gets
/// a table of its own (`plan`, `plan_line`), because one style draws one kind.
/// One transaction: the answer is there as a whole or not at all.
public final class SavedLayerWriter: FeatureWriter {
    /// The tables that were written, with their rows; complete after `finish`.
    public private(set) var tables: [(name: String, count: Int)] = []

    private struct Part {
        let shapes: SavedShapes
        let table: String
        let rows: WrittenRows
        var types: Set<GeometryType> = []
        var hasHeights = false
        var count = 0
    }

    private let path: String
    private let name: String
    private let description: String
    private let queue: DatabaseQueue
    private var parts: [Part] = []
    private var isFinished = false

    private static let patienceSeconds = 5.0

    /// Begins to keep an answer.
    ///
    /// - Parameters:
    ///   - path: the atlas, which nobody reads from inside this process now.
    ///   - name: what the answer is called.
    ///   - description: what was asked.
    ///   - overwrite: whether an answer kept under that name is replaced;
    ///     what is no answer never is.
    /// - Throws: `Failure`: `.usage` for a name that cannot be, `.cannotCreate`
    ///   where it is taken or the atlas cannot be written, `.locked`.
    public init(path: String, name: String, description: String, overwrite: Bool) throws(Failure) {
        try SavedLayerTables.check(name: name)
        _ = try AtlasFile.Access(path: path, for: .writing)
        (self.path, self.name, self.description) = (path, name, description)
        var configuration = Configuration()
        configuration.busyMode = .timeout(Self.patienceSeconds)
        configuration.allowsUnsafeTransactions = true
        configuration.label = "louyu.save"
        configuration.prepareDatabase { db in
            GeoPackageFunctions.register(on: db)
            try db.execute(sql: "PRAGMA trusted_schema = ON")
        }
        do {
            queue = try DatabaseQueue(
                path: "file:\(FileHeader.uriPath(path))?mode=rw", configuration: configuration)
            try queue.unsafeReentrantWrite { db in
                try db.beginTransaction(.immediate)
                try SavedLayerTables.makeRoom(for: name, overwrite: overwrite, db)
            }
        } catch {
            throw Failure(error, path: path)
        }
    }

    deinit {
        parts = []
        if !isFinished {
            try? queue.unsafeReentrantWrite { db in if db.isInsideTransaction { try db.rollback() } }
        }
        try? queue.close()
    }

    /// Writes features.
    ///
    /// - Throws: `Failure`.
    public func write(_ batch: FeatureBatch) throws {
        try perform { db in
            let shapes = batch.records.map { GeometryType(wkb: batch.bytes[$0.geometry]) }
            let first = parts.first?.shapes ?? shapes.lazy.compactMap { $0 }.first.map(SavedShapes.init) ?? .areas
            for kind in [first] + SavedShapes.allCases.filter({ $0 != first }) {
                var own = batch
                own.records = zip(batch.records, shapes).filter { ($1.map(SavedShapes.init) ?? first) == kind }.map(\.0)
                guard !own.records.isEmpty else { continue }
                let index = try part(of: kind, db)
                try parts[index].rows.write(own, db)
                parts[index].count += own.records.count
                parts[index].hasHeights =
                    parts[index].hasHeights
                    || own.records.contains { GeometryType.hasHeights(wkb: batch.bytes[$0.geometry]) }
                parts[index].types.formUnion(own.records.compactMap { GeometryType(wkb: batch.bytes[$0.geometry]) })
            }
        }
    }

    /// Completes the tables.
    ///
    /// - Throws: `Failure`; the atlas is then as it was.
    public func finish() throws {
        try perform { db in
            if parts.isEmpty { _ = try part(of: .areas, db) }
            for part in parts {
                try part.rows.finish(db)
                try SavedLayerTables.register(part.table, of: name, part.shapes, db)
                let type = part.types.count == 1 ? part.types.first : nil
                try db.execute(
                    sql: "UPDATE gpkg_geometry_columns SET geometry_type_name = ?, z = ? WHERE table_name = ?",
                    arguments: [type?.geoPackageName ?? "GEOMETRY", part.hasHeights ? 2 : 0, part.table])
            }
            tables = parts.map { ($0.table, $0.count) }
            parts = []
            try db.commit()
        }
        isFinished = true
    }

    private func part(of shapes: SavedShapes, _ db: Database) throws -> Int {
        if let index = parts.firstIndex(where: { $0.shapes == shapes }) { return index }
        let table = parts.isEmpty ? name : name + shapes.suffix
        let layout = FeatureTable(name: table, identifier: table, description: description, columns: [])
        parts.append(Part(shapes: shapes, table: table, rows: try WrittenRows(db, layout)))
        return parts.count - 1
    }

    private func perform(_ body: (Database) throws -> Void) throws(Failure) {
        do { try queue.unsafeReentrantWrite(body) } catch { throw Failure(error, path: path) }
    }
}
