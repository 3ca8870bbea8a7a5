import CZlib

/// Packs bytes as gzip (RFC 1952).
public enum Gzip {
    /// One gzip member.
    public static func pack(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        let status = deflateInit2_(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        precondition(status == Z_OK)
        defer { deflateEnd(&stream) }
        var input = bytes
        var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        let count = input.withUnsafeMutableBufferPointer { input in
            packed.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
                return output.count - Int(stream.avail_out)
            }
        }
        return Array(packed.prefix(count))
    }

    /// A file that unpacks to some bytes, then to others many times over, then
    /// to the last ones: gzip of several members.
    public static func bomb(_ head: String = "", _ middle: [UInt8], times: Int, _ tail: String = "") -> [UInt8] {
        let member = pack(middle)
        var packed = pack(Array(head.utf8))
        packed.reserveCapacity(packed.count + member.count * times + 64)
        for _ in 0..<times { packed += member }
        return packed + pack(Array(tail.utf8))
    }
}
