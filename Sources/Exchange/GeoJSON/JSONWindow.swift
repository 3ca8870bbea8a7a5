import CSimdJSON
import Foundation
import Messages

/// The part of a JSON file that is in memory: bytes from `mark` on are kept,
/// earlier ones make room for later ones.
final class JSONWindow {
    let input: ByteInput
    /// The bytes; `JSONWindow.padding` more than `end` may be read.
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    /// Behind the last byte that is there.
    private(set) var end = 0
    /// Where the record at hand begins.
    var mark = 0
    /// The next byte to look at.
    var cursor = 0
    /// The longest record that the reader wants, in bytes.
    var largestRecord = Int.max

    /// The longest record that may be kept, in bytes.
    var longestRecord: Int { min(largestRecord, input.longestRecord) }

    private var capacity: Int
    private var bytesDropped = 0
    private var isExhausted = false
    private var countedTo = 0
    private var linesCounted = 1

    private static let padding = Int(LOUYU_JSON_PADDING)
    private static let ordinaryCapacity = 1 << 20

    init(_ input: ByteInput) {
        self.input = input
        capacity = Self.ordinaryCapacity
        bytes = .allocate(capacity: capacity + Self.padding)
    }

    deinit { bytes.deallocate() }

    /// Takes in more bytes; positions move with the bytes they name.
    ///
    /// - Returns: `false` at the end of the file.
    /// - Throws: `Failure` where reading fails, or where what is kept is far
    ///   longer than a record may be.
    func fill() throws(Failure) -> Bool {
        if isExhausted { return false }
        let keep = min(mark, cursor)
        if keep > 0 { drop(keep) }
        if end > Self.ordinaryCapacity { try checkLength(end - Self.ordinaryCapacity) }
        if end == capacity || (capacity > Self.ordinaryCapacity && end < capacity / 8) { resize() }
        let room = UnsafeMutableRawBufferPointer(start: bytes + end, count: capacity - end)
        let got = try input.read(into: room)
        end += got
        memset(bytes + end, 0, Self.padding)
        isExhausted = got == 0
        return got > 0
    }

    /// - Throws: `Failure` where a record of so many bytes is not kept.
    func checkLength(_ count: Int) throws(Failure) {
        guard count > longestRecord else { return }
        throw Failure(.unusableInput, .endlessRecord(input.path, bytes: longestRecord), hint: .checkSource)
    }

    /// The byte at the cursor, or `nil` at the end of the file.
    func peek() throws(Failure) -> UInt8? {
        if cursor == end, try !fill() { return nil }
        return bytes[cursor]
    }

    /// The number of the line that holds an index, from 1; indices must not go back.
    func line(at index: Int) -> Int {
        if index > countedTo {
            linesCounted += louyu_json_count_lines(bytes + countedTo, index - countedTo)
            countedTo = index
        }
        return linesCounted
    }

    /// The place in the unpacked file of an index.
    func fileOffset(of index: Int) -> Int { bytesDropped + index }

    /// The text of a range, at most so many bytes of it.
    func text(_ range: Range<Int>, atMost limit: Int = .max) -> String {
        let count = min(range.count, limit)
        return String(decoding: UnsafeBufferPointer(start: bytes + range.lowerBound, count: count), as: UTF8.self)
    }

    /// The index of a byte in a range.
    func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        guard let found = memchr(bytes + range.lowerBound, Int32(byte), range.count) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(bytes)
    }

    private func drop(_ count: Int) {
        _ = line(at: count)
        memmove(bytes, bytes + count, end - count)
        end -= count
        mark -= count
        cursor -= count
        countedTo -= count
        bytesDropped += count
    }

    private func resize() {
        let wanted = max(end * 2, Self.ordinaryCapacity)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted + Self.padding)
        larger.update(from: bytes, count: end)
        bytes.deallocate()
        (bytes, capacity) = (larger, wanted)
    }
}
