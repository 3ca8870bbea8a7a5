import Exchange
import Foundation
import Messages
import Synchronization

/// What came through a pipe, as a file for readers that go about in it; read
/// by nobody else, and removed with the value or when the program ends. What a
/// kill leaves is removed by the next that is made.
final class SpooledInput {
    /// The file.
    var path: String { part.temporaryPath }

    private let part: PartFile
    private let shownName: Text
    private let folder = FileManager.default.temporaryDirectory.path

    /// Takes all that is left of an input, unpacked.
    ///
    /// - Parameters:
    ///   - input: the pipe.
    ///   - isWanted: asked for every piece; breaks off with `false`.
    /// - Throws: `Failure` with `.inputOutput`, `.interrupted`.
    init(_ input: ByteInput, isWanted: () -> Bool) throws(Failure) {
        shownName = input.path == "-" ? .standardInput : Text(zh: input.path, en: input.path)
        do {
            part = try PartFile(beside: "\(folder)/louyu-input", isPrivate: true)
        } catch {
            throw Failure(.inputOutput, .spoolFailed(shownName, folder, error.what), hint: .freeSpace)
        }
        Leftovers.add(path)
        var piece: [UInt8] = []
        while try input.read(appendingTo: &piece, atMost: 1 << 18) > 0 {
            guard isWanted() else { throw Failure(.interrupted, .interrupted) }
            try write(piece)
            piece.removeAll(keepingCapacity: true)
        }
    }

    deinit { part.discard() }

    private func write(_ bytes: [UInt8]) throws(Failure) {
        var offset = 0
        while offset < bytes.count {
            let wrote = bytes.withUnsafeBytes {
                Foundation.write(part.descriptor, $0.baseAddress?.advanced(by: offset), $0.count - offset)
            }
            if wrote >= 0 {
                offset += wrote
            } else if errno != EINTR {
                let reason = String(cString: strerror(errno))
                throw Failure(
                    .inputOutput, .spoolFailed(shownName, folder, Text(zh: reason, en: reason)), hint: .freeSpace)
            }
        }
    }

    /// A failure that speaks of the pipe, not of the file made of it.
    func named(_ error: any Error) -> any Error {
        guard let failure = error as? Failure else { return error }
        let what = Text(
            zh: failure.what.zh.replacing(path, with: shownName.zh),
            en: failure.what.en.replacing(path, with: shownName.en))
        return Failure(failure.code, what, hint: failure.hint)
    }
}

/// Files that go when the program ends in the middle of its work.
private enum Leftovers {
    private static let paths = Mutex<[String]>([])

    static func add(_ path: String) {
        let isFirst = paths.withLock { paths in
            paths.append(path)
            return paths.count == 1
        }
        guard isFirst else { return }
        atexit { for path in Leftovers.paths.withLock({ $0 }) { PartFile.remove(path) } }
    }
}
