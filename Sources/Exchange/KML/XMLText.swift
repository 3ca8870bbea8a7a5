/// Text as XML 1.0 allows it.
enum XMLText {
    /// A text for an element or a quoted attribute: characters that XML does
    /// not know become U+FFFD, markup is written as entities; in an attribute, where readers take them for blanks, line ends and tabs too.
    static func escaped(_ text: String, inAttribute: Bool = false) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "\r": result.append(contentsOf: "&#13;".unicodeScalars)
            case "\t" where inAttribute: result.append(contentsOf: "&#9;".unicodeScalars)
            case "\n" where inAttribute: result.append(contentsOf: "&#10;".unicodeScalars)
            case "\t", "\n": result.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// Appends a text in UTF-8, escaped.
    static func append(_ text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        let isPlain = text.allSatisfy { byte in
            // U+FFFE and U+FFFF begin with EF BF.
            byte >= 0x20 && byte != UInt8(ascii: "&") && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
                && byte != UInt8(ascii: "\"") && byte != 0xEF
        }
        if isPlain { bytes += text } else { bytes += escaped(String(decoding: text, as: UTF8.self)).utf8 }
    }
}
