import Foundation
import Messages

/// Turns UTF-8 into the encoding of a dBase table.
final class TableText {
    /// Characters that the encoding does not have; each became `?`.
    private(set) var replaced = 0

    private let encoding: ShapefileWriter.Encoding
    private let converter: iconv_t?

    /// - Throws: `Failure` with `.usage` where the system does not know the encoding.
    init(_ encoding: ShapefileWriter.Encoding) throws(Failure) {
        self.encoding = encoding
        guard encoding == .gbk else {
            converter = nil
            return
        }
        guard let converter = iconv_open("GBK", "UTF-8"), converter != iconv_t(bitPattern: -1) else {
            throw Failure(.usage, .unknownEncoding("GBK"), hint: .knownEncodings)
        }
        self.converter = converter
    }

    /// Whether characters of two bytes may have a letter of ASCII as their second.
    var isGBK: Bool { encoding == .gbk }

    deinit { if let converter { iconv_close(converter) } }

    /// The bytes of a text; control characters, which end a field in some
    /// programs, become blanks.
    func bytes(of text: some Collection<UInt8>) -> [UInt8] {
        var bytes = Array(text)
        for index in bytes.indices where bytes[index] < 0x20 { bytes[index] = UInt8(ascii: " ") }
        guard let converter, bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
        return bytes.withUnsafeMutableBytes { convert($0, converter) }
    }

    private func convert(_ source: UnsafeMutableRawBufferPointer, _ converter: iconv_t) -> [UInt8] {
        var result: [UInt8] = []
        let base = source.baseAddress?.assumingMemoryBound(to: CChar.self)
        var next = base
        var left = source.count
        while left > 0 {
            // No character takes more bytes in GBK than in UTF-8.
            let room = left
            result += [UInt8](unsafeUninitializedCapacity: room) { target, count in
                target.withMemoryRebound(to: CChar.self) { target in
                    var place = target.baseAddress
                    var free = room
                    iconv(converter, &next, &left, &place, &free)
                    count = room - free
                }
            }
            guard left > 0 else { break }
            skipCharacter(&next, &left)
            result.append(UInt8(ascii: "?"))
            replaced += 1
            iconv(converter, nil, nil, nil, nil)
        }
        return result
    }

    private func skipCharacter(_ next: inout UnsafeMutablePointer<CChar>?, _ left: inout Int) {
        repeat {
            next = next?.advanced(by: 1)
            left -= 1
        } while left > 0 && UInt8(bitPattern: next?.pointee ?? 0) & 0xC0 == 0x80
    }

    /// The most bytes of an encoded text that fit into a width without
    /// breaking a character.
    func prefix(_ bytes: [UInt8], atMost width: Int) -> ArraySlice<UInt8> {
        guard bytes.count > width else { return bytes[...] }
        var end = 0
        switch encoding {
        case .utf8:
            end = width
            while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        case .gbk:
            while true {
                let size = bytes[end] >= 0x81 ? 2 : 1
                if end + size > width { break }
                end += size
            }
        }
        return bytes[..<end]
    }
}
