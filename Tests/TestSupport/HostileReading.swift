import Foundation

/// Reads files that mean no good: beginnings and damaged copies of a sound
/// one, and crafted ones. Each must be read to its end or refused, within
/// 64 MB + 20 times its size and within its time.
///
/// For a process of its own (`#expect(processExitsWith:)`): memory is that of
/// the process, and a read that hangs ends it.
public final class HostileReading {
    /// The longest one file may take, in seconds of the processor, before the
    /// process ends; a machine that is busy with others gives it ten times that.
    public var secondsPerFile = 20.0
    /// What went wrong, one line each.
    public private(set) var violations: [String] = []

    /// Memory that any file may take, in bytes.
    public static let memoryForAnyFile = 64 << 20
    /// Memory that each byte of a file may take beyond that.
    public static let memoryPerByte = 20

    private let path: String
    private let isAgreed: (any Error) -> Bool
    private let read: (String) throws -> Void
    private var memory: MemoryWatch?
    private let watchdog = Watchdog()

    /// Makes a trial of a reader.
    ///
    /// - Parameters:
    ///   - path: where the files are put; removed in the end.
    ///   - isAgreed: whether an error is one that the reader may throw.
    ///   - read: reads the file at the path to its end.
    public init(
        path: String, isAgreed: @escaping (any Error) -> Bool, read: @escaping (String) throws -> Void
    ) {
        (self.path, self.isAgreed, self.read) = (path, isAgreed, read)
    }

    /// Makes a trial of a reader, with files of that ending in memory where
    /// the system can.
    public convenience init(
        fileExtension: String, isAgreed: @escaping (any Error) -> Bool, read: @escaping (String) throws -> Void
    ) {
        self.init(path: Self.path(fileExtension: fileExtension), isAgreed: isAgreed, read: read)
    }

    deinit { unlink(path) }

    /// A path that nobody has, in memory where the system can.
    public static func path(fileExtension: String) -> String {
        let hasShared = access("/dev/shm", W_OK) == 0
        let folder = hasShared ? URL(filePath: "/dev/shm") : FileManager.default.temporaryDirectory
        return folder.appending(path: "louyu-hostile-\(UUID().uuidString).\(fileExtension)").path
    }

    /// Reads all beginnings of a file, the empty and the whole one included.
    ///
    /// - Parameter original: the whole file.
    /// - Throws: where a file cannot be written.
    public func tryPrefixes(of original: [UInt8]) throws {
        try warmUp(original)
        for length in original.indices {
            try attempt(Array(original[..<length]), "prefix \(length)")
        }
        try attempt(original, "the whole")
    }

    /// Reads damaged copies of a file; number `i` of a seed is always the same.
    public func tryMutations(of original: [UInt8], count: Int, seed: UInt64) throws {
        try warmUp(original)
        for number in 0..<count {
            try attempt(Mutation.bytes(of: original, number: number, seed: seed), "seed \(seed) mutation \(number)")
        }
    }

    /// Reads one crafted file, which must keep the bounds from the first read on.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - name: what violations call it.
    ///   - size: what counts as its size, where it is not the bytes'.
    /// - Throws: where the file cannot be written.
    public func tryFile(_ bytes: [UInt8], _ name: String, size: Int? = nil) throws {
        try write(bytes)
        try tryFileInPlace(name, size: size ?? bytes.count)
    }

    /// Reads what already stands at the path.
    public func tryFileInPlace(_ name: String, size: Int) throws {
        if memory == nil { memory = MemoryWatch() }
        try measure(name, size: size)
    }

    /// Reads a sound file first, so that what a process needs once is no growth.
    public func warmUp(_ sound: [UInt8]) throws {
        try write(sound)
        try? read(path)
        if memory == nil { memory = MemoryWatch() }
    }

    private func attempt(_ bytes: [UInt8], _ name: String) throws {
        try write(bytes)
        try measure(name, size: bytes.count)
    }

    private func measure(_ name: String, size: Int) throws {
        memory?.forgetPeak()
        watchdog.begin(name, seconds: secondsPerFile)
        do { try read(path) } catch  where !isAgreed(error) { violations.append("\(name): \(error)") } catch {}
        watchdog.end()
        let growth = memory?.growth ?? 0
        if let log = getenv("LOUYU_GROWTH_LOG"), let file = fopen(log, "a") {
            fputs("\(name): \(size) bytes, growth \(growth >> 20) MB, \(watchdog.lastSeconds) s\n", file)
            fclose(file)
        }
        let allowed = Self.memoryForAnyFile + Self.memoryPerByte * size
        if growth > allowed { violations.append("\(name): \(size) bytes took \(growth) bytes of memory") }
    }

    private func write(_ bytes: [UInt8]) throws {
        guard let file = fopen(path, "w") else { throw CocoaError(.fileWriteUnknown) }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw CocoaError(.fileWriteUnknown) }
    }
}

/// Damaged copies of a file.
public enum Mutation {
    /// Some bytes changed, removed, doubled, swapped or replaced by telling
    /// ones; number `i` of a seed is always the same.
    public static func bytes(of original: [UInt8], number: Int, seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed &+ UInt64(number) &* 0x9E37_79B9)
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &generator) { damage(&bytes, &generator) }
        return bytes
    }

    private static let bytesThatTell: [UInt8] = [0, 1, 0x1E, 0x7F, 0x80, 0xC3, 0xFF, 0x22, 0x2C, 0x5C, 0x0A]
    private static let letters = Array("{}[]\",:-+.eE0123456789nulltrue\n ".utf8)

    private static func damage(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let length = min(Int.random(in: 1...16, using: &generator), bytes.count - place)
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: bytes[place] = bytesThatTell.randomElement(using: &generator) ?? 0
        case 2: bytes[place] = letters.randomElement(using: &generator) ?? 0
        case 3: bytes.removeSubrange(place..<place + length)
        case 4: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
        case 5:
            let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            bytes.replaceSubrange(place..<place + length, with: noise)
        case 6: bytes.insert(contentsOf: Array(repeating: bytes[place], count: 64), at: place)
        case 7: for index in place..<min(bytes.count, place + 4) { bytes[index] = length % 2 == 0 ? 0xFF : 0x7F }
        case 8:
            let piece = Array(bytes[place..<place + length])
            bytes.insert(contentsOf: piece, at: Int.random(in: 0...bytes.count, using: &generator))
        default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &generator))
        }
    }
}

/// Ends the process where a piece of work does not end in its time.
private final class Watchdog: @unchecked Sendable {
    // `@unchecked Sendable`: the state is touched under the lock.

    /// The time of day and of the processor, in seconds.
    private struct Moment {
        let day = Date().timeIntervalSinceReferenceDate
        let processor = Double(clock()) / Double(CLOCKS_PER_SEC)
    }

    private let lock = NSLock()
    private var work: (name: String, start: Moment, seconds: Double)?
    /// How long the last piece of work took.
    private(set) var lastSeconds = 0.0

    init() {
        Thread.detachNewThread { [weak self] in
            while let self {
                self.look()
                usleep(200_000)
            }
        }
    }

    func begin(_ name: String, seconds: Double) {
        lock.withLock { work = (name, Moment(), seconds) }
    }

    func end() {
        lock.withLock {
            if let work { lastSeconds = Moment().processor - work.start.processor }
            work = nil
        }
    }

    private func look() {
        let now = Moment()
        let late = lock.withLock {
            work.flatMap { work in
                let isLate =
                    now.processor - work.start.processor > work.seconds || now.day - work.start.day > 10 * work.seconds
                return isLate ? work.name : nil
            }
        }
        guard let late else { return }
        FileHandle.standardError.write(Data("\(late): hangs\n".utf8))
        _exit(70)
    }
}
