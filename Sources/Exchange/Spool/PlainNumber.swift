/// Numbers as people write them: without an exponent.
enum PlainNumber {
    /// The bytes that a whole number takes.
    static func length(_ value: Int64) -> Int {
        var rest = value.magnitude / 10
        var length = value < 0 ? 2 : 1
        while rest > 0 {
            rest /= 10
            length += 1
        }
        return length
    }

    /// The shortest text that reads back as the same number; exponents are
    /// written out, infinities and no-numbers are empty.
    static func text(_ value: Double) -> String {
        guard value.isFinite else { return "" }
        let text = "\(value)"
        guard let mark = text.firstIndex(of: "e") else {
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        }
        let exponent = Int(text[text.index(after: mark)...]) ?? 0
        let mantissa = text[..<mark]
        let sign = mantissa.hasPrefix("-") ? "-" : ""
        let parts = mantissa.drop { $0 == "-" }.split(separator: ".")
        let whole = String(parts[0])
        var fraction = parts.count > 1 ? String(parts[1]) : ""
        if fraction == "0" { fraction = "" }
        let digits = whole + fraction
        let point = whole.count + exponent
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if point >= digits.count { return sign + digits + String(repeating: "0", count: point - digits.count) }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }
}
