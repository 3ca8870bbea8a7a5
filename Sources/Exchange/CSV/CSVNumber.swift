import Spatial

/// Reads numbers out of cells.
enum CSVNumber {
    /// The largest number of digits that every `Double` keeps, and below 2^53.
    private static let safeDigits = 15
    /// The longest text that may be one coordinate or two, in bytes.
    static let longestCoordinate = 1024

    /// What the digits of a cell look like.
    enum Look {
        /// A number that says the same when it is written again; zeros at the
        /// end of a fraction aside.
        case number(FieldValue)
        /// Digits only, but no number: leading zeros or too many of them.
        case identifier
        /// Anything else.
        case text
    }

    /// Tells a number from an identifier and from text. No exponents, no
    /// plus sign, no spaces, no separators: those stay text.
    static func look(at bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Look {
        var offset = range.lowerBound
        let end = range.upperBound
        let isNegative = offset < end && bytes[offset] == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        let first = offset
        var mantissa: UInt64 = 0
        let wholeDigits = digits(bytes, &offset, end, &mantissa)
        guard wholeDigits > 0 else { return .text }
        let hasLeadingZero = wholeDigits > 1 && bytes[first] == UInt8(ascii: "0")
        if offset == end {
            guard !hasLeadingZero, wholeDigits <= safeDigits else { return isNegative ? .text : .identifier }
            guard !isNegative || mantissa > 0 else { return .text }
            return .number(.integer(isNegative ? -Int64(mantissa) : Int64(mantissa)))
        }
        guard bytes[offset] == UInt8(ascii: "."), !hasLeadingZero else { return .text }
        offset += 1
        let fractionDigits = digits(bytes, &offset, end, &mantissa)
        guard fractionDigits > 0, offset == end else { return .text }
        if wholeDigits + fractionDigits <= safeDigits {
            let value = Double(mantissa) / powerOfTen(fractionDigits)
            return .number(.real(isNegative ? -value : value))
        }
        let text = String(decoding: bytes[range], as: UTF8.self)
        guard let value = Double(text), value.description == text else { return .text }
        return .number(.real(value))
    }

    /// A coordinate: any decimal number, with spaces around it, full-width
    /// digits or a degree sign, perhaps with a decimal comma (`106,5`).
    static func coordinate(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, allowsDecimalComma: Bool
    ) -> Double? {
        var offset = range.lowerBound
        let end = range.upperBound
        let isNegative = offset < end && bytes[offset] == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        var mantissa: UInt64 = 0
        let wholeDigits = digits(bytes, &offset, end, &mantissa)
        var fractionDigits = 0
        if offset < end, bytes[offset] == UInt8(ascii: ".") {
            offset += 1
            fractionDigits = digits(bytes, &offset, end, &mantissa)
        }
        if offset == end, wholeDigits > 0, wholeDigits + fractionDigits <= safeDigits {
            let value = Double(mantissa) / powerOfTen(fractionDigits)
            return isNegative ? -value : value
        }
        return coordinate(String(decoding: bytes[range], as: UTF8.self), allowsDecimalComma: allowsDecimalComma)
    }

    /// A coordinate out of a text, see above.
    static func coordinate(_ text: some StringProtocol, allowsDecimalComma: Bool) -> Double? {
        guard text.utf8.count <= longestCoordinate else { return nil }
        var plain = ""
        for scalar in halfWidth(text).unicodeScalars where !scalar.properties.isWhitespace && scalar != "°" {
            plain.unicodeScalars.append(scalar)
        }
        if allowsDecimalComma && !plain.contains(".") {
            plain = String(plain.map { $0 == "," ? "." : $0 })
        }
        guard plain.utf8.count <= 64, plain.utf8.allSatisfy({ $0 != UInt8(ascii: "x") && $0 != UInt8(ascii: "X") }),
            let value = Double(plain), value.isFinite
        else { return nil }
        return value
    }

    /// The text with full-width forms (U+FF01–U+FF5E, U+3000) made ASCII.
    static func halfWidth(_ text: some StringProtocol) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: plain.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            case 0x3000: plain.append(" ")
            case 0x2212: plain.append("-")
            default: plain.append(scalar)
            }
        }
        return String(plain)
    }

    @inline(__always)
    private static func digits(
        _ bytes: UnsafeRawBufferPointer, _ offset: inout Int, _ end: Int, _ mantissa: inout UInt64
    ) -> Int {
        let start = offset
        while offset < end {
            let digit = bytes[offset] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            offset += 1
        }
        return offset - start
    }

    /// Exact up to 10^15: such a power and a mantissa below 2^53 divide to the
    /// nearest double.
    @inline(__always)
    private static func powerOfTen(_ exponent: Int) -> Double {
        var power = 1.0
        for _ in 0..<exponent { power *= 10 }
        return power
    }
}
