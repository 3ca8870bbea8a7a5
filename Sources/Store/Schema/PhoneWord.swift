/// Words behind which seven or eight digits are a telephone number.
enum PhoneWord {
    /// Whether such a word stands before a place, with little and no digits between.
    static func stands(before place: Int, in text: [Unicode.Scalar]) -> Bool {
        var end = place
        while end > max(0, place - mostBetween) {
            if words.contains(where: { ends(at: end, with: $0, text) }) { return true }
            guard PersonalNumber.value(text[end - 1]) == nil, !stops.contains(text[end - 1]) else { return false }
            end -= 1
        }
        return words.contains { ends(at: end, with: $0, text) }
    }

    private static func ends(at end: Int, with word: [Unicode.Scalar], _ text: [Unicode.Scalar]) -> Bool {
        guard end >= word.count else { return false }
        let start = end - word.count
        guard zip(text[start..<end], word).allSatisfy({ $0.properties.lowercaseMapping.unicodeScalars.first == $1 })
        else { return false }
        // The English word stands alone: 1234567 is no telephone of a hotel.
        guard let first = word.first, first.isASCII, start > 0 else { return true }
        return !(text[start - 1].isASCII && text[start - 1].properties.isAlphabetic)
    }

    private static let words = ["电话", "座机", "热线", "联系", "传真", "tel", "telephone", "phone", "fax"].map {
        Array($0.unicodeScalars)
    }
    private static let mostBetween = 8
    private static let stops = Set("，。；,;\n".unicodeScalars)
}
