import Exchange
import Foundation

/// What a source is known by when it comes again: its path, seen from the
/// atlas, with dates taken out, so that next month's file is the same source.
enum SourceIdentity {
    /// All files of OpenStreetMap are extracts of one source.
    static let openStreetMap = "OpenStreetMap"

    /// The identity of a file; empty for standard input and pipes, which are known by nothing.
    static func of(path: String, atlas: String) -> String {
        guard path != "-", PathKind(output: path) != .device else { return "" }
        let home = components(URL(filePath: atlas).deletingLastPathComponent())
        let file = components(URL(filePath: path))
        let shared = zip(home, file.dropLast()).prefix { $0 == $1 }.count
        let steps = Array(repeating: "..", count: home.count - shared) + file[shared...]
        return steps.map(undated).joined(separator: "/")
    }

    private static func components(_ url: URL) -> [String] {
        url.standardizedFileURL.resolvingSymlinksInPath().pathComponents
    }

    /// A name with its dates as `#`: `20261031`, `202610`, `2026-10-31`,
    /// `2026_10`, `2026年10月`, `10月`, and a bare `2026` where it stands apart:
    /// 网格2001 and 网格2002 are two grids.
    static func undated(_ name: String) -> String {
        var text = ""
        var rest = Array(name)[...]
        while let first = rest.first {
            let standsApart = text.last.map { "-_. #".contains($0) } ?? true
            if let length = dateLength(rest, standsApart: standsApart) {
                text += "#"
                rest = rest.dropFirst(length)
                continue
            }
            let isDigit = first.isASCIIDigit
            // A run of digits that is no date is taken whole: none begins inside it.
            let run = isDigit ? rest.prefix { $0.isASCIIDigit }.count : 1
            text += String(rest.prefix(run))
            rest = rest.dropFirst(run)
        }
        return text
    }

    /// How many characters the date at the beginning takes; `nil` for none.
    private static func dateLength(_ text: ArraySlice<Character>, standsApart: Bool) -> Int? {
        let digits = text.prefix { $0.isASCIIDigit }
        var rest = text.dropFirst(digits.count)
        func number(_ range: Range<Int>) -> Int { Int(String(Array(digits)[range])) ?? 0 }
        switch digits.count {
        case 1, 2:
            guard isMonth(number(0..<digits.count)), let day = closed(rest, by: "月") else { return nil }
            rest = part(day, fits: isDay).flatMap { closed($0, by: "日") } ?? day
        case 4:
            guard isYear(number(0..<4)) else { return nil }
            if let month = closed(rest, by: "年") {
                let isMonthNext = part(month, fits: isMonth)?.first == "月"
                rest = isMonthNext ? month.dropFirst(dateLength(month, standsApart: true) ?? 0) : month
            } else if let separator = rest.first, "-_.".contains(separator),
                let month = twoDigits(rest.dropFirst(), fits: isMonth)
            {
                rest = month
                if rest.first == separator, let day = twoDigits(rest.dropFirst(), fits: isDay) { rest = day }
            } else if !standsApart {
                return nil
            }
        case 6:
            guard isYear(number(0..<4)), isMonth(number(4..<6)) else { return nil }
        case 8:
            guard isYear(number(0..<4)), isMonth(number(4..<6)), isDay(number(6..<8)) else { return nil }
        default: return nil
        }
        return text.count - rest.count
    }

    /// What follows a character that must stand at the beginning.
    private static func closed(_ text: ArraySlice<Character>, by character: Character) -> ArraySlice<Character>? {
        text.first == character ? text.dropFirst() : nil
    }

    /// What follows a number that fits.
    private static func part(_ text: ArraySlice<Character>, fits: (Int) -> Bool) -> ArraySlice<Character>? {
        let digits = text.prefix { $0.isASCIIDigit }
        guard (1...2).contains(digits.count), let value = Int(String(digits)), fits(value) else { return nil }
        return text.dropFirst(digits.count)
    }

    /// What follows a number of two digits that fits.
    private static func twoDigits(_ text: ArraySlice<Character>, fits: (Int) -> Bool) -> ArraySlice<Character>? {
        part(text, fits: fits).flatMap { text.count - $0.count == 2 ? $0 : nil }
    }

    private static func isYear(_ value: Int) -> Bool { (1900...2099).contains(value) }
    private static func isMonth(_ value: Int) -> Bool { (1...12).contains(value) }
    private static func isDay(_ value: Int) -> Bool { (1...31).contains(value) }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
