import Foundation
public import Messages
public import Spatial
public import Store

/// What an import did.
public struct ImportReport: Sendable {
    /// Counts of each layer that records came for.
    public var layers: [(layer: Layer, counts: ImportCounts)] = []
    /// Records that were not taken: the first hundred.
    public var rejections: [(layer: Layer, rejection: Rejection)] = []
    /// Geometries that were mended: the first hundred.
    public var repairs: [(layer: Layer, repair: RepairNote)] = []
    /// What the user should know.
    public var notes: [Text] = []
}

/// Imports files into an atlas, which is made where it is missing, in one
/// transaction: all of them or nothing.
///
/// - Parameters:
///   - paths: files; `-` is standard input.
///   - atlas: the atlas's path.
///   - options: how.
///   - progress: called about every thousand records with the file, the bytes
///     read of it and the records so far; returns `false` to break off.
/// - Returns: what was done.
/// - Throws: `Failure`; the atlas is then as it was.
public func importFiles(
    _ paths: [String], into atlas: String, options: ImportOptions,
    progress: (_ file: String, _ bytesRead: Int, _ records: Int) -> Bool = { _, _, _ in true }
) throws -> ImportReport {
    let exists = FileManager.default.fileExists(atPath: atlas)
    return try AtlasFile.change(path: atlas) { change in
        var report = ImportReport()
        var isNews = false
        for column in options.promote { try change.promote(column, in: options.layer ?? .building) }
        for path in paths {
            var own = options
            own.fileName = path
            let outcome = try FileImport(path: path, options: own, change: change).run(&report, progress: progress)
            isNews = isNews || outcome
        }
        if report.layers.contains(where: { $0.layer == .boundary && $0.counts.added + $0.counts.changed > 0 }) {
            try BoundaryParents.assign(in: change)
        }
        let isKept = !options.isDryRun && (isNews || !exists || !options.promote.isEmpty)
        return (report, isKept ? .commit : .rollBack)
    }
}

/// The import of one file.
private struct FileImport {
    let path: String
    let options: ImportOptions
    let change: AtlasChange

    /// - Returns: whether there is anything to keep.
    func run(_ report: inout ImportReport, progress: (String, Int, Int) -> Bool) throws -> Bool {
        let pipeline = ImportPipeline(path: path, options: options, columns: try change.columns())
        var before: [String: ImportCounts] = [:]
        var sources: [String: Int64] = [:]
        var watches: [String: PositionWatch] = [:]
        var rowsBefore: [String: Int64] = [:]
        var records = 0
        var hasNewRejections = false
        let ending = try pipeline.run { batch in
            let writer = try change.writer(for: batch.layer)
            if sources[batch.layer.name] == nil {
                rowsBefore[batch.layer.name] = try change.highestFid(of: batch.layer)
                before[batch.layer.name] = writer.counts
                sources[batch.layer.name] = try change.beginSource(layer: batch.layer, file: path)
            }
            let source = sources[batch.layer.name] ?? 0
            watches[batch.layer.name, default: PositionWatch()].see(batch)
            writer.count(rejected: batch.rejections.count, repaired: batch.repaired)
            let collisions = try writer.write(batch.records)
            let rejections = batch.rejections + collisions
            try change.keep(rejections, repairs: batch.repairs, of: batch.layer, source: source)
            hasNewRejections = hasNewRejections || !rejections.isEmpty
            report.add(rejections, batch.repairs, of: batch.layer)
            records += batch.records.records.count
            guard progress(path, pipeline.bytesRead, records) else { throw Failure(.interrupted, .interrupted) }
        }
        if ending.isCRSAssumed { report.notes.append(.crsAssumed(path)) }
        let isKnown = try change.holdsSource(sha256: ending.sha256)
        var isChanged = false
        for (name, source) in sources.sorted(by: { $0.key < $1.key }) {
            guard let layer = Layer.named(name) else { continue }
            let writer = try change.writer(for: layer)
            writer.count(incomplete: ending.incomplete[name] ?? 0)
            if let watch = watches[name] {
                report.notes += try watch.suspicions(
                    declared: ending.crs, layer: layer, rowsBefore: rowsBefore[name] ?? 0, change: change)
            }
            if options.sync { try writer.endUnseen(at: Timestamp.now, where: scope(layer)) }
            let counts = writer.counts.since(before[name] ?? ImportCounts())
            try change.endSource(source, sha256: ending.sha256, crs: ending.crs.description, counts: counts)
            report.add(counts, of: layer)
            isChanged = isChanged || counts.added + counts.changed + counts.ended > 0
        }
        return isChanged || (hasNewRejections && !isKnown)
    }

    /// Which rows the file speaks for when records are marked ended.
    private func scope(_ layer: Layer) -> [(column: String, value: String)] {
        var scope = options.set.filter { layer.column($0.column) != nil }
        if layer == .boundary, let level = options.level { scope.append(("level", level.rawValue)) }
        return scope
    }
}

extension ImportReport {
    fileprivate mutating func add(_ rejections: [Rejection], _ repairs: [RepairNote], of layer: Layer) {
        self.rejections += rejections.prefix(max(0, 100 - self.rejections.count)).map { (layer, $0) }
        self.repairs += repairs.prefix(max(0, 100 - self.repairs.count)).map { (layer, $0) }
    }

    fileprivate mutating func add(_ counts: ImportCounts, of layer: Layer) {
        if let index = layers.firstIndex(where: { $0.layer == layer }) {
            layers[index].counts = layers[index].counts + counts
        } else {
            layers.append((layer, counts))
        }
    }
}

/// The present moment as it is stored.
enum Timestamp {
    /// UTC to the second (RFC 3339).
    static var now: String { Date.now.formatted(.iso8601) }
}
