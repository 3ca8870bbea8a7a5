import GRDB
import GRDBSQLite
import Spatial

/// Rows that a source adds to a layer, one behind the other: where each stood
/// in the source, and a digest of each.
struct AddedRows {
    /// So many rows stand in one record of the log.
    static let mostRows = 1 << 15

    private(set) var first: Int64 = 0
    private(set) var last: Int64 = -1
    private var unit: String?
    private var runs = PositionRuns()
    private var digests: [UInt64] = []

    var isEmpty: Bool { digests.isEmpty }

    /// Whether a row can stand behind those that are here.
    func takes(_ fid: Int64, unit: String?) -> Bool {
        isEmpty || fid == last &+ 1 && digests.count < Self.mostRows && unit == self.unit
    }

    mutating func add(_ fid: Int64, position: (unit: String, number: Int)?, digest: UInt64) {
        if isEmpty { (first, unit) = (fid, position?.unit) }
        last = fid
        digests.append(digest.littleEndian)
        if let position { runs.add(Int64(position.number)) }
    }

    /// Replaces the digest of a row that is here.
    mutating func setDigest(_ digest: Int64, of fid: Int64) {
        digests[Int(fid - first)] = UInt64(bitPattern: digest).littleEndian
    }

    /// Writes the record, and begins anew.
    mutating func flush(_ db: Database, layer: Layer, part: Int64) throws {
        guard !isEmpty else { return }
        let insert = try RawStatement(
            db, "INSERT INTO louyu_change_added VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)")
        insert.bind(1, part)
        insert.bind(2, layer.name)
        insert.bind(3, first)
        insert.bind(4, last)
        if let unit { insert.bind(5, unit) }
        let positions = runs.encoded
        try positions.withUnsafeBytes { positions in
            if unit != nil { insert.bind(6, blob: positions) }
            try digests.withUnsafeBytes { digests in
                insert.bind(7, blob: digests)
                try insert.run()
            }
        }
        digests.removeAll(keepingCapacity: true)
        runs = PositionRuns()
    }

    /// The bytes that a row's digest takes in a record whose first row is
    /// `first`; `nil` for a row that no record of that beginning can hold.
    static func digestRange(of fid: Int64, first: Int64) -> Range<Int>? {
        let (index, isTooFar) = fid.subtractingReportingOverflow(first)
        guard !isTooFar, 0..<Int64(mostRows) ~= index else { return nil }
        return Int(index) * 8..<Int(index + 1) * 8
    }

    /// The digest at a range of a record's bytes; `nil` where they end before.
    static func digest(at range: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Int64? {
        guard range.upperBound <= bytes.count else { return nil }
        return Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: range.lowerBound, as: Int64.self))
    }
}

/// Numbers that mostly grow by the same step, as runs.
struct PositionRuns {
    private var bytes: [UInt8] = []
    private var last: Int64 = 0
    private var step: Int64 = 0
    private var length: UInt64 = 0

    mutating func add(_ number: Int64) {
        let step = number &- last
        if step != self.step || length == 0 {
            close()
            self.step = step
        }
        length += 1
        last = number
    }

    private mutating func close() {
        guard length > 0 else { return }
        bytes.append(varint: length)
        bytes.append(signed: step)
        length = 0
    }

    /// Runs of a length and a step, as varints.
    var encoded: [UInt8] {
        var copy = self
        copy.close()
        return copy.bytes
    }

    /// The number at an index; `nil` where the bytes hold none.
    static func number(at index: Int64, in bytes: UnsafeRawBufferPointer) -> Int64? {
        var cursor = VarintCursor(bytes)
        var (number, rest) = (Int64(0), UInt64(bitPattern: index) &+ 1)
        while let length = cursor.varint(), let step = cursor.signed() {
            let taken = min(length, rest)
            number &+= step &* Int64(bitPattern: taken)
            rest -= taken
            if rest == 0 { return number }
        }
        return nil
    }
}
