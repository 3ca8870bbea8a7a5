import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

/// No prefix and no mutation of a small file may crash, hang or eat memory;
/// each is read to its end or refused by a `Failure`.
@Suite struct TabularMutationTests {
    private static let seed: UInt64 = 20_261_121
    private static let mutations = 10_000

    /// Some bytes changed, removed, doubled or replaced by extreme ones.
    private func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let length = Int.random(in: 1...8, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF, 0x22, 0x2C, 0x0A][Int.random(in: 0..<8, using: &random)]
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + length))
            case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + length)], at: place)
            default:
                for index in place..<min(bytes.count, place + 4) { bytes[index] = length % 2 == 0 ? 0xFF : 0x7F }
            }
        }
        return bytes
    }

    /// Reads a file of the bytes; a `Failure` is an answer, any other error is none.
    private func survives(_ read: () throws -> (features: Int, rejections: Int), limit: Int) throws {
        do {
            let counts = try read()
            #expect(counts.features + counts.rejections <= limit)
        } catch is Failure {}
    }

    private func overwrite(_ path: String, _ bytes: [UInt8]) throws {
        guard let file = fopen(path, "w") else { throw CocoaError(.fileWriteUnknown) }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw CocoaError(.fileWriteUnknown) }
    }

    private static let tables: [[UInt8]] = [
        Array("名称,经度,纬度,n\r\n\"甲, \"\"乙\"\"\",106.5,29.5,1\r\n丙,１０６，29.6,002\n\"丁\n\",,x,1.5\n".utf8),
        Array("id;geom;坐标\n1;POINT (1 2);\"3,4\"\n2;\"POLYGON((0 0,1 0,1 1,0 0),(0 0,1 0,1 1,0 0))\";\n".utf8),
        Array("\u{FEFF}a\tthe_geom\n1\t0101000000000000000000F03F0000000000000040\n".utf8),
        [0xFF, 0xFE] + "名,lon,lat\n甲,1,2\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] },
        [0xC3, 0xFB, 0x2C, 0x78, 0x2C, 0x79, 0x0A, 0xBC, 0xD7, 0x2C, 0x31, 0x2C, 0x32, 0x0A],
    ]

    @Test func tablesSurvive() throws {
        let file = try TemporaryFile("")
        let read = { try CSVReader(ByteInput(path: file.path)).countAll() }
        for table in Self.tables {
            for length in 0...table.count {
                try overwrite(file.path, Array(table[..<length]))
                try survives(read, limit: length + 1)
            }
        }
        var random = SeededGenerator(seed: Self.seed)
        for round in 0..<Self.mutations {
            let bytes = mutated(Self.tables[round % Self.tables.count], &random)
            try overwrite(file.path, bytes)
            try survives(read, limit: bytes.count + 1)
        }
    }

    private func shapefile() -> ShapefileBuilder {
        var builder = ShapefileBuilder(columns: [
            ShapefileBuilder.Column(Array("名称".utf8), "C", 9), ShapefileBuilder.Column(Array("n".utf8), "N", 5),
            ShapefileBuilder.Column(Array("d".utf8), "D", 8), ShapefileBuilder.Column(Array("i".utf8), "I", 4),
        ])
        let values = ["甲乙", "12.5", "20240501", "\u{1}\0\0\0"].map { Array($0.utf8) }
        let ring = [[0.0, 0], [0, 9], [9, 9], [9, 0], [0, 0]]
        let hole = [[1.0, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
        let other = [[20.0, 0], [20, 9], [29, 9], [20, 0]]
        builder.add(ShapefileBuilder.point(1, 2), values)
        builder.add(ShapefileBuilder.parts(5, [ring, hole, other]), values)
        builder.add(ShapefileBuilder.parts(13, [ring, hole], heights: Array(repeating: 1, count: 10)), values)
        builder.add(ShapefileBuilder.multiPoint(ring, heights: [1, 2, 3, 4, 5]), values, isDeleted: true)
        builder.add(ShapefileBuilder.null, values)
        return builder
    }

    @Test(arguments: ["shp", "shx", "dbf"]) func shapefilesSurvive(ending: String) throws {
        let builder = shapefile()
        let file = try TemporaryShapefile(builder, ["cpg": "UTF-8"])
        let whole = ["shp": builder.shp, "shx": builder.shx, "dbf": builder.dbf]
        let bytes = try #require(whole[ending])
        let path = file.path.dropLast(3) + ending
        let read = { try ShapefileReader(path: file.path).countAll() }
        for length in 0...bytes.count {
            try overwrite(String(path), Array(bytes[..<length]))
            try survives(read, limit: 1000)
        }
        var random = SeededGenerator(seed: Self.seed &+ UInt64(bytes.count))
        for _ in 0..<Self.mutations / 2 {
            try overwrite(String(path), mutated(bytes, &random))
            try survives(read, limit: 1000)
        }
    }

    @Test func projectionTextsSurvive() {
        let text = Array("PROJCS[\"CGCS2000_3_Degree_GK_CM_105E\",AUTHORITY[\"EPSG\",\"4544\"]]".utf8)
        for length in 0..<text.count {
            let projection = ProjectionText(String(decoding: text[..<length], as: UTF8.self))
            #expect(length > 7 || projection.crs == nil)
        }
        var random = SeededGenerator(seed: Self.seed)
        for _ in 0..<Self.mutations {
            let projection = ProjectionText(String(decoding: mutated(text, &random), as: UTF8.self))
            if case .epsg(let code) = projection.crs { #expect(code >= 0) }
        }
    }
}
