internal import Messages

extension CQL2Expression {
    /// Reads CQL2 text.
    ///
    /// Comparisons, AND OR NOT, LIKE, IN, BETWEEN, IS NULL, CASEI, + - * /,
    /// DATE and TIMESTAMP, S_INTERSECTS and S_WITHIN. Names are bare, Chinese
    /// or "double quoted"; keywords are of either case.
    ///
    /// - Throws: `CQL2SyntaxError`.
    /// - Complexity: O(characters); nesting is bounded.
    public init(parsing text: String) throws(CQL2SyntaxError) {
        guard text.utf8.count <= CQL2Parser.largestText else {
            throw CQL2SyntaxError(1, .cql2TooLong, .cql2Example)
        }
        var parser = CQL2Parser(try CQL2Lexer.tokens(of: text))
        self = try parser.condition()
    }
}

/// Reads tokens from the outermost operator inwards: OR, AND, NOT, predicates,
/// sums, products, signs.
struct CQL2Parser {
    /// The most bytes of a condition.
    static let largestText = 1_000_000
    static let deepest = 64
    private static let mostOperations = 200

    let tokens: [CQL2Token]
    /// The token that is read next.
    var index = 0
    /// How many parentheses, signs and NOTs are open.
    var depth = 0
    private var operations = 0

    init(_ tokens: [CQL2Token]) { self.tokens = tokens }

    /// What parentheses may hold: a condition or a value, with its place.
    private struct Operand {
        var content: Content
        var column: Int

        enum Content {
            case condition(CQL2Expression)
            case value(CQL2Value)
        }
    }

    mutating func condition() throws(CQL2SyntaxError) -> CQL2Expression {
        if token.kind == .end { throw CQL2SyntaxError(1, .cql2Empty, .cql2Example) }
        let result = try condition(try disjunction())
        guard token.kind == .end else { throw unexpected() }
        return result
    }

    private mutating func disjunction() throws(CQL2SyntaxError) -> Operand {
        let first = try conjunction()
        guard isKeyword("OR") else { return first }
        var parts = [try condition(first)]
        while take("OR") { parts.append(try condition(try conjunction())) }
        return Operand(content: .condition(.or(parts)), column: first.column)
    }

    private mutating func conjunction() throws(CQL2SyntaxError) -> Operand {
        let first = try negation()
        guard isKeyword("AND") else { return first }
        var parts = [try condition(first)]
        while take("AND") { parts.append(try condition(try negation())) }
        return Operand(content: .condition(.and(parts)), column: first.column)
    }

    private mutating func negation() throws(CQL2SyntaxError) -> Operand {
        let column = token.column
        guard take("NOT") else { return try predicate() }
        try descend()
        defer { depth -= 1 }
        return Operand(content: .condition(.not(try condition(try negation()))), column: column)
    }

    private mutating func predicate() throws(CQL2SyntaxError) -> Operand {
        let left = try sum()
        guard let result = try predicate(of: left) else { return left }
        return Operand(content: .condition(result), column: left.column)
    }

    /// The predicate that follows a value; `nil` where none does.
    private mutating func predicate(of left: Operand) throws(CQL2SyntaxError) -> CQL2Expression? {
        if case .sign(let sign) = token.kind, let comparison = CQL2Expression.Comparison(rawValue: sign) {
            let value = try self.value(left)
            index += 1
            return .comparison(value, comparison, try self.value(try sum()))
        }
        if take("IS") {
            let isNegated = take("NOT")
            guard take("NULL") else { throw CQL2SyntaxError(token.column, .cql2Expected("NULL"), .cql2NullExample) }
            return .isNull(try self.value(left), isNegated: isNegated)
        }
        let isNegated = isKeyword("NOT") && ["LIKE", "IN", "BETWEEN"].contains { isKeyword($0, ahead: 1) }
        if isNegated { index += 1 }
        if take("LIKE") { return .like(try self.value(left), pattern: try pattern(), isNegated: isNegated) }
        if take("IN") { return .isIn(try self.value(left), try list(), isNegated: isNegated) }
        if take("BETWEEN") {
            let subject = try self.value(left)
            let low = try self.value(try sum())
            guard take("AND") else { throw CQL2SyntaxError(token.column, .cql2Expected("AND"), .cql2BetweenExample) }
            return .between(subject, low: low, high: try self.value(try sum()), isNegated: isNegated)
        }
        return nil
    }

    private mutating func pattern() throws(CQL2SyntaxError) -> CQL2Value {
        let column = token.column
        let pattern = try self.value(try primary())
        switch pattern {
        case .string, .caseInsensitive(.string): return pattern
        default: throw CQL2SyntaxError(column, .cql2PatternNeeded, .cql2LikeExample)
        }
    }

    private mutating func list() throws(CQL2SyntaxError) -> [CQL2Value] {
        try expect("(", .cql2InExample)
        var values = [try self.value(try sum())]
        while take(sign: ",") { values.append(try self.value(try sum())) }
        try expect(")", .cql2InExample)
        return values
    }

    private mutating func sum() throws(CQL2SyntaxError) -> Operand {
        var left = try product()
        while case .sign(let sign) = token.kind, sign == "+" || sign == "-" {
            left = try operation(left, sign == "+" ? .plus : .minus, isProduct: false)
        }
        return left
    }

    private mutating func product() throws(CQL2SyntaxError) -> Operand {
        var left = try signed()
        while case .sign(let sign) = token.kind, sign == "*" || sign == "/" {
            left = try operation(left, sign == "*" ? .times : .dividedBy, isProduct: true)
        }
        return left
    }

    private mutating func operation(
        _ left: Operand, _ operation: CQL2Value.Operation, isProduct: Bool
    ) throws(CQL2SyntaxError) -> Operand {
        operations += 1
        guard operations <= Self.mostOperations else {
            throw CQL2SyntaxError(token.column, .cql2TooDeep, .cql2Simplify)
        }
        let value = try self.value(left)
        index += 1
        let right = try self.value(isProduct ? try signed() : try product())
        return Operand(content: .value(.arithmetic(value, operation, right)), column: left.column)
    }

    private mutating func signed() throws(CQL2SyntaxError) -> Operand {
        let column = token.column
        guard take(sign: "-") else { return try primary() }
        if case .number(let text) = token.kind {
            index += 1
            return Operand(content: .value(try Self.number("-" + text, column)), column: column)
        }
        try descend()
        defer { depth -= 1 }
        return Operand(content: .value(.negated(try self.value(try signed()))), column: column)
    }

    private mutating func primary() throws(CQL2SyntaxError) -> Operand {
        let column = token.column
        switch token.kind {
        case .number(let text):
            index += 1
            return Operand(content: .value(try Self.number(text, column)), column: column)
        case .string(let text):
            index += 1
            return Operand(content: .value(.string(text)), column: column)
        case .quotedName(let name):
            index += 1
            return Operand(content: .value(.property(name)), column: column)
        case .word(let word): return try self.word(word, column)
        case .sign("("):
            try descend()
            defer { depth -= 1 }
            index += 1
            var inner = try disjunction()
            try expect(")", .cql2CloseParenthesis)
            inner.column = column
            return inner
        case .sign, .end: throw unexpected()
        }
    }

    private mutating func word(_ word: String, _ column: Int) throws(CQL2SyntaxError) -> Operand {
        let key = CQL2Name.keyword(word)
        if key == "TRUE" || key == "FALSE" {
            index += 1
            return Operand(content: .value(.boolean(key == "TRUE")), column: column)
        }
        guard !CQL2Name.reserved.contains(key) else { throw unexpected() }
        index += 1
        guard token.kind == .sign("(") else { return Operand(content: .value(.property(word)), column: column) }
        switch key {
        case "CASEI":
            try descend()
            defer { depth -= 1 }
            index += 1
            let value = try self.value(try sum())
            try expect(")", .cql2CloseParenthesis)
            return Operand(content: .value(.caseInsensitive(value)), column: column)
        case "DATE": return Operand(content: .value(.date(try instant(CQL2Time.isDate))), column: column)
        case "TIMESTAMP":
            return Operand(content: .value(.timestamp(try instant(CQL2Time.isTimestamp))), column: column)
        default:
            guard let predicate = CQL2Expression.SpatialPredicate(rawValue: key) else {
                throw CQL2SyntaxError(column, .cql2UnknownFunction(word), .cql2Functions)
            }
            index += 1
            return Operand(content: .condition(try spatial(predicate)), column: column)
        }
    }

    private mutating func instant(_ isValid: (String) -> Bool) throws(CQL2SyntaxError) -> String {
        index += 1
        let column = token.column
        guard case .string(let text) = token.kind, isValid(text) else {
            throw CQL2SyntaxError(column, .cql2NoTime, .cql2TimeExample)
        }
        index += 1
        try expect(")", .cql2CloseParenthesis)
        return text
    }
}

extension CQL2Parser {
    var token: CQL2Token { tokens[min(index, tokens.count - 1)] }

    private func isKeyword(_ keyword: String, ahead: Int = 0) -> Bool {
        guard index + ahead < tokens.count, case .word(let word) = tokens[index + ahead].kind else { return false }
        return CQL2Name.keyword(word) == keyword
    }

    mutating func take(_ keyword: String) -> Bool {
        guard isKeyword(keyword) else { return false }
        index += 1
        return true
    }

    mutating func take(sign: String) -> Bool {
        guard token.kind == .sign(sign) else { return false }
        index += 1
        return true
    }

    mutating func expect(_ sign: String, _ hint: Text) throws(CQL2SyntaxError) {
        guard take(sign: sign) else { throw CQL2SyntaxError(token.column, .cql2Expected(sign), hint) }
    }

    mutating func descend() throws(CQL2SyntaxError) {
        depth += 1
        guard depth <= Self.deepest else { throw CQL2SyntaxError(token.column, .cql2TooDeep, .cql2Simplify) }
    }

    func unexpected(_ hint: Text = .cql2Example) -> CQL2SyntaxError {
        let what: Text =
            switch token.kind {
            case .end: .cql2EndsEarly
            case .word(let text), .number(let text), .sign(let text): .cql2Unexpected(text)
            case .quotedName(let text): .cql2Unexpected("\"\(text)\"")
            case .string(let text): .cql2Unexpected("'\(text)'")
            }
        if case .word(let word) = token.kind, CQL2Name.reserved.contains(CQL2Name.keyword(word)) {
            return CQL2SyntaxError(token.column, what, .cql2QuoteReserved(word))
        }
        return CQL2SyntaxError(token.column, what, hint)
    }

    private func condition(_ operand: Operand) throws(CQL2SyntaxError) -> CQL2Expression {
        switch operand.content {
        case .condition(let condition): return condition
        case .value(.boolean(let value)): return .boolean(value)
        case .value(let value):
            throw CQL2SyntaxError(operand.column, .cql2NoCondition(value.description), .cql2Example)
        }
    }

    private func value(_ operand: Operand) throws(CQL2SyntaxError) -> CQL2Value {
        switch operand.content {
        case .value(let value): return value
        case .condition(.boolean(let value)): return .boolean(value)
        case .condition: throw CQL2SyntaxError(operand.column, .cql2NoValue, .cql2CombineConditions)
        }
    }

    private static func number(_ text: String, _ column: Int) throws(CQL2SyntaxError) -> CQL2Value {
        if let integer = Int64(text) { return .integer(integer) }
        guard let real = Double(text), real.isFinite else {
            throw CQL2SyntaxError(column, .cql2NoNumber(text), .cql2Example)
        }
        return .real(real)
    }
}
