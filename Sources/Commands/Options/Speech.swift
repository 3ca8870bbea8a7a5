import ArgumentParser
import Foundation
import Messages

/// The language of this run: `--lang`, else the locale's.
enum Speech {
    /// The language.
    static let language: Language = {
        let arguments = CommandLine.arguments
        for (index, argument) in arguments.enumerated() {
            if argument == "--lang", index + 1 < arguments.count, let named = Language(rawValue: arguments[index + 1]) {
                return named
            }
            if argument.hasPrefix("--lang="), let named = Language(rawValue: String(argument.dropFirst(7))) { return named }
        }
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        return locale.hasPrefix("zh") ? .zh : .en
    }()
}

extension ArgumentHelp {
    /// Help in the language of this run.
    static func says(_ text: Text) -> ArgumentHelp { ArgumentHelp(stringLiteral: text[Speech.language]) }
}

extension Text {
    /// The wording in the language of this run.
    var spoken: String { self[Speech.language] }
}
