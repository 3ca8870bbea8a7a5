import Foundation

/// Texts of a ledger, without what only typing made different.
public enum LedgerText {
    /// Compatibility forms unified (Unicode's NFKC: full-width digits and
    /// letters, ㎡), lower case, without any space.
    ///
    /// - Complexity: O(bytes); ASCII and Chinese, which nearly all cells are
    ///   of, do without Unicode's tables.
    public static func key(_ text: String) -> String {
        plainKey(text)
            ?? String(text.precomposedStringWithCompatibilityMapping.lowercased().filter { !isSpace($0) })
    }

    /// The key of a text of characters whose forms are known without tables;
    /// `nil` for any other.
    private static func plainKey(_ text: String) -> String? {
        var key = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09...0x0D, 0x20, 0x3000: continue
            case 0x41...0x5A: key.append(Unicode.Scalar(UInt8(scalar.value + 0x20)))
            case 0x21...0x7E: key.append(scalar)
            case 0x3001...0x3011, 0x4E00...0x9FFF: key.append(scalar)
            case 0xFF21...0xFF3A: key.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0 + 0x20)))
            case 0xFF01...0xFF5E: key.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            default: return nil
            }
        }
        return String(key)
    }

    /// Letters and digits alone, of any script, and the signs that are kept.
    public static func letters(_ key: String, keeping signs: String) -> String {
        let kept = Array(signs.unicodeScalars)
        var letters = String.UnicodeScalarView()
        for scalar in key.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x4E00...0x9FFF: letters.append(scalar)
            case 0x20...0x7E: if kept.contains(scalar) { letters.append(scalar) }
            default: return String(key.filter { $0.isLetter || $0.isNumber || signs.contains($0) })
            }
        }
        return String(letters)
    }

    /// Text without space at its ends, the wide space and the zero-width ones included.
    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        if let first = scalars.first, let last = scalars.last, isPlain(first), isPlain(last) { return text }
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

    /// Whether a character is surely no space, nor part of one.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        (0x21...0x7E).contains(scalar.value) || (0x4E00...0x9FFF).contains(scalar.value)
    }

    private static func isSpace(_ character: Character) -> Bool {
        character.isWhitespace || character == "\u{200B}" || character == "\u{FEFF}"
    }

    private static let dashes: Set<Character> = ["-", "—", "–", "/", "\\", "―", "_", "*", "."]
    private static let nothings: Set<String> = [
        "无", "待定", "暂无", "未知", "不详", "空", "没有", "待核实", "待补充", "待填", "n/a", "na", "null", "none", "nil", "tbd",
    ]
}
