public import Messages
public import Spatial

/// Makes SQL of CQL2: names of columns go through `columns`, everything a
/// user typed becomes a bound value.
public struct CQL2Compiler {
    /// The SQL expression of a property; throws for unknown ones.
    private let column: (String) throws(Failure) -> String
    /// The area of a named place.
    private let place: (String) throws(Failure) -> Geometry

    /// Makes a compiler.
    ///
    /// - Parameters:
    ///   - column: the SQL expression that a property's name stands for.
    ///   - place: the geometry that a place's name stands for.
    public init(
        column: @escaping (String) throws(Failure) -> String, place: @escaping (String) throws(Failure) -> Geometry
    ) {
        self.column = column
        self.place = place
    }

    /// The condition.
    ///
    /// - Throws: `Failure` for unknown properties and places, and where a
    ///   pattern is no text.
    public func condition(_ expression: CQL2Expression) throws(Failure) -> SQLCondition {
        var output = SQLCondition("")
        try append(expression, to: &output)
        return output
    }

    private func append(_ expression: CQL2Expression, to output: inout SQLCondition) throws(Failure) {
        switch expression {
        case .boolean(let value): output.sql += value ? "1" : "0"
        case .and(let parts): try append(parts, joined: " AND ", neutral: "1", to: &output)
        case .or(let parts): try append(parts, joined: " OR ", neutral: "0", to: &output)
        case .not(let part):
            output.sql += "NOT ("
            try append(part, to: &output)
            output.sql += ")"
        case .comparison(let left, let comparison, let right):
            try append(left, to: &output)
            output.sql += " \(comparison.rawValue) "
            try append(right, to: &output)
        case .like(let value, let pattern, let isNegated):
            try append(value, to: &output)
            output.sql += isNegated ? " NOT GLOB ?" : " GLOB ?"
            output.values.append(.text(try Self.glob(pattern)))
        case .isIn(let value, let list, let isNegated):
            try append(value, to: &output)
            output.sql += isNegated ? " NOT IN (" : " IN ("
            for (index, item) in list.enumerated() {
                if index > 0 { output.sql += ", " }
                try append(item, to: &output)
            }
            output.sql += ")"
        case .between(let value, let low, let high, let isNegated):
            try append(value, to: &output)
            output.sql += isNegated ? " NOT BETWEEN " : " BETWEEN "
            try append(low, to: &output)
            output.sql += " AND "
            try append(high, to: &output)
        case .isNull(let value, let isNegated):
            try append(value, to: &output)
            output.sql += isNegated ? " IS NOT NULL" : " IS NULL"
        case .spatial(let predicate, _, let argument):
            output.sql += "louyu_spatial(geom, \(output.tests.count))"
            output.tests.append(SpatialTest(isWithin: predicate == .within, geometry: try geometry(argument)))
        }
    }

    private func append(
        _ parts: [CQL2Expression], joined word: String, neutral: String, to output: inout SQLCondition
    ) throws(Failure) {
        if parts.isEmpty { output.sql += neutral }
        for (index, part) in parts.enumerated() {
            output.sql += index > 0 ? word + "(" : "("
            try append(part, to: &output)
            output.sql += ")"
        }
    }

    private func append(_ value: CQL2Value, to output: inout SQLCondition) throws(Failure) {
        switch value {
        case .property(let name): output.sql += try column(name)
        case .string(let text), .date(let text), .timestamp(let text):
            output.sql += "?"
            output.values.append(.text(text))
        case .integer(let whole):
            output.sql += "?"
            output.values.append(.integer(whole))
        case .real(let number):
            output.sql += "?"
            output.values.append(.real(number))
        case .boolean(let isTrue): output.sql += isTrue ? "1" : "0"
        case .caseInsensitive(let inner):
            output.sql += "louyu_fold("
            try append(inner, to: &output)
            output.sql += ")"
        case .arithmetic(let left, let operation, let right):
            output.sql += operation == .dividedBy ? "(1.0 * " : "("
            try append(left, to: &output)
            output.sql += " \(operation.rawValue) "
            try append(right, to: &output)
            output.sql += ")"
        case .negated(let inner):
            output.sql += "(-"
            try append(inner, to: &output)
            output.sql += ")"
        }
    }

    private func geometry(_ argument: CQL2Expression.SpatialArgument) throws(Failure) -> Geometry {
        switch argument {
        case .geometry(let geometry): return geometry
        case .place(let name): return try place(name)
        case .box(let box):
            let corners = [
                LonLat(box.west, box.south), LonLat(box.east, box.south), LonLat(box.east, box.north),
                LonLat(box.west, box.north), LonLat(box.west, box.south),
            ]
            return .polygon(Polygon(LineString(corners)))
        }
    }

    /// A LIKE pattern (`%`, `_`, `\` before either) as one of GLOB, which
    /// minds case as CQL2 does.
    private static func glob(_ pattern: CQL2Value) throws(Failure) -> String {
        switch pattern {
        case .string(let text): return glob(text)
        case .caseInsensitive(.string(let text)): return glob(text.lowercased())
        default: throw Failure(.usage, .patternIsNoText)
        }
    }

    private static func glob(_ text: String) -> String {
        var glob = ""
        var isEscaped = false
        for character in text {
            switch character {
            case "\\" where !isEscaped:
                isEscaped = true
                continue
            case "%" where !isEscaped: glob += "*"
            case "_" where !isEscaped: glob += "?"
            case "*", "?", "[": glob += "[\(character)]"
            default: glob.append(character)
            }
            isEscaped = false
        }
        return glob
    }
}
