import Foundation

/// Programs that tests compare with, where they are installed.
public enum Programs {
    /// The path of a program in PATH; `nil` where it is absent.
    public static func path(of name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.lazy.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    /// Whether a program is installed.
    public static func has(_ name: String) -> Bool { path(of: name) != nil }

    /// Runs a program to its end.
    ///
    /// - Returns: its exit status.
    /// - Throws: where it cannot be started.
    public static func run(_ name: String, _ arguments: [String]) throws -> Int32 {
        guard let path = path(of: name) else { throw CocoaError(.executableNotLoadable) }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
