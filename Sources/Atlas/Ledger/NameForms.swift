import Exchange

/// The forms under which a building's name is known again, from strict to
/// generous.
struct NameForms: Hashable {
    /// The name without width, case, spaces and punctuation.
    let strict: String
    /// Forms that say the same: towers counted in one way, what stands in
    /// brackets put in or left out, former names alone.
    let same: Level
    /// Forms without the words for a building at their end (大厦, 大楼).
    let cores: Level
    /// Forms without any such word (广场, 中心 too), and what stands in
    /// brackets alone; they only hint.
    let loose: Set<String>

    /// The forms of a name at one degree of strictness.
    struct Level: Hashable {
        /// Forms of the whole name.
        let whole: Set<String>
        /// Forms without what stands in brackets: another name with brackets
        /// that has them, too, may be another building's.
        let outside: Set<String>
        /// Whether nothing is left out of the whole.
        let isPlain: Bool

        /// Whether one of two names is the other.
        func meets(_ other: Level) -> Bool {
            !whole.isDisjoint(with: other.whole) || (isPlain && !whole.isDisjoint(with: other.outside))
                || (other.isPlain && !outside.isDisjoint(with: other.whole))
        }

        /// All forms, under which the name is looked up.
        var all: Set<String> { outside.isEmpty ? whole : whole.union(outside) }

        fileprivate func map(_ form: (String) -> String) -> Level {
            Level(whole: Set(whole.map(form)), outside: Set(outside.map(form)), isPlain: isPlain)
        }
    }

    /// The strict form of a name alone.
    static func strict(_ name: String) -> String { letters(LedgerText.key(name)) }

    /// Makes the forms of a name.
    init(_ name: String) {
        let key = LedgerText.key(name)
        strict = Self.letters(key)
        let words = BracketedName(key)
        var whole = Self.forms([key] + words.formerNames)
        var outside = Self.forms([words.outside])
        if words.marks.isEmpty {
            whole.formUnion(outside)
            outside = []
        }
        if whole.isEmpty, !strict.isEmpty { whole.insert(strict) }
        let hints = outside.union(Self.forms(words.marks.filter { $0.count > 2 }))
        if words.isPart { outside = [] }
        same = Level(whole: whole, outside: outside, isPlain: words.marks.isEmpty)
        cores = same.map { Self.without(Self.plainWords, $0) }
        loose = Set(whole.union(hints).map { Self.without(Self.plainWords + Self.otherWords, $0) })
    }

    /// Whether there is no name.
    var isEmpty: Bool { strict.isEmpty }

    private static let plainWords = ["商务大厦", "写字楼", "办公楼", "商务楼", "商厦", "大厦", "大楼", "楼宇"]
    private static let otherWords = ["购物中心", "国际中心", "商务中心", "广场", "中心", "国际", "项目"]

    /// Letters and digits alone; `#` keeps a tower's number.
    static func letters(_ key: String) -> String { LedgerText.letters(key, keeping: "#") }

    private static func forms(_ texts: [String]) -> Set<String> {
        Set(texts.map { TowerNumber.counted(letters($0)) }.filter { $0.count > 1 })
    }

    // MARK: Slips

    /// Characters by which one tower, part or period is told from another.
    private static let telling = Set("一二三四五六七八九十甲乙丙丁壹贰叁东南西北中上下前后左右内外主副裙附新老旧")

    /// Whether two names may be one with a slip of the keyboard in it: what
    /// tells towers, parts and numbers apart is no slip.
    func mayBeSlip(of other: NameForms) -> Bool {
        func telling(_ text: String) -> String {
            TowerNumber.counted(text).filter { $0.isASCII || Self.telling.contains($0) }
        }
        return telling(strict) == telling(other.strict)
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

/// A name and what stands in brackets in it.
private struct BracketedName {
    /// The name without brackets and what is in them.
    private(set) var outside = ""
    /// What stands in brackets and is no former name.
    private(set) var marks: [String] = []
    /// Former and other names that stand in brackets: 原枫汇商场.
    private(set) var formerNames: [String] = []

    /// - Parameter key: the name as `LedgerText.key` makes it.
    init(_ key: String) {
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
        for inside in insides {
            if let word = Self.former.first(where: { inside.hasPrefix($0) }) {
                let name = String(inside.dropFirst(word.count).drop { ":：".contains($0) })
                // 现代城 is no former name.
                name.count > 2 ? formerNames.append(name) : marks.append(inside)
            } else if !inside.isEmpty {
                marks.append(inside)
            }
        }
    }

    /// Whether brackets tell a part of several: the name without them is another building's.
    var isPart: Bool { marks.contains { Self.isPart(NameForms.letters($0)) } }

    private static let former = ["原名", "曾用名", "又名", "别名", "简称", "原", "现"]
    private static let words: Set<String> = ["写字楼", "办公楼", "商务楼", "大楼"]

    private static func isPart(_ mark: String) -> Bool {
        if TowerNumber(wholly: mark) != nil { return true }
        guard let last = mark.last, mark.count <= 4, !words.contains(mark) else { return false }
        // 渝中区 and 科技园 say where it stands.
        if mark.count == 2, "区园苑".contains(last) { return true }
        if mark.count <= 3, "期塔楼座栋幢馆翼".contains(last) { return true }
        // T1 and 2A; digits alone are a room.
        return mark.allSatisfy(\.isASCII) && mark.contains(where: \.isNumber) && mark.contains(where: \.isLetter)
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
