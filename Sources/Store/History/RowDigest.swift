import GRDBSQLite

/// A number that tells one content of a row from another: 64 bits, the same
/// whatever order the columns have, and for 5 and 5.0, which a column's type
/// may turn into each other.
///
/// No protection against forgery. Two contents share a digest with a
/// probability of 2^-64.
struct RowDigest {
    /// The digest so far; that of a row of nulls is 0.
    private(set) var value: UInt64 = 0

    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// What a column's values begin with.
    static func seed(of column: String) -> UInt64 {
        column.utf8.reduce(0x243F_6A88_85A3_08D3) { step($0, UInt64($1)) }
    }

    mutating func add(_ whole: Int64, seed: UInt64) {
        value &+= Self.closed(Self.step(seed &+ 1, UInt64(bitPattern: whole)))
    }

    mutating func add(_ number: Double, seed: UInt64) {
        if let whole = Int64(exactly: number) { return add(whole, seed: seed) }
        value &+= Self.closed(Self.step(seed &+ 2, number.bitPattern))
    }

    /// Adds a text or, with `isBlob`, bytes of any kind.
    mutating func add(_ bytes: UnsafeRawBufferPointer, isBlob: Bool, seed: UInt64) {
        var a = seed &+ (isBlob ? 4 : 3)
        var b = UInt64(bytes.count) &+ Self.factor
        var offset = 0
        while offset + 16 <= bytes.count {
            a = Self.step(a, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            b = Self.step(b, bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
            offset += 16
        }
        while offset < bytes.count {
            a = Self.step(a, UInt64(bytes[offset]) | 0x100)
            offset += 1
        }
        value &+= Self.closed(Self.step(a, b))
    }

    /// Adds a value of a row.
    mutating func add(_ row: borrowing RawStatement, _ column: Int, seed: UInt64) {
        switch row.type(column) {
        case SQLITE_NULL: break
        case SQLITE_INTEGER: add(row.integer(column), seed: seed)
        case SQLITE_FLOAT: add(row.real(column), seed: seed)
        case let type: add(row.bytes(column), isBlob: type == SQLITE_BLOB, seed: seed)
        }
    }

    @inline(__always)
    private static func step(_ chain: UInt64, _ word: UInt64) -> UInt64 {
        let product = (chain ^ word) &* factor
        return product << 29 | product >> 35
    }

    @inline(__always)
    private static func closed(_ chain: UInt64) -> UInt64 {
        let mixed = (chain ^ chain >> 32) &* 0xD6E8_FEB8_6659_FD93
        return mixed ^ mixed >> 29
    }
}
