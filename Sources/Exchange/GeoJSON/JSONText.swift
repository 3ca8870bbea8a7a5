import Foundation

/// JSON text that grows in one buffer.
final class JSONText {
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private var capacity = 1 << 16

    init() { bytes = .allocate(capacity: capacity) }

    deinit { bytes.deallocate() }

    /// What was written.
    var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: count) }

    /// Forgets what was written behind a place.
    func truncate(to count: Int) { self.count = count }

    /// Makes room; the pointer to the next byte holds until the next call.
    @inline(__always)
    func room(_ more: Int) -> UnsafeMutablePointer<UInt8> {
        if count + more > capacity { grow(by: more) }
        return bytes + count
    }

    private func grow(by more: Int) {
        capacity = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: bytes, count: count)
        bytes.deallocate()
        bytes = larger
    }

    @inline(__always)
    func advance(_ written: Int) { count += written }

    @inline(__always)
    func append(_ byte: UInt8) {
        room(1).pointee = byte
        count += 1
    }

    func append(_ text: StaticString) {
        room(text.utf8CodeUnitCount).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        count += text.utf8CodeUnitCount
    }

    func append(_ text: UnsafeBufferPointer<UInt8>) {
        guard let base = text.baseAddress else { return }
        room(text.count).update(from: base, count: text.count)
        count += text.count
    }

    func append(_ text: [UInt8]) { text.withUnsafeBufferPointer { append($0) } }

    /// A JSON string with its quotes.
    func append(quoted text: UnsafeBufferPointer<UInt8>) {
        append(UInt8(ascii: "\""))
        var start = 0
        for (index, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
            append(UnsafeBufferPointer(rebasing: text[start..<index]))
            append(escaped: byte)
            start = index + 1
        }
        append(UnsafeBufferPointer(rebasing: text[start...]))
        append(UInt8(ascii: "\""))
    }

    private func append(escaped byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case 0x22, 0x5C: append(byte)
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        default:
            append("u00")
            append(UInt8(ascii: "0") + byte >> 4)
            append(byte & 15 < 10 ? UInt8(ascii: "0") + byte & 15 : UInt8(ascii: "a") + (byte & 15 - 10))
        }
    }

    /// JSON text as it is, without line breaks, so that it stays on its line.
    func append(json text: UnsafeBufferPointer<UInt8>) {
        for byte in text where byte != 0x0A && byte != 0x0D { append(byte) }
    }

    func append(_ value: Int64) {
        var digits: UInt64 = value.magnitude
        let end = room(20) + 20
        var start = end
        repeat {
            start -= 1
            start.pointee = UInt8(ascii: "0") + UInt8(digits % 10)
            digits /= 10
        } while digits > 0
        if value < 0 {
            start -= 1
            start.pointee = UInt8(ascii: "-")
        }
        memmove(bytes + count, start, end - start)
        count += end - start
    }

    /// The shortest number that reads back as the same double, always with a
    /// point or exponent; null where it is not finite.
    func append(_ value: Double) {
        guard value.isFinite else { return append("null") }
        let units = value * 1e7
        if abs(units) < 1e14, value != 0 {
            let whole = Int64(units.rounded())
            if Double(whole) / 1e7 == value {
                append(units: whole)
                if whole % 10_000_000 == 0 { append(".0") }
                return
            }
        }
        var text = value.description
        text.withUTF8 { append($0) }
    }

    /// A whole number of 10⁻⁷, as a decimal number without trailing zeros.
    func append(units value: Int64) {
        let start = room(Self.longestNumber)
        count += Self.write(units: value, to: start) - start
    }

    /// Bytes that `write(units:to:)` may use.
    static let longestNumber = 32

    /// Writes a whole number of 10⁻⁷ as a decimal number without trailing
    /// zeros; zero has no sign.
    ///
    /// - Returns: the place behind it.
    @inline(__always)
    static func write(units value: Int64, to start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        var place = start
        if value < 0 {
            place.pointee = UInt8(ascii: "-")
            place += 1
        }
        let (whole, fraction) = value.magnitude.quotientAndRemainder(dividingBy: 10_000_000)
        place = write(whole: whole, to: place)
        guard fraction > 0 else { return place }
        place.pointee = UInt8(ascii: ".")
        let digits = eightDigits(fraction * 10)
        UnsafeMutableRawPointer(place + 1).storeBytes(
            of: (digits | 0x3030_3030_3030_3030).littleEndian, as: UInt64.self)
        return place + 1 + (8 - digits.leadingZeroBitCount / 8)
    }

    @inline(__always)
    private static func write(whole: UInt64, to start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        var length = 1
        var limit: UInt64 = 10
        while whole >= limit && length < 19 {
            limit &*= 10
            length += 1
        }
        var rest = whole
        var place = start + length
        repeat {
            place -= 1
            place.pointee = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        return start + length
    }

    /// The eight decimal digits of a number below 10⁸, the first one in the
    /// lowest byte: halves, quarters and eighths are split side by side.
    @inline(__always)
    private static func eightDigits(_ value: UInt64) -> UInt64 {
        let halves = value / 10000 | (value % 10000) << 32
        let hundreds = ((halves &* 10486) >> 20) & 0x7F_0000_007F
        let quarters = hundreds | (halves &- 100 &* hundreds) << 16
        let tens = ((quarters &* 103) >> 10) & 0x000F_000F_000F_000F
        return tens | (quarters &- 10 &* tens) << 8
    }
}
