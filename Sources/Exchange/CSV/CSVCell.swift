import Spatial

/// Writes the cells of a table.
public enum CSVCell {
    static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")

    /// Appends a value; null is nothing.
    static func append(_ value: FieldValue, of batch: FeatureBatch, to bytes: inout [UInt8]) {
        switch value {
        case .null: break
        case .boolean(let truth): bytes.append(contentsOf: (truth ? "true" : "false").utf8)
        case .integer(let number): bytes.append(contentsOf: String(number).utf8)
        case .real(let number): if number.isFinite { bytes.append(contentsOf: number.description.utf8) }
        case .text(let range), .json(let range): append(text: batch.bytes[range], to: &bytes)
        }
    }

    /// Appends a text: in quotation marks where it holds a delimiter, a
    /// quotation mark, a line end or spaces at an end, or where it is text
    /// that looks like a number.
    public static func append(text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        guard needsQuotes(text) else {
            bytes.append(contentsOf: text)
            return
        }
        bytes.append(quote)
        for byte in text {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        bytes.append(quote)
    }

    /// A coordinate with at most seven decimals.
    static func coordinate(_ value: Double) -> String {
        guard abs(value) < 1e11 else { return value.description }
        let scaled = Int64((value * 1e7).rounded())
        let (whole, fraction) = scaled.magnitude.quotientAndRemainder(dividingBy: 10_000_000)
        let sign = scaled < 0 ? "-" : ""
        guard fraction > 0 else { return "\(sign)\(whole)" }
        var digits = String(fraction)
        digits = String(repeating: "0", count: 7 - digits.count) + digits
        while digits.last == "0" { digits.removeLast() }
        return "\(sign)\(whole).\(digits)"
    }

    private static func needsQuotes(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first, let last = text.last else { return false }
        if first == UInt8(ascii: " ") || last == UInt8(ascii: " ") { return true }
        if text.contains(where: { $0 == quote || $0 == comma || $0 == 10 || $0 == 13 || $0 == 9 || $0 == 59 }) {
            return true
        }
        guard first < 58, text.count < 64 else { return false }
        return text.withUnsafeBytes { bytes in
            if case .text = CSVNumber.look(at: bytes, 0..<bytes.count) { false } else { true }
        }
    }
}
