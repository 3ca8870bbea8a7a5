import Foundation

/// A number as people write it, with the unit behind it.
public struct LedgerNumber: Hashable, Sendable {
    /// The number in front of the unit.
    public let value: Double
    /// The unit; `nil` where none stands there.
    public let unit: LedgerUnit?

    /// Reads a number: full-width digits, thousands separated, a currency sign
    /// in front, brackets around a loss, a unit behind; `nil` for anything else.
    public init?(_ text: String) {
        guard text.utf8.count <= 120 else { return nil }
        var key = LedgerText.key(text)[...]
        if key.first == "'" || key.first == "’" { key.removeFirst() }
        var isNegative = false
        if key.first == "(", key.last == ")" {
            key = key.dropFirst().dropLast()
            isNegative = true
        }
        if let first = key.first, "¥$".contains(first) { key.removeFirst() }
        let body = key.prefix { $0.isASCII && ($0.isNumber || ".,+-e".contains($0)) }
        guard let number = Self.plain(body) else { return nil }
        let rest = key.dropFirst(body.count)
        if rest.isEmpty {
            unit = nil
        } else {
            guard let found = LedgerUnit(String(rest)) else { return nil }
            unit = found
        }
        value = isNegative ? -number : number
    }

    /// A decimal number, its commas only between groups of three digits.
    private static func plain(_ text: Substring) -> Double? {
        guard text.contains(where: { $0.isNumber }) else { return nil }
        guard text.contains(",") else { return finite(String(text)) }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
        guard let first = groups.first, (1...3).contains(first.drop(while: { "+-".contains($0) }).count),
            groups.dropFirst().allSatisfy({ $0.count == 3 && $0.allSatisfy(\.isNumber) }),
            parts.count == 1 || !parts[1].contains(",")
        else { return nil }
        return finite(text.filter { $0 != "," })
    }

    private static func finite(_ text: String) -> Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }

    /// A product without the noise of binary fractions: six decimals, two from
    /// a thousand million on.
    public static func scaled(_ value: Double, by factor: Double) -> Double {
        let product = value * factor
        guard abs(product) < 1e9 else { return abs(product) < 1e15 ? (product * 100).rounded() / 100 : product }
        return (product * 1e6).rounded() / 1e6
    }
}
