import Foundation
import TestSupport

/// Looks in everything that a run left behind for what may not be told, in
/// every way in which a file can hold it.
struct SecretSearch {
    /// Texts: names, mailboxes, numbers with letters.
    let texts: [String]
    /// Numbers, without separators.
    let numbers: [String]
    /// Figures that a file may hold as a binary number.
    let figures: [Double]

    /// What of it some bytes hold; of a workbook what its parts hold.
    func found(in bytes: Data, named name: String) throws -> [String] {
        guard name.hasSuffix(".xlsx") else { return found(in: Array(bytes)) }
        return try ZipMembers.read(Array(bytes)).flatMap { found(in: $0.value) }
    }

    /// What of it some bytes hold.
    func found(in bytes: [UInt8]) -> [String] {
        let data = Data(bytes)
        var found: [String] = []
        for text in texts {
            for encoding in ["GB18030", "UTF-16LE", "UTF-8"] {
                guard let pattern = try? Iconv.encode(text, as: encoding) else { continue }
                if data.range(of: Data(pattern)) != nil { found.append("\(text) (\(encoding))") }
            }
        }
        let runs = Self.digits(bytes)
        for number in numbers {
            if number.utf8.count >= Self.fewestOfRun, runs.range(of: Data(number.utf8)) != nil {
                found.append("\(number) (digits)")
            }
            for form in Self.forms(of: number) where data.range(of: Data(form.utf8)) != nil { found.append(form) }
        }
        for figure in figures {
            for pattern in Self.patterns(of: figure) where data.range(of: Data(pattern)) != nil {
                found.append("\(figure) (binary)")
            }
        }
        return found
    }

    /// Shorter numbers are found by chance where separators do not count.
    private static let fewestOfRun = 10

    /// A number as people write it: plain, full width, in groups.
    private static func forms(of number: String) -> [String] {
        let wide = String(
            String.UnicodeScalarView(number.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }))
        var groups: [Substring] = []
        var rest = number[...]
        while !rest.isEmpty {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        return [number, wide] + [",", " ", "，"].map { groups.joined(separator: $0) }
    }

    /// The digits of a text, full-width ones as usual, what may separate the
    /// groups of a number left out, a bar for anything else.
    private static func digits(_ bytes: [UInt8]) -> Data {
        var digits = Data()
        digits.reserveCapacity(bytes.count / 2)
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x30...0x39: digits.append(UInt8(truncatingIfNeeded: scalar.value))
            case 0xFF10...0xFF19: digits.append(UInt8(truncatingIfNeeded: scalar.value - 0xFEE0))
            default: if !separators.contains(scalar), digits.last != bar { digits.append(bar) }
            }
        }
        return digits
    }

    private static let bar = UInt8(ascii: "|")
    private static let separators = Set("-‐‑–—－ ()（）.．·'\u{3000}\u{A0}".unicodeScalars)

    /// A figure as FlatGeobuf, dBASE and SQLite hold it.
    private static func patterns(of figure: Double) -> [[UInt8]] {
        var patterns: [[UInt8]] = [
            withUnsafeBytes(of: figure.bitPattern.littleEndian) { Array($0) },
            withUnsafeBytes(of: figure.bitPattern.bigEndian) { Array($0) },
        ]
        guard let whole = Int64(exactly: figure) else { return patterns }
        patterns.append(withUnsafeBytes(of: whole.littleEndian) { Array($0) })
        let big = withUnsafeBytes(of: whole.bigEndian) { Array($0) }
        patterns.append(Array(big.suffix(whole >> 31 == 0 ? 4 : 6)))
        return patterns
    }
}
