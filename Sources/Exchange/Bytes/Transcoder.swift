import Foundation
import Messages

/// Turns bytes of some encoding into UTF-8 by the system's `iconv`.
final class Transcoder {
    /// How many undecodable places have become U+FFFD.
    private(set) var replacements = 0

    private let converter: iconv_t
    private let piece = UnsafeMutableBufferPointer<CChar>.allocate(capacity: 1 << 16)
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// - Throws: `Failure` with `.usage` where the system does not know the encoding.
    init(from encoding: TextEncoding) throws(Failure) {
        guard let converter = iconv_open("UTF-8", encoding.iconvName), converter != iconv_t(bitPattern: -1) else {
            throw Failure(.usage, .unknownEncoding(encoding.iconvName), hint: .knownEncodings)
        }
        self.converter = converter
    }

    deinit {
        iconv_close(converter)
        piece.deallocate()
    }

    /// Decodes bytes and appends UTF-8. Undecodable bytes become U+FFFD one
    /// at a time; where the bytes are the last, also an incomplete character.
    ///
    /// - Returns: how many bytes were taken.
    func decode(_ source: UnsafeRawBufferPointer, isLast: Bool, appendingTo output: inout [UInt8]) -> Int {
        guard let base = source.baseAddress else { return 0 }
        var next: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: base)
            .assumingMemoryBound(to: CChar.self)
        var left = source.count
        while left > 0 {
            let reason = step(&next, &left, &output)
            guard left > 0 else { break }
            if reason == E2BIG { continue }
            if reason == EINVAL && !isLast { break }
            output += Self.replacement
            replacements += 1
            next = next?.advanced(by: 1)
            left -= 1
            iconv(converter, nil, nil, nil, nil)
        }
        return source.count - left
    }

    /// Decodes a whole text.
    func decode(_ bytes: UnsafeRawBufferPointer) -> String {
        var text: [UInt8] = []
        _ = decode(bytes, isLast: true, appendingTo: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private func step(
        _ next: inout UnsafeMutablePointer<CChar>?, _ left: inout Int, _ output: inout [UInt8]
    ) -> Int32 {
        var target = piece.baseAddress
        var free = piece.count
        let reason = iconv(converter, &next, &left, &target, &free) == -1 ? errno : 0
        output.append(contentsOf: UnsafeRawBufferPointer(piece)[..<(piece.count - free)])
        return reason
    }
}
