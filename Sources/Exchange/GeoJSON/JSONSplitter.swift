import CSimdJSON
import Messages

/// Finds the records of a JSON file one after the other, whatever the file
/// puts around them: a FeatureCollection, an array, one value a line, values
/// behind record separators (RFC 8142), or values one behind the other.
///
/// Finds them by brackets and quotes alone; whether a record is good JSON is
/// for its reader to say.
final class JSONSplitter {
    enum Piece {
        /// A record, as a range of the window, valid until the next call.
        case record(Range<Int>)
        /// Bytes that hold no record, and why.
        case broken(Range<Int>, Text)
        /// The members around "features" are complete (`isWhole`), or known
        /// as far as "features".
        case head(JSONHead, isWhole: Bool)
        case end
    }

    /// How top-level values are told apart.
    private enum Layout { case unknown, lines, separated }

    private enum Place {
        case top
        case elements(isObject: Bool)
        case members
    }

    let window: JSONWindow

    private var layout = Layout.unknown
    private var place = Place.top
    private var hasBegun = false
    /// Commas since the last element; `nil` where the text between is broken.
    private var commas: Int? = 0
    private var isFirstElement = true
    private var head = JSONHead()
    private var recoveries = 0
    /// How often reading goes on behind a missing bracket.
    private static let mostRecoveries = 100

    /// Splits a window; records longer than `largestRecord` are broken.
    init(_ window: JSONWindow, largestRecord: Int) {
        self.window = window
        window.largestRecord = largestRecord
    }

    /// The next piece.
    ///
    /// - Throws: `Failure` where reading fails or the file is no JSON at all.
    func next() throws(Failure) -> Piece {
        while true {
            let piece: Piece? =
                switch place {
                case .top: try nextAtTop()
                case .elements(let isObject): try nextElement(isObject: isObject)
                case .members: try nextMember()
                }
            if let piece { return piece }
        }
    }

    /// Whether the record just given stands at the top of the file, so that
    /// it may be a FeatureCollection itself.
    var isAtTop: Bool { if case .top = place { true } else { false } }

    /// Goes into the record just given, which turned out to be a
    /// FeatureCollection itself.
    func enter(_ record: Range<Int>) {
        window.mark = record.lowerBound
        window.cursor = record.lowerBound
        beginObject()
    }

    /// Goes back into the record just given, which is broken, where a later
    /// line of it begins a Feature: a bracket was missing before.
    ///
    /// - Returns: the part of the record before that line.
    func recover(in record: Range<Int>) -> Range<Int> {
        guard recoveries < Self.mostRecoveries, let line = window.lineBeginningRecord(in: record) else { return record }
        recoveries += 1
        window.cursor = line
        commas = nil
        if isAtTop { layout = .lines }
        return record.lowerBound..<line
    }

    // MARK: Top-level values

    private func nextAtTop() throws(Failure) -> Piece? {
        if !hasBegun { try begin() }
        window.mark = window.cursor
        guard let byte = try window.skipSpace(andSeparators: true) else { return .end }
        window.mark = window.cursor
        switch layout {
        case .lines: return try upTo(UInt8(ascii: "\n"))
        case .separated: return try upTo(0x1E)
        case .unknown: break
        }
        switch byte {
        case UInt8(ascii: "{"):
            beginObject()
            return nil
        case UInt8(ascii: "["):
            window.cursor += 1
            beginElements(isObject: false)
            return nil
        default:
            let isFirst = window.fileOffset(of: window.cursor) == firstOffset
            if isFirst { throw Failure(.unusableInput, .notJSON(window.input.path), hint: .giveGeoJSON) }
            return try junk(until: [UInt8(ascii: "\n")])
        }
    }

    private var firstOffset = 0

    private func begin() throws(Failure) {
        hasBegun = true
        while window.end < 3, try window.fill() {}
        if window.end >= 3, window.bytes[0] == 0xEF, window.bytes[1] == 0xBB, window.bytes[2] == 0xBF {
            window.cursor = 3
        }
        let first = try window.skipSpace(andSeparators: false)
        firstOffset = window.fileOffset(of: window.cursor)
        if first == 0x1E { layout = .separated }
    }

    /// A record that ends before a delimiter, or with the file.
    private func upTo(_ delimiter: UInt8) throws(Failure) -> Piece {
        var searched = window.mark
        var isTooLarge = false
        while true {
            if let found = window.firstIndex(of: delimiter, in: searched..<window.end) {
                window.cursor = found + 1
                return isTooLarge ? tooLarge() : .record(window.mark..<found)
            }
            if window.end - window.mark > window.longestRecord {
                isTooLarge = true
                window.mark = window.end
            }
            window.cursor = window.end
            if try !window.fill() { break }
            searched = window.cursor
        }
        return isTooLarge ? tooLarge() : .record(window.mark..<window.end)
    }

    // MARK: Members of a top-level object

    private func beginObject() {
        head = JSONHead(line: window.line(at: window.cursor))
        window.cursor += 1
        place = .members
    }

    /// One member of a top-level object: "features" opens its elements, any
    /// other is passed over.
    private func nextMember() throws(Failure) -> Piece? {
        guard let byte = try window.skipSpace(andSeparators: false) else { return cut() }
        switch byte {
        case UInt8(ascii: "}"):
            window.cursor += 1
            return endObject()
        case UInt8(ascii: ","):
            window.cursor += 1
            return nil
        case UInt8(ascii: "\""):
            break
        default:
            return try unlikelyMember()
        }
        let keyStart = window.cursor - window.mark
        guard try window.skipString() else { return try brokenString() }
        let key = window.text((window.mark + keyStart + 1)..<(window.cursor - 1), atMost: 256)
        guard try window.skipSpace(andSeparators: false) == UInt8(ascii: ":") else { return try unlikelyMember() }
        window.cursor += 1
        guard let value = try window.skipSpace(andSeparators: false) else { return cut() }
        try window.checkLength(head.bytes.count)
        head.keys.append(key)
        if key == "features" && value == UInt8(ascii: "[") {
            window.cursor += 1
            head.append(window, window.mark..<window.cursor)
            beginElements(isObject: true)
            return head.openings == 1 ? .head(head, isWhole: false) : nil
        }
        if ",:]}".utf8.contains(value) { return try unlikelyMember() }
        switch try window.skipValue(value) {
        case .ended: return nil
        case .brokenString: return try brokenString()
        case .tooLarge: return tooLarge()
        case .cut: return cut()
        }
    }

    private func endObject() -> Piece {
        place = .top
        let range = window.mark..<window.cursor
        guard head.openings > 0 else {
            if layout == .unknown, window.firstIndex(of: UInt8(ascii: "\n"), in: range) == nil { layout = .lines }
            return .record(range)
        }
        head.append(window, range)
        return .head(head, isWhole: true)
    }

    /// What follows is no member: the object is taken as far as its brackets go.
    private func unlikelyMember() throws(Failure) -> Piece {
        place = .top
        guard head.openings == 0 else { return try junk(until: [UInt8(ascii: "\n")]) }
        window.cursor = window.mark
        switch try window.skipValue(UInt8(ascii: "{")) {
        case .ended: return endObject()
        case .brokenString: return try brokenString()
        case .tooLarge: return tooLarge()
        case .cut: return cut()
        }
    }

    // MARK: Elements of an array

    private func beginElements(isObject: Bool) {
        place = .elements(isObject: isObject)
        commas = 0
        isFirstElement = true
    }

    private func nextElement(isObject: Bool) throws(Failure) -> Piece? {
        window.mark = window.cursor
        let byte = try window.skipSpace(andSeparators: false)
        window.mark = window.cursor
        guard let byte else { return cut() }
        switch byte {
        case UInt8(ascii: ","):
            window.cursor += 1
            let isMisplaced = isFirstElement || commas.map { $0 > 0 } ?? false
            commas = 1
            return isMisplaced ? .broken(window.mark..<window.cursor, .misplacedComma) : nil
        case UInt8(ascii: "]"):
            window.cursor += 1
            let comma = window.mark..<window.cursor
            window.mark = window.cursor
            place = isObject ? .members : .top
            return commas == 1 && !isFirstElement ? .broken(comma, .misplacedComma) : nil
        case UInt8(ascii: "}"), UInt8(ascii: ":"):
            window.cursor += 1
            return .broken(window.mark..<window.cursor, .unexpectedCharacter)
        default:
            break
        }
        let isSeparated = isFirstElement || commas != 0
        (isFirstElement, commas) = (false, 0)
        switch try window.skipValue(byte) {
        case .ended:
            let range = window.mark..<window.cursor
            return isSeparated ? .record(range) : .broken(range, .missingComma)
        case .brokenString: return try brokenString()
        case .tooLarge: return tooLarge()
        case .cut: return cut()
        }
    }
}

extension JSONSplitter {
    // MARK: Broken pieces

    /// The bytes up to one of some delimiters.
    private func junk(until delimiters: [UInt8]) throws(Failure) -> Piece {
        window.mark = window.cursor
        while let byte = try window.peek(), !delimiters.contains(byte) { window.cursor += 1 }
        return .broken(window.mark..<window.cursor, .unexpectedCharacter)
    }

    /// A string that the line ends in: what was begun is given up, and reading
    /// goes on with the next line.
    private func brokenString() throws(Failure) -> Piece {
        while let byte = try window.peek(), byte != UInt8(ascii: "\n") { window.cursor += 1 }
        let range = window.mark..<window.cursor
        commas = nil
        if case .members = place, head.openings == 0 {
            place = .top
            layout = .lines
        }
        guard window.cursor == window.end else { return .broken(range, .unclosedString) }
        place = .top
        return .broken(range, .fileIsCut)
    }

    private func tooLarge() -> Piece {
        if case .members = place, head.openings == 0 { place = .top }
        return .broken(window.cursor..<window.cursor, .recordTooLarge(bytes: window.longestRecord))
    }

    /// The file ends inside of something. Where a bracket is missing in the
    /// middle, a later line that begins a Feature is a place to go on from.
    private func cut() -> Piece {
        let rest = window.mark..<window.end
        if recoveries < Self.mostRecoveries, let line = window.lineBeginningRecord(in: rest) {
            recoveries += 1
            window.cursor = line
            commas = nil
            if case .members = place {
                place = .top
                if head.openings == 0 { layout = .lines }
            }
            return .broken(window.mark..<line, .unclosedRecord)
        }
        place = .top
        window.cursor = window.end
        return .broken(rest, .fileIsCut)
    }
}
