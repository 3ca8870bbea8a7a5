import Foundation
import Messages

/// The argument parser's own texts in the language of this run.
enum ParserMessages {
    /// A help page.
    static func help(_ page: String) -> String {
        guard Speech.language == .zh else { return page }
        return ParserWording.help.reduce(page) { $0.replacing($1.en, with: $1.zh) }
            .replacing(#/\(default: ([^)]*)\)/#) { "（默认：\($0.1)）" }
            .replacing(#/\(values: ([^;)]*)(?:;\s+default:\s+([^)]*))?\)/#) { match in
                "（可用：\(match.1)\(match.2.map { "；默认：\($0)" } ?? "")）"
            }
            // Brackets of this width bring their own space along.
            .replacing(#/([^\s]) （/#) { "\($0.1)（" }
    }

    /// A usage error and what to do about it, from the parser's message, the
    /// same with the usage line below it, and the verb that was asked.
    static func usage(_ message: String, fullMessage: String, verb: String?) -> (what: String, hint: String?) {
        let lines = message.split(separator: "\n").map { $0.trimmed }
        var line: String
        if let first = lines.first, first.hasSuffix("one of the following:") {
            let choices = lines.dropFirst().prefix { $0.hasPrefix("- ") }.map { $0.dropFirst(2) }
            line = first.dropLast("the following:".count) + choices.joined(separator: ", ")
        } else {
            // Few choices stand in the sentence: 'a' and 'b'; 'a', 'b' or 'c'.
            line = (lines.first ?? message).replacing(#/one of ('[^']*'(?:, '[^']*')*) (?:and|or) ('[^']*')\.$/#) {
                "one of \($0.1), \($0.2)".replacing("'", with: "")
            }
        }
        line.replace("' -", with: "'-")
        let hint = ParserWording.seeHelp(verb.map { "louyu \($0)" } ?? command(in: fullMessage)).spoken
        guard Speech.language == .zh else { return (line, hint) }
        for (pattern, wording) in ParserWording.errors {
            if let words = capture(pattern, in: line) {
                var text = wording
                for word in words {
                    guard let place = text.range(of: "{}") else { break }
                    text.replaceSubrange(place, with: word)
                }
                return (text, hint)
            }
        }
        return (line, hint)
    }

    /// The command that the usage line names: `louyu near`.
    private static func command(in fullMessage: String) -> String {
        guard let usage = fullMessage.split(separator: "\n").first(where: { $0.hasPrefix("Usage: ") }) else {
            return "louyu"
        }
        let words = usage.dropFirst(7).split(separator: " ").prefix { word in
            word.allSatisfy { $0.isLetter && $0.isLowercase || $0 == "-" }
        }
        return words.prefix(2).joined(separator: " ")
    }

    /// What stands at the places of `{}`; `nil` where the text is another one.
    static func capture(_ pattern: String, in text: String) -> [String]? {
        let pieces = pattern.components(separatedBy: "{}")
        guard text.hasPrefix(pieces[0]) else { return nil }
        var rest = text.dropFirst(pieces[0].count)
        var words: [String] = []
        for (index, piece) in pieces.enumerated().dropFirst() {
            if piece.isEmpty {
                words.append(String(rest))
                rest = ""
            } else if let range = rest.range(of: piece) {
                if index == pieces.count - 1 && range.upperBound < rest.endIndex && rest[range.upperBound] != "." {
                    return nil
                }
                words.append(String(rest[..<range.lowerBound]))
                rest = rest[range.upperBound...]
            } else {
                return nil
            }
        }
        return words
    }
}
