public import Foundation

/// The real data that tests read; it is not part of the repository.
public enum SharedData {
    /// The folder, from `LOUYU_SHARED` or beside the checkout; `nil` where it
    /// is absent.
    public static let folder: URL? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["LOUYU_SHARED"].map { URL(filePath: $0) }
        let folder = (named ?? root.deletingLastPathComponent().appending(path: "shared")).appending(path: "data")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    /// Whether the data is there; tests that need it are skipped where not.
    public static var isPresent: Bool { folder != nil }

    /// A file of the data.
    public static func file(_ path: String) throws -> URL {
        guard let folder else { throw CocoaError(.fileNoSuchFile) }
        return folder.appending(path: path)
    }

    /// The unpacked bytes of a gzip file of the data, by the `gzip` program:
    /// independent of what is tested.
    public static func unpacked(_ path: String) throws -> Data {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", try file(path).path]
        process.standardOutput = pipe
        try process.run()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileReadCorruptFile) }
        return bytes
    }
}
