#if canImport(Glibc)
    import Glibc
#endif

/// Hints to the system about fresh memory.
enum MemoryAdvice {
    /// Asks for large pages where the system has them: filling fresh memory
    /// page by page otherwise takes as long as copying does.
    static func useHugePages(_ memory: UnsafeMutableRawBufferPointer) {
        #if canImport(Glibc)
            guard memory.count >= 4 << 20, let start = memory.baseAddress else { return }
            let page = sysconf(Int32(_SC_PAGESIZE))
            let first = (Int(bitPattern: start) + page - 1) / page * page
            let end = (Int(bitPattern: start) + memory.count) / page * page
            _ = madvise(UnsafeMutableRawPointer(bitPattern: first), end - first, MADV_HUGEPAGE)
        #endif
    }
}
