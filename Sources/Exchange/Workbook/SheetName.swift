import Messages

/// Names of sheets as spreadsheets take them.
enum SheetName {
    private static let longest = 31

    /// A name that no other sheet has: at most 31 letters, without `[]:*?/\`
    /// and without quotation marks at its ends.
    static func unique(_ name: String, among names: inout Set<String>) -> String {
        var base = String(name.map { "[]:*?/\\".contains($0) || $0.isNewline ? "_" : $0 })
        base = String(base.drop { $0 == "'" }.trimmed)
        if base.isEmpty { base = "Sheet" }
        var ordinal = 1
        while true {
            let ending = ordinal == 1 ? "" : " \(ordinal)"
            var name = shortened(base, to: longest - ending.count) + ending
            while name.last == "'" { name.removeLast() }
            if names.insert(name.lowercased()).inserted { return name }
            ordinal += 1
        }
    }

    /// How wide a text is, in letters: those of East Asia take two.
    static func letters(of text: String) -> Double {
        Double(text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) })
    }

    /// The beginning that is no longer in units of UTF-16.
    private static func shortened(_ text: String, to count: Int) -> String {
        var text = text
        while text.utf16.count > count { text.removeLast() }
        return text
    }
}
