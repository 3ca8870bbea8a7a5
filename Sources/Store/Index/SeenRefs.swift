/// Which refs an import has met: 128-bit hashes in one flat table, 32 bytes a
/// ref at most. Two different refs share a hash with a probability below
/// 2^-80 at ten million refs.
struct SeenRefs {
    private var slots: [SIMD2<UInt64>] = Array(repeating: .zero, count: 1024)
    private var count = 0

    /// Remembers a ref; `false` where it was met before.
    mutating func insert(_ ref: UnsafeRawBufferPointer) -> Bool {
        if count * 10 > slots.count * 7 { grow() }
        guard place(Self.hash(ref)) else { return false }
        count += 1
        return true
    }

    private mutating func place(_ hash: SIMD2<UInt64>) -> Bool {
        let mask = slots.count - 1
        var index = Int(truncatingIfNeeded: hash.x) & mask
        while slots[index] != .zero {
            if slots[index] == hash { return false }
            index = (index + 1) & mask
        }
        slots[index] = hash
        return true
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: .zero, count: old.count * 2)
        for hash in old where hash != .zero { _ = place(hash) }
    }

    /// Two independent multiply-and-fold hashes over eight bytes at a time.
    private static func hash(_ bytes: UnsafeRawBufferPointer) -> SIMD2<UInt64> {
        var a: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
        var b: UInt64 = 0xC2B2_AE3D_27D4_EB4F
        var offset = 0
        while offset < bytes.count {
            var word: UInt64 = 0
            if offset + 8 <= bytes.count {
                word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            } else {
                for index in offset..<bytes.count { word = word << 8 | UInt64(bytes[index]) }
            }
            a = fold(a ^ word, 0xA076_1D64_78BD_642F)
            b = fold(b &+ word, 0xE703_7ED1_A0B4_28DB) ^ a &>> 7
            offset += 8
        }
        return SIMD2(fold(a, 0x8EBC_6AF0_9C88_C6E3) | 1, fold(b, 0x5899_65CC_7537_4CC3))
    }

    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = (a ^ b &>> 32).multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}

extension SIMD2 where Scalar == UInt64 {
    fileprivate static var zero: SIMD2<UInt64> { SIMD2(0, 0) }
}
