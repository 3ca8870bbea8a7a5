public import Messages

/// Why a text is no CQL2 condition, and where.
public struct CQL2SyntaxError: Error, Hashable, Sendable {
    /// Where, counted in characters from 1.
    public let column: Int
    /// What is wrong there.
    public let what: Text
    /// What to write instead.
    public let hint: Text

    init(_ column: Int, _ what: Text, _ hint: Text) {
        self.column = column
        self.what = what
        self.hint = hint
    }

    /// The failure of a request that has this condition.
    public var failure: Failure { Failure(.usage, .cql2(column: column, what), hint: hint) }
}
