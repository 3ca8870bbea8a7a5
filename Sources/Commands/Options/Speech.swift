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
            if argument.hasPrefix("--lang="), let named = Language(rawValue: String(argument.dropFirst(7))) {
                return named
            }
        }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(Environment.value).first ?? ""
        return locale.hasPrefix("zh") ? .zh : .en
    }()
}

/// Variables of the process's environment.
enum Environment {
    /// A variable's value; `nil` where it is missing or empty.
    static func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension ArgumentHelp {
    /// Help in the language of this run.
    ///
    /// - Parameters:
    ///   - text: what the option is for.
    ///   - value: what stands for its value in the help; `nil` for its name.
    /// - Returns: the help.
    static func says(_ text: Text, value: String? = nil) -> ArgumentHelp {
        ArgumentHelp(text[Speech.language], valueName: value)
    }
}

extension Text {
    /// The wording in the language of this run.
    var spoken: String { self[Speech.language] }
}
