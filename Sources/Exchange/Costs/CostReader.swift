public import Messages
import Synchronization

/// The front door for costs of one's own: a CSV file `site,demand,cost`,
/// perhaps with one `demand,weight` beside it, or a p-median file of the
/// OR-Library (Beasley 1990, doi:10.1057/jors.1990.166).
public enum CostReader {
    /// Whether a path has to be copied to a file before it can be read: files
    /// are read twice, and where they please.
    public static func needsCopy(_ path: String) -> Bool {
        if path == "-" || PathKind(path: path) == .device { return true }
        let beginning = try? RandomAccessFile(path: path).bytes(at: 0, atMost: 2)
        return beginning == [0x1F, 0x8B]
    }

    /// Reads costs.
    ///
    /// In a CSV file, columns stand in any order beside others that are passed
    /// over, ids are any text, and a pair stands once; where it stands twice
    /// both have one cost. A demand that only the demand file names is one that
    /// no site reaches. In a p-median file all nodes are sites and demand,
    /// called by their numbers, costs are shortest paths, and where an edge is
    /// listed twice the last one counts.
    ///
    /// - Parameters:
    ///   - path: the file with the costs; told from its content.
    ///   - demandPath: the file with the weights of the demand; `nil` for
    ///     demand of weight 1.
    ///   - options: how it is read.
    /// - Returns: the costs.
    /// - Throws: `Failure`: `.notFound`, `.inputOutput`; `.unusableInput` with
    ///   the line; `.interrupted` where `options.progress` said so.
    /// - Complexity: O(bytes + n log r) for n entries in rows of r; memory is
    ///   that of the answer, and about 40 bytes an id.
    public static func read(
        _ path: String, demandPath: String? = nil, options: CostOptions = CostOptions()
    ) throws(Failure) -> CostList {
        let file = try RandomAccessFile(path: path)
        let demandSize = try demandPath.map { path throws(Failure) in try RandomAccessFile(path: path).size } ?? 0
        let progress = CostProgress(options, total: 2 * file.size + demandSize)
        let demand = try demandPath.map { path throws(Failure) in
            try DemandFile(path: path, options: options) { bytes throws(Failure) in
                try progress.add(bytes)
            }
        }
        if try PMedianFile.isOne(file) {
            return try PMedianFile(file, progress: progress, limitBytes: options.memoryLimitBytes)
                .costs(demand, threadCount: options.threadCount)
        }
        return try CostTableFile(file: file, demand: demand, options: options, progress: progress).read()
    }
}

/// How far reading is.
final class CostProgress: Sendable {
    private let done = Atomic<Int>(0)
    private let total: Int
    private let tell: @Sendable (Int, Int) -> Bool

    init(_ options: CostOptions, total: Int) { (tell, self.total) = (options.progress, total) }

    /// Counts bytes.
    ///
    /// - Throws: `Failure` with `.interrupted`.
    func add(_ bytes: Int) throws(Failure) {
        guard isWanted(after: bytes) else { throw Failure(.interrupted, .interrupted) }
    }

    /// Counts bytes; whether anybody wants more.
    func isWanted(after bytes: Int) -> Bool { tell(done.add(bytes, ordering: .relaxed).newValue, total) }
}
