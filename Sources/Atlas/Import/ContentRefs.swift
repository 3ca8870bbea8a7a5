import Spatial

/// Makes refs for records that bring no identifier: a hash of their content,
/// with an ordinal for equal ones.
struct ContentRefs {
    private var ordinals: [UInt64: Int] = [:]

    /// The ref of a record as it stood in its source.
    ///
    /// - Complexity: O(bytes of the record).
    mutating func ref(of record: FeatureBatch.Record, in batch: FeatureBatch) -> String {
        var hash = ContentHash64()
        batch.bytes.withUnsafeBytes { bytes in
            hash.combine(UnsafeRawBufferPointer(rebasing: bytes[record.geometry]))
            for field in batch.fields[record.fields] {
                hash.combine(batch.keys[field.key])
                switch field.value {
                case .null: hash.combine(word: 1)
                case .boolean(let value): hash.combine(word: value ? 3 : 2)
                case .integer(let value): hash.combine(word: UInt64(bitPattern: value))
                case .real(let value): hash.combine(word: value.bitPattern)
                case .text(let range), .json(let range):
                    hash.combine(UnsafeRawBufferPointer(rebasing: bytes[range]))
                }
            }
        }
        let digits = String(hash.value, radix: 16)
        let ref = "c" + String(repeating: "0", count: 16 - digits.count) + digits
        let ordinal = (ordinals[hash.value] ?? 0) + 1
        ordinals[hash.value] = ordinal
        return ordinal == 1 ? ref : "\(ref)-\(ordinal)"
    }
}

/// A 64-bit hash that is the same on every machine: FNV-1a over 64-bit words
/// with a final mix (SplitMix64).
struct ContentHash64 {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func combine(word: UInt64) {
        state = (state ^ word) &* 0x0000_0100_0000_01B3
        state ^= state &>> 29
    }

    mutating func combine(_ bytes: UnsafeRawBufferPointer) {
        combine(word: UInt64(bytes.count))
        var offset = 0
        while offset + 8 <= bytes.count {
            combine(word: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        while offset < bytes.count {
            combine(word: UInt64(bytes[offset]))
            offset += 1
        }
    }

    mutating func combine(_ text: String) {
        var text = text
        text.withUTF8 { combine(UnsafeRawBufferPointer($0)) }
    }

    var value: UInt64 {
        var z = state
        z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z &>> 31)
    }
}
