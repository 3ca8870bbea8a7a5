import CSimdJSON
import Messages

extension JSONWindow {
    /// How passing a value ended.
    enum Skipped { case ended, brokenString, tooLarge, cut }

    /// Passes white space.
    ///
    /// - Returns: the byte behind it, `nil` at the end of the file.
    func skipSpace(andSeparators separators: Bool) throws(Failure) -> UInt8? {
        while true {
            while cursor < end {
                let byte = bytes[cursor]
                let isSpace = byte == 0x20 || (byte >= 0x09 && byte <= 0x0D && byte != 0x0B && byte != 0x0C)
                guard isSpace || (separators && byte == 0x1E) else { return byte }
                cursor += 1
            }
            if try !fill() { return nil }
        }
    }

    /// Passes a string; `false` where a line or the file ends in it.
    func skipString() throws(Failure) -> Bool {
        cursor += 1
        while let byte = try peek() {
            if byte == UInt8(ascii: "\n") { return false }
            cursor += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"):
                guard try peek() != nil else { return false }
                cursor += 1
            default: break
            }
        }
        return false
    }

    /// Passes the value that begins at the cursor.
    func skipValue(_ first: UInt8) throws(Failure) -> Skipped {
        switch first {
        case UInt8(ascii: "\""):
            return try skipString() ? .ended : .brokenString
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            return try skipBrackets()
        default:
            // Other control characters are no space: a run of them is one broken value.
            let isOver: (UInt8) -> Bool = { " \t\n\r,]}".utf8.contains($0) }
            cursor += 1
            while let byte = try peek(), !isOver(byte) { cursor += 1 }
            return .ended
        }
    }

    private func skipBrackets() throws(Failure) -> Skipped {
        var scan = louyu_json_scan()
        var status = LOUYU_SCAN_MORE
        var isTooLarge = false
        while true {
            cursor += louyu_json_scan_value(&scan, bytes + cursor, end - cursor, &status)
            switch status {
            case LOUYU_SCAN_ENDED: return isTooLarge ? .tooLarge : .ended
            case LOUYU_SCAN_BROKEN_STRING: return .brokenString
            default: break
            }
            if cursor - mark > longestRecord {
                isTooLarge = true
                mark = cursor
            }
            if try !fill() { return .cut }
        }
    }

    /// Where the first line behind the first begins a Feature, if one does.
    func lineBeginningRecord(in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while let feed = firstIndex(of: UInt8(ascii: "\n"), in: index..<range.upperBound) {
            if beginsFeature(at: feed + 1, before: range.upperBound) { return feed + 1 }
            index = feed + 1
        }
        return nil
    }

    /// Whether `{ "type": "Feature"` stands there, spaced in any way.
    private func beginsFeature(at start: Int, before end: Int) -> Bool {
        var index = start
        for expected in #"{"type":"Feature""#.utf8 {
            while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
            guard index < end, bytes[index] == expected else { return false }
            index += 1
        }
        return true
    }
}
