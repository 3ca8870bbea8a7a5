/// Builds one FlatBuffers table after another, front to back.
///
/// A table stands before what it refers to, so every offset points forward as
/// the format wants it; each value is aligned to its own size, counted from
/// the first byte of the buffer. Source: FlatBuffers, internals.
struct FlatBuffer {
    /// The buffer: its size without these four bytes, then an offset to the root table.
    private(set) var bytes: [UInt8] = []

    /// A member of a table.
    enum Member {
        case bool(Bool)
        case byte(UInt8)
        case short(UInt16)
        case int(Int32)
        case long(UInt64)
        case text(String)
        case bytes([UInt8])
        case ints([UInt32])
        case doubles([Double])
        case table(Table)
        case tables([Table])

        fileprivate var inlineSize: Int {
            switch self {
            case .bool, .byte: 1
            case .short: 2
            case .long: 8
            default: 4
            }
        }
    }

    /// A table: its members by their number in the schema; absent ones have the schema's default.
    typealias Table = [(number: Int, member: Member)]

    /// Begins over with a root table; its size stands before it.
    mutating func build(_ root: Table) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(littleEndian: UInt64(0))
        link(from: 4, to: append(root))
        overwrite(0, UInt32(truncatingIfNeeded: bytes.count - 4))
    }

    /// Appends a table with all that it refers to.
    ///
    /// - Returns: where it begins.
    private mutating func append(_ table: Table) -> Int {
        // Great members first, so that small ones need no filling between them.
        let order = table.indices.sorted {
            (table[$1].member.inlineSize, $0) < (table[$0].member.inlineSize, $1)
        }
        let slots = (table.map(\.number).max() ?? -1) + 1
        var places = [Int](repeating: 0, count: slots)
        var size = 4
        // Where a member of eight bytes comes first it stands behind four of filling or none.
        let vtableSize = 4 + 2 * slots
        align(2)
        var start = bytes.count + vtableSize
        let alignment = table.contains { $0.member.inlineSize == 8 } ? 8 : 4
        while (start + 4) % alignment != 0 || start % 4 != 0 { start += 1 }
        for index in order {
            places[table[index].number] = size
            size += table[index].member.inlineSize
        }
        bytes.append(contentsOf: repeatElement(0, count: start - vtableSize - bytes.count))
        let vtable = bytes.count
        bytes.append(littleEndian: UInt16(vtableSize))
        bytes.append(littleEndian: UInt16(size))
        for place in places { bytes.append(littleEndian: UInt16(place)) }
        bytes.append(littleEndian: Int32(start - vtable))
        bytes.append(contentsOf: repeatElement(0, count: size - 4))
        for index in order { set(table[index].member, at: start + places[table[index].number]) }
        return start
    }

    /// Writes a member into its place, and behind the table what it refers to.
    private mutating func set(_ member: Member, at place: Int) {
        switch member {
        case .bool(let value): bytes[place] = value ? 1 : 0
        case .byte(let value): bytes[place] = value
        case .short(let value): overwrite(place, value)
        case .int(let value): overwrite(place, value)
        case .long(let value): overwrite(place, value)
        case .text(let text):
            link(from: place, to: beginVector(text.utf8.count, alignment: 4))
            bytes.append(contentsOf: text.utf8)
            bytes.append(0)
        case .bytes(let values):
            link(from: place, to: beginVector(values.count, alignment: 4))
            bytes.append(contentsOf: values)
        case .ints(let values):
            link(from: place, to: beginVector(values.count, alignment: 4))
            for value in values { bytes.append(littleEndian: value) }
        case .doubles(let values):
            link(from: place, to: beginVector(values.count, alignment: 8))
            for value in values { bytes.append(littleEndian: value.bitPattern) }
        case .table(let table): link(from: place, to: append(table))
        case .tables(let tables):
            let vector = beginVector(tables.count, alignment: 4)
            link(from: place, to: vector)
            let first = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: 4 * tables.count))
            for (index, table) in tables.enumerated() { link(from: first + 4 * index, to: append(table)) }
        }
    }

    /// Appends the count of a vector, whose elements come next.
    private mutating func beginVector(_ count: Int, alignment: Int) -> Int {
        while (bytes.count + 4) % alignment != 0 || bytes.count % 4 != 0 { bytes.append(0) }
        bytes.append(littleEndian: UInt32(truncatingIfNeeded: count))
        return bytes.count - 4
    }

    private mutating func align(_ size: Int) { while bytes.count % size != 0 { bytes.append(0) } }

    private mutating func link(from place: Int, to target: Int) {
        overwrite(place, UInt32(truncatingIfNeeded: target - place))
    }

    private mutating func overwrite(_ place: Int, _ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { for (index, byte) in $0.enumerated() { bytes[place + index] = byte } }
    }
}
