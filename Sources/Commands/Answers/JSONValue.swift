import Foundation

/// A JSON value whose members keep their order and whose numbers say how many
/// decimals are meant.
enum JSONValue: Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double, decimals: Int)
    case text(String)
    case raw(String)
    case array([JSONValue])
    case object([(String, JSONValue)])

    /// The value as JSON text.
    var json: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .boolean(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value, let decimals): text += Self.digits(value, decimals: decimals)
        case .text(let value): Self.quote(value, to: &text)
        case .raw(let value): text += value
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                Self.quote(member.0, to: &text)
                text += ":"
                member.1.write(to: &text)
            }
            text += "}"
        }
    }

    /// Fixed decimals with trailing zeros cut; `null` for what is no number.
    static func digits(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "null" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        guard abs(value) * scale < 9e15 else { return String(Int64(exactly: value.rounded()) ?? 0) }
        let scaled = Int64((value * scale).rounded())
        return String(unsafeUninitializedCapacity: 32) { buffer in
            var rest = scaled.magnitude
            var (start, end) = (buffer.count, buffer.count)
            for place in 0... {
                if rest == 0, place > decimals { break }
                if place == decimals, start < end { start -= 1; buffer[start] = UInt8(ascii: ".") }
                let digit = UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
                if digit == 0, place < decimals, start == end { continue }
                start -= 1
                buffer[start] = UInt8(ascii: "0") + digit
            }
            if scaled < 0 { start -= 1; buffer[start] = UInt8(ascii: "-") }
            for index in start..<end { buffer[index - start] = buffer[index] }
            end -= start
            return end
        }
    }

    private static func quote(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<"\u{20}": text += String(format: "\\u%04x", scalar.value)
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    /// Whether a column of such values stands to the right.
    var isNumeric: Bool {
        switch self {
        case .number, .integer, .null: true
        case .raw(let value): Double(value) != nil
        default: false
        }
    }

    /// The value as a cell of a table or of CSV.
    var cell: String {
        switch self {
        case .null: ""
        case .text(let value), .raw(let value): value
        case .boolean(let value): value ? "✓" : ""
        case .number(let value, let decimals): Self.digits(value, decimals: decimals)
        case .array(let values): values.map(\.cell).joined(separator: ", ")
        default: json
        }
    }
}

extension JSONValue {
    /// Text, or null for none.
    static func optional(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }

    /// Metres, to the millimetre.
    static func meters(_ value: Double) -> JSONValue { .number(value, decimals: 3) }

    /// Degrees, to about a centimetre.
    static func degrees(_ value: Double) -> JSONValue { .number(value, decimals: 7) }
}
