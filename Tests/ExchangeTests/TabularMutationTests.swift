import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

/// No prefix and no mutation of a small file may crash, hang or eat memory;
/// each is read to its end or refused by a `Failure`.
@Suite(.serialized) struct TabularMutationTests {
    private static let seed: UInt64 = 20_261_121
    private static let mutations = 10_000

    private static let tables: [[UInt8]] = [
        Array("名称,经度,纬度,n\r\n\"甲, \"\"乙\"\"\",106.5,29.5,1\r\n丙,１０６，29.6,002\n\"丁\n\",,x,1.5\n".utf8),
        Array("id;geom;坐标\n1;POINT (1 2);\"3,4\"\n2;\"POLYGON((0 0,1 0,1 1,0 0),(0 0,1 0,1 1,0 0))\";\n".utf8),
        Array("\u{FEFF}a\tthe_geom\n1\t0101000000000000000000F03F0000000000000040\n".utf8),
        [0xFF, 0xFE] + "名,lon,lat\n甲,1,2\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] },
        [0xC3, 0xFB, 0x2C, 0x78, 0x2C, 0x79, 0x0A, 0xBC, 0xD7, 0x2C, 0x31, 0x2C, 0x32, 0x0A],
    ]

    /// A reading that may deliver no more than the file has bytes.
    private static func tableReading() -> HostileReading {
        HostileReading(fileExtension: "csv", isAgreed: { $0 is Failure }) { path in
            let input = try ByteInput(path: path)
            let counts = try CSVReader(input).countAll()
            #expect(counts.features + counts.rejections <= (input.size ?? 0) + 1)
        }
    }

    @Test func everyPrefixOfATableIsReadOrRefused() async {
        await #expect(processExitsWith: .success) {
            let reading = Self.tableReading()
            for table in Self.tables { try reading.tryPrefixes(of: table) }
            #expect(reading.violations == [])
        }
    }

    @Test func mutationsOfTablesAreReadOrRefused() async {
        await #expect(processExitsWith: .success) {
            let reading = Self.tableReading()
            for table in Self.tables {
                try reading.tryMutations(of: table, count: Self.mutations / Self.tables.count, seed: Self.seed)
            }
            #expect(reading.violations == [])
        }
    }

    private static func shapefile() -> ShapefileBuilder {
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

    /// Puts damaged bytes in place of one file of a sound Shapefile.
    private static func shapefileReading(_ ending: String, _ body: (HostileReading, [UInt8]) throws -> Void) throws {
        let builder = shapefile()
        let file = try TemporaryShapefile(builder, ["cpg": "UTF-8"])
        let whole = ["shp": builder.shp, "shx": builder.shx, "dbf": builder.dbf]
        let path = file.path
        let reading = HostileReading(path: path.dropLast(3) + ending, isAgreed: { $0 is Failure }) { _ in
            let counts = try ShapefileReader(path: path).countAll()
            #expect(counts.features + counts.rejections <= 1000)
        }
        try body(reading, try #require(whole[ending]))
        #expect(reading.violations == [])
    }

    @Test(arguments: ["shp", "shx", "dbf"]) func everyPrefixOfAShapefileIsReadOrRefused(ending: String) async {
        await #expect(processExitsWith: .success) { [ending] in
            try Self.shapefileReading(ending) { reading, bytes in try reading.tryPrefixes(of: bytes) }
        }
    }

    @Test(arguments: ["shp", "shx", "dbf"]) func mutationsOfAShapefileAreReadOrRefused(ending: String) async {
        await #expect(processExitsWith: .success) { [ending] in
            try Self.shapefileReading(ending) { reading, bytes in
                try reading.tryMutations(of: bytes, count: Self.mutations / 2, seed: Self.seed)
            }
        }
    }

    @Test func projectionTextsSurvive() {
        let text = Array("PROJCS[\"CGCS2000_3_Degree_GK_CM_105E\",AUTHORITY[\"EPSG\",\"4544\"]]".utf8)
        for length in 0..<text.count {
            let projection = ProjectionText(String(decoding: text[..<length], as: UTF8.self))
            #expect(length > 7 || projection.crs == nil)
        }
        for number in 0..<Self.mutations {
            let projection = ProjectionText(
                String(decoding: Mutation.bytes(of: text, number: number, seed: Self.seed), as: UTF8.self))
            if case .epsg(let code) = projection.crs { #expect(code >= 0) }
        }
    }
}
