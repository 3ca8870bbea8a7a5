/// Something that records of a layer may have: a column, or a member of
/// `attributes`.
public struct Property: Hashable, Sendable {
    /// The name under which records give its value.
    public let name: String
    /// Whether it is declared to hold numbers only.
    public let isNumeric: Bool
    private let isColumn: Bool

    /// A column.
    public static func column(_ name: String, isNumeric: Bool = false) -> Property {
        Property(name: name, isNumeric: isNumeric, isColumn: true)
    }

    /// A member of `attributes`.
    public static func attribute(_ name: String) -> Property {
        Property(name: name, isNumeric: false, isColumn: false)
    }

    /// Its SQL; null where `attributes` is no JSON or has no such member.
    var sql: String {
        guard !isColumn else { return name.quotedIdentifier }
        let quoted = name.replacing("'", with: "''")
        // A JSON path has no way to write a quote or a backslash.
        let isPlain = !name.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        let member =
            isPlain
            ? "json_extract(attributes, '$.\"\(quoted)\"')"
            : "(SELECT value FROM json_each(attributes) WHERE key = '\(quoted)')"
        return "CASE WHEN json_valid(attributes) THEN \(member) END"
    }
}
