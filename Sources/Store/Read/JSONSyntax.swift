/// Whether bytes are one JSON value (RFC 8259).
struct JSONSyntax {
    /// Values nested deeper are not taken for JSON.
    private static let deepest = 512

    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    /// Whether the bytes are one value, whole.
    static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var syntax = JSONSyntax(bytes: bytes)
        guard syntax.value(depth: 0) else { return false }
        syntax.skipSpace()
        return syntax.offset == bytes.count && String(validating: bytes, as: UTF8.self) != nil
    }

    private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { offset += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func take(word: StaticString) -> Bool {
        let end = offset + word.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[offset..<end].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: end - offset))
        else { return false }
        offset = end
        return true
    }

    private mutating func value(depth: Int) -> Bool {
        skipSpace()
        guard depth < Self.deepest, let first = next else { return false }
        switch first {
        case UInt8(ascii: "{"): return members(of: "}", depth: depth, named: true)
        case UInt8(ascii: "["): return members(of: "]", depth: depth, named: false)
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "t"): return take(word: "true")
        case UInt8(ascii: "f"): return take(word: "false")
        case UInt8(ascii: "n"): return take(word: "null")
        default: return number()
        }
    }

    private mutating func members(of close: Unicode.Scalar, depth: Int, named: Bool) -> Bool {
        offset += 1
        skipSpace()
        if take(close) { return true }
        repeat {
            if named {
                skipSpace()
                guard string() else { return false }
                skipSpace()
                guard take(":") else { return false }
            }
            guard value(depth: depth + 1) else { return false }
            skipSpace()
        } while take(",")
        return take(close)
    }

    private mutating func string() -> Bool {
        guard take("\"") else { return false }
        while let byte = next {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case 0..<0x20: return false
            case UInt8(ascii: "\\"): guard escape() else { return false }
            default: break
            }
        }
        return false
    }

    private mutating func escape() -> Bool {
        guard let byte = next else { return false }
        offset += 1
        guard byte == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(byte) }
        for _ in 0..<4 {
            guard let digit = next, Character(Unicode.Scalar(digit)).isHexDigit else { return false }
            offset += 1
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = offset
        while let byte = next, (0x30...0x39).contains(byte) { offset += 1 }
        return offset > start
    }

    private mutating func number() -> Bool {
        _ = take("-")
        if !take("0") { guard digits() else { return false } }
        if take(".") { guard digits() else { return false } }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            guard digits() else { return false }
        }
        return true
    }
}
