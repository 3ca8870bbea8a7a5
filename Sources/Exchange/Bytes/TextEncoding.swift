/// How characters stand in a file as bytes.
public enum TextEncoding: Hashable, Sendable {
    /// UTF-8; a byte order mark is skipped.
    case utf8
    /// UTF-16, low byte first.
    case utf16LittleEndian
    /// UTF-16, high byte first.
    case utf16BigEndian
    /// GB 18030, which holds GBK and GB 2312.
    case gb18030
    /// Any other that the system's `iconv` knows, by its name there.
    case other(String)

    /// The encoding of a name or Windows code page number as people and
    /// `.cpg` files write it (`UTF-8`, `65001`, `GBK`, `CP936`, `1252` …).
    ///
    /// - Returns: `nil` for an empty name; an unknown name becomes `.other`.
    public init?(named name: String) {
        let letters = name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        guard !letters.isEmpty else { return nil }
        switch letters {
        case "utf8", "65001", "cp65001": self = .utf8
        case "utf16", "utf16le", "unicode", "1200": self = .utf16LittleEndian
        case "utf16be", "1201": self = .utf16BigEndian
        case "gb18030", "gbk", "gb2312", "euccn", "936", "cp936", "ansi936", "oem936", "windows936", "54936":
            self = .gb18030
        default:
            let digits = letters.drop { !$0.isNumber }
            let prefix = letters.prefix { !$0.isNumber }
            if let page = Int(digits), ["", "cp", "ansi", "oem", "windows"].contains(prefix), digits.count <= 5 {
                self = page > 88_590 && page < 88_600 ? .other("ISO-8859-\(page - 88_590)") : .other("CP\(page)")
            } else {
                self = .other(name.filter { $0.isASCII && !$0.isWhitespace && $0 != "/" })
            }
        }
    }

    /// The name `iconv` has for it.
    var iconvName: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .gb18030: "GB18030"
        case .other(let name): name
        }
    }
}
