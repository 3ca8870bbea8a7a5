import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

/// Tiles of elevation in every packing, and what is refused.
@Suite struct ElevationReaderTests {
    private static let side = 1201

    /// A tile's file: a slope with a void in it.
    private static let hgt: [UInt8] = {
        var bytes = [UInt8](repeating: 0, count: 2 * side * side)
        for index in 0..<side * side {
            let height = index == 5 ? ElevationTile.void : Int16(truncatingIfNeeded: index / 300 - 200)
            bytes[2 * index] = UInt8(truncatingIfNeeded: height >> 8)
            bytes[2 * index + 1] = UInt8(truncatingIfNeeded: height)
        }
        return bytes
    }()

    /// A file in a folder of its own, so that it may have any name.
    private final class NamedFile {
        let path: String
        private let folder: URL

        init(_ name: String, _ bytes: [UInt8]) throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            path = folder.appending(path: name).path
            try Data(bytes).write(to: URL(filePath: path))
        }

        deinit { try? FileManager.default.removeItem(at: folder) }
    }

    private func read(_ name: String, _ bytes: [UInt8]) throws -> ElevationTile {
        let file = try NamedFile(name, bytes)
        return try ElevationReader.tile(ByteInput(path: file.path))
    }

    private func refusal(_ name: String, _ bytes: [UInt8]) throws -> Failure? {
        #expect(throws: Failure.self) { try read(name, bytes) }
    }

    private func zip(_ name: String = "N49E011.hgt", _ change: (inout ZipBuilder.Member) -> Void = { _ in }) -> [UInt8]
    {
        var member = ZipBuilder.Member(name, Self.hgt)
        change(&member)
        return ZipBuilder([member]).bytes
    }

    @Test func everyPackingGivesTheSameTile() throws {
        let plain = try read("N49E011.hgt", Self.hgt)
        #expect(plain.south == 49 && plain.west == 11 && plain.side == Self.side)
        #expect(plain.hgt == Self.hgt)
        #expect(plain.heightsMeters[5] == ElevationTile.void)
        #expect(try read("N49E011.hgt.gz", Gzip.pack(Self.hgt)) == plain)
        #expect(try read("N49E011.hgt.zip", zip()) == plain)
        let stored = ZipBuilder([ZipBuilder.Member("N49E011.hgt", Self.hgt, isStored: true)])
        #expect(try read("N49E011.SRTMGL3.hgt.zip", stored.bytes) == plain)
        var among = ZipBuilder([
            ZipBuilder.Member("read me.txt", Array("words".utf8)),
            ZipBuilder.Member("__MACOSX/._N49E011.hgt", [1, 2, 3]), ZipBuilder.Member("dem/N49E011.HGT", Self.hgt),
        ])
        among.comment = Array("PK\u{5}\u{6} is what an end begins with".utf8)
        #expect(try read("x.zip", among.bytes) == plain)
    }

    @Test func aTileOfOneArcSecondIsRead() throws {
        let bytes = [UInt8](repeating: 1, count: 2 * 3601 * 3601)
        let tile = try read("s01w180.hgt.zip", ZipBuilder([ZipBuilder.Member("s01w180.hgt", bytes)]).bytes)
        #expect(tile.south == -1 && tile.west == -180 && tile.side == 3601)
        #expect(tile.heightMeters(at: LonLat(-179.5, -0.25)) == 257)
    }

    @Test func theMembersNameComesFirst() throws {
        #expect(try read("N10E010.hgt.zip", zip("N49E011.hgt")).name == "N49E011")
        #expect(try read("N10E010.hgt.zip", zip("tile.hgt")).name == "N10E010")
        #expect(try refusal("a.hgt.zip", zip("tile.hgt"))?.what == .elevationName("a.hgt.zip"))
    }

    @Test(arguments: ["x.hgt", "N49.hgt", "E011N49.hgt", "N4E11.hgt", "N49E0110.hgt", "49N011E.hgt", "N٤٩E011.hgt"])
    func aNameWithoutACornerIsRefused(_ name: String) throws {
        let failure = try refusal(name, Self.hgt)
        #expect(failure?.code == .unusableInput)
        #expect(failure?.what == .elevationName(name))
    }

    @Test(arguments: ["N90E000", "S91E000", "N00E180", "N00W181", "N99E999"])
    func aCornerOutsideTheWorldIsRefused(_ corner: String) throws {
        let failure = try refusal("\(corner).hgt", Self.hgt)
        #expect(failure?.code == .unusableInput)
        #expect(failure?.what == .elevationOutside("\(corner).hgt"))
    }

    @Test(arguments: [0, 1, 2, 1000, 2_884_800, 2_884_801, 2_884_803, 2_884_804, 25_934_403])
    func anotherSizeIsRefused(_ count: Int) throws {
        let failure = try refusal("N49E011.hgt", [UInt8](repeating: 3, count: count))
        #expect(failure?.code == .unusableInput)
        #expect(failure?.hint == .checkSource)
    }

    @Test func damageIsRefused() throws {
        let whole = zip()
        for cut in [4, 30, 1000, whole.count / 2, whole.count - 22, whole.count - 1] {
            #expect(try refusal("N49E011.hgt.zip", Array(whole[..<cut]))?.code == .unusableInput, "\(cut)")
        }
        for change in [
            { (member: inout ZipBuilder.Member) in member.checksum ^= 1 },
            { member in member.packed[member.packed.count / 2] ^= 0xFF }, { member in member.packed.removeLast(9) },
            { member in member.size -= 2 }, { member in member.size += 2 },
        ] {
            let failure = try refusal("N49E011.hgt.zip", zip("N49E011.hgt", change))
            #expect(failure?.code == .unusableInput)
            #expect(failure?.what.en.contains("damaged") == true, "\(failure as Any)")
        }
        let gzip = Gzip.pack(Self.hgt)
        #expect(try refusal("N49E011.hgt.gz", Array(gzip.dropLast(20)))?.code == .unusableInput)
    }

    @Test func whatIsNotReadIsNamed() throws {
        func way(_ bytes: [UInt8]) throws -> String? { try refusal("N49E011.hgt.zip", bytes)?.what.en }
        #expect(try way(zip { $0.flags = 1 })?.contains("encrypted") == true)
        #expect(try way(zip { $0.method = 9 })?.contains("method 9") == true)
        #expect(try way(zip { $0.size = 0xFFFF_FFFF }) != nil)
        var many = ZipBuilder([ZipBuilder.Member("N49E011.hgt", Self.hgt)])
        many.claimedCount = 0xFFFF
        #expect(try way(many.bytes)?.contains("no complete zip") == true)
        many.claimedCount = 2
        #expect(try way(many.bytes)?.contains("no complete zip") == true)
        #expect(try way(ZipBuilder([ZipBuilder.Member("a.txt", [1])]).bytes)?.contains("no .hgt") == true)
        #expect(try way(ZipBuilder([]).bytes)?.contains("no .hgt") == true)
        let two = ["N49E011.hgt", "N50E011.hgt"].map { ZipBuilder.Member($0, [1]) }
        #expect(try way(ZipBuilder(two).bytes)?.contains("2 .hgt files") == true)
    }

    @Test func theFormatIsToldByNameOrContent() throws {
        for name in ["N49E011.hgt", "a.HGT", "n49e011.hgt.gz", "N49E011.hgt.zip"] {
            #expect(try FileFormat.detect(path: "/absent/\(name)") == .elevation, "\(name)")
        }
        let zipped = try NamedFile("N49E011.zip", zip())
        #expect(try FileFormat.detect(path: zipped.path) == .elevation)
        let other = try NamedFile("a.zip", ZipBuilder([ZipBuilder.Member("a.shp", [1, 2])]).bytes)
        #expect(try FileFormat.detect(path: other.path) == .foreign)
        let failure = #expect(throws: Failure.self) { try Exchange.openReader(path: zipped.path) }
        #expect(failure?.code == .usage)
    }
}
