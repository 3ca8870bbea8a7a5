/// The question as it was typed, so that whoever holds the page can ask it
/// again: every option counts, those too that the page has no words for.
enum AskedCommand {
    /// Options that say where the answer goes and how it is said, each with its value.
    private static let asides: Set = ["--atlas", "-o", "--output", "--format", "--lang", "--save"]
    private static let asideFlags: Set = ["--overwrite", "--public", "-q", "--quiet", "--no-progress"]

    /// The words after the program's name.
    static func text(of arguments: [String]) -> String {
        var words: [String] = []
        var isValueOfAside = false
        for argument in arguments {
            if isValueOfAside {
                isValueOfAside = false
            } else if asides.contains(argument) {
                isValueOfAside = true
            } else if !asideFlags.contains(argument), !asides.contains(where: { argument.hasPrefix($0 + "=") }) {
                words.append(quoted(argument))
            }
        }
        return (["louyu"] + words).joined(separator: " ")
    }

    /// A word as a shell takes it.
    private static func quoted(_ word: String) -> String {
        let special = " \t\n\"'\\$`<>|&;()*?[]{}!#~"
        guard word.isEmpty || word.contains(where: special.contains) else { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
