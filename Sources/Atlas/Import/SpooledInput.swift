import Exchange
import Foundation
import Messages
import Synchronization

/// What came through a pipe, as a file for readers that go about in it;
/// removed with the value, or when the program ends.
final class SpooledInput {
    /// The file.
    let path: String
    private let name: String

    /// Takes all that is left of an input, unpacked.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    init(_ input: ByteInput) throws(Failure) {
        name = input.path
        path = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString)").path
        Leftovers.add(path)
        let output = try ByteOutput(path: path)
        var piece: [UInt8] = []
        while try input.read(appendingTo: &piece, atMost: 1 << 18) > 0 {
            try output.write(piece)
            piece.removeAll(keepingCapacity: true)
        }
        try output.commit()
    }

    deinit { unlink(path) }

    /// A failure that speaks of the pipe, not of the file made of it.
    func named(_ error: any Error) -> any Error {
        guard let failure = error as? Failure else { return error }
        let shown = name == "-" ? Text.standardInput : Text(zh: name, en: name)
        let what = Text(
            zh: failure.what.zh.replacing(path, with: shown.zh), en: failure.what.en.replacing(path, with: shown.en))
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
        atexit { for path in Leftovers.paths.withLock({ $0 }) { unlink(path) } }
    }
}
