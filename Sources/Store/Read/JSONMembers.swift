import Spatial

/// Walks the members of a JSON object without building it.
struct JSONMembers {
    private let bytes: UnsafeRawBufferPointer
    private var offset: Int

    /// One member: the key's bytes without quotes, and the value's bytes.
    struct Member {
        let key: Range<Int>
        let value: Range<Int>
    }

    /// Begins at the opening brace; `nil` where the text is no object.
    init?(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        offset = 0
        skipSpace()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "{") else { return nil }
        offset += 1
    }

    /// The next member; `nil` at the end, or where the text is malformed.
    mutating func next() -> Member? {
        skipSpace()
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ",") {
            offset += 1
            skipSpace()
        }
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\""), let key = string() else { return nil }
        skipSpace()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: ":") else { return nil }
        offset += 1
        skipSpace()
        let start = offset
        guard skipValue() else { return nil }
        var end = offset
        while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
        return Member(key: key.lowerBound + 1..<key.upperBound - 1, value: start..<end)
    }

    private mutating func skipSpace() {
        while offset < bytes.count, bytes[offset] <= 0x20 { offset += 1 }
    }

    private mutating func string() -> Range<Int>? {
        let start = offset
        offset += 1
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\\"): offset += 2
            case UInt8(ascii: "\""):
                offset += 1
                return start..<offset
            default: offset += 1
            }
        }
        return nil
    }

    private mutating func skipValue() -> Bool {
        var depth = 0
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""): guard string() != nil else { return false }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                offset += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return true }
                depth -= 1
                offset += 1
            case UInt8(ascii: ",") where depth == 0: return true
            default: offset += 1
            }
            if depth == 0, offset < bytes.count,
                bytes[offset] == UInt8(ascii: ",") || bytes[offset] == UInt8(ascii: "}")
            {
                return true
            }
        }
        return false
    }
}

extension FeatureBatch {
    /// Appends the members of an `attributes` text as fields.
    ///
    /// Texts without escapes are copied, others decoded; a malformed text is
    /// kept whole as a field of that name.
    mutating func appendMembers(_ text: UnsafeRawBufferPointer, keyCursor: inout KeyCursor) {
        guard var members = JSONMembers(text) else {
            let start = bytes.count
            bytes.append(contentsOf: text)
            fields.append(Field(key: key("attributes"), value: .text(start..<bytes.count)))
            return
        }
        while let member = members.next() {
            let index = keyCursor.index(of: UnsafeRawBufferPointer(rebasing: text[member.key]), in: &keys)
            let value = UnsafeRawBufferPointer(rebasing: text[member.value])
            fields.append(Field(key: index, value: store(json: value)))
        }
    }

    private mutating func store(json value: UnsafeRawBufferPointer) -> FieldValue {
        guard let first = value.first else { return .null }
        switch first {
        case UInt8(ascii: "\""):
            let inner = UnsafeRawBufferPointer(rebasing: value[1..<value.count - 1])
            if inner.contains(UInt8(ascii: "\\")) { return .text(store(JSONText.unescaped(inner))) }
            let start = bytes.count
            bytes.append(contentsOf: inner)
            return .text(start..<bytes.count)
        case UInt8(ascii: "t"): return .boolean(true)
        case UInt8(ascii: "f"): return .boolean(false)
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let start = bytes.count
            bytes.append(contentsOf: value)
            return JSONSyntax.isValid(value) ? .json(start..<bytes.count) : .text(start..<bytes.count)
        default:
            let text = String(decoding: value, as: UTF8.self)
            if let whole = Int64(text) { return .integer(whole) }
            guard let number = Double(text), number.isFinite else { return .text(store(text)) }
            return .real(number)
        }
    }
}

/// Finds the index of a key fast where rows repeat the same keys in the same order.
struct KeyCursor {
    private var known: [[UInt8]: Int] = [:]
    private var byPosition: [(name: [UInt8], index: Int)] = []
    private var position = 0

    /// Begins a new row.
    mutating func rewind() { position = 0 }

    mutating func index(of name: UnsafeRawBufferPointer, in keys: inout [String]) -> Int {
        defer { position += 1 }
        if position < byPosition.count, byPosition[position].name.elementsEqual(name) {
            return byPosition[position].index
        }
        let bytes = Array(name)
        let index: Int
        if let found = known[bytes] {
            index = found
        } else {
            let text =
                bytes.contains(UInt8(ascii: "\\")) ? JSONText.unescaped(name) : String(decoding: name, as: UTF8.self)
            if let found = keys.firstIndex(of: text) {
                index = found
            } else {
                keys.append(text)
                index = keys.count - 1
            }
            known[bytes] = index
        }
        if position < byPosition.count {
            byPosition[position] = (bytes, index)
        } else if position == byPosition.count {
            byPosition.append((bytes, index))
        }
        return index
    }
}
