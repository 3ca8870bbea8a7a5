import Foundation
import Synchronization

/// A folder of a test, removed when the value goes.
final class ScratchFolder: Sendable {
    let url: URL

    init() throws {
        let name = "louyu-e2e-\(UUID().uuidString)"
        url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(path: name)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Removes the folder when the process ends: for what all tests share.
    func removeAtExit() {
        let isFirst = Leftovers.paths.withLock { paths in
            paths.append(url.path)
            return paths.count == 1
        }
        guard isFirst else { return }
        atexit {
            for path in Leftovers.paths.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
        }
    }
}

private enum Leftovers {
    static let paths = Mutex<[String]>([])
}
