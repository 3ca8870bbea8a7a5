import Messages

/// The texts that cells of a workbook share, one after the other in memory.
struct SharedStrings {
    private var bytes: [UInt8] = []
    private var ends: [Int32] = []

    /// No texts.
    init() {}

    /// How many there are.
    var count: Int { ends.count }

    /// The text of a number; `nil` where there is none.
    subscript(index: Int) -> String? {
        guard ends.indices.contains(index) else { return nil }
        let start = index == 0 ? 0 : Int(ends[index - 1])
        return String(decoding: bytes[start..<Int(ends[index])], as: UTF8.self)
    }

    /// Reads the part; runs of one text are joined, readings (`rPh`) left out.
    ///
    /// - Parameters:
    ///   - xml: the part, from its beginning.
    ///   - room: how many bytes they may take.
    /// - Throws: `Failure` with `.unusableInput`.
    init(_ xml: XMLStream, room: Int) throws(Failure) {
        var text = CellText()
        while let event = try xml.next() {
            switch (event.kind, event.tag) {
            case (.start, .stringItem): text.begin()
            case (.start, .phoneticRun): text.isInReading = true
            case (.end, .phoneticRun): text.isInReading = false
            case (.text, .text): text.append(xml.bytes[event.range])
            case (.end, .stringItem):
                guard !text.isTooLong else { throw xml.failure(.textTooLong(number: ends.count + 1)) }
                text.appendDecoded(to: &bytes)
                guard bytes.count + 4 * (ends.count + 1) <= room else {
                    throw xml.failure(.textsTooLarge(megabytes: room >> 20))
                }
                ends.append(Int32(bytes.count))
            default: break
            }
        }
    }
}

/// The text of one cell as its pieces come in.
struct CellText {
    /// Whether what comes is a reading of the text, and no part of it.
    var isInReading = false
    /// Whether it is longer than any.
    private(set) var isTooLong = false
    private var bytes: [UInt8] = []

    /// Begins a text.
    mutating func begin() {
        bytes.removeAll(keepingCapacity: true)
        (isInReading, isTooLong) = (false, false)
    }

    /// Adds a piece.
    mutating func append(_ piece: ArraySlice<UInt8>) {
        guard !isInReading else { return }
        guard bytes.count + piece.count <= SheetBounds.cellBytes else {
            isTooLong = true
            return
        }
        bytes.append(contentsOf: piece)
    }

    /// The bytes as they stand in the XML.
    var raw: [UInt8] { bytes }

    /// The text; what XML cannot hold stands in it as `_x0007_`.
    var decoded: String {
        guard bytes.contains(UInt8(ascii: "_")) else { return String(decoding: bytes, as: UTF8.self) }
        var text: [UInt8] = []
        appendDecoded(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the text, decoded.
    func appendDecoded(to text: inout [UInt8]) {
        guard var mark = bytes.firstIndex(of: UInt8(ascii: "_")) else {
            text.append(contentsOf: bytes)
            return
        }
        text.append(contentsOf: bytes[..<mark])
        var units: [UInt16] = []
        while mark < bytes.count {
            if let unit = escape(at: mark) {
                units.append(unit)
                mark += 7
                continue
            }
            Self.flush(&units, to: &text)
            text.append(bytes[mark])
            mark += 1
        }
        Self.flush(&units, to: &text)
    }

    /// The unit of UTF-16 that `_xHHHH_` stands for.
    private func escape(at start: Int) -> UInt16? {
        guard start + 7 <= bytes.count, bytes[start] == UInt8(ascii: "_"), bytes[start + 1] == UInt8(ascii: "x"),
            bytes[start + 6] == UInt8(ascii: "_")
        else { return nil }
        var unit: UInt16 = 0
        for digit in bytes[start + 2..<start + 6] {
            guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
            unit = unit << 4 | UInt16(value)
        }
        return unit
    }

    private static func flush(_ units: inout [UInt16], to text: inout [UInt8]) {
        guard !units.isEmpty else { return }
        text.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
        units.removeAll(keepingCapacity: true)
    }
}
