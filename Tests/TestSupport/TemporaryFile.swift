import Foundation

/// A file of a test, removed when the value goes.
public final class TemporaryFile {
    /// Its path.
    public let path: String

    /// Writes a file of its own; the ending of its name has the dot.
    public init(_ bytes: some Collection<UInt8>, ending: String = "") throws {
        path = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString)\(ending)").path
        try Data(bytes).write(to: URL(filePath: path))
    }

    /// Writes a text of its own, in UTF-8.
    public convenience init(_ text: String, ending: String = "") throws {
        try self.init(Array(text.utf8), ending: ending)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
