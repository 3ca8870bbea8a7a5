/// Figures in texts that are the office's own: a number right behind a word
/// like 税收 or 党员, as in `金鼎大厦（年税收约8,812万元）`.
enum InternalFigure {
    /// The text with every such figure masked; `nil` where it holds none.
    ///
    /// - Complexity: O(length).
    static func masked(_ text: String) -> String? {
        guard words.contains(where: { text.contains($0) }) else { return nil }
        let scalars = Array(text.unicodeScalars)
        var masked = String.UnicodeScalarView()
        var place = 0
        while place < scalars.count {
            guard let figure = figure(in: scalars, behindWordAt: place) else {
                masked.append(scalars[place])
                place += 1
                continue
            }
            masked.append(contentsOf: scalars[place..<figure.lowerBound])
            masked.append(contentsOf: PersonalNumber.mask.unicodeScalars)
            place = figure.upperBound
        }
        let result = String(masked)
        return result == text ? nil : result
    }

    /// Where the figure of a word that begins at a place stands.
    private static func figure(in text: [Unicode.Scalar], behindWordAt place: Int) -> Range<Int>? {
        guard let word = words.first(where: { text[place...].starts(with: $0.unicodeScalars) }) else { return nil }
        var start = place + word.unicodeScalars.count
        var filled = 0
        while start < text.count, filled < mostFilling, filling.contains(text[start]) {
            start += 1
            filled += 1
        }
        guard start < text.count, PersonalNumber.value(text[start]) != nil else { return nil }
        var end = start
        while end < text.count, PersonalNumber.value(text[end]) != nil || points.contains(text[end]) { end += 1 }
        while points.contains(text[end - 1]) { end -= 1 }
        return start..<end
    }

    private static let words = [
        "税收", "纳税", "税额", "税金", "营收", "收入", "产值", "利润", "租金", "党员", "员工", "职工", "从业人员", "就业人数", "注册资本",
    ]
    /// What may stand between the word and its figure.
    private static let filling = Set("额总计合数人有共约为是达近超过逾了：:=＝ \u{3000}".unicodeScalars)
    private static let mostFilling = 6
    private static let points = Set(".,，．".unicodeScalars)
}
