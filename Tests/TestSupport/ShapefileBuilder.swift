import Foundation

/// Builds the bytes of a small Shapefile, by ESRI's description of 1998.
public struct ShapefileBuilder {
    private var records: [[UInt8]] = []
    private var rows: [[UInt8]] = []
    private let columns: [Column]
    private let languageDriver: UInt8

    /// A column of the attribute table.
    public struct Column {
        let name: [UInt8]
        let type: Character
        let width: Int

        /// Makes a column; the name as bytes of the table's encoding.
        public init(_ name: [UInt8], _ type: Character, _ width: Int) {
            (self.name, self.type, self.width) = (name, type, width)
        }
    }

    /// Begins a Shapefile.
    public init(columns: [Column] = [], languageDriver: UInt8 = 0) {
        (self.columns, self.languageDriver) = (columns, languageDriver)
    }

    /// Adds a record; values are padded with spaces or cut to their width.
    public mutating func add(_ content: [UInt8], _ values: [[UInt8]] = [], isDeleted: Bool = false) {
        records.append(content)
        var row: [UInt8] = [isDeleted ? 0x2A : 0x20]
        for (column, value) in zip(columns, values) {
            row += value.prefix(column.width)
            row += Array(repeating: 0x20, count: max(0, column.width - value.count))
        }
        rows.append(row)
    }

    /// The null shape.
    public static let null: [UInt8] = little(Int32(0))

    /// A point, with Z and M for type 11, with M for 21.
    public static func point(_ x: Double, _ y: Double, type: Int32 = 1, more: [Double] = []) -> [UInt8] {
        little(type) + ([x, y] + more).flatMap { little($0) }
    }

    /// A multipoint (type 8), or with Z (18).
    public static func multiPoint(_ points: [[Double]], heights: [Double] = []) -> [UInt8] {
        little(Int32(heights.isEmpty ? 8 : 18)) + box(points) + little(Int32(points.count))
            + points.flatMap { $0.flatMap { little($0) } } + tail(heights)
    }

    /// A polyline (type 3) or polygon (5), or with Z (13, 15), out of parts.
    public static func parts(_ type: Int32, _ parts: [[[Double]]], heights: [Double] = []) -> [UInt8] {
        let points = parts.flatMap { $0 }
        var starts: [Int32] = []
        var start = 0
        for part in parts {
            starts.append(Int32(start))
            start += part.count
        }
        return little(type) + box(points) + little(Int32(parts.count)) + little(Int32(points.count))
            + starts.flatMap { little($0) } + points.flatMap { $0.flatMap { little($0) } } + tail(heights)
    }

    private static func box(_ points: [[Double]]) -> [UInt8] {
        [
            points.map { $0[0] }.min(), points.map { $0[1] }.min(), points.map { $0[0] }.max(),
            points.map { $0[1] }.max(),
        ]
        .flatMap { little($0 ?? 0) }
    }

    private static func tail(_ heights: [Double]) -> [UInt8] {
        heights.isEmpty ? [] : ([heights.min() ?? 0, heights.max() ?? 0] + heights).flatMap { little($0) }
    }

    /// The bytes of the `.shp`.
    public var shp: [UInt8] {
        var body: [UInt8] = []
        for (index, record) in records.enumerated() {
            body += big(Int32(index + 1)) + big(Int32(record.count / 2)) + record
        }
        return header(size: 100 + body.count) + body
    }

    /// The bytes of the `.shx`.
    public var shx: [UInt8] {
        var body: [UInt8] = []
        var offset = 100
        for record in records {
            body += big(Int32(offset / 2)) + big(Int32(record.count / 2))
            offset += record.count + 8
        }
        return header(size: 100 + body.count) + body
    }

    /// The bytes of the `.dbf`.
    public var dbf: [UInt8] {
        let rowSize = 1 + columns.reduce(0) { $0 + $1.width }
        var bytes: [UInt8] = [3, 124, 1, 1] + little(UInt32(rows.count))
        bytes += little(UInt16(33 + 32 * columns.count)) + little(UInt16(rowSize))
        bytes += Array(repeating: 0, count: 17) + [languageDriver, 0, 0]
        for column in columns {
            bytes += column.name.prefix(10) + Array(repeating: 0, count: 11 - min(10, column.name.count))
            bytes += [column.type.asciiValue ?? 0, 0, 0, 0, 0, UInt8(column.width)] + Array(repeating: 0, count: 15)
        }
        return bytes + [0x0D] + rows.flatMap { $0 } + [0x1A]
    }

    private func header(size: Int) -> [UInt8] {
        let type = records.lazy.compactMap(\.first).first { $0 != 0 } ?? 0
        return big(Int32(9994)) + Array(repeating: 0, count: 20) + big(Int32(size / 2)) + little(Int32(1000))
            + little(Int32(type)) + Array(repeating: 0, count: 64)
    }
}

/// A Shapefile on disk, removed when the value goes.
public final class TemporaryShapefile {
    /// The path of the `.shp`.
    public var path: String { "\(stem).shp" }

    private let stem: String
    private let endings: [String]

    /// Writes the files named by their endings.
    public init(_ files: [String: [UInt8]]) throws {
        stem = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString)").path
        endings = Array(files.keys)
        for (ending, bytes) in files { try Data(bytes).write(to: URL(filePath: "\(stem).\(ending)")) }
    }

    /// Writes `.shp`, `.shx` and `.dbf`, and what else is given.
    public convenience init(_ builder: ShapefileBuilder, _ more: [String: String] = [:]) throws {
        var files = more.mapValues { Array($0.utf8) }
        (files["shp"], files["shx"], files["dbf"]) = (builder.shp, builder.shx, builder.dbf)
        try self.init(files)
    }

    deinit { for ending in endings { try? FileManager.default.removeItem(atPath: "\(stem).\(ending)") } }
}

private func little(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.littleEndian, Array.init) }

private func little(_ value: Double) -> [UInt8] { little(value.bitPattern) }

private func big(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.bigEndian, Array.init) }
