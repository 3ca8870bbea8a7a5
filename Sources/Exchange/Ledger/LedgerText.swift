import Foundation

/// Texts of a ledger, without what only typing made different.
public enum LedgerText {
    /// Compatibility forms unified (full-width digits and letters, ㎡),
    /// lower case, without any space.
    public static func key(_ text: String) -> String {
        String(text.precomposedStringWithCompatibilityMapping.lowercased().filter { !isSpace($0) })
    }

    /// Text without space at its ends, the wide space and the zero-width ones included.
    static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while let first = rest.first, isSpace(first) { rest.removeFirst() }
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return String(rest)
    }

    /// Whether people wrote that there is nothing to write.
    ///
    /// - Parameter key: a text as `key` makes it.
    /// - Returns: true for dashes, slashes, 无, 待定 and the like.
    public static func saysNothing(_ key: String) -> Bool {
        if nothings.contains(key) { return true }
        return !key.isEmpty && key.allSatisfy { dashes.contains($0) }
    }

    private static func isSpace(_ character: Character) -> Bool {
        character.isWhitespace || character == "\u{200B}" || character == "\u{FEFF}"
    }

    private static let dashes: Set<Character> = ["-", "—", "–", "/", "\\", "―", "_", "*", "."]
    private static let nothings: Set<String> = [
        "无", "待定", "暂无", "未知", "不详", "空", "没有", "待核实", "待补充", "待填", "n/a", "na", "null", "none", "nil", "tbd",
    ]
}
