import Messages
import Spatial

/// Makes SQL of CQL2: names go through what was looked up, everything a user
/// typed becomes a bound value.
struct CQL2Compiler {
    /// What the names of properties stand for. Numbers are compared with those
    /// that hold numbers only as they are, with others by the number that they
    /// hold or spell; they are unequal to all numbers where that is none.
    let properties: [String: Property]
    /// The areas of named places.
    let places: [String: Geometry]
    /// The most values that one statement takes.
    private static let mostValues = 30_000
    /// The longest pattern that SQLite takes, in bytes.
    private static let longestPattern = 50_000

    /// Appends an expression that is a condition of its own.
    ///
    /// - Throws: `Failure` for names that were not looked up, where a pattern
    ///   is no text, and for more values than SQLite takes.
    func append(all expression: CQL2Expression, to output: inout SQLCondition) throws(Failure) {
        try append(expression, to: &output)
        guard output.values.count <= Self.mostValues else {
            throw Failure(.usage, .tooManyValues(output.values.count, Self.mostValues), hint: .cql2Simplify)
        }
        var parts = [expression]
        if case .and(let all) = expression { parts = all }
        for case .spatial(let predicate, _, let argument) in parts {
            output.requiredBoxes.append(try test(predicate, argument).boxes)
        }
    }

    private func append(_ expression: CQL2Expression, to output: inout SQLCondition) throws(Failure) {
        switch expression {
        case .boolean(let value): output.sql += value ? "1" : "0"
        case .and(let parts): try append(parts[...], joined: " AND ", neutral: "1", to: &output)
        case .or(let parts): try append(parts[...], joined: " OR ", neutral: "0", to: &output)
        case .not(let part):
            output.sql += "NOT ("
            try append(part, to: &output)
            output.sql += ")"
        case .comparison(let left, let comparison, let right):
            let byNumber = isNumber(left) || isNumber(right)
            try append(left, byNumber: byNumber, to: &output)
            output.sql += " \(comparison.rawValue) "
            try append(right, byNumber: byNumber, to: &output)
        case .like(let value, let pattern, let isNegated):
            try append(value, to: &output)
            output.sql += isNegated ? " NOT GLOB ?" : " GLOB ?"
            output.values.append(.text(try Self.glob(pattern)))
        case .isIn(let value, let list, let isNegated):
            try append(value, byNumber: list.allSatisfy(isNumber), to: &output)
            output.sql += isNegated ? " NOT IN (" : " IN ("
            for (index, item) in list.enumerated() {
                if index > 0 { output.sql += ", " }
                try append(item, to: &output)
            }
            output.sql += ")"
        case .between(let value, let low, let high, let isNegated):
            let byNumber = isNumber(low) || isNumber(high)
            try append(value, byNumber: byNumber, to: &output)
            output.sql += isNegated ? " NOT BETWEEN " : " BETWEEN "
            try append(low, byNumber: byNumber, to: &output)
            output.sql += " AND "
            try append(high, byNumber: byNumber, to: &output)
        case .isNull(let value, let isNegated):
            try append(value, to: &output)
            output.sql += isNegated ? " IS NOT NULL" : " IS NULL"
        case .spatial(let predicate, _, let argument):
            output.sql += "louyu_spatial(geom, \(output.tests.count))"
            output.tests.append(try test(predicate, argument))
        }
    }

    /// Joins parts as a balanced tree: SQLite bounds how deep one may be.
    private func append(
        _ parts: ArraySlice<CQL2Expression>, joined word: String, neutral: String, to output: inout SQLCondition
    ) throws(Failure) {
        guard parts.count > 1 else {
            guard let part = parts.first else { return output.sql += neutral }
            return try append(part, to: &output)
        }
        let middle = parts.startIndex + parts.count / 2
        output.sql += "("
        try append(parts[..<middle], joined: word, neutral: neutral, to: &output)
        output.sql += ")" + word + "("
        try append(parts[middle...], joined: word, neutral: neutral, to: &output)
        output.sql += ")"
    }

    private func column(_ name: String) throws(Failure) -> String {
        guard let property = properties[name] else { throw Failure(.software, .notLookedUp(name)) }
        return property.sql
    }

    /// Whether a value is a number, whatever the row.
    private func isNumber(_ value: CQL2Value) -> Bool {
        switch value {
        case .integer, .real, .arithmetic, .negated: true
        case .property(let name): (properties[name]?.isNumeric ?? false)
        case .string, .boolean, .date, .timestamp, .caseInsensitive: false
        }
    }

    /// Appends a value; a property by the number that it holds, where numbers
    /// are compared: SQLite sorts every text above every number.
    private func append(_ value: CQL2Value, byNumber: Bool, to output: inout SQLCondition) throws(Failure) {
        guard byNumber, case .property(let name) = value, !(properties[name]?.isNumeric ?? false) else {
            return try append(value, to: &output)
        }
        output.sql += "louyu_number(\(try column(name)))"
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
            try append(left, byNumber: true, to: &output)
            output.sql += " \(operation.rawValue) "
            try append(right, byNumber: true, to: &output)
            output.sql += ")"
        case .negated(let inner):
            output.sql += "(-"
            try append(inner, byNumber: true, to: &output)
            output.sql += ")"
        }
    }

    private func test(
        _ predicate: CQL2Expression.SpatialPredicate, _ argument: CQL2Expression.SpatialArgument
    ) throws(Failure) -> SpatialTest {
        let relation: SpatialTest.Relation = predicate == .within ? .isWithin : .meets
        switch argument {
        case .geometry(let geometry): return SpatialTest(relation, geometry: geometry)
        case .place(let name):
            guard let geometry = places[name] else { throw Failure(.software, .notLookedUp(name)) }
            return SpatialTest(relation, geometry: geometry)
        case .box(let box): return SpatialTest(relation, box: box)
        }
    }

    /// A LIKE pattern (`%`, `_`, `\` before either) as one of GLOB, which
    /// minds case as CQL2 does.
    private static func glob(_ pattern: CQL2Value) throws(Failure) -> String {
        let result: String
        switch pattern {
        case .string(let text): result = glob(text)
        case .caseInsensitive(.string(let text)): result = glob(text.lowercased())
        default: throw Failure(.usage, .patternIsNoText)
        }
        guard result.utf8.count <= longestPattern else { throw Failure(.usage, .patternTooLong) }
        return result
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
