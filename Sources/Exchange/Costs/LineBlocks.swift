import Dispatch
import Messages
import Synchronization

/// What takes the lines of a file, a block at a time.
protocol LineSink: AnyObject, SendableMetatype {
    /// Takes whole lines, each with its newline.
    ///
    /// - Parameters:
    ///   - lines: may be changed.
    ///   - offset: where they stand in the file.
    /// - Returns: the first defect.
    func take(_ lines: UnsafeMutableBufferPointer<UInt8>, at offset: Int) -> LineDefect?
}

/// The lines of a file, read in blocks by several threads. Nothing is kept:
/// memory is a block a thread, whatever the size of the file.
struct LineBlocks: Sendable {
    let file: RandomAccessFile
    /// Where the first line begins.
    let start: Int
    /// How much a thread reads at once, in bytes.
    let blockSize: Int

    /// In bytes.
    static let longestLine = 1 << 16

    /// Reads all lines.
    ///
    /// - Parameters:
    ///   - sinks: one a thread. A block goes to any of them.
    ///   - isWanted: asked after every block, from any thread, with its size;
    ///     throws to break off.
    /// - Throws: `Failure`: the first defect of the file as `.unusableInput`,
    ///   `.inputOutput`, what `isWanted` throws.
    func read(
        into sinks: [some LineSink], after isWanted: @Sendable (Int) throws(Failure) -> Void
    ) throws(Failure) {
        let next = Atomic<Int>(0)
        let blocks = (file.size - start + blockSize - 1) / blockSize
        let end = Mutex(End())
        // Each is used by one thread, and only until concurrentPerform returns.
        nonisolated(unsafe) let sinks = sinks
        DispatchQueue.concurrentPerform(iterations: sinks.count) { worker in
            let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 + blockSize + Self.longestLine + 1)
            defer { buffer.deallocate() }
            while !end.withLock({ $0.isReached }) {
                let block = next.add(1, ordering: .relaxed).oldValue
                guard block < blocks else { return }
                do throws(Failure) {
                    if let defect = try take(block, buffer, sinks[worker]) {
                        end.withLock { $0.add(defect) }
                    }
                    try isWanted(min(blockSize, file.size - start - block * blockSize))
                } catch {
                    end.withLock { $0.failure = error }
                }
            }
        }
        let (defect, failure) = end.withLock { ($0.defect, $0.failure) }
        if let failure { throw failure }
        if let defect { throw defect.failure(in: file) }
    }

    /// Why reading ends. Blocks are begun in the order of the file, so that
    /// the first defect is among those found once all threads have stopped.
    private struct End {
        var defect: LineDefect?
        var failure: Failure?

        var isReached: Bool { defect != nil || failure != nil }

        mutating func add(_ other: LineDefect) {
            if defect.map({ other.offset < $0.offset }) ?? true { defect = other }
        }
    }

    /// Hands over the lines that begin in a block.
    private func take(
        _ block: Int, _ buffer: UnsafeMutablePointer<UInt8>, _ sink: some LineSink
    ) throws(Failure) -> LineDefect? {
        let blockStart = start + block * blockSize
        // The byte before tells whether a line begins with the block.
        let offset = block > 0 ? blockStart - 1 : blockStart
        let blockLength = blockStart + blockSize - offset
        let wanted = blockLength + Self.likelyRest
        var count = try file.read(at: offset, into: UnsafeMutableRawBufferPointer(start: buffer, count: wanted))
        var first = 0
        if block > 0 {
            guard let newline = Self.newline(in: buffer, 0..<min(count, blockLength)) else { return nil }
            first = newline + 1
        }
        guard first < min(count, blockLength) else { return nil }
        if let last = Self.newline(in: buffer, min(count, blockLength - 1)..<count) {
            return sink.take(
                UnsafeMutableBufferPointer(start: buffer + first, count: last + 1 - first), at: offset + first)
        }
        if count == wanted {
            let rest = UnsafeMutableRawBufferPointer(start: buffer + count, count: Self.longestLine - Self.likelyRest)
            count += try file.read(at: offset + count, into: rest)
        }
        var last = Self.newline(in: buffer, min(count, blockLength - 1)..<count)
        if last == nil, offset + count >= file.size {
            buffer[count] = UInt8(ascii: "\n")
            last = count
        }
        guard let last else {
            var lineStart = blockLength - 1
            while lineStart > first, buffer[lineStart - 1] != UInt8(ascii: "\n") { lineStart -= 1 }
            return LineDefect(offset: offset + lineStart, reason: .tooLong)
        }
        return sink.take(UnsafeMutableBufferPointer(start: buffer + first, count: last + 1 - first), at: offset + first)
    }

    private static let likelyRest = 256

    private static func newline(in buffer: UnsafeMutablePointer<UInt8>, _ range: Range<Int>) -> Int? {
        var place = range.lowerBound
        while place < range.upperBound {
            if buffer[place] == UInt8(ascii: "\n") { return place }
            place += 1
        }
        return nil
    }
}
