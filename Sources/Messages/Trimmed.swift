extension StringProtocol {
    /// The text without white space at either end.
    ///
    /// Foundation's way costs a short question 0.2 ms for its character sets.
    package var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
