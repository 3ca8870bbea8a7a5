/// A condition in CQL2 (OGC 21-065r2) as a tree.
///
/// Only what it says: which properties exist and what a place is decides who
/// evaluates it. `init(parsing:)` reads CQL2 text, `description` prints it in
/// one canonical form that reads back as the same tree.
public indirect enum CQL2Expression: Hashable, Sendable {
    /// TRUE or FALSE.
    case boolean(Bool)
    /// All of two or more.
    case and([CQL2Expression])
    /// Any of two or more.
    case or([CQL2Expression])
    /// The opposite.
    case not(CQL2Expression)
    /// A comparison of two values.
    case comparison(CQL2Value, Comparison, CQL2Value)
    /// LIKE, or NOT LIKE where negated.
    ///
    /// In the pattern, a string or CASEI of one, `%` stands for any
    /// characters, `_` for one, and a backslash takes the meaning from the
    /// character behind it.
    case like(CQL2Value, pattern: CQL2Value, isNegated: Bool)
    /// IN, or NOT IN where negated; at least one value.
    case isIn(CQL2Value, [CQL2Value], isNegated: Bool)
    /// BETWEEN, ends included, or NOT BETWEEN where negated.
    case between(CQL2Value, low: CQL2Value, high: CQL2Value, isNegated: Bool)
    /// IS NULL, or IS NOT NULL where negated.
    case isNull(CQL2Value, isNegated: Bool)
    /// A relation of the feature's geometry to another one; the property is
    /// `nil` where the feature's only geometry is meant.
    case spatial(SpatialPredicate, property: String?, SpatialArgument)

    /// How two values are compared.
    public enum Comparison: String, Hashable, Sendable, CaseIterable {
        /// Equal.
        case equal = "="
        /// Not equal.
        case notEqual = "<>"
        /// Less.
        case less = "<"
        /// Less or equal.
        case lessOrEqual = "<="
        /// Greater.
        case greater = ">"
        /// Greater or equal.
        case greaterOrEqual = ">="
    }

    /// A relation between geometries.
    public enum SpatialPredicate: String, Hashable, Sendable, CaseIterable {
        /// They share a point.
        case intersects = "S_INTERSECTS"
        /// The feature lies within the other one, not on its boundary alone.
        case within = "S_WITHIN"
    }

    /// The other geometry of a relation.
    public enum SpatialArgument: Hashable, Sendable {
        /// A geometry, written as well-known text; it may be invalid.
        case geometry(Geometry)
        /// BBOX(west, south, east, north) in degrees; west is greater than
        /// east across the antimeridian.
        case box(BoundingBox)
        /// The name or reference of a place.
        case place(String)
    }
}

/// A value in a CQL2 condition.
public indirect enum CQL2Value: Hashable, Sendable {
    /// The value of a property.
    case property(String)
    /// A text.
    case string(String)
    /// A whole number.
    case integer(Int64)
    /// A finite number.
    case real(Double)
    /// TRUE or FALSE.
    case boolean(Bool)
    /// A day of the Gregorian calendar, `2024-02-29`.
    case date(String)
    /// An instant in UTC, `2024-02-29T08:00:00Z`.
    case timestamp(String)
    /// A text whose case does not matter: CASEI.
    case caseInsensitive(CQL2Value)
    /// Two values reckoned together.
    case arithmetic(CQL2Value, Operation, CQL2Value)
    /// The negative of a value that is no literal.
    case negated(CQL2Value)

    /// How two values are reckoned together.
    public enum Operation: String, Hashable, Sendable, CaseIterable {
        /// The sum.
        case plus = "+"
        /// The difference.
        case minus = "-"
        /// The product.
        case times = "*"
        /// The quotient.
        case dividedBy = "/"
    }
}

extension CQL2Expression {
    /// The names of the properties whose values count, in order of first
    /// appearance; the geometry is none of them.
    public var propertyNames: [String] {
        var names: [String] = []
        collectNames(&names)
        return names
    }

    private func collectNames(_ names: inout [String]) {
        switch self {
        case .boolean: break
        case .and(let parts), .or(let parts): for part in parts { part.collectNames(&names) }
        case .not(let part): part.collectNames(&names)
        case .comparison(let left, _, let right):
            left.collectNames(&names)
            right.collectNames(&names)
        case .like(let value, _, _), .isNull(let value, _): value.collectNames(&names)
        case .isIn(let value, let list, _):
            value.collectNames(&names)
            for item in list { item.collectNames(&names) }
        case .between(let value, let low, let high, _):
            for part in [value, low, high] { part.collectNames(&names) }
        case .spatial: break
        }
    }

    /// The names of the properties that another value is compared with: what
    /// stands right of a comparison or in a list. Text whose quotes are
    /// missing, or double, reads as one of them.
    public var comparedNames: Set<String> {
        switch self {
        case .and(let parts), .or(let parts):
            return parts.reduce(into: []) { $0.formUnion($1.comparedNames) }
        case .not(let part): return part.comparedNames
        case .comparison(_, _, let right): return Set([right].compactMap(\.plainName))
        case .isIn(_, let list, _): return Set(list.compactMap(\.plainName))
        case .boolean, .like, .between, .isNull, .spatial: return []
        }
    }

    /// The names of the places, in order of first appearance.
    public var placeNames: [String] {
        switch self {
        case .and(let parts), .or(let parts):
            return parts.flatMap(\.placeNames).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        case .not(let part): return part.placeNames
        case .spatial(_, _, .place(let name)): return [name]
        default: return []
        }
    }
}

extension CQL2Value {
    /// The property that the value is, its case aside.
    fileprivate var plainName: String? {
        switch self {
        case .property(let name): name
        case .caseInsensitive(let value): value.plainName
        default: nil
        }
    }

    fileprivate func collectNames(_ names: inout [String]) {
        switch self {
        case .property(let name): if !names.contains(name) { names.append(name) }
        case .caseInsensitive(let value), .negated(let value): value.collectNames(&names)
        case .arithmetic(let left, _, let right):
            left.collectNames(&names)
            right.collectNames(&names)
        case .string, .integer, .real, .boolean, .date, .timestamp: break
        }
    }
}
