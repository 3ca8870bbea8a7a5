import Foundation
import GRDB
public import Messages
public import Spatial

/// A change of an atlas under way: one transaction, all or nothing.
public final class AtlasChange {
    /// So many rows beside the name index are compared one by one.
    private static let mostMarked = 1000

    let db: Database
    let log: ChangeLog
    private let asides: Asides
    private var writers: [LayerWriter] = []

    init(_ db: Database) throws {
        self.db = db
        log = ChangeLog(db)
        asides = try Asides(db)
    }

    /// Says what the change is called in the history, and why it is made.
    public func describe(as verb: ChangeVerb, note: String? = nil) { (log.verb, log.note) = (verb, note) }

    /// The writer of a layer; the same one each time.
    ///
    /// - Throws: a database error.
    public func writer(for layer: Layer) throws -> LayerWriter {
        if let writer = writers.first(where: { $0.layer == layer }) { return writer }
        let writer = try LayerWriter(db, layer: layer, log: log.layer(layer))
        writers.append(writer)
        return writer
    }

    /// The columns of every layer behind fid and geometry, by the layer's name.
    ///
    /// - Throws: a database error.
    public func columns() throws -> [String: [String]] {
        var columns: [String: [String]] = [:]
        for layer in Layer.all { columns[layer.name] = try AtlasFile.columns(db, layer) }
        return columns
    }

    /// The rows of a layer as they stand in this change.
    ///
    /// - Throws: a database error.
    public func features(_ query: FeatureQuery) throws -> [StoredFeature] { try AtlasFile.features(db, query) }

    /// A row as it stands in this change; `nil` where there is none.
    ///
    /// - Throws: a database error.
    public func feature(_ layer: Layer, fid: Int64) throws -> StoredFeature? {
        try AtlasFile.features(db, FeatureQuery(layer, condition: .fids([fid]))).first
    }

    /// Whether a row of a layer has a ref, one that has ended too.
    ///
    /// - Throws: a database error.
    /// - Complexity: O(log rows); the first call in a layer that was empty
    ///   before this change indexes what stands there.
    public func isTaken(_ ref: String, in layer: Layer) throws -> Bool {
        try writers.first { $0.layer == layer }?.indexRefs()
        let row = try RawStatement(
            cached: "SELECT EXISTS (SELECT 1 FROM \(layer.name.quotedIdentifier) WHERE ref = ?)", db)
        row.bind(1, ref)
        return try row.step() && row.integer(0) != 0
    }

    /// The highest fid of a layer; 0 where it is empty.
    ///
    /// - Throws: a database error.
    public func highestFid(of layer: Layer) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT max(fid) FROM \"\(layer.name)\"") ?? 0
    }

    /// The box around what other layers hold, and around the rows of one
    /// layer that stood there before; empty for nothing.
    ///
    /// - Throws: a database error.
    public func extent(layers: [Layer], besides layer: Layer, rowsBefore: Int64) throws -> BoundingBox {
        var extent = BoundingBox.empty
        for other in layers where other != layer || rowsBefore > 0 {
            extent.add(try AtlasFile.extent(db, other))
        }
        return extent
    }

    /// Sets one column of one row.
    ///
    /// - Throws: a database error.
    public func set(_ column: String, of feature: StoredFeature, to value: String?) throws {
        try log.layer(feature.layer).recording(feature.fid) {
            try db.execute(
                sql: "UPDATE \"\(feature.layer.name)\" SET \(column.quotedIdentifier) = ? WHERE fid = ?",
                arguments: [value, feature.fid])
        }
        try raiseVersionWithoutTriggers(of: feature.layer)
    }

    /// Gives a row another geometry; its triggers keep index and version.
    ///
    /// - Throws: a database error.
    public func setGeometry(
        of feature: StoredFeature, to geometry: Geometry, position: SourcePosition? = nil
    ) throws {
        var blob: [UInt8] = []
        geometry.wkb.withUnsafeBytes { GeoPackageBinary.append(wkb: $0, box: geometry.box, to: &blob) }
        try log.layer(feature.layer).recording(feature.fid, position: position) {
            try db.execute(
                sql: "UPDATE \"\(feature.layer.name)\" SET geom = ? WHERE fid = ?",
                arguments: [Data(blob), feature.fid])
        }
    }

    /// Raises the version for the rows just changed, where the triggers that
    /// would do so are away because the layer is being written.
    func raiseVersionWithoutTriggers(of layer: Layer) throws {
        guard writers.contains(where: { $0.layer == layer }) else { return }
        try AtlasPart.layer(layer).raiseVersion(in: db, by: 1)
    }

    /// Begins the record of a source's import into a layer.
    ///
    /// - Parameters:
    ///   - layer: the layer.
    ///   - file: the source's name as it was given.
    ///   - identity: what the source is known by when it comes again; empty
    ///     where it is known by nothing.
    ///   - refsHoldEverywhere: whether a ref means the same thing in every
    ///     source; else the source replaces rows of its own only.
    ///   - keepsCorrections: whether values that others have changed since the
    ///     source wrote them stay where it brings nothing new, and corrections
    ///     by hand in any case; see `LayerWriter.takeConflicts()`.
    /// - Returns: its number.
    /// - Throws: a database error.
    public func beginSource(
        layer: Layer, file: String, identity: String = "", refsHoldEverywhere: Bool = true,
        keepsCorrections: Bool = false
    ) throws -> Int64 {
        let owners = try RefOwners(db, layer: layer, file: file, identity: identity)
        let corrections = keepsCorrections ? try corrections(in: layer, file: file, identity: identity) : nil
        try writer(for: layer).begin(owners: refsHoldEverywhere ? nil : owners, corrections: corrections)
        let source = try addSource(layer: layer.name, file: file, identity: identity)
        try log.layer(layer).begin(log.part(of: layer.name, file: file, source: source))
        return source
    }

    /// What others have made of a source's rows since it wrote them; `nil`
    /// where no row of the layer was ever changed.
    ///
    /// - Throws: a database error.
    public func corrections(in layer: Layer, file: String, identity: String) throws -> Corrections? {
        let owners = try RefOwners(db, layer: layer, file: file, identity: identity)
        return try Corrections(db, layer: layer, owners: owners, file: file, identity: identity)
    }

    /// Adds the record of a source.
    func addSource(
        layer: String, file: String, identity: String = "", sha256: String? = nil, crs: String = "",
        counts: ImportCounts = ImportCounts()
    ) throws -> Int64 {
        try db.execute(
            sql: """
                INSERT INTO louyu_source (layer, file, identity, sha256, crs, imported_at, read, added, changed,
                unchanged, ended, repaired, rejected, incomplete)
                VALUES (?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ','now'), ?, ?, ?, ?, 0, 0, 0, 0)
                """,
            arguments: [
                layer, file, identity, sha256, crs, counts.read, counts.added, counts.changed, counts.unchanged,
            ])
        return db.lastInsertedRowID
    }

    /// Whether a file of that content was imported before.
    ///
    /// - Throws: a database error.
    public func holdsSource(sha256: String?) throws -> Bool {
        try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM louyu_source WHERE sha256 = ?)", arguments: [sha256]) ?? false
    }

    /// Takes back what was kept of a source that brought nothing new.
    ///
    /// - Parameters:
    ///   - id: its number.
    ///   - sha256: of the file's bytes, for what the file may end still.
    /// - Throws: a database error.
    public func forgetSource(_ id: Int64, sha256: String? = nil) throws {
        try log.endPart(source: id, sha256: sha256, isKept: false)
        try db.execute(sql: "DELETE FROM rejected_record WHERE source_id = ?", arguments: [id])
        try db.execute(sql: "DELETE FROM louyu_repair WHERE source_id = ?", arguments: [id])
        try db.execute(sql: "DELETE FROM louyu_source WHERE id = ?", arguments: [id])
    }

    /// Completes the record of a source.
    ///
    /// - Throws: a database error.
    public func endSource(
        _ id: Int64, layer: Layer, sha256: String?, crs: String, counts: ImportCounts
    ) throws {
        try log.endPart(source: id, sha256: sha256, isKept: true)
        let added = try writer(for: layer).addedFids
        try db.execute(
            sql: """
                UPDATE louyu_source SET sha256 = ?, first_fid = ?, last_fid = ?, crs = ?, read = ?, added = ?,
                changed = ?, unchanged = ?, ended = ?, repaired = ?, rejected = ?, incomplete = ? WHERE id = ?
                """,
            arguments: [
                sha256, added?.lowerBound, added?.upperBound, crs, counts.read, counts.added, counts.changed,
                counts.unchanged, counts.ended,
                counts.repaired, counts.rejected, counts.incomplete, id,
            ])
    }

    /// Keeps records that were not taken, and what was mended.
    ///
    /// - Throws: a database error.
    public func keep(_ rejections: [Rejection], repairs: [RepairNote], of layer: Layer, source: Int64) throws {
        try asides.keep(rejections, of: layer, source: source)
        try asides.keep(repairs, of: layer, source: source)
    }

    /// Makes a real column of a member of `attributes`.
    ///
    /// - Throws: a database error.
    public func promote(_ column: String, in layer: Layer) throws {
        guard try !db.columns(in: layer.name).contains(where: { $0.name == column }) else { return }
        let name = column.quotedDatabaseIdentifier
        try db.execute(sql: "ALTER TABLE \"\(layer.name)\" ADD COLUMN \(name)")
        try db.execute(
            sql: "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, NULL, NULL, NULL)",
            arguments: [layer.name, column, column, column])
        try log.addedColumn(column, to: layer)
        let member = Property.attribute(column).sql
        let fids = try RawStatement.integers(db, "SELECT fid FROM \"\(layer.name)\" WHERE \(member) IS NOT NULL")
        let move = try RawStatement(
            db,
            """
            UPDATE "\(layer.name)" SET \(name) = \(member),
            attributes = nullif(json_patch(attributes, json_object(?, NULL)), '{}') WHERE fid = ?
            """)
        for fid in fids {
            try log.layer(layer).recording(fid) {
                move.bind(1, column)
                move.bind(2, fid)
                try move.run()
            }
        }
        try raiseVersionWithoutTriggers(of: layer)
    }

    func finish() throws {
        for writer in writers { try writer.finish() }
        try log.finish()
        let marked = try Int.fetchOne(db, sql: "SELECT count(*) FROM louyu_unindexed") ?? 0
        if marked > Self.mostMarked { try NameIndex.takeInMarked(db) }
    }
}

extension AtlasFile {
    /// Whether a change is kept.
    public enum Ending: Sendable {
        /// Kept.
        case commit
        /// Thrown away, as if nothing had been.
        case rollBack
    }

    /// Changes an atlas, or makes it where it is missing, in one step: at any
    /// moment the file holds either the old state or the new one.
    ///
    /// A missing atlas is built under another name and renamed; an existing
    /// one is changed in WAL mode, so that readers go on. What a killed
    /// change left beside the file is removed first.
    ///
    /// - Parameters:
    ///   - path: the atlas.
    ///   - waiting: called with the seconds so far while programs that read
    ///     the file are waited for; breaks off by throwing.
    ///   - body: makes the change.
    /// - Returns: what `body` returns.
    /// - Throws: what `body` or `waiting` throws, or a `Failure` of the file.
    public static func change<Value>(
        path: String, waiting: (Double) throws(Failure) -> Void = { _ in },
        _ body: (AtlasChange) throws -> (Value, Ending)
    ) throws -> Value {
        PartFile.removeLeftovers(of: path)
        guard access(path, F_OK) == 0 else { return try build(path: path, body) }
        let file = try AtlasFile(path: path, for: .writing, waiting: waiting)
        let value: Value
        do {
            value = try file.inTransaction(body).0
        } catch {
            try? file.close()
            throw (error as? DatabaseError).map { Failure($0, path: path) } ?? error
        }
        try file.close()
        return value
    }

    /// Tries a change out on a copy beside the atlas, which stays as it is,
    /// byte by byte; nothing is kept.
    ///
    /// - Throws: as `change(path:_:)`.
    /// - Complexity: reads and writes the whole file once.
    public static func rehearse<Value>(
        path: String, _ body: (AtlasChange) throws -> (Value, Ending)
    ) throws -> Value {
        guard access(path, F_OK) == 0 else { return try build(path: path) { (try body($0).0, .rollBack) } }
        let staged = try StagedFile(path: path)
        defer { staged.discard() }
        do {
            try AtlasFile(path: path, for: .reading).copy(to: staged.temporary)
            let file = try AtlasFile(path: staged.temporary, for: .writing)
            defer { try? file.close() }
            return try file.inTransaction { (try body($0).0, .rollBack) }.0
        } catch {
            throw (error as? DatabaseError).map { Failure($0, path: path) } ?? error
        }
    }

    /// Writes the state that a reader sees now as a file of its own.
    private func copy(to path: String) throws {
        let copy = try DatabaseQueue(path: path)
        try queue.backup(to: copy)
        try copy.close()
    }

    private func inTransaction<Value>(_ body: (AtlasChange) throws -> (Value, Ending)) throws -> (Value, Ending) {
        var result: (Value, Ending)?
        try queue.writeWithoutTransaction { db in
            try db.inTransaction(.immediate) {
                let change = try AtlasChange(db)
                let outcome = try body(change)
                result = outcome
                guard outcome.1 == .commit else { return .rollback }
                try change.finish()
                return .commit
            }
        }
        guard let result else { throw Failure(.software, .atlasInputOutput(path, "no result")) }
        return result
    }

    private static func build<Value>(
        path: String, _ body: (AtlasChange) throws -> (Value, Ending)
    ) throws -> Value {
        let staged = try StagedFile(path: path)
        defer { staged.discard() }
        do {
            let file = try AtlasFile.create(path: path, at: staged.temporary)
            let (value, ending) = try file.inTransaction(body)
            try file.close()
            guard ending == .commit else { return value }
            try staged.publish(orIfTaken: Failure(.locked, .atlasLocked(path), hint: .closeOther))
            return value
        } catch {
            throw (error as? DatabaseError).map { Failure($0, path: path) } ?? error
        }
    }
}
