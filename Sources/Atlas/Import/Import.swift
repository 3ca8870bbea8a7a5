import Foundation
public import Messages
public import Spatial
public import Store

/// What an import did.
public struct ImportReport: Sendable {
    /// Counts of each layer that records came for.
    public var layers: [(layer: Layer, counts: ImportCounts)] = []
    /// Counts of tiles of elevation; `nil` where none came.
    public var elevation: ImportCounts?
    /// Records that were not taken: the first hundred.
    public var rejections: [(layer: Layer, rejection: Rejection)] = []
    /// Geometries that were mended: the first hundred.
    public var repairs: [(layer: Layer, repair: RepairNote)] = []
    /// Values that were corrected by hand and that their source has changed
    /// too; the corrections stand. The first hundred.
    public var conflicts: [(layer: Layer, conflict: CorrectionConflict)] = []
    /// How many such values there are.
    public var conflictCount = 0
    /// What became of the rows of ledgers, a ledger each.
    public var ledgers: [LedgerReport] = []
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
///   - note: called at once with what the user should know while it lasts:
///     that another program is waited for.
///   - progress: called about every thousand records, and ten times a second
///     while none come, with the file, the bytes read of it and the records so
///     far; returns `false` to break off.
/// - Returns: what was done.
/// - Throws: `Failure`; the atlas is then as it was.
public func importFiles(
    _ paths: [String], into atlas: String, options: ImportOptions, note: (Text) -> Void = { _ in },
    progress: (_ file: String, _ bytesRead: Int, _ records: Int) -> Bool = { _, _, _ in true }
) throws -> ImportReport {
    if options.set.contains(where: { ["ref", "编号"].contains($0.column) }) {
        throw Failure(.usage, .refCannotBeSet, hint: .useKey)
    }
    try GEOSLibrary.open()
    let exists = FileManager.default.fileExists(atPath: atlas)
    var isNoted = false
    let waiting = { (seconds: Double) throws(Failure) in
        if seconds > 1 && !isNoted {
            note(.waitingForReaders(atlas))
            isNoted = true
        }
        guard progress(paths.first ?? atlas, 0, 0) else { throw Failure(.interrupted, .interrupted) }
    }
    var reviews: [String] = []
    let body = { (change: AtlasChange) throws -> (ImportReport, AtlasFile.Ending) in
        change.describe(as: .import, note: options.note)
        var report = ImportReport()
        var isNews = false
        var synced: Set<Layer> = []
        if let gap = options.snapGapMeters { isNews = try change.setSnapGap(meters: gap) }
        for column in options.promote { try change.promote(column, in: options.layer ?? .building) }
        for path in paths {
            if try ElevationImport.isTile(path) {
                let file = ElevationImport(path: path, change: change)
                isNews = try file.run(&report, progress: progress) || isNews
                continue
            }
            var own = options
            own.fileName = path
            if try LedgerSource.isLedger(path, options: own) {
                let ledger = try LedgerImport(path: path, atlas: atlas, options: own, change: change)
                isNews = try ledger.run(&report, progress: progress) || isNews
                if let review = report.ledgers.last?.review { reviews.append(review) }
                continue
            }
            let file = FileImport(path: path, atlas: atlas, options: own, change: change)
            let outcome = try file.run(&report, progress: progress)
            isNews = isNews || outcome.isNews
            if options.sync { synced.formUnion(outcome.layers.union(options.layer.map { [$0] } ?? [])) }
        }
        for layer in Layer.all where synced.contains(layer) {
            let ended = try endUnseen(in: layer, options: options, change: change)
            report.add(ended, of: layer)
            isNews = isNews || ended.ended > 0
        }
        if report.layers.contains(where: { $0.layer == .boundary && $0.counts.added + $0.counts.changed > 0 }) {
            try BoundaryParents.assign(in: change)
        }
        let isKept = isNews || !exists || !options.promote.isEmpty
        return (report, isKept ? .commit : .rollBack)
    }
    do {
        return options.isDryRun
            ? try AtlasFile.rehearse(path: atlas, body) : try AtlasFile.change(path: atlas, waiting: waiting, body)
    } catch {
        // A review of rows that were not imported would ask in vain.
        for review in reviews { try? FileManager.default.removeItem(atPath: review) }
        throw error
    }
}

/// The import of one file.
private struct FileImport {
    let path: String
    let atlas: String
    let options: ImportOptions
    let change: AtlasChange

    /// Imports the file.
    ///
    /// - Returns: whether there is anything to keep, and the layers that
    ///   records came for.
    func run(
        _ report: inout ImportReport, progress: (String, Int, Int) -> Bool
    ) throws -> (isNews: Bool, layers: Set<Layer>) {
        let pipeline = ImportPipeline(path: path, options: options, columns: try change.columns())
        var before: [String: ImportCounts] = [:]
        var sources: [String: Int64] = [:]
        var watches: [String: PositionWatch] = [:]
        var rowsBefore: [String: Int64] = [:]
        var records = 0
        var hasNewRejections = false
        var recordsWithoutLevel = 0
        var strangers = 0
        var adopted = 0
        func mayProceed() throws {
            guard progress(path, pipeline.bytesRead, records) else { throw Failure(.interrupted, .interrupted) }
        }
        let ending = try pipeline.run(asking: mayProceed) { batch in
            let writer = try change.writer(for: batch.layer)
            if sources[batch.layer.name] == nil {
                rowsBefore[batch.layer.name] = try change.highestFid(of: batch.layer)
                before[batch.layer.name] = writer.counts
                sources[batch.layer.name] = try change.beginSource(
                    layer: batch.layer, file: path,
                    identity: batch.isFromOSM
                        ? SourceIdentity.openStreetMap : SourceIdentity.of(path: path, atlas: atlas),
                    refsHoldEverywhere: options.sync || options.namesRef(of: batch.layer), keepsCorrections: true)
            }
            let source = sources[batch.layer.name] ?? 0
            watches[batch.layer.name, default: PositionWatch()].see(batch)
            writer.count(rejected: batch.rejections.count)
            for ref in batch.rejectedRefs { try writer.keep(ref: ref) }
            recordsWithoutLevel += batch.recordsWithoutLevel
            let adoptedBefore = writer.adopted
            let collisions = try writer.write(batch.records)
            adopted += writer.adopted - adoptedBefore
            strangers += collisions.count(where: { $0.holder != .sameSource })
            let rejections = batch.rejections + collisions.map(batch.rejection)
            let refused = Set(collisions.filter { $0.holder != .sameSource }.map { batch.ref(at: $0.index) })
            let repairs = refused.isEmpty ? batch.repairs : batch.repairs.filter { !refused.contains($0.ref) }
            writer.count(repaired: batch.repaired - (batch.repairs.count - repairs.count))
            try change.keep(rejections, repairs: repairs, of: batch.layer, source: source)
            hasNewRejections = hasNewRejections || !rejections.isEmpty
            report.add(rejections, repairs, of: batch.layer)
            records += batch.records.records.count
            try mayProceed()
        }
        if ending.isCRSAssumed { report.notes.append(.crsAssumed(path)) }
        if recordsWithoutLevel > 0 { report.notes.append(.boundariesWithoutLevel(path, recordsWithoutLevel)) }
        if adopted > 0 { report.notes.append(.refsAdopted(path, adopted)) }
        if strangers > 0 { report.notes.append(.refsTaken(path, strangers)) }
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
            let counts = writer.counts.since(before[name] ?? ImportCounts())
            report.add(counts, of: layer)
            report.add(writer.takeConflicts(), of: layer)
            let isNews = counts.added + counts.changed > 0 || (hasNewRejections && !isKnown)
            if isNews {
                try change.endSource(
                    source, layer: layer, sha256: ending.sha256, crs: ending.crs.description, counts: counts)
            } else {
                try change.forgetSource(source, sha256: ending.sha256)
            }
            isChanged = isChanged || isNews
        }
        return (isChanged, Set(sources.keys.compactMap { Layer.named($0) }))
    }
}

/// Marks the records of a layer ended that no file of an import held: those
/// that have the constants the import set.
private func endUnseen(in layer: Layer, options: ImportOptions, change: AtlasChange) throws -> ImportCounts {
    var scope = options.set.map { (name: layer.column($0.column)?.name ?? $0.column, value: $0.value) }
    if layer == .boundary, let level = options.level { scope.append(("level", level.rawValue)) }
    let writer = try change.writer(for: layer)
    let before = writer.counts
    try writer.endUnseen(at: Timestamp.now, where: scope)
    return writer.counts.since(before)
}

extension PreparedBatch {
    /// The ref of a record.
    fileprivate func ref(at index: Int) -> String {
        guard case .text(let range)? = records.fields[records.records[index].fields].first?.value else { return "" }
        return records.string(range)
    }

    /// A record whose ref is another's, whole.
    fileprivate func rejection(_ collision: RefCollision) -> Rejection {
        let record = records.records[collision.index]
        let ref = ref(at: collision.index)
        let reason: Text =
            switch collision.holder {
            case .sameSource: .refRepeats(ref)
            case .source(let file): .refTaken(ref, by: file)
            case .otherProgram: .refTakenByHand(ref)
            }
        return Rejection(position: record.position, reason: reason, record: RecordText.json(of: record, in: records))
    }
}

extension ImportReport {
    mutating func add(_ rejections: [Rejection], _ repairs: [RepairNote], of layer: Layer) {
        self.rejections += rejections.prefix(max(0, 100 - self.rejections.count)).map { (layer, $0) }
        self.repairs += repairs.prefix(max(0, 100 - self.repairs.count)).map { (layer, $0) }
    }

    mutating func add(_ conflicts: (told: [CorrectionConflict], count: Int), of layer: Layer) {
        self.conflicts += conflicts.told.prefix(max(0, 100 - self.conflicts.count)).map { (layer, $0) }
        conflictCount += conflicts.count
    }

    mutating func add(_ counts: ImportCounts, of layer: Layer) {
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
