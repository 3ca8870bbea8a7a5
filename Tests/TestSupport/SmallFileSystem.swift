import Foundation

/// A file system of its own in memory, for faults that root must make.
public final class SmallFileSystem {
    /// Whether one can be mounted: root only, and not in every container.
    public static let isPossible: Bool = {
        guard geteuid() == 0, Programs.has("mount"), let probe = try? SmallFileSystem(kilobytes: 64) else {
            return false
        }
        return access(probe.path, W_OK) == 0
    }()

    /// The folder where it is mounted.
    public let path: String

    /// Mounts one.
    ///
    /// - Throws: where it cannot be mounted.
    public init(kilobytes: Int) throws {
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

    /// The path of a file in it.
    public func file(_ name: String) -> String { "\(path)/\(name)" }

    /// The names of what is in it, sorted.
    public var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }

    /// Forbids all changes.
    ///
    /// - Throws: where that cannot be done.
    public func makeReadOnly() throws {
        guard try Programs.run("mount", ["-o", "remount,ro", path]) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
