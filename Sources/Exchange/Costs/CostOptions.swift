import Foundation

/// How cost files are read.
public struct CostOptions: Sendable {
    /// Entries of greater cost are checked and left out; `nil` keeps all.
    public var radius: Double?
    /// The most memory that the entries and names may take, in bytes. A file
    /// that needs more is refused before that.
    public var memoryLimitBytes = Self.usualMemoryLimitBytes
    /// How many threads read; the answer is the same for any.
    public var threadCount = max(1, min(8, ProcessInfo.processInfo.activeProcessorCount))
    /// Hears, from any thread, how many bytes are read and how many there are
    /// to read, files that are read twice counted twice, and the searches for
    /// the paths of a p-median file as reading it once more; breaks off with
    /// `false`.
    public var progress: @Sendable (_ bytesRead: Int, _ bytesToRead: Int) -> Bool = { _, _ in true }

    /// How much of a file a thread reads at once, in bytes.
    var blockBytes = 1 << 20

    /// Makes the usual options.
    public init() {}

    /// Two fifths of the memory that this process may have: the solvers need
    /// some of the rest.
    public static var usualMemoryLimitBytes: Int { availableMemoryBytes / 5 * 2 }

    /// The computer's memory, or what its control group leaves of it.
    private static var availableMemoryBytes: Int {
        let physical = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        let text = try? String(contentsOfFile: "/sys/fs/cgroup/memory.max", encoding: .utf8)
        let group = text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        return min(physical, group ?? physical)
    }

    /// What an entry takes: its cost and its site.
    static let bytesAnEntry = MemoryLayout<Double>.size + MemoryLayout<UInt32>.size
}
