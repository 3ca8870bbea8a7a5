/// What XML cannot hold, as workbooks write it (ECMA-376, ST_Xstring).
enum CellEscape {
    /// The text with `_x0001_` for U+0001 and such, and with `_x005F_` for an
    /// underscore that would else begin such a mark.
    static func escaped(_ text: String) -> String {
        var text = text
        return text.withUTF8 { bytes in
            guard let first = bytes.indices.first(where: { mark(at: $0, in: bytes) != nil }) else {
                return String(decoding: bytes, as: UTF8.self)
            }
            var escaped = Array(bytes[..<first])
            var place = first
            while place < bytes.count {
                if let (name, count) = mark(at: place, in: bytes) {
                    escaped += "_x\(name)_".utf8
                    place += count
                } else {
                    escaped.append(bytes[place])
                    place += 1
                }
            }
            return String(decoding: escaped, as: UTF8.self)
        }
    }

    /// What has to be written as a mark: the mark's name, and how many bytes it stands for.
    private static func mark(at place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (name: String, count: Int)? {
        switch bytes[place] {
        case UInt8(ascii: "_"): looksLikeMark(place, bytes) ? ("005F", 1) : nil
        case 0..<0x20 where !isPlainControl(bytes[place]):
            ("00" + (bytes[place] < 16 ? "0" : "") + String(bytes[place], radix: 16, uppercase: true), 1)
        case 0xEF where place + 2 < bytes.count && bytes[place + 1] == 0xBF && bytes[place + 2] >= 0xBE:
            (bytes[place + 2] == 0xBE ? "FFFE" : "FFFF", 3)
        default: nil
        }
    }

    /// Whether what follows an underscore makes a mark of it, once it is written.
    private static func looksLikeMark(_ place: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard place + 6 < bytes.count, bytes[place + 1] == UInt8(ascii: "x"),
            bytes[place + 2..<place + 6].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
        else { return false }
        let end = bytes[place + 6]
        return end == UInt8(ascii: "_") || end == 0xEF || (end < 0x20 && !isPlainControl(end))
    }

    /// Tabs and line ends stand as they are; carriage returns would be taken for line ends.
    private static func isPlainControl(_ byte: UInt8) -> Bool { byte == 9 || byte == 10 }
}
