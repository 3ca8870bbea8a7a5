import Messages

/// An id in a line of a file.
struct IdKey {
    let bytes: UnsafeBufferPointer<UInt8>
    /// The number that it says, where it is one of at most nine digits without
    /// leading zeros; else -1.
    let integer: Int

    /// The id of some bytes.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        integer = Self.integer(bytes)
    }

    @inline(__always)
    init(_ bytes: UnsafeBufferPointer<UInt8>, integer: Int) { (self.bytes, self.integer) = (bytes, integer) }

    private static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard (1...9).contains(bytes.count), bytes[0] != UInt8(ascii: "0") || bytes.count == 1 else { return -1 }
        var value = 0
        for byte in bytes {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return -1 }
            value = value * 10 + Int(digit)
        }
        return value
    }
}

/// Goes through lines of which the last one ends with a newline.
struct LineCursor {
    var next: UnsafeMutablePointer<UInt8>
    /// Why the cell that was asked for cannot be had.
    private(set) var defect: LineDefect.Reason?
    private let delimiter: UInt8

    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let quote = UInt8(ascii: "\"")
    private static let zero = UInt8(ascii: "0")

    init(_ start: UnsafeMutablePointer<UInt8>, delimiter: UInt8) {
        next = start
        self.delimiter = delimiter
    }

    /// Whether a cell ends before this byte.
    @inline(__always)
    private func isEnd(_ place: UnsafeMutablePointer<UInt8>) -> Bool {
        let byte = place.pointee
        return byte == delimiter || byte == Self.newline
            || byte == Self.carriageReturn && place[1] == Self.newline
    }

    /// Goes on behind the delimiter; `false` where none is there.
    @inline(__always)
    mutating func passDelimiter() -> Bool {
        guard next.pointee == delimiter else { return false }
        next += 1
        return true
    }

    /// Goes to the beginning of the next line; `false` where this one goes on.
    @inline(__always)
    mutating func passNewline() -> Bool {
        if next.pointee == Self.carriageReturn { next += 1 }
        guard next.pointee == Self.newline else { return false }
        next += 1
        return true
    }

    /// Goes over a line without anything in it.
    @inline(__always)
    mutating func passBlankLine() -> Bool {
        guard next.pointee == Self.newline || next.pointee == Self.carriageReturn && next[1] == Self.newline else {
            return false
        }
        return passNewline()
    }

    /// The id of the cell here; without bytes where there is a defect.
    @inline(__always)
    mutating func readId(_ role: CostColumns.Role) -> IdKey {
        var place = next
        var value = 0
        var digit = place.pointee &- Self.zero
        while digit < 10 {
            value = value &* 10 &+ Int(digit)
            place += 1
            digit = place.pointee &- Self.zero
        }
        let count = place - next
        if isEnd(place), count > 0, count < 10, next.pointee != Self.zero || count == 1 {
            let bytes = UnsafeBufferPointer(start: next, count: count)
            next = place
            return IdKey(bytes, integer: value)
        }
        return readText(role)
    }

    @inline(never)
    private mutating func readText(_ role: CostColumns.Role) -> IdKey {
        guard let cell = readCell() else { return IdKey(UnsafeBufferPointer(start: next, count: 0), integer: -1) }
        if cell.isEmpty { defect = .emptyCell(role) }
        return IdKey(cell)
    }

    /// The number of the cell here.
    @inline(__always)
    mutating func readNumber(_ role: CostColumns.Role, _ powersOfTen: UnsafePointer<Double>) -> Double {
        var place = next
        var mantissa: UInt64 = 0
        var digit = place.pointee &- Self.zero
        while digit < 10 {
            mantissa = mantissa &* 10 &+ UInt64(digit)
            place += 1
            digit = place.pointee &- Self.zero
        }
        var digits = place - next
        var decimals = 0
        if place.pointee == UInt8(ascii: ".") {
            place += 1
            let first = place
            digit = place.pointee &- Self.zero
            while digit < 10 {
                mantissa = mantissa &* 10 &+ UInt64(digit)
                place += 1
                digit = place.pointee &- Self.zero
            }
            decimals = place - first
            digits += decimals
        }
        // Such a mantissa and such a power of ten divide to the nearest double.
        if isEnd(place), digits > 0, digits <= 15 {
            next = place
            return Double(mantissa) / powersOfTen[decimals]
        }
        return readAnyNumber(role)
    }

    @inline(never)
    private mutating func readAnyNumber(_ role: CostColumns.Role) -> Double {
        guard let cell = readCell() else { return 0 }
        if cell.isEmpty {
            defect = .emptyCell(role)
            return 0
        }
        switch CostNumber(cell) {
        case .value(let value): return value
        case .defect(let reason):
            defect = reason
            return 0
        }
    }

    /// The cell here, without spaces and quotation marks around it; `nil`
    /// where there is a defect.
    mutating func readCell() -> UnsafeBufferPointer<UInt8>? {
        passSpaces()
        if next.pointee == Self.quote { return readQuoted() }
        let start = next
        while !isEnd(next) { next += 1 }
        var end = next
        while end > start, isSpace((end - 1).pointee) { end -= 1 }
        return UnsafeBufferPointer(start: start, count: end - start)
    }

    /// Doubled quotation marks become one where they stand.
    private mutating func readQuoted() -> UnsafeBufferPointer<UInt8>? {
        let start = next + 1
        var (place, end) = (start, start)
        while true {
            let byte = place.pointee
            if byte == Self.newline {
                defect = .unclosedQuote
                return nil
            }
            if byte == Self.quote {
                guard place[1] == Self.quote else { break }
                place += 1
            }
            end.pointee = byte
            (place, end) = (place + 1, end + 1)
        }
        next = place + 1
        passSpaces()
        guard isEnd(next) else {
            defect = .textAfterQuote
            return nil
        }
        return UnsafeBufferPointer(start: start, count: end - start)
    }

    private mutating func passSpaces() { while isSpace(next.pointee) { next += 1 } }

    private func isSpace(_ byte: UInt8) -> Bool { (byte == 0x20 || byte == 0x09) && byte != delimiter }
}

/// A cost or a weight in other than the plainest form.
enum CostNumber {
    case value(Double)
    case defect(LineDefect.Reason)

    /// Larger ones would lose their last digits in sums.
    static let largest = 1e15

    /// What is longer is no number.
    static let mostBytes = 400

    init(_ cell: UnsafeBufferPointer<UInt8>) {
        let shown = CostText.excerpt(cell)
        guard cell.count <= Self.mostBytes else {
            self = .defect(.notANumber(shown))
            return
        }
        let text = CSVNumber.halfWidth(CostText.string(cell)).trimmed
        guard text.utf8.allSatisfy(Self.letters.contains), let value = Double(text) else {
            self = .defect(.notANumber(shown))
            return
        }
        if value < 0 {
            self = .defect(.negative(shown))
        } else if value > Self.largest {
            self = .defect(.tooLarge(shown))
        } else {
            // Not below zero: the sum turns a negative zero into a plain one.
            self = .value(value + 0)
        }
    }

    private static let letters = Set("0123456789.+-eE".utf8)
}
