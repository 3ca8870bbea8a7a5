/// Numbers that are not for the public, in texts: telephone numbers as they are
/// written in China, numbers of identity cards (GB 11643), and the figures that
/// stand behind a word like tax or members.
enum PersonalNumber {
    /// The text with every such number masked; `nil` where it holds none.
    ///
    /// - Complexity: O(length).
    static func masked(_ text: String) -> String? {
        let withoutFigures = InternalFigure.masked(text)
        return maskedNumbers(withoutFigures ?? text) ?? withoutFigures
    }

    private static func maskedNumbers(_ text: String) -> String? {
        guard mayHold(text.utf8) else { return nil }
        let characters = Array(text.unicodeScalars)
        var ranges: [Range<Int>] = []
        var start = 0
        while start < characters.count {
            guard value(characters[start]) != nil, start == 0 || value(characters[start - 1]) == nil else {
                start += 1
                continue
            }
            let run = Run(characters, from: start)
            if let end = run.personalEnd ?? localEnd(of: run, at: start, in: characters, after: ranges.last) {
                ranges.append(start..<end)
                start = end
            } else {
                start = run.firstGroupEnd
            }
        }
        guard !ranges.isEmpty else { return nil }
        var masked = String.UnicodeScalarView()
        var place = 0
        for range in ranges {
            masked.append(contentsOf: characters[place..<range.lowerBound])
            masked.append(contentsOf: mask.unicodeScalars)
            place = range.upperBound
        }
        masked.append(contentsOf: characters[place...])
        return String(masked)
    }

    /// Where a landline number without area code ends; `nil` where it stands
    /// neither behind a word that says that it is one, nor behind another.
    private static func localEnd(
        of run: Run, at start: Int, in text: [Unicode.Scalar], after last: Range<Int>?
    ) -> Int? {
        guard let end = run.localEnd else { return nil }
        if let last, text[last.upperBound..<start].allSatisfy(Run.listing.contains) { return end }
        return PhoneWord.stands(before: start, in: text) ? end : nil
    }

    /// Whether a text is such a number and little else.
    static func isAll(of text: String) -> Bool {
        guard let masked = maskedNumbers(text) else { return false }
        return masked.replacing(mask, with: "").unicodeScalars.count { $0.properties.isAlphabetic } <= 4
    }

    /// Whether a whole number is a mobile phone's, or an identity card's.
    static func isPersonal(_ number: Int64) -> Bool {
        (13_000_000_000...19_999_999_999).contains(number)
            || number > 99_999_999_999_999_999 && isIdentity(String(number).utf8.map { Int($0) - 48 })
    }

    static let mask = "***"

    /// Whether there are enough digits at all; full-width ones count.
    private static func mayHold(_ bytes: String.UTF8View) -> Bool {
        var count = 0
        for byte in bytes where byte >= 0x30 && byte <= 0x39 || byte == 0xEF {
            count += 1
            if count >= 7 { return true }
        }
        return false
    }

    /// The digit of a character, half or full width.
    static func value(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar.value {
        case 0x30...0x39: Int(scalar.value) - 0x30
        case 0xFF10...0xFF19: Int(scalar.value) - 0xFF10
        default: nil
        }
    }

    /// Whether eighteen digits can be an identity card's: a region, and a day
    /// that somebody may have been born.
    static func isIdentity(_ digits: [Int]) -> Bool {
        guard digits.count >= 17, (1...8).contains(digits[0]) else { return false }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        return (1880...2100).contains(number(6..<10)) && (1...12).contains(number(10..<12))
            && (1...31).contains(number(12..<14))
    }

    /// Groups of digits with at most three separators between them.
    private struct Run {
        private var digits: [Int] = []
        /// Where each digit ends in the text.
        private var ends: [Int] = []
        /// How many digits the groups end with.
        private var groups: [Int] = []
        /// How many dots there are before each group ends.
        private var dots: [Int] = []
        private var hasCheckLetter = false
        /// Where the first group ends in the text.
        private(set) var firstGroupEnd = 0

        init(_ text: [Unicode.Scalar], from start: Int) {
            var place = start
            var dotCount = 0
            while place < text.count, digits.count < Self.mostDigits {
                if let digit = PersonalNumber.value(text[place]) {
                    digits.append(digit)
                    ends.append(place + 1)
                    place += 1
                    continue
                }
                if groups.isEmpty { firstGroupEnd = place }
                groups.append(digits.count)
                dots.append(dotCount)
                if digits.count == 17, "xXｘＸ".unicodeScalars.contains(text[place]) {
                    hasCheckLetter = true
                    ends.append(place + 1)
                    return
                }
                var next = place
                while next < text.count, next < place + 3, Self.separators.contains(text[next]) { next += 1 }
                guard next > place, next < text.count, PersonalNumber.value(text[next]) != nil else { return }
                dotCount += text[place..<next].count { $0 == "." }
                place = next
            }
            while place < text.count, PersonalNumber.value(text[place]) != nil {
                digits.append(0)
                ends.append(place + 1)
                place += 1
            }
            if groups.isEmpty { firstGroupEnd = place }
            groups.append(digits.count)
            dots.append(dotCount)
        }

        /// Where a number of a person that begins here ends; `nil` for none.
        var personalEnd: Int? {
            if hasCheckLetter, PersonalNumber.isIdentity(digits) { return ends.last }
            // Whole groups only, the longest first.
            for (count, dotCount) in zip(groups, dots).reversed() where dotCount != 1 || hasAreaCode {
                if isPersonal(Array(digits[..<count])) { return ends[count - 1] }
            }
            return nil
        }

        /// Where seven or eight digits that begin here end, such as landline
        /// numbers without area code have; `nil` for others.
        var localEnd: Int? {
            guard digits[0] > 1 else { return nil }
            for (count, dotCount) in zip(groups, dots).prefix(2).reversed() where dotCount == 0 {
                if count == 7 || count == 8 { return ends[count - 1] }
            }
            return nil
        }

        /// Whether the first group is one; else a single dot makes a decimal.
        private var hasAreaCode: Bool {
            guard let first = groups.first else { return false }
            return (first == 3 || first == 4) && digits[0] == 0
        }

        private func isPersonal(_ digits: [Int]) -> Bool {
            var digits = digits[...]
            if digits.starts(with: [0, 0, 8, 6]) {
                digits = digits.dropFirst(4)
            } else if digits.count > 11, digits.starts(with: [8, 6]) {
                digits = digits.dropFirst(2)
                if let first = digits.first, first != 0, first != 1, (9...11).contains(digits.count) { return true }
            }
            let number = Array(digits)
            switch number.count {
            case 18: return PersonalNumber.isIdentity(number)
            case 15: return Self.isOldIdentity(number)
            case 11 where number[0] == 1: return number[1] >= 3
            case 10...12: return number[0] == 0 && (1...9).contains(number[1])
            default: return false
            }
        }

        /// Fifteen digits, as before 1999.
        private static func isOldIdentity(_ digits: [Int]) -> Bool {
            (1...8).contains(digits[0]) && (1...12).contains(digits[8] * 10 + digits[9])
                && (1...31).contains(digits[10] * 10 + digits[11])
        }

        private static let mostDigits = 40
        private static let separators = Set("-‐‑–—－ ()（）\u{3000}\u{A0}\u{2009}\u{202F}.·_\t".unicodeScalars)
        /// What stands between two numbers.
        static let listing = Set("、，,/；; 或和".unicodeScalars)
    }
}
