import ArgumentParser
import Foundation
import Messages

/// What a run that did not end well says, and its exit status.
struct ErrorReport {
    private let status: Int32
    private let what: String
    private let hint: String?
    private let isHelp: Bool
    private let asJSON: Bool

    /// - Parameters:
    ///   - error: what ended the run.
    ///   - arguments: what the user typed, the verb first.
    init(_ error: any Error, arguments: [String]) {
        asJSON = Self.asksForJSON(arguments)
        if let exit = error as? ExitCode {
            // The answer itself said what there is to say.
            (status, what, hint, isHelp) = (exit.rawValue, "", nil, false)
            return
        }
        if let failure = error as? Failure {
            (status, what, hint, isHelp) = (failure.code.rawValue, failure.what.spoken, failure.hint?.spoken, false)
            return
        }
        let code = LouyuCommand.exitCode(for: error).rawValue
        let message = LouyuCommand.fullMessage(for: error)
        if code == 0 {
            (status, what, hint, isHelp) = (0, ParserMessages.help(message), nil, true)
        } else if code == Failure.Code.usage.rawValue {
            (status, isHelp) = (code, false)
            (what, hint) = ParserMessages.usage(
                LouyuCommand.message(for: error), fullMessage: message, verb: LouyuCommand.verb(of: arguments))
        } else {
            (status, isHelp) = (Failure.Code.software.rawValue, false)
            (what, hint) = (Text.unexpected(String(describing: error)).spoken, Text.reportIt.spoken)
        }
    }

    /// Says it and ends the process.
    func finish() -> Never {
        if isHelp {
            do {
                try StandardOutput.write(line: what)
                exit(status)
            } catch {
                Self(error, arguments: []).finish()
            }
        }
        guard !what.isEmpty else { exit(status) }
        let line: String
        if asJSON {
            let members: [(String, JSONValue)] = [
                ("code", .integer(Int64(status))), ("message", .text(what)), ("hint", .optional(hint)),
            ]
            line = JSONValue.object([("error", .object(members))]).json
        } else {
            line = TextTable.printable(Text.errorLine(what, hint: hint).spoken)
        }
        StandardError.write(line + "\n")
        exit(status)
    }

    private static func asksForJSON(_ arguments: [String]) -> Bool {
        if arguments.contains("--format=json") { return true }
        return zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "json" }
    }
}
