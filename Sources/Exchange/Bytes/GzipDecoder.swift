import CZlib

/// Unpacks gzip, also of several members (RFC 1952), a piece at a time.
final class GzipDecoder {
    /// Whether the data turned out to be no gzip.
    private(set) var isDamaged = false
    /// Whether a member has begun and not ended.
    private(set) var isInsideMember = false

    private var stream = z_stream()
    private var input: [UInt8] = []
    private var inputOffset = 0

    init() {
        let wrapGzip: Int32 = 15 + 16
        if inflateInit2_(&stream, wrapGzip, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) != Z_OK {
            isDamaged = true
        }
    }

    deinit { inflateEnd(&stream) }

    /// Gives more packed bytes; the earlier ones must be used up.
    func feed(_ bytes: [UInt8]) {
        input = bytes
        inputOffset = 0
    }

    /// Unpacks into a buffer; 0 where more input is needed or the data is damaged.
    func unpack(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard inputOffset < input.count, !isDamaged else { return 0 }
        return input.withUnsafeMutableBytes { source in
            var produced = 0
            while produced == 0 && inputOffset < source.count && !isDamaged {
                stream.next_in = source.baseAddress?.advanced(by: inputOffset).assumingMemoryBound(to: UInt8.self)
                stream.avail_in = UInt32(source.count - inputOffset)
                stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.avail_out = UInt32(min(buffer.count, Int(UInt32.max)))
                let room = stream.avail_out
                isInsideMember = true
                let status = inflate(&stream, Z_NO_FLUSH)
                produced = Int(room - stream.avail_out)
                inputOffset = source.count - Int(stream.avail_in)
                if status == Z_STREAM_END {
                    isInsideMember = false
                    inflateReset(&stream)
                } else if status != Z_OK && status != Z_BUF_ERROR {
                    isDamaged = true
                }
            }
            return produced
        }
    }
}
