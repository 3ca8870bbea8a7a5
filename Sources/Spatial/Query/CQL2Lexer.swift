internal import Messages

/// A word, number, text or sign of CQL2 text.
struct CQL2Token {
    let kind: Kind
    /// Where it begins, from 1.
    let column: Int

    enum Kind: Hashable {
        /// A bare name or keyword.
        case word(String)
        /// A name in double quotes.
        case quotedName(String)
        /// A text in single quotes.
        case string(String)
        /// A number without sign, as written.
        case number(String)
        /// An operator, parenthesis or comma.
        case sign(String)
        /// Behind the last token.
        case end
    }
}

/// Cuts CQL2 text into tokens.
///
/// The full-width signs of Chinese keyboards （），＝＜＞ and ≤ ≥ ≠ count as
/// their narrow forms.
struct CQL2Lexer {
    private let scalars: [Unicode.Scalar]
    private var index = 0

    private init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The tokens of a text, the last of them `.end`.
    ///
    /// - Complexity: O(characters).
    static func tokens(of text: String) throws(CQL2SyntaxError) -> [CQL2Token] {
        var lexer = CQL2Lexer(text)
        var tokens: [CQL2Token] = []
        while let token = try lexer.next() { tokens.append(token) }
        tokens.append(CQL2Token(kind: .end, column: lexer.scalars.count + 1))
        return tokens
    }

    private mutating func next() throws(CQL2SyntaxError) -> CQL2Token? {
        while index < scalars.count, scalars[index].properties.isWhitespace { index += 1 }
        guard index < scalars.count else { return nil }
        let column = index + 1
        let scalar = scalars[index]
        if CQL2Name.isStart(scalar) { return CQL2Token(kind: .word(word()), column: column) }
        if Self.isDigit(scalar) || (scalar == "." && index + 1 < scalars.count && Self.isDigit(scalars[index + 1])) {
            return CQL2Token(kind: .number(number()), column: column)
        }
        if scalar == "'" { return CQL2Token(kind: .string(try quoted("'", column)), column: column) }
        if scalar == "\"" {
            let name = try quoted("\"", column)
            if name.isEmpty { throw CQL2SyntaxError(column, .cql2EmptyName, .cql2NameExample) }
            return CQL2Token(kind: .quotedName(name), column: column)
        }
        guard let sign = sign() else {
            throw CQL2SyntaxError(
                column, .cql2UnknownSign(String(Character(scalar))),
                "‘’“”`´".unicodeScalars.contains(scalar) ? .cql2StraightQuotes : .cql2Example)
        }
        return CQL2Token(kind: .sign(sign), column: column)
    }

    private mutating func word() -> String {
        let start = index
        while index < scalars.count, CQL2Name.isPart(scalars[index]) { index += 1 }
        return text(start)
    }

    private mutating func number() -> String {
        let start = index
        while index < scalars.count, Self.isDigit(scalars[index]) { index += 1 }
        if index < scalars.count, scalars[index] == "." {
            index += 1
            while index < scalars.count, Self.isDigit(scalars[index]) { index += 1 }
        }
        if index < scalars.count, scalars[index] == "e" || scalars[index] == "E" {
            var ahead = index + 1
            if ahead < scalars.count, scalars[ahead] == "+" || scalars[ahead] == "-" { ahead += 1 }
            if ahead < scalars.count, Self.isDigit(scalars[ahead]) {
                index = ahead
                while index < scalars.count, Self.isDigit(scalars[index]) { index += 1 }
            }
        }
        return text(start)
    }

    private mutating func quoted(_ quote: Unicode.Scalar, _ column: Int) throws(CQL2SyntaxError) -> String {
        index += 1
        var content = String.UnicodeScalarView()
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            if scalar == quote {
                guard index < scalars.count, scalars[index] == quote else { return String(content) }
                index += 1
            }
            content.append(scalar)
        }
        throw CQL2SyntaxError(column, .cql2OpenQuote, .cql2DoubleQuotes)
    }

    private mutating func sign() -> String? {
        let first = Self.narrow(scalars[index])
        switch first {
        case "(", ")", ",", "=", "+", "-", "*", "/":
            index += 1
            return first
        case "<", ">":
            index += 1
            guard index < scalars.count else { return first }
            let second = Self.narrow(scalars[index])
            guard second == "=" || (first == "<" && second == ">") else { return first }
            index += 1
            return first + second
        case "<=", ">=", "<>":
            index += 1
            return first
        default: return nil
        }
    }

    private static func narrow(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "（": "("
        case "）": ")"
        case "，": ","
        case "＝": "="
        case "＜": "<"
        case "＞": ">"
        case "≤": "<="
        case "≥": ">="
        case "≠": "<>"
        default: String(Character(scalar))
        }
    }

    private func text(_ start: Int) -> String {
        String(String.UnicodeScalarView(scalars[start..<index]))
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
