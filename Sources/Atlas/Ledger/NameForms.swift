import Exchange

/// The forms under which a building's name is known again, from strict to
/// generous.
struct NameForms: Hashable {
    /// The name without width, case, spaces and punctuation.
    let strict: String
    /// Forms that say the same: towers counted in one way, what stands in
    /// brackets left out, put in, or alone.
    let same: Set<String>
    /// Forms without the words for a building at their end (大厦, 大楼).
    let cores: Set<String>
    /// Forms without any such word (广场, 中心 too), which only hint.
    let loose: Set<String>

    /// Makes the forms of a name.
    init(_ name: String) {
        let key = LedgerText.key(name)
        strict = Self.letters(key)
        var same: Set<String> = []
        for text in Self.readings(key) {
            let form = TowerNumber.counted(Self.letters(text))
            if form.count > 1 { same.insert(form) }
        }
        if same.isEmpty, !strict.isEmpty { same.insert(strict) }
        self.same = same
        cores = Set(same.map { Self.without(Self.plainWords, $0) })
        loose = Set(same.map { Self.without(Self.plainWords + Self.otherWords, $0) })
    }

    /// Whether there is no name.
    var isEmpty: Bool { strict.isEmpty }

    private static let plainWords = ["商务大厦", "写字楼", "办公楼", "商务楼", "商厦", "大厦", "大楼", "楼宇"]
    private static let otherWords = ["购物中心", "国际中心", "商务中心", "广场", "中心", "国际", "项目"]

    /// Letters and digits alone; `#` keeps a tower's number.
    static func letters(_ key: String) -> String {
        String(key.filter { $0.isLetter || $0.isNumber || $0 == "#" })
    }

    /// The name as it stands, without what is in brackets, and that alone
    /// where it is long enough to be a name.
    private static func readings(_ key: String) -> [String] {
        var outside = ""
        var insides: [String] = []
        var depth = 0
        for character in key {
            if "([【〔<《".contains(character) {
                if depth == 0 { insides.append("") }
                depth += 1
            } else if ")]】〕>》".contains(character) {
                depth = max(0, depth - 1)
            } else if depth > 0 {
                insides[insides.count - 1].append(character)
            } else {
                outside.append(character)
            }
        }
        guard !insides.isEmpty else { return [key] }
        let names = insides.map { inside in
            ["原名", "曾用名", "又名", "别名", "简称", "原", "现"].first { inside.hasPrefix($0) }
                .map { String(inside.dropFirst($0.count).drop { ":：".contains($0) }) } ?? inside
        }
        let letters = names.filter { $0.count > 2 && TowerNumber(wholly: Self.letters($0)) == nil }
        // A tower's number in brackets tells towers apart: the name without it is another building's.
        let numbered = insides.contains { TowerNumber(wholly: Self.letters($0)) != nil }
        return [key] + (numbered || outside.isEmpty ? [] : [outside]) + letters
    }

    /// A form without a word before its tower's number or its end.
    private static func without(_ words: [String], _ form: String) -> String {
        let mark = form.firstIndex(of: "#") ?? form.endIndex
        var body = String(form[..<mark])
        for word in words where body.hasSuffix(word) && body.count > word.count + 1 {
            body = String(body.dropLast(word.count))
            break
        }
        return body + form[mark...]
    }
}

/// The number of a tower of several: A座, 1号楼, 一栋, 甲幢.
struct TowerNumber {
    /// The number; A, 甲 and 一 are 1.
    let number: Int

    private static let words = ["号楼", "号塔", "塔楼", "座", "栋", "幢", "塔", "馆", "楼"]

    /// The tower that a text wholly is; `nil` where it is more, or none.
    init?(wholly text: String) {
        guard let tower = Self.ending(text), tower.start == text.startIndex else { return nil }
        number = tower.number
    }

    /// A name with its tower's number as `#1` at its end.
    static func counted(_ text: String) -> String {
        guard let tower = ending(text), tower.start > text.startIndex else { return text }
        return String(text[..<tower.start]) + "#\(tower.number)"
    }

    private static func ending(_ text: String) -> (start: String.Index, number: Int)? {
        var body = text[...]
        let word = words.first { body.hasSuffix($0) }
        if let word { body = body.dropLast(word.count) }
        if word == nil, body.last == "#" { body.removeLast() }
        let digits = body.reversed().prefix { $0.isASCII && $0.isNumber }.count
        if (1...2).contains(digits), let number = Int(body.suffix(digits)) {
            let start = body.index(body.endIndex, offsetBy: -digits)
            if start > body.startIndex, body[body.index(before: start)] == "#" {
                return (body.index(before: start), number)
            }
            return word == nil && text.last != "#" && !isAfterName(body, start) ? nil : (start, number)
        }
        guard digits == 0, let last = body.last else { return nil }
        let start = body.index(before: body.endIndex)
        if last.isASCII, last.isLetter, let value = last.asciiValue {
            // A letter behind a letter belongs to a word: IFC.
            if start > body.startIndex, body[body.index(before: start)].isASCII { return nil }
            return (start, Int(value & 31))
        }
        guard word != nil, word != "楼", let number = Self.chinese(body) else { return nil }
        return (body.index(body.endIndex, offsetBy: -number.length), number.value)
    }

    /// Whether digits stand directly behind Chinese characters: 国贸1.
    private static func isAfterName(_ body: Substring, _ start: Substring.Index) -> Bool {
        start > body.startIndex && !body[body.index(before: start)].isASCII
    }

    private static let figures: [Character: Int] = [
        "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "甲": 1, "乙": 2, "丙": 3, "丁": 4,
        "壹": 1, "贰": 2, "叁": 3,
    ]

    private static func chinese(_ body: Substring) -> (value: Int, length: Int)? {
        guard let last = body.last, let unit = figures[last] else { return nil }
        guard body.dropLast().last == "十", unit < 10 else { return (unit, 1) }
        return (10 + unit, 2)
    }
}
