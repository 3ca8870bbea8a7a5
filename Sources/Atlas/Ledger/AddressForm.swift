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
    private let areas: [Unicode.Scalar: String]

    /// The whole of an address alone.
    static func whole(_ address: String) -> String { text(words(address)[...]) }

    /// An address without width, spaces and punctuation, dashes aside.
    private static func words(_ address: String) -> [Unicode.Scalar] {
        LedgerText.letters(LedgerText.key(address), keeping: "-#").unicodeScalars.map { $0 == "#" ? "号" : $0 }
    }

    /// Words without dashes.
    private static func text(_ words: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        for scalar in words where scalar != "-" { text.append(scalar) }
        return String(text)
    }

    /// Reads an address.
    init(_ address: String) {
        let words = Self.words(address)
        whole = Self.text(words[...])
        let rest: ArraySlice<Unicode.Scalar>
        (areas, rest) = Self.split(words)
        if let plot = Self.plot(rest) {
            (key, isExact) = (plot, true)
        } else {
            (key, isExact) = (Self.text(rest), false)
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

    private static let endings: [Unicode.Scalar] = ["省", "市", "区", "县"]
    private static let streetEndings = Set("路街道巷里弄村坝坡湾组段坪岗线".unicodeScalars)
    /// 市场, 市政, 市民, 区间: no area ends before these.
    private static let areaGoesOn = Set("场政民间".unicodeScalars)
    /// 2号楼, 1号线, 3号院: no plot's number ends before these.
    private static let numberGoesOn = Set("楼线院".unicodeScalars)
    private static let street = Array("街道".unicodeScalars)

    /// The areas that an address begins with (中国, 重庆市, 渝中区, 大坪街道) and the rest of it.
    private static func split(
        _ words: [Unicode.Scalar]
    ) -> (areas: [Unicode.Scalar: String], rest: ArraySlice<Unicode.Scalar>) {
        var areas: [Unicode.Scalar: String] = [:]
        var rest = words[...]
        if rest.starts(with: "中国".unicodeScalars) { rest = rest.dropFirst(2) }
        for ending in endings {
            guard let index = rest.prefix(6).firstIndex(of: ending), index > rest.startIndex else { continue }
            let name = rest[..<index]
            guard index + 1 < rest.endIndex, !areaGoesOn.contains(rest[index + 1]), rest.count - name.count > 3,
                name.allSatisfy({ $0.properties.isAlphabetic && !$0.isASCII })
            else { continue }
            areas[ending] = text(name)
            rest = rest[(index + 1)...]
        }
        for index in rest.indices.dropLast(2).prefix(8) where rest[index..<index + 2].elementsEqual(street) {
            if index > rest.startIndex, !isNumeral(rest[index + 2]) { rest = rest[(index + 2)...] }
            break
        }
        return (areas, rest)
    }

    /// The street and the number: 大坪正街19号附1号; `nil` where there is no number.
    private static func plot(_ words: ArraySlice<Unicode.Scalar>) -> String? {
        var index = words.startIndex + 1
        while index < words.endIndex {
            guard isDigit(words[index]), !words[index - 1].isASCII else {
                index += 1
                continue
            }
            let end = endOfDigits(words, index)
            var sub: ArraySlice<Unicode.Scalar> = []
            var rest = end
            if rest < words.endIndex, words[rest] == "-" {
                let stop = endOfDigits(words, rest + 1)
                if stop > rest + 1, stop < words.endIndex, words[stop] == "号" {
                    sub = words[rest + 1..<stop]
                    rest = stop
                }
            }
            let hasMark = rest < words.endIndex && words[rest] == "号"
            let isStreet = streetEndings.contains(words[index - 1])
            let goesOn = hasMark && !isStreet && rest + 1 < words.endIndex && numberGoesOn.contains(words[rest + 1])
            guard !goesOn, hasMark || (isStreet && rest == words.endIndex) else {
                index = end
                continue
            }
            if sub.isEmpty, rest + 2 < words.endIndex, words[rest + 1] == "附" {
                sub = words[(rest + 2)...].prefix(while: isNumeral)
            }
            return text(words[..<end]) + "号" + (sub.isEmpty ? "" : "附" + text(sub))
        }
        return nil
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isNumeral(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.numericType != nil }

    private static func endOfDigits(_ words: ArraySlice<Unicode.Scalar>, _ start: Int) -> Int {
        words[start...].firstIndex { !isDigit($0) } ?? words.endIndex
    }
}
