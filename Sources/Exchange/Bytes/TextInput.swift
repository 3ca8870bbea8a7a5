import Messages

/// A text file as UTF-8, whatever its encoding, a piece at a time.
///
/// Without a named encoding a byte order mark decides, else the first piece
/// that has more than ASCII: one damaged place in ten characters of UTF-8 is
/// damage, more is GB 18030. What cannot be decoded becomes U+FFFD and is
/// counted.
final class TextInput {
    /// The file.
    let input: ByteInput
    /// The encoding as far as known; `nil` while only ASCII was seen.
    private(set) var encoding: TextEncoding?
    /// How many undecodable places have become U+FFFD.
    private(set) var replacements = 0

    private var transcoder: Transcoder?
    private var pending: [UInt8] = []
    private var isAtEnd = false

    /// - Throws: `Failure` as `ByteInput` does, or with `.usage` for an encoding the system does not know.
    init(_ input: ByteInput, encoding: TextEncoding?) throws(Failure) {
        self.input = input
        let head = try input.peek(3)
        var markSize = 0
        if head == [0xEF, 0xBB, 0xBF] {
            (self.encoding, markSize) = (.utf8, 3)
        } else if head.starts(with: [0xFF, 0xFE]) {
            (self.encoding, markSize) = (.utf16LittleEndian, 2)
        } else if head.starts(with: [0xFE, 0xFF]) {
            (self.encoding, markSize) = (.utf16BigEndian, 2)
        } else {
            self.encoding = encoding
        }
        var mark: [UInt8] = []
        while mark.count < markSize, try input.read(appendingTo: &mark, atMost: markSize - mark.count) > 0 {}
        if let encoding = self.encoding, encoding != .utf8 { transcoder = try Transcoder(from: encoding) }
    }

    /// Appends UTF-8 made of up to `count` bytes of the file.
    ///
    /// - Returns: whether the file goes on.
    func read(appendingTo text: inout [UInt8], atMost count: Int) throws(Failure) -> Bool {
        guard !isAtEnd else { return false }
        let old = text.count
        text += pending
        pending = []
        isAtEnd = try input.read(appendingTo: &text, atMost: count) == 0
        if transcoder == nil { try checkUTF8(&text, from: old) }
        if transcoder != nil { transcode(&text, from: old) }
        return !isAtEnd
    }

    /// Replaces the bytes from `start` by their UTF-8.
    private func transcode(_ text: inout [UInt8], from start: Int) {
        guard let transcoder else { return }
        let raw = Array(text[start...])
        text.removeLast(raw.count)
        let taken = raw.withUnsafeBytes { transcoder.decode($0, isLast: isAtEnd, appendingTo: &text) }
        pending = Array(raw[taken...])
        replacements = transcoder.replacements
    }

    /// Checks the bytes from `start` and holds an incomplete character back;
    /// sets the transcoder where they are no UTF-8.
    private func checkUTF8(_ text: inout [UInt8], from start: Int) throws(Failure) {
        var mended: [UInt8] = []
        var checked = start
        var characters = 0
        var damage = 0
        while true {
            let (valid, beyondASCII) = text.withUnsafeBytes {
                UTF8Prefix.measure(UnsafeRawBufferPointer(rebasing: $0[checked...]))
            }
            characters += beyondASCII
            if damage > 0 { mended += text[checked..<checked + valid] }
            checked += valid
            let rest = text.count - checked
            if rest == 0 { break }
            if rest < 4 && !isAtEnd {
                pending = Array(text[checked...])
                text.removeLast(rest)
                break
            }
            if damage == 0 { mended += text[start..<checked] }
            mended += [0xEF, 0xBF, 0xBD]
            damage += 1
            checked += 1
        }
        if encoding == nil && damage * 10 > characters {
            text += pending
            pending = []
            encoding = .gb18030
            transcoder = try Transcoder(from: .gb18030)
            return
        }
        if characters > 0 { encoding = .utf8 }
        guard damage > 0 else { return }
        text.replaceSubrange(start..., with: mended)
        replacements += damage
    }
}
