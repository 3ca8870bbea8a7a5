import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

/// Tables that mean no good, each read in a process of its own.
@Suite(.serialized) struct HostileTables {
    private static let seed: UInt64 = 20_261_121

    /// What is tried.
    enum Table: String, Codable, Sendable, CaseIterable {
        case unclosedValue, unclosedLines, manyColumns, manyColumnsAndShortRows, headerOnly, commasOnly, bytesNoText
        case wideCoordinate, multiPoint, multiPolygonOfEmpties, deepCollection, hexadecimal
        case packedZeros, packedSpaces, packedLines, packedCommas, packedQuote, packedRows

        var ending: String { rawValue.hasPrefix("packed") ? "csv.gz" : "csv" }

        var bytes: [UInt8] {
            switch self {
            case .unclosedValue: text("name,lon,lat\n\"", "没有尽头 ", 1 << 17)
            case .unclosedLines: text("a,b\n", "a\"b,\"\n", 1 << 10)
            case .manyColumns: text("lon,lat\n1,2", ",x", 90_000) + text("\n", "1,2,,,\n", 1 << 14)
            case .manyColumnsAndShortRows: text("a", ",a", 99_990) + text("\n", "1\n", 1 << 14)
            case .headerOnly: text("lon,lat", ",column", 30_000)
            case .commasOnly: text("lon,lat\n", ",", 2 << 20)
            case .bytesNoText: text("a,b\n", "\u{FF}甲\n", 1 << 15).map { $0 == 0xEF ? 0xFF : $0 }
            case .wideCoordinate: text("坐标,b\n\"1,2\",x\n", "１", 1 << 19)
            case .multiPoint: text("wkt\nPOINT(1 2)\n\"MULTIPOINT(0 0", ",0 0", 1 << 16, ")\"\n")
            case .multiPolygonOfEmpties:
                text("wkt\nPOINT(1 2)\n\"MULTIPOLYGON(EMPTY", ",EMPTY", 1 << 16, ")\"\n")
            case .deepCollection: text("wkt\nPOINT(1 2)\n", "GEOMETRYCOLLECTION(", 1 << 18, "\n")
            case .hexadecimal: text("wkt\n0101000000000000000000F03F0000000000000040\n01", "FF", 1 << 17, "\n")
            case .packedZeros: Gzip.bomb("a,b\n", Array(repeating: 0, count: 1 << 20), times: 64)
            case .packedSpaces: Gzip.bomb("a,b\n", Array(repeating: 0x20, count: 1 << 20), times: 64)
            case .packedLines: Gzip.bomb("a,b\n", Array(repeating: 0x0A, count: 1 << 18), times: 2)
            case .packedCommas: Gzip.bomb("a,b\n", Array(repeating: 0x2C, count: 1 << 20), times: 64)
            case .packedQuote: Gzip.bomb("a,b\n\"", Array(repeating: 0x61, count: 1 << 20), times: 64)
            case .packedRows: Gzip.bomb("lon,lat\n", text("", "106.5,29.5\n", 1 << 12), times: 2)
            }
        }
    }

    static func reading(_ ending: String) -> HostileReading {
        HostileReading(fileExtension: ending, isAgreed: { $0 is Failure }) { path in
            _ = try CSVReader(ByteInput(path: path)).countAll()
        }
    }

    @Test(arguments: Table.allCases) func isReadOrRefused(_ table: Table) async {
        await #expect(processExitsWith: .success) { [table] in
            let reading = Self.reading(table.ending)
            reading.secondsPerFile = 40
            try reading.tryFile(table.bytes, table.rawValue)
            #expect(reading.violations == [])
        }
    }
}
