import Foundation
import TestSupport

/// A file system of its own in memory, for faults that root must make.
final class SmallFileSystem {
    /// Whether one can be mounted: root only, and not in every container.
    static let isPossible: Bool = {
        guard geteuid() == 0, Programs.has("mount"), let probe = try? SmallFileSystem(kilobytes: 64) else {
            return false
        }
        return access(probe.path, W_OK) == 0
    }()

    let path: String

    init(kilobytes: Int) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard try Programs.run("mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path]) == 0 else {
            try? FileManager.default.removeItem(atPath: path)
            throw CocoaError(.fileWriteUnknown)
        }
    }

    deinit {
        _ = try? Programs.run("umount", [path])
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }

    func makeReadOnly() throws {
        guard try Programs.run("mount", ["-o", "remount,ro", path]) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
