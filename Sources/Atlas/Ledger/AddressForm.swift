import Exchange

/// The part of an address that tells one plot from another: the street and
/// the number, without city and district before it and floor and room behind.
struct AddressForm: Hashable {
    /// The street and the number; the whole address where it has no number.
    let key: String
    /// The whole address without width, spaces and punctuation.
    let whole: String
    /// Whether it names a plot by street and number.
    let isExact: Bool
    /// The province, city and district that it begins with, by their endings.
    private let areas: [Character: String]

    /// The whole of an address alone.
    static func whole(_ address: String) -> String { words(address).filter { $0 != "-" } }

    /// An address without width, spaces and punctuation, dashes aside.
    private static func words(_ address: String) -> String {
        LedgerText.key(address).replacing("#", with: "号").filter { $0.isLetter || $0.isNumber || $0 == "-" }
    }

    /// Reads an address.
    init(_ address: String) {
        let words = Self.words(address)
        whole = words.filter { $0 != "-" }
        let text: String
        (areas, text) = Self.split(words)
        if let plot = Self.plot(text) {
            (key, isExact) = (plot, true)
        } else {
            (key, isExact) = (text.filter { $0 != "-" }, false)
        }
    }

    /// Whether two addresses name one plot: the same street and number, and
    /// no two cities or districts. 重庆渝中区 is 渝中区.
    func isSamePlot(as other: AddressForm) -> Bool {
        key == other.key
            && areas.allSatisfy { ending, name in
                guard let its = other.areas[ending] else { return true }
                return its.hasSuffix(name) || name.hasSuffix(its)
            }
    }

    /// Whether there is no address.
    var isEmpty: Bool { whole.isEmpty }

    private static let endings: [Character] = ["省", "市", "区", "县"]
    private static let streetEndings: Set<Character> = [
        "路", "街", "道", "巷", "里", "弄", "村", "坝", "坡", "湾", "组", "段", "坪", "岗", "线",
    ]

    /// The areas that an address begins with (中国, 重庆市, 渝中区, 大坪街道) and the rest of it.
    private static func split(_ text: String) -> (areas: [Character: String], rest: String) {
        var areas: [Character: String] = [:]
        var rest = text[...]
        if rest.hasPrefix("中国") { rest = rest.dropFirst(2) }
        for ending in endings {
            guard let index = rest.prefix(6).firstIndex(of: ending) else { continue }
            let name = rest[..<index]
            // 市场 and 区间路 are no areas.
            let next = rest.index(after: index)
            guard name.count >= 1, next < rest.endIndex, !"场政民间".contains(rest[next]), rest.count - name.count > 3
            else {
                continue
            }
            guard name.allSatisfy({ $0.isLetter && !$0.isASCII }) else { continue }
            areas[ending] = String(name)
            rest = rest[next...]
        }
        if let range = rest.prefix(9).firstRange(of: "街道"), range.lowerBound > rest.startIndex,
            range.upperBound < rest.endIndex, !rest[range.upperBound].isNumber
        {
            rest = rest[range.upperBound...]
        }
        return (areas, String(rest))
    }

    /// The street and the number: 大坪正街19号附1号; `nil` where there is no number.
    private static func plot(_ text: String) -> String? {
        let characters = Array(text)
        var index = 0
        while index < characters.count {
            guard characters[index].isNumber, characters[index].isASCII, index > 0, !characters[index - 1].isASCII
            else {
                index += 1
                continue
            }
            var end = index
            while end < characters.count, characters[end].isASCII, characters[end].isNumber { end += 1 }
            let number = String(characters[index..<end])
            var sub = ""
            var rest = end
            if rest < characters.count, characters[rest] == "-" {
                var stop = rest + 1
                while stop < characters.count, characters[stop].isASCII, characters[stop].isNumber { stop += 1 }
                if stop > rest + 1, stop < characters.count, characters[stop] == "号" {
                    sub = "附" + String(characters[rest + 1..<stop])
                    rest = stop
                }
            }
            let hasMark = rest < characters.count && characters[rest] == "号"
            let isStreet = streetEndings.contains(characters[index - 1])
            guard hasMark || (isStreet && rest == characters.count) else {
                index = end
                continue
            }
            // 1号线 and 2号楼 are no plots.
            if hasMark, rest + 1 < characters.count, "楼线院".contains(characters[rest + 1]), !isStreet {
                index = end
                continue
            }
            if sub.isEmpty, rest + 2 < characters.count, characters[rest + 1] == "附", characters[rest + 2].isNumber {
                sub = "附" + String(characters[(rest + 2)...].prefix { $0.isASCII && $0.isNumber })
            }
            return String(characters[..<index]).filter { $0 != "-" } + number + "号" + sub
        }
        return nil
    }
}
