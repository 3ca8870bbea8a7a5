import Messages

extension RandomAccessFile {
    /// The number of the line that begins at an offset; the first is 1.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    /// - Complexity: O(offset); for messages only.
    func lineNumber(at offset: Int) throws(Failure) -> Int {
        var number = 1
        var place = 0
        while place < offset {
            let piece = try bytes(at: place, atMost: min(1 << 20, offset - place))
            if piece.isEmpty { break }
            for byte in piece where byte == UInt8(ascii: "\n") { number += 1 }
            place += piece.count
        }
        return number
    }
}
