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

    init(_ error: any Error, arguments: [String]) {
        asJSON = Self.asksForJSON(arguments)
        if let exit = error as? ExitCode {
            (status, what, hint, isHelp) = (exit.rawValue, "", nil, false)
            return
        }
        if let failure = error as? Failure {
            (status, what, hint, isHelp) = (failure.code.rawValue, failure.what.spoken, failure.hint?.spoken, false)
            return
        }
        if let verdict = error as? ExitCode {
            // The answer itself said what there is to say.
            (status, what, hint, isHelp) = (verdict.rawValue, "", nil, false)
            return
        }
        let code = LouyuCommand.exitCode(for: error).rawValue
        let message = LouyuCommand.fullMessage(for: error)
        if code == 0 {
            (status, what, hint, isHelp) = (0, ParserMessages.help(message), nil, true)
        } else if code == Failure.Code.usage.rawValue {
            (status, isHelp) = (code, false)
            (what, hint) = ParserMessages.usage(LouyuCommand.message(for: error), fullMessage: message)
        } else {
            (status, what, hint, isHelp) = (Failure.Code.software.rawValue, String(describing: error), nil, false)
        }
    }

    /// Says it and ends the process.
    func finish() -> Never {
        if isHelp {
            print(what)
            exit(status)
        }
        guard !what.isEmpty else { exit(status) }
        if what.isEmpty { exit(status) }
        let line: String
        if asJSON {
            let members: [(String, JSONValue)] = [
                ("code", .integer(Int64(status))), ("message", .text(what)), ("hint", .optional(hint)),
            ]
            line = JSONValue.object([("error", .object(members))]).json
        } else {
            let label = Speech.language == .zh ? "错误：" : "error: "
            line = label + what + (hint.map { (Speech.language == .zh ? "；" : "; ") + $0 } ?? "")
        }
        FileHandle.standardError.write(Data((line + "\n").utf8))
        exit(status)
    }

    private static func asksForJSON(_ arguments: [String]) -> Bool {
        if arguments.contains("--format=json") { return true }
        return zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "json" }
    }
}
