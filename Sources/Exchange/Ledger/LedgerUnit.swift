import Foundation

/// A unit that people write into headers and cells.
public struct LedgerUnit: Hashable, Sendable {
    /// What is measured.
    public enum Quantity: Hashable, Sendable {
        /// Ground or floors; the base is the square metre.
        case area
        /// Money; the base is the yuan.
        case money
        /// Lengths; the base is the metre.
        case length
        /// Shares; the base is the whole.
        case share
        /// Things that are counted, and years.
        case count
        /// Only a multiplier (万), of whatever the column measures.
        case any
    }

    /// The unit as it is told.
    public let name: String
    /// What it measures.
    public let quantity: Quantity
    /// What a number is to be multiplied by to get the base unit.
    public let factor: Double

    /// The unit of that name in any width; `nil` where it is none.
    public init?(_ text: String) {
        guard let known = Self.table[LedgerText.key(text)] else { return nil }
        self = known
    }

    private init(_ name: String, _ quantity: Quantity, _ factor: Double) {
        self.name = name
        self.quantity = quantity
        self.factor = factor
    }

    /// Whether numbers of this unit can be told in another one.
    public func measures(_ quantity: Quantity) -> Bool { self.quantity == quantity || self.quantity == .any }

    /// A mu is two thirds of a thousand square metres.
    private static let squareMetersPerMu = 2000.0 / 3

    private static let table: [String: LedgerUnit] = {
        var table: [String: LedgerUnit] = [:]
        func add(_ name: String, _ quantity: Quantity, _ factor: Double, _ spellings: [String]) {
            let unit = LedgerUnit(name, quantity, factor)
            for spelling in spellings { table[spelling] = unit }
        }
        add("平方米", .area, 1, ["平方米", "平米", "平方", "m2", "m^2", "sqm", "sq.m", "squaremeters", "squaremetres"])
        add("万平方米", .area, 1e4, ["万平方米", "万平米", "万平方", "万m2", "万方"])
        add("亩", .area, squareMetersPerMu, ["亩", "市亩"])
        add("公顷", .area, 1e4, ["公顷", "ha"])
        add("平方公里", .area, 1e6, ["平方公里", "平方千米", "km2"])
        add("元", .money, 1, ["元", "人民币", "元人民币", "人民币元", "rmb", "cny", "yuan"])
        add("千元", .money, 1e3, ["千元"])
        add("万元", .money, 1e4, ["万元", "万元人民币", "万人民币"])
        add("百万元", .money, 1e6, ["百万元"])
        add("千万元", .money, 1e7, ["千万元"])
        add("亿元", .money, 1e8, ["亿元", "亿元人民币", "亿人民币"])
        add("米", .length, 1, ["米", "m", "公尺"])
        add("千米", .length, 1000, ["千米", "公里", "km"])
        add("%", .share, 0.01, ["%", "percent"])
        add("‰", .share, 0.001, ["‰"])
        for name in ["层", "年", "家", "户", "人", "个", "部", "栋", "座", "辆", "名", "间", "台", "套", "处", "条"] {
            add(name, .count, 1, [name])
        }
        add("万人", .count, 1e4, ["万人"])
        add("万", .any, 1e4, ["万"])
        add("亿", .any, 1e8, ["亿"])
        return table
    }()

    /// A header without the unit that stands behind its name: in brackets,
    /// behind a mark, or joined to it where no word ends so.
    public static func split(header: String) -> (name: String, unit: LedgerUnit?) {
        let text = LedgerText.trimmed(header)
        if let last = text.last, ")）]】".contains(last), let open = text.lastIndex(where: { "(（[【".contains($0) }) {
            let inside = text[text.index(after: open)...].dropLast()
            let words = inside.split(whereSeparator: { ":：".contains($0) })
            if let unit = words.last.flatMap({ LedgerUnit(String($0)) }) {
                return (LedgerText.trimmed(String(text[..<open])), unit)
            }
            return (text, nil)
        }
        if let mark = text.lastIndex(where: { "/_／:：,，| ".contains($0) || $0.isWhitespace }) {
            if let unit = LedgerUnit(String(text[text.index(after: mark)...])), unit.quantity != .any {
                let name = LedgerText.trimmed(String(text[..<mark]))
                if !name.isEmpty { return (name, unit) }
            }
        }
        for ending in joined where text.hasSuffix(ending) && text.count > ending.count + 1 {
            return (LedgerText.trimmed(String(text.dropLast(ending.count))), LedgerUnit(ending))
        }
        return (text, nil)
    }

    /// Units that no word of a header ends with, the longest first.
    private static let joined = ["万平方米", "万平米", "平方公里", "万㎡", "平方米", "万m²", "平米", "㎡", "m²", "百万元", "千万元", "万元", "亿元"]

    /// The units of a line such as `单位：万元、平方米`.
    static func stated(in title: String) -> [LedgerUnit] {
        let key = LedgerText.key(title)
        guard let word = key.range(of: "单位:") else { return [] }
        let list = key[word.upperBound...].prefix { !")]".contains($0) }
        return list.split(whereSeparator: { ",、/;和及".contains($0) }).compactMap { LedgerUnit(String($0)) }
    }
}
