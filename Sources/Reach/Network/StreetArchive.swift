import Spatial

/// What an archive holds, told by its first eight bytes.
package struct ArchiveKind: Sendable {
    /// The eight bytes, little-endian: letters and the version of the format.
    package let rawValue: UInt64

    package init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// "streetC" and the version of the format.
    static let costs = ArchiveKind(0x0143_7465_6572_7473)
    /// "streetS" and the version of the format.
    static let shapes = ArchiveKind(0x0153_7465_6572_7473)
}

/// Writes arrays one behind the other, little-endian.
package struct ArchiveWriter {
    package private(set) var bytes: [UInt8] = []

    package init(_ kind: ArchiveKind) { append(CollectionOfOne(kind.rawValue)) }

    package mutating func append(counts: [Int]) { append(counts.map { UInt32($0) }) }

    package mutating func append<Values: Sequence>(_ values: Values) where Values.Element: FixedWidthInteger {
        for value in values {
            withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
        }
    }

    mutating func append(positions: some Sequence<LonLat>) {
        for position in positions {
            let fixed = FixedLonLat(position) ?? FixedLonLat(x: 0, y: 0)
            append([fixed.x, fixed.y])
        }
    }

    package mutating func append(bits: [Bool]) {
        for start in stride(from: 0, to: bits.count, by: 8) {
            let end = min(start + 8, bits.count)
            bytes.append((start..<end).reduce(0) { $0 | (bits[$1] ? 1 << UInt8($1 - start) : 0) })
        }
    }
}

/// Reads what a writer wrote; every count is held against the bytes left.
package struct ArchiveReader {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    /// Begins to read; `nil` where the bytes are another thing.
    package init?(_ bytes: UnsafeRawBufferPointer, _ kind: ArchiveKind) {
        self.bytes = bytes
        guard values(UInt64.self, count: 1) == [kind.rawValue] else { return nil }
    }

    package var isAtEnd: Bool { offset == bytes.count }

    package mutating func count() -> Int? { values(UInt32.self, count: 1).map { Int($0[0]) } }

    package mutating func values<Value: FixedWidthInteger>(_: Value.Type, count: Int) -> [Value]? {
        guard let run = run(count, of: MemoryLayout<Value>.size) else { return nil }
        return [Value](unsafeUninitializedCapacity: count) { values, initialized in
            UnsafeMutableRawBufferPointer(values).copyMemory(from: run)
            initialized = count
            #if _endian(big)
                for index in values.indices { values[index] = Value(littleEndian: values[index]) }
            #endif
        }
    }

    /// Positions; `nil` where one is not on earth.
    mutating func positions(count: Int) -> [FixedLonLat]? {
        guard let run = run(count, of: 2 * MemoryLayout<Int32>.size) else { return nil }
        var isOnEarth = true
        let positions = [FixedLonLat](unsafeUninitializedCapacity: count) { positions, initialized in
            for index in 0..<count {
                let x = Int32(littleEndian: run.loadUnaligned(fromByteOffset: 8 * index, as: Int32.self))
                let y = Int32(littleEndian: run.loadUnaligned(fromByteOffset: 8 * index + 4, as: Int32.self))
                let position = FixedLonLat(x: x, y: y)
                isOnEarth = isOnEarth && position.isOnEarth
                positions.initializeElement(at: index, to: position)
            }
            initialized = count
        }
        return isOnEarth ? positions : nil
    }

    package mutating func bits(count: Int) -> [Bool]? {
        guard let run = run((count + 7) / 8, of: 1) else { return nil }
        return (0..<count).map { run[$0 / 8] >> UInt8($0 % 8) & 1 == 1 }
    }

    /// The bytes of so many values, if so many are left.
    private mutating func run(_ count: Int, of size: Int) -> UnsafeRawBufferPointer? {
        guard count >= 0, count <= (bytes.count - offset) / size else { return nil }
        defer { offset += count * size }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count * size])
    }
}
