import Exchange
import Foundation
import Messages
import TestSupport
import Testing

/// Shapefiles that mean no good, each read in a process of its own.
@Suite(.serialized) struct HostileShapefiles {
    /// What is tried.
    enum Shapefile: String, Codable, Sendable, CaseIterable {
        case claimedParts, claimedPoints, claimedRecord, emptyParts, points, lyingIndex, wideRows, claimedRows
        case columnsWithoutWidth, narrowColumns

        /// The files by their endings.
        var files: [String: [UInt8]] {
            switch self {
            case .claimedParts: ["shp": shp([little(5) + box + little(.max) + little(4) + points(4)])]
            case .claimedPoints: ["shp": shp([little(5) + box + little(1) + little(.max) + little(0) + points(4)])]
            case .claimedRecord: ["shp": shp([little(1) + points(1)], claiming: .max)]
            case .emptyParts:
                ["shp": shp([little(3) + box + little(1 << 19) + little(2) + zeros(4 << 19) + points(2)])]
            case .points: ["shp": shp([little(8) + box + little(1 << 17) + points(1 << 17)])]
            case .lyingIndex:
                [
                    "shp": shp([little(8) + box + little(1 << 16) + points(1 << 16)]),
                    "shx": shp([]) + (0..<20_000).flatMap { _ in big(50) + big(1) },
                ]
            case .wideRows: ["shp": shp(nulls(20)), "dbf": dbf(columns: 1, width: 65_000, rows: 20)]
            case .claimedRows: ["shp": shp(nulls(20)), "dbf": dbf(columns: 1, width: 9, rows: 20)]
            case .columnsWithoutWidth: ["shp": shp([]), "dbf": dbf(columns: 2040, width: 0, rows: 5000)]
            case .narrowColumns: ["shp": shp([]), "dbf": dbf(columns: 2040, width: 1, rows: 200)]
            }
        }

        private var box: [UInt8] { zeros(32) }

        private func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

        private func points(_ count: Int) -> [UInt8] { zeros(count * 16) }

        private func nulls(_ count: Int) -> [[UInt8]] { Array(repeating: little(0), count: count) }

        private func shp(_ records: [[UInt8]], claiming size: Int32? = nil) -> [UInt8] {
            let header = big(9994) + zeros(20) + big(50) + little(1000) + little(5) + zeros(64)
            return header + records.flatMap { big(1) + big(size ?? Int32($0.count / 2)) + $0 }
        }

        /// A table that claims as many rows as can be said.
        private func dbf(columns: Int, width: Int, rows: Int) -> [UInt8] {
            let size = 1 + columns * width
            var bytes: [UInt8] = [3, 124, 1, 1, 255, 255, 255, 255]
            for value in [33 + 32 * columns, size] { bytes += [UInt8(value & 255), UInt8(value >> 8)] }
            bytes += zeros(20)
            for index in 0..<columns {
                let name = Array("c\(index)".utf8)
                bytes += name + zeros(11 - name.count) + [UInt8(ascii: "C"), 0, 0, 0, 0]
                bytes += [UInt8(width & 255), UInt8(width >> 8)] + zeros(14)
            }
            return bytes + [0x0D] + Array(repeating: UInt8(ascii: " "), count: size * rows)
        }

        private func little(_ value: Int32) -> [UInt8] { withUnsafeBytes(of: value.littleEndian, Array.init) }

        private func big(_ value: Int32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian, Array.init) }
    }

    @Test(arguments: Shapefile.allCases) func isReadOrRefused(_ shapefile: Shapefile) async {
        await #expect(processExitsWith: .success) { [shapefile] in
            let files = shapefile.files
            let place = try TemporaryShapefile(files)
            let reading = HostileReading(path: place.path, isAgreed: { $0 is Failure }) { path in
                _ = try ShapefileReader(path: path).countAll()
            }
            try reading.tryFileInPlace(shapefile.rawValue, size: files.values.reduce(0) { $0 + $1.count })
            #expect(reading.violations == [])
        }
    }
}
