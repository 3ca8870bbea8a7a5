import Foundation
import TestSupport
import Testing

@testable import Exchange

@Suite("Texts of ledgers") struct LedgerTextTests {
    /// What cells are made of, and what nobody should put into one.
    private static let pieces: [String] =
        (0x20...0x7E).compactMap { Unicode.Scalar($0).map { String(Character($0)) } } + [
            "\t", "\n", "\r", "\r\n", "\u{B}", "\u{1F}", "\u{85}", "\u{A0}", "\u{2028}", "\u{3000}", "\u{200B}",
            "\u{FEFF}", "枫汇大厦", "解放碑", "一十二", "号", "座", "㐀", "𠮷", "々", "〇", "、", "。", "《", "【", "〔", "〒", "Ａ", "ｚ",
            "０", "９", "＃", "（", "）", "－", "～", "￥", "｡", "ｶ", "ﾞ", "㎡", "万㎡", "①", "Ⅳ", "½", "²", "㈠", "ﬁ", "é", "É",
            "e\u{301}",
            "ñ", "ß", "İ", "Ω", "Å", "Ж", "\u{301}", "\u{308}", "\u{20DD}", "\u{FE0F}", "\u{200D}", "한", "글",
            "\u{1112}",
            "\u{1161}", "\u{11AB}", "🏢", "👨‍👩‍👧‍👦", "1️⃣", "🇨🇳", "שלום", "مبنى", "٣", "\u{0}", "\u{7F}", "\u{FFFD}",
        ]
    private static let signs = ["", "#", "-#", "·", "（#", " -"]

    private static func text(_ random: inout SeededGenerator) -> String {
        let isPlain = Bool.random(using: &random)
        return (0..<Int.random(in: 0...12, using: &random)).map { _ in
            let all = pieces.prefix(isPlain ? 95 : pieces.count)
            return Int.random(in: 0..<3, using: &random) == 0
                ? "大坪正街１９号" : all.randomElement(using: &random) ?? ""
        }.joined()
    }

    private static func isSpace(_ character: Character) -> Bool {
        character.isWhitespace || character == "\u{200B}" || character == "\u{FEFF}"
    }

    private static func key(_ text: String) -> String {
        String(text.precomposedStringWithCompatibilityMapping.lowercased().filter { !isSpace($0) })
    }

    private static func letters(_ text: String, keeping signs: String) -> String {
        String(text.filter { $0.isLetter || $0.isNumber || signs.contains($0) })
    }

    private static func trimmed(_ text: String) -> String {
        let inner = text.drop(while: isSpace).reversed().drop(while: isSpace)
        return String(inner.reversed())
    }

    /// Whether two texts are the same scalar by scalar; for `==` é is e with an accent.
    private static func same(_ a: String, _ b: String) -> Bool { a.unicodeScalars.elementsEqual(b.unicodeScalars) }

    private func check(_ text: String, _ place: String) {
        let scalars = text.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: " ")
        let key = LedgerText.key(text)
        #expect(Self.same(key, Self.key(text)), "\(place): \(scalars)")
        #expect(Self.same(LedgerText.trimmed(text), Self.trimmed(text)), "\(place): \(scalars)")
        for signs in Self.signs {
            for whole in [text, key] {
                let letters = LedgerText.letters(whole, keeping: signs)
                #expect(Self.same(letters, Self.letters(whole, keeping: signs)), "\(place), \(signs): \(scalars)")
            }
        }
    }

    @Test("the short way gives what Unicode's tables give", arguments: 0..<40)
    func randomTexts(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        for number in 0..<100 { check(Self.text(&random), "seed \(seed), text \(number)") }
    }

    @Test("so it does for every character, alone and between others")
    func everyCharacter() {
        for value in UInt32(0)...0xFFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let character = String(Character(scalar))
            for text in [character, "A" + character + "中"] {
                let isSame =
                    Self.same(LedgerText.key(text), Self.key(text))
                    && Self.same(LedgerText.letters(text, keeping: "-#"), Self.letters(text, keeping: "-#"))
                if !isSame { Issue.record("U+\(String(value, radix: 16)) in \(text)") }
            }
        }
    }

    @Test("what people type in different ways is one key")
    func examples() {
        #expect(LedgerText.key(" ＷＦＣ　大厦\r\n（Ａ座） ") == "wfc大厦(a座)")
        #expect(LedgerText.key("1.2万㎡") == "1.2万m2")
        #expect(LedgerText.letters("枫汇大厦(南塔)-2#", keeping: "#") == "枫汇大厦南塔2#")
        #expect(LedgerText.letters("19-1号·é한", keeping: "-") == "19-1号é한")
    }
}
