import Foundation
import GRDB
public import Messages
public import Spatial

/// Keeps an answer in an atlas: a table with its spatial index and a style,
/// as any other program of GeoPackages reads it.
///
/// Where an answer holds points, lines and areas each kind but the first gets
/// a table of its own (`plan`, `plan_line`), because one style draws one kind.
/// One transaction: the answer is there as a whole or not at all. Features
/// are held in memory until `finish`, because the types of their geometries
/// stand at the head of a table.
public final class SavedLayerWriter: FeatureWriter {
    /// The tables that were written, with their rows; complete after `finish`.
    public private(set) var tables: [(name: String, count: Int)] = []

    private let path: String
    private let name: String
    private let description: String
    private let queue: DatabaseQueue
    private var batches: [FeatureBatch] = []
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
        if !isFinished {
            try? queue.unsafeReentrantWrite { db in if db.isInsideTransaction { try db.rollback() } }
        }
        try? queue.close()
    }

    /// Takes features.
    public func write(_ batch: FeatureBatch) { batches.append(batch) }

    /// Writes the tables.
    ///
    /// - Throws: `Failure`; the atlas is then as it was.
    public func finish() throws {
        let shapes = batches.map { batch in
            batch.records.map { record in
                GeometryType.header(wkb: batch.bytes[record.geometry]).map { ShapeFamily($0.type) ?? .areas }
            }
        }
        let first = shapes.joined().lazy.compactMap(\.self).first ?? .areas
        do {
            try queue.unsafeReentrantWrite { db in
                for kind in [first] + ShapeFamily.allCases.filter({ $0 != first }) {
                    let parts = zip(batches, shapes).map { batch, shapes in
                        var part = batch
                        part.records = zip(batch.records, shapes).filter { ($1 ?? first) == kind }.map(\.0)
                        return part
                    }
                    if kind == first || parts.contains(where: { !$0.records.isEmpty }) {
                        try write(parts, of: kind, to: kind == first ? name : name + kind.suffix, db)
                    }
                }
                try db.commit()
            }
        } catch { throw Failure(error, path: path) }
        batches = []
        isFinished = true
    }

    /// Writes a table of one kind of shapes.
    private func write(_ parts: [FeatureBatch], of shapes: ShapeFamily, to table: String, _ db: Database) throws {
        let geometries = parts.lazy.flatMap { part in part.records.lazy.map { part.bytes[$0.geometry] } }
        let headers = geometries.compactMap { GeometryType.header(wkb: $0) }
        let types = Set(headers.map(\.type))
        var layout = FeatureTable(name: table, identifier: table, description: description, columns: [])
        if types.count == 1, let type = types.first { layout.geometryType = type.geoPackageName }
        layout.mayHaveHeights = headers.contains(where: \.hasHeights)
        let rows = try WrittenRows(db, layout)
        for part in parts { try rows.write(part, db) }
        try rows.finish(db)
        try SavedLayerTables.register(table, of: name, shapes, db)
        tables.append((table, parts.reduce(0) { $0 + $1.records.count }))
    }
}
