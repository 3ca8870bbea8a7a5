import Spatial

/// What a ref may give away: it is made of the values of key columns, or of a
/// digest of the whole record where it brought no identifier.
enum RefSecrets {
    /// Whether a ref, or one of the values that it is joined of, is one of
    /// those texts.
    static func holds(_ ref: String, oneOf texts: [String]) -> Bool {
        texts.contains { text in
            guard !text.isEmpty, ref.contains(text) else { return false }
            return ref == text || ref.hasPrefix(text + "/") || ref.hasSuffix("/" + text)
                || ref.contains("/" + text + "/")
        }
    }

    /// Whether a ref is the digest of a record's content: whoever guesses what
    /// is hidden of the record could try whether he is right.
    static func isDigest(_ ref: String) -> Bool {
        let bytes = Array(ref.utf8)
        guard bytes.count >= 17, bytes[0] == UInt8(ascii: "c"), bytes[1...16].allSatisfy(isHexadecimal) else {
            return false
        }
        guard bytes.count > 17 else { return true }
        return bytes[17] == UInt8(ascii: "-") && bytes.count > 18
            && bytes[18...].allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39 || byte >= 0x61 && byte <= 0x66
    }
}

extension Attribute {
    /// The value as it stands in a ref of which it is the key.
    var keyTexts: [String] {
        switch self {
        case .null, .json, .boolean: []
        case .integer(let value): [String(value)]
        case .real(let value): [String(value)] + (Int64(exactly: value).map { [String($0)] } ?? [])
        case .text(let text): [text]
        }
    }
}
