/// Tells the formats of dates and times from those of numbers.
enum NumberFormat {
    /// Whether one of the formats that need no code (ECMA-376, part 1,
    /// 18.8.30; 27 to 36 and 50 to 58 are those of East Asia) shows a date or
    /// a time of day. Lengths of time are numbers.
    static func isDate(id: Int) -> Bool {
        switch id {
        case 14...22, 27...36, 45, 47, 50...58: true
        default: false
        }
    }

    /// Whether a format of one's own shows a date or a time of day: its first
    /// section has a letter of days or hours outside of quotation marks and
    /// brackets, and no digits of a number.
    static func isDate(code: String) -> Bool {
        let letters = bareLetters(of: code)
        guard let letters, !letters.contains("general") else { return false }
        let withoutFractions = letters.replacing(#/s\.0+/#, with: "s")
        guard !withoutFractions.contains(where: { "0#?".contains($0) }) else { return false }
        if letters.contains(where: { "ydhs".contains($0) }) || letters.contains("m") { return true }
        return letters.contains("aaa") || letters.contains("e")
    }

    /// What of a format's first section is neither quoted nor in brackets, in
    /// small letters; `nil` where it is a length of time (`[h]:mm`).
    private static func bareLetters(of code: String) -> String? {
        var letters = ""
        var rest = code.lowercased()[...]
        while let next = rest.popFirst() {
            switch next {
            case ";": return letters
            case "\"":
                rest = rest.drop { $0 != "\"" }.dropFirst()
            case "\\", "_", "*": rest = rest.dropFirst()
            case "[":
                let inside = rest.prefix { $0 != "]" }
                if let unit = inside.first, "hms".contains(unit), inside.allSatisfy({ $0 == unit }) { return nil }
                rest = rest.dropFirst(inside.count + 1)
            default: letters.append(next)
            }
        }
        return letters
    }
}
