import Exchange
import Foundation
import Messages
import Spatial
import Store

/// Reads, prepares and hands over one file: a thread that reads, a thread
/// that prepares, and the caller, who writes.
///
/// `@unchecked Sendable`: mutable state is touched under the lock; the reader
/// stays on the reading thread, the preparers on the preparing one.
final class ImportPipeline: @unchecked Sendable {
    /// What the reading thread hands on.
    private struct Piece: Sendable {
        let batch: FeatureBatch
        let declaredCRS: CoordinateReferenceSystem?
        let bytesRead: Int
        /// Whether the format itself sorts records into layers (OSM), so that
        /// a layer that is asked for means: only that one.
        let isSorted: Bool
    }

    /// What is known when the file has been read.
    struct Ending: Sendable {
        var sha256: String?
        var incomplete: [String: Int] = [:]
        var crs = CoordinateDeclaration(.wgs84)
        var isCRSAssumed = false
    }

    private let path: String
    private let options: ImportOptions
    private let columns: [String: [String]]
    private let pieces = BoundedQueue<Piece>(capacity: 4)
    private let prepared = BoundedQueue<PreparedBatch>(capacity: 4)
    private let lock = NSLock()
    private var failure: (any Error)?
    private var ending = Ending()
    private var bytesReadSoFar = 0

    /// Prepares the way of one file; `columns` are those of every layer, by its name.
    init(path: String, options: ImportOptions, columns: [String: [String]]) {
        self.path = path
        self.options = options
        self.columns = columns
    }

    /// Bytes of the file consumed so far.
    var bytesRead: Int { lock.withLock { bytesReadSoFar } }

    /// Runs the whole way; `body` gets batches in source order on the
    /// caller's thread, where `mayWait` is asked while there are none.
    ///
    /// - Throws: what reading, preparing, `mayWait` or `body` threw first.
    func run(asking mayWait: () throws -> Void, _ body: (PreparedBatch) throws -> Void) throws -> Ending {
        start("louyu reading", { [self] in try read() }, finish: { [self] in pieces.finish() })
        start("louyu preparing", { [self] in try prepare() }, finish: { [self] in prepared.finish() })
        do {
            while let batch = try prepared.pop(asking: mayWait) { try body(batch) }
        } catch {
            pieces.cancel()
            prepared.cancel()
            throw error
        }
        if let failure = lock.withLock({ failure }) { throw failure }
        return lock.withLock { ending }
    }

    /// Works on a thread of its own. A failure is noted before `finish` lets
    /// the next thread believe that all is done.
    private func start(
        _ name: String, _ work: @escaping @Sendable () throws -> Void, finish: @escaping @Sendable () -> Void
    ) {
        let thread = Thread { [self] in
            do {
                try work()
            } catch {
                lock.withLock { if failure == nil { failure = error } }
                pieces.cancel()
            }
            finish()
        }
        thread.name = name
        thread.stackSize = 8 << 20
        thread.start()
    }

    private func read() throws {
        let opened = try SourceFile(path: path, options: options) { [pieces] in !pieces.isDeserted }
        var isUndeclared = false
        while let batch = try opened.next() {
            isUndeclared = isUndeclared || opened.reader.declaredCRS == nil
            let piece = Piece(
                batch: batch, declaredCRS: opened.reader.declaredCRS, bytesRead: opened.reader.bytesRead,
                isSorted: opened.isSorted)
            guard pieces.push(piece) else { return }
        }
        let sha256 = try opened.contentHash()
        let declared = opened.reader.declaredCRS
        lock.withLock {
            ending.sha256 = sha256
            ending.incomplete = opened.incomplete
            ending.crs = options.crs ?? CoordinateDeclaration(declared ?? .wgs84)
            ending.isCRSAssumed = options.crs == nil && isUndeclared && !opened.isAlwaysWGS84
        }
    }

    private func prepare() throws {
        // Tables of one file may come in different systems.
        var preparers: [String: RecordPreparer] = [:]
        while let piece = pieces.pop(asking: {}) {
            lock.withLock { bytesReadSoFar = piece.bytesRead }
            guard let layer = try layer(of: piece.batch, isSorted: piece.isSorted) else { continue }
            let crs = options.crs ?? CoordinateDeclaration(piece.declaredCRS ?? .wgs84)
            let key = "\(layer.name) \(crs)"
            let preparer = try preparers[key] ?? preparer(for: layer, crs: crs)
            preparers[key] = preparer
            var batch = try preparer.prepare(piece.batch)
            batch.isFromOSM = piece.isSorted
            guard prepared.push(batch) else { return }
        }
    }

    private func preparer(for layer: Layer, crs: CoordinateDeclaration) throws -> RecordPreparer {
        let transform = try CoordinateTransform(crs)
        return RecordPreparer(
            layer: layer, columns: columns[layer.name] ?? [], options: options,
            transform: transform.isIdentity ? nil : transform)
    }

    /// The layer a batch goes to; `nil` where the user wants another one only.
    private func layer(of batch: FeatureBatch, isSorted: Bool) throws -> Layer? {
        let own = batch.layer.flatMap { Layer.named($0) }
        if let layer = options.layer { return isSorted && own != layer ? nil : layer }
        if let own { return own }
        let guess = LayerGuess.layer(path: path, options: options)
        guard let guess else { throw Failure(.usage, .layerUnknown(path), hint: .nameLayer) }
        return guess
    }
}

/// Which layer a file is for, where neither user nor format says so.
enum LayerGuess {
    private static let words: [(Layer, [String])] = [
        (.building, ["building", "footprint", "楼宇", "建筑"]),
        (.boundary, ["boundar", "district", "communit", "辖区", "区划", "街道", "社区"]),
        (.zone, ["zone", "片区", "园区"]), (.station, ["station", "服务站", "站点"]),
        (.street, ["street", "road", "道路"]), (.water, ["water", "river", "水域"]),
    ]

    /// The layer by the options, or by a word in the file's name; `nil` where
    /// nothing tells.
    static func layer(path: String, options: ImportOptions) -> Layer? {
        if options.level != nil { return .boundary }
        let name = URL(filePath: path).lastPathComponent.lowercased()
        return words.first { _, words in words.contains { name.contains($0) } }?.0
    }
}
