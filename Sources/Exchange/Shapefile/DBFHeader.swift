/// What stands before the rows of a dBase table.
enum DBFHeader {
    /// A column as the header describes it.
    struct RawColumn {
        let name: [UInt8]
        let type: UInt8
        let range: Range<Int>
    }

    /// The columns, those without width left out; `nil` where they do not fit
    /// into a row.
    static func columns(_ header: UnsafeRawBufferPointer, rowSize: Int) -> [RawColumn]? {
        var columns: [RawColumn] = []
        var start = 1
        var offset = 32
        while offset + 32 <= header.count, header[offset] != 0x0D {
            let type = header[offset + 11]
            var width = Int(header[offset + 16])
            if type == UInt8(ascii: "C") { width += Int(header[offset + 17]) << 8 }
            guard width <= rowSize - start else { return nil }
            let name = header[offset..<offset + 11].prefix { $0 != 0 }
            if width > 0 { columns.append(RawColumn(name: trimmed(name), type: type, range: start..<start + width)) }
            start += width
            offset += 32
        }
        return columns
    }

    private static func trimmed(_ name: some Collection<UInt8>) -> [UInt8] {
        var bytes = Array(name)
        while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
        return bytes
    }

    /// The encoding that the language driver byte stands for; `nil` where it
    /// says nothing certain (0, and 0x57 that many programs always write).
    static func encoding(languageDriver: UInt8) -> TextEncoding? {
        switch languageDriver {
        case 0x4D, 0x7A: .gb18030
        case 0x4F, 0x78: .other("BIG5")
        case 0x13, 0x7B: .other("CP932")
        case 0x4E, 0x79: .other("CP949")
        case 0x03, 0x58, 0x59: .other("CP1252")
        case 0xC8: .other("CP1250")
        case 0xC9: .other("CP1251")
        case 0xCA: .other("CP1254")
        case 0xCB: .other("CP1253")
        case 0x01: .other("CP437")
        case 0x02: .other("CP850")
        case 0x64: .other("CP852")
        case 0x26, 0x65: .other("CP866")
        default: nil
        }
    }

    /// UTF-8 where all texts are, but for a character cut at the end of a
    /// field; else GB 18030.
    static func detectEncoding(_ columns: [RawColumn], _ rows: [UInt8], rowSize: Int) -> TextEncoding {
        guard columns.allSatisfy({ $0.name.withUnsafeBytes(isUTF8) }) else { return .gb18030 }
        let texts = columns.filter { $0.type == UInt8(ascii: "C") }
        return rows.withUnsafeBytes { bytes in
            for row in stride(from: 0, to: bytes.count - rowSize + 1, by: rowSize) {
                for column in texts {
                    let field = bytes[row + column.range.lowerBound..<row + column.range.upperBound]
                    if !isUTF8(UnsafeRawBufferPointer(rebasing: field)) { return .gb18030 }
                }
            }
            return .utf8
        }
    }

    /// Whether bytes are UTF-8, at the end perhaps cut inside a character.
    static func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let valid = UTF8Prefix.measure(bytes).count
        let rest = bytes[valid...]
        guard let first = rest.first else { return true }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0
        return rest.count < length && rest.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
    }
}
