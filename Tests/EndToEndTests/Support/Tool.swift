import Foundation
import TestSupport

/// Other programs that the tests ask, where they are installed.
enum Tool {
    static func path(_ name: String) -> String? { Programs.path(of: name) }

    /// Runs a program to its end; gives its standard output.
    ///
    /// - Throws: where it does not end with 0.
    static func run(_ path: String, _ arguments: [String], in folder: URL) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardOutput = pipe
        try process.run()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
