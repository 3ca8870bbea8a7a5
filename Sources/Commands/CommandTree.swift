import ArgumentParser
import Foundation

/// The tree of commands as JSON, for other programs.
enum CommandTree {
    /// The tree, as the argument parser describes it (`--experimental-dump-help`).
    static func json(_ root: any ParsableCommand.Type) -> String {
        do {
            _ = try root.parseAsRoot(["--experimental-dump-help"])
            return "{}"
        } catch {
            return root.fullMessage(for: error)
        }
    }
}
