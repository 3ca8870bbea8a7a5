extension CQL2Expression: CustomStringConvertible {
    /// The canonical CQL2 text: upper-case keywords, single blanks, and only
    /// the parentheses that are needed.
    public var description: String {
        switch self {
        case .boolean(let value): value ? "TRUE" : "FALSE"
        case .and(let parts): parts.map { $0.grouped(within: .and) }.joined(separator: " AND ")
        case .or(let parts): parts.map { $0.grouped(within: .or) }.joined(separator: " OR ")
        case .not(let part): "NOT " + part.grouped(within: .not)
        case .comparison(let left, let comparison, let right): "\(left) \(comparison.rawValue) \(right)"
        case .like(let value, let pattern, let isNegated):
            "\(value) \(isNegated ? "NOT " : "")LIKE \(pattern)"
        case .isIn(let value, let list, let isNegated):
            "\(value) \(isNegated ? "NOT " : "")IN (\(list.map(\.description).joined(separator: ", ")))"
        case .between(let value, let low, let high, let isNegated):
            "\(value) \(isNegated ? "NOT " : "")BETWEEN \(low) AND \(high)"
        case .isNull(let value, let isNegated): "\(value) IS \(isNegated ? "NOT " : "")NULL"
        case .spatial(let predicate, let property, let argument):
            "\(predicate.rawValue)(\(property.map { CQL2Name.printed(geometry: $0) + ", " } ?? "")\(argument))"
        }
    }

    private enum Level: Int {
        case or
        case and
        case not
        case predicate
    }

    private var level: Level {
        switch self {
        case .or: .or
        case .and: .and
        case .not: .not
        default: .predicate
        }
    }

    /// In parentheses where the text would be read differently without them;
    /// an AND within an AND keeps its own.
    private func grouped(within outer: Level) -> String {
        let needs = level.rawValue < outer.rawValue || (level == outer && outer != .not)
        return needs ? "(\(self))" : description
    }
}

extension CQL2Expression.SpatialArgument: CustomStringConvertible {
    /// The argument as CQL2 text.
    public var description: String {
        switch self {
        case .geometry(let geometry): geometry.wkt
        case .box(let box): "BBOX(\(box.west), \(box.south), \(box.east), \(box.north))"
        case .place(let name): CQL2Name.quoted(name)
        }
    }
}

extension CQL2Value: CustomStringConvertible {
    /// The value as CQL2 text.
    public var description: String {
        switch self {
        case .property(let name): CQL2Name.printed(name)
        case .string(let text): CQL2Name.quoted(text)
        case .integer(let value): String(value)
        case .real(let value): String(value)
        case .boolean(let value): value ? "TRUE" : "FALSE"
        case .date(let text): "DATE(\(CQL2Name.quoted(text)))"
        case .timestamp(let text): "TIMESTAMP(\(CQL2Name.quoted(text)))"
        case .caseInsensitive(let value): "CASEI(\(value))"
        case .arithmetic(let left, let operation, let right):
            left.grouped(isRight: false, of: operation) + " \(operation.rawValue) "
                + right.grouped(isRight: true, of: operation)
        case .negated(let value):
            if case .arithmetic = value { "-(\(value))" } else { "-\(value)" }
        }
    }

    private func grouped(isRight: Bool, of outer: Operation) -> String {
        guard case .arithmetic(_, let inner, _) = self else { return description }
        let needs = inner.rank < outer.rank || (isRight && inner.rank == outer.rank)
        return needs ? "(\(self))" : description
    }
}

extension CQL2Value.Operation {
    fileprivate var rank: Int { self == .plus || self == .minus ? 0 : 1 }
}

/// How names and texts are written.
enum CQL2Name {
    /// Words that a property's name must be quoted to be.
    static let reserved: Set<String> = [
        "AND", "OR", "NOT", "LIKE", "IN", "BETWEEN", "IS", "NULL", "TRUE", "FALSE",
    ]

    /// Whether a scalar may begin a bare name.
    static func isStart(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar == ":" || scalar.properties.isAlphabetic
    }

    /// Whether a scalar may stand in a bare name behind its beginning.
    static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        isStart(scalar) || scalar == "." || ("0"..."9").contains(scalar) || scalar.properties.isIDContinue
    }

    /// A word as keywords are compared: ASCII letters in upper case.
    static func keyword(_ word: String) -> String {
        String(decoding: word.utf8.map { (0x61...0x7A).contains($0) ? $0 - 32 : $0 }, as: UTF8.self)
    }

    /// The name, in double quotes where it cannot stand bare.
    static func printed(_ name: String) -> String {
        let scalars = name.unicodeScalars
        let isBare =
            scalars.first.map(isStart) ?? false && scalars.allSatisfy(isPart)
            && !reserved.contains(keyword(name))
        return isBare ? name : "\"" + escaped(name, "\"") + "\""
    }

    /// The name of a geometry: as others, but quoted where it would begin
    /// well-known text.
    static func printed(geometry name: String) -> String {
        CQL2Geometry.types.contains(keyword(name)) ? "\"" + name + "\"" : printed(name)
    }

    /// The text in single quotes.
    static func quoted(_ text: String) -> String { "'" + escaped(text, "'") + "'" }

    /// The text with every quote doubled.
    private static func escaped(_ text: String, _ quote: Unicode.Scalar) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == quote { scalars.append(quote) }
            scalars.append(scalar)
        }
        return String(scalars)
    }
}
