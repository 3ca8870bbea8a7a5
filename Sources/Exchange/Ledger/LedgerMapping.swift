public import Messages

/// What a file says of a ledger's columns: `heading: field`, or a heading
/// with `field`, `unit`, `empty` below it.
///
/// The file is a small part of YAML 1.2: comments, block mappings of two
/// levels, plain and quoted scalars on one line. Anything else is refused
/// with its line.
public struct LedgerMapping: Hashable, Sendable {
    /// What is said of one column.
    public struct Rule: Hashable, Sendable {
        /// The heading, or the column's letters.
        public let column: String
        /// Where its values go: a column, `ref`, `code`, `lon`, `lat`,
        /// `point`, `tower`, `ignore`, or a name of its own; `nil` as usual.
        public var field: String?
        /// The unit of its numbers, whatever the heading says.
        public var unit: LedgerUnit?
        /// Whether an empty cell empties what the atlas holds.
        public var erases = false
        /// The line in the file.
        public let line: Int
    }

    /// The rules in their order.
    public let rules: [Rule]

    /// No rules.
    public init() { rules = [] }

    /// Reads the rules of a file.
    ///
    /// - Throws: `Failure` with `.unusableInput` and the line.
    public init(_ text: String, path: String) throws(Failure) {
        var rules: [Rule] = []
        var indent: Int?
        var mayNest = false
        guard text.utf8.count <= Self.longest else { throw Failure(.unusableInput, .mappingTooLong(path)) }
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let number = index + 1
            func refuse(_ reason: Text) -> Failure {
                Failure(.unusableInput, .mappingLine(path, number, reason), hint: .seeSpreadsheets)
            }
            let spaces = line.prefix { $0 == " " }.count
            let body = line.dropFirst(spaces)
            if body.first == "\t" { throw refuse(.mappingTab) }
            if body.isEmpty || body.first == "#" || body == "---" { continue }
            guard let first = body.first, !"-[]{}&*!|>%@`?".contains(first) else { throw refuse(.mappingNotPlain) }
            guard let pair = Self.pair(body) else { throw refuse(.mappingNoColon) }
            if spaces == 0 {
                if rules.contains(where: { $0.column == pair.key }) { throw refuse(.mappingTwice(pair.key)) }
                rules.append(Rule(column: pair.key, field: pair.value, line: number))
                (indent, mayNest) = (nil, pair.value == nil)
                continue
            }
            guard mayNest, indent == nil || indent == spaces else { throw refuse(.mappingIndent) }
            indent = spaces
            guard let value = pair.value else { throw refuse(.mappingNoColon) }
            if let reason = rules[rules.count - 1].take(pair.key, value) { throw refuse(reason) }
        }
        self.rules = rules
    }

    private static let longest = 1 << 20

    /// A key and its value, where the value is not empty.
    private static func pair(_ text: Substring) -> (key: String, value: String?)? {
        guard let (key, rest) = scalar(text, endsAtColon: true) else { return nil }
        guard rest.first == ":", rest.dropFirst().first.map({ $0 == " " }) ?? true else { return nil }
        let behind = rest.dropFirst().drop { $0 == " " }
        if behind.isEmpty || behind.first == "#" { return key.isEmpty ? nil : (key, nil) }
        guard let first = behind.first, !"[]{}&*!|>%@`".contains(first),
            let (value, end) = scalar(behind, endsAtColon: false)
        else { return nil }
        let tail = end.drop { $0 == " " }
        guard !key.isEmpty, tail.isEmpty || tail.first == "#" else { return nil }
        return (key, value)
    }

    /// A quoted or plain scalar, and what stands behind it.
    private static func scalar(_ text: Substring, endsAtColon: Bool) -> (String, Substring)? {
        if let quote = text.first, quote == "\"" || quote == "'" {
            guard let end = text.dropFirst().firstIndex(of: quote) else { return nil }
            let inside = text[text.index(after: text.startIndex)..<end]
            return inside.contains("\\") ? nil : (String(inside), text[text.index(after: end)...])
        }
        var end = text.startIndex
        while end < text.endIndex {
            let next = text.index(after: end)
            let isLast = next == text.endIndex
            if endsAtColon, text[end] == ":", isLast || text[next] == " " { break }
            if text[end] == "#", end > text.startIndex, text[text.index(before: end)] == " " { break }
            end = next
        }
        return (LedgerText.trimmed(String(text[..<end])), text[end...])
    }
}

extension LedgerMapping.Rule {
    /// Takes one member of the rule.
    ///
    /// - Returns: why it cannot be.
    fileprivate mutating func take(_ key: String, _ value: String) -> Text? {
        switch key {
        case "field": field = value
        case "unit":
            guard let unit = LedgerUnit(value) else { return .mappingUnit(value) }
            self.unit = unit
        case "empty":
            guard ["keep", "erase"].contains(value) else { return .mappingValue(key, value, "keep, erase") }
            erases = value == "erase"
        default: return .mappingKey(key)
        }
        return nil
    }
}
