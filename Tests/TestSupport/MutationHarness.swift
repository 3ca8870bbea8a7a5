import Foundation

/// Feeds a reader every beginning of a good file and many damaged copies, and
/// tells where it does anything but deliver, reject or fail in the agreed way.
///
/// Each input is a file of its own. A reader that crashes or hangs ends the
/// test process; one that is merely slow or greedy is reported.
public struct MutationHarness {
    /// The good file.
    public let original: [UInt8]
    /// The longest one input may take, in seconds.
    public var secondsPerInput = 5.0
    /// How much the process may grow over all inputs, in bytes.
    public var memoryGrowth = 96 << 20

    private let path: String

    /// Makes a harness for files that end in `fileExtension`.
    public init(original: [UInt8], fileExtension: String) {
        self.original = original
        path =
            FileManager.default.temporaryDirectory
            .appending(path: "louyu-mutation-\(UUID().uuidString).\(fileExtension)").path
    }

    /// Reads every prefix, the empty and the whole one included.
    ///
    /// - Parameters:
    ///   - step: how much longer each prefix is, for large files.
    ///   - isAgreed: whether an error is one that the reader may throw.
    ///   - read: reads the file at a path to its end.
    /// - Returns: what went wrong, one line each; empty where nothing did.
    /// - Throws: where the input cannot be written.
    public func violationsOfPrefixes(
        step: Int = 1, isAgreed: (any Error) -> Bool, read: (String) throws -> Void
    ) throws -> [String] {
        let lengths = stride(from: 0, through: original.count, by: step)
        return try violations(lengths.lazy.map { ("prefix \($0)", Array(original.prefix($0))) }, isAgreed, read)
    }

    /// Reads damaged copies; number `i` of a seed is always the same.
    ///
    /// - Returns: what went wrong, with seed and number; empty where nothing did.
    public func violationsOfMutations(
        count: Int, seed: UInt64, isAgreed: (any Error) -> Bool, read: (String) throws -> Void
    ) throws -> [String] {
        let inputs = (0..<count).lazy.map { number in
            ("seed \(seed) mutation \(number)", mutation(number, seed: seed))
        }
        return try violations(inputs, isAgreed, read)
    }

    /// One damaged copy.
    public func mutation(_ number: Int, seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed &+ UInt64(number) &* 0x9E37_79B9)
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &generator) { Self.damage(&bytes, &generator) }
        return bytes
    }

    private static func damage(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let length = min(Int.random(in: 1...16, using: &generator), bytes.count - place)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: bytes[place] = [0, 0x1E, 0x7F, 0x80, 0xC3, 0xFF, 0x22, 0x5C].randomElement(using: &generator) ?? 0
        case 2: bytes[place] = "{}[]\",:-+.eE0123456789nulltrue\n ".utf8.randomElement(using: &generator) ?? 0
        case 3: bytes.removeSubrange(place..<place + length)
        case 4: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
        case 5:
            let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            bytes.replaceSubrange(place..<place + length, with: noise)
        case 6: bytes.insert(contentsOf: Array(repeating: bytes[place], count: 64), at: place)
        default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &generator))
        }
    }

    private func violations(
        _ inputs: some Sequence<(String, [UInt8])>, _ isAgreed: (any Error) -> Bool, _ read: (String) throws -> Void
    ) throws -> [String] {
        defer { try? FileManager.default.removeItem(atPath: path) }
        var violations: [String] = []
        let before = Self.peakMemory()
        for (name, bytes) in inputs {
            try Data(bytes).write(to: URL(filePath: path))
            let start = Date()
            do { try read(path) } catch  where !isAgreed(error) { violations.append("\(name): \(error)") } catch {}
            let seconds = Date().timeIntervalSince(start)
            if seconds > secondsPerInput { violations.append("\(name): \(seconds) s") }
        }
        let growth = Self.peakMemory() - before
        if growth > memoryGrowth { violations.append("memory grew by \(growth) bytes") }
        return violations
    }

    /// The largest resident size the process had, in bytes.
    private static func peakMemory() -> Int {
        var usage = rusage()
        #if os(Linux)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            return usage.ru_maxrss * 1024
        #else
            getrusage(RUSAGE_SELF, &usage)
            return usage.ru_maxrss
        #endif
    }
}
