import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

/// No prefix and no mutation of a tile may crash, hang or eat memory, nor an
/// archive that unpacks to much more than it should.
@Suite(.serialized) struct ElevationMutationTests {
    private static let seed: UInt64 = 20_261_121
    private static let mutations = 2000

    private static let archive = ZipBuilder([
        ZipBuilder.Member("N49E011.hgt", [UInt8](repeating: 1, count: 2 * 1201 * 1201))
    ]).bytes

    private static func reading() -> HostileReading {
        HostileReading(fileExtension: "hgt.zip", isAgreed: { $0 is Failure }) { path in
            let tile = try ElevationReader.tile(ByteInput(path: path))
            #expect(ElevationTile.sides.contains(tile.side))
        }
    }

    @Test func everyPrefixIsRefused() async {
        await #expect(processExitsWith: .success) {
            let reading = Self.reading()
            try reading.tryPrefixes(of: Self.archive)
            #expect(reading.violations == [])
        }
    }

    @Test func mutationsAreReadOrRefused() async {
        await #expect(processExitsWith: .success) {
            let reading = Self.reading()
            try reading.tryMutations(of: Self.archive, count: Self.mutations, seed: Self.seed)
            // Nor of the directory alone, which all the rest hangs on.
            let end = Array(Self.archive.suffix(100))
            for number in 0..<Self.mutations {
                let bytes = Self.archive.dropLast(100) + Mutation.bytes(of: end, number: number, seed: Self.seed)
                try reading.tryFile(Array(bytes), "directory, mutation \(number)")
            }
            #expect(reading.violations == [])
        }
    }

    @Test func bombsAreRefused() async {
        await #expect(processExitsWith: .success) {
            let gzip = Gzip.pack([UInt8](repeating: 0, count: 300 << 20))
            let reading = Self.reading()
            try reading.warmUp(Self.archive)
            for size in [2 * 1201 * 1201, 2 * 3601 * 3601, 300 << 20, 0xFFFF_FFFE, 0] {
                var member = ZipBuilder.Member("N49E011.hgt", [])
                (member.packed, member.size, member.method) = (Array(gzip[10..<gzip.count - 8]), size, 8)
                try reading.tryFile(ZipBuilder([member]).bytes, "300 MB that claim to be \(size)")
            }
            try reading.tryFile(gzip, "300 MB in gzip")
            let members = Array(repeating: ZipBuilder.Member("N49E011.hgt", []), count: 60_000)
            try reading.tryFile(ZipBuilder(members).bytes, "60,000 members")
            #expect(reading.violations == [])
        }
    }
}
