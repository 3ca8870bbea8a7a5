import Foundation

/// The largest resident size of this process since a moment.
///
/// Linux lets a process reset its own high-water mark; elsewhere the mark of
/// its whole life counts, which only a process of its own makes useful.
struct MemoryWatch {
    private let start: Int

    /// Begins to watch.
    init() {
        Self.resetPeak()
        start = Self.peakBytes
    }

    /// How much larger the process was at most since the watch began, in bytes.
    var growth: Int { max(0, Self.peakBytes - start) }

    /// Forgets the peak so far; what is held now stays the measure.
    func forgetPeak() { Self.resetPeak() }

    private static func resetPeak() {
        #if os(Linux)
            let descriptor = open("/proc/self/clear_refs", O_WRONLY)
            defer { close(descriptor) }
            _ = write(descriptor, "5", 1)
        #endif
    }

    private static var peakBytes: Int {
        #if os(Linux)
            let descriptor = open("/proc/self/status", O_RDONLY)
            defer { close(descriptor) }
            return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { text in
                let count = read(descriptor, text.baseAddress, text.count - 1)
                text[max(0, count)] = 0
                guard let start = text.baseAddress, let name = strstr(start, "VmHWM:") else { return 0 }
                return strtol(name.advanced(by: 6), nil, 10) * 1024
            }
        #else
            var usage = rusage()
            getrusage(RUSAGE_SELF, &usage)
            return usage.ru_maxrss
        #endif
    }
}
