import Foundation

/// Makes text files of other encodings, by the system's `iconv`.
public enum Iconv {
    /// The bytes of a text in an encoding.
    public static func encode(_ text: String, as encoding: String) throws -> [UInt8] {
        guard let converter = iconv_open(encoding, "UTF-8"), converter != iconv_t(bitPattern: -1) else {
            throw CocoaError(.fileWriteInapplicableStringEncoding)
        }
        defer { iconv_close(converter) }
        var source = text.utf8.map { CChar(bitPattern: $0) }
        var target = [CChar](repeating: 0, count: source.count * 2 + 16)
        let capacity = target.count
        let left = source.withUnsafeMutableBufferPointer { source in
            target.withUnsafeMutableBufferPointer { target in
                var (next, count) = (source.baseAddress, source.count)
                var (place, room) = (target.baseAddress, target.count)
                return iconv(converter, &next, &count, &place, &room) == -1 ? nil : room
            }
        }
        guard let left else { throw CocoaError(.fileWriteInapplicableStringEncoding) }
        return target[..<(capacity - left)].map { UInt8(bitPattern: $0) }
    }
}
