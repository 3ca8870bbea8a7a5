public import Spatial

/// JSON's way of writing text (RFC 8259, section 7).
public enum JSONText {
    /// The text that the inside of a JSON string stands for.
    static func unescaped(_ bytes: UnsafeRawBufferPointer) -> String {
        var units: [UInt8] = []
        var offset = 0
        var pending: [UInt16] = []
        func flush() {
            guard !pending.isEmpty else { return }
            units.append(contentsOf: String(decoding: pending, as: UTF16.self).utf8)
            pending = []
        }
        while offset < bytes.count {
            guard bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count else {
                flush()
                units.append(bytes[offset])
                offset += 1
                continue
            }
            let kind = bytes[offset + 1]
            offset += 2
            if kind == UInt8(ascii: "u"), offset + 4 <= bytes.count,
                let unit = UInt16(String(decoding: bytes[offset..<offset + 4], as: UTF8.self), radix: 16)
            {
                pending.append(unit)
                offset += 4
                continue
            }
            flush()
            switch kind {
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            default: units.append(kind)
            }
        }
        flush()
        return String(decoding: units, as: UTF8.self)
    }

    /// Appends a text with its quotes and escapes.
    public static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0), to: &bytes) }
    }

    /// Appends UTF-8 with its quotes and escapes.
    public static func append(_ text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var start = 0
        for (index, byte) in text.enumerated()
        where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[start..<index]))
            appendEscape(byte, to: &bytes)
            start = index + 1
        }
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[start...]))
        bytes.append(UInt8(ascii: "\""))
    }

    /// An object of members in their order.
    public static func object(_ members: [(name: String, value: Attribute)]) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for (name, value) in members {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            append(name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            switch value {
            case .null: bytes.append(contentsOf: "null".utf8)
            case .boolean(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
            case .integer(let value): bytes.append(contentsOf: String(value).utf8)
            case .real(let value): bytes.append(contentsOf: (value.isFinite ? String(value) : "null").utf8)
            case .text(let text): append(text, to: &bytes)
            case .json(let text): bytes.append(contentsOf: text.utf8)
            }
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private static func appendEscape(_ byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "\\u00".utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
    }
}
