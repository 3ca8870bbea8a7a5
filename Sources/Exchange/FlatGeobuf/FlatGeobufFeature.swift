import Messages
import Spatial

/// Writes features as FlatGeobuf's FlatBuffers tables.
struct FlatGeobufFeature {
    private let columns: [FeatureSpool.Column]
    /// The number of each column in the head; `nil` for one without values, which is not there.
    private let numbers: [UInt16?]
    /// The type that the head of the file tells of all; `nil` where every
    /// geometry has to tell its own.
    private let type: GeometryType?
    /// Whether the head says that every position has a height.
    private let hasHeights: Bool
    private var buffer = FlatBuffer()

    init(columns: [FeatureSpool.Column], type: GeometryType?, hasHeights: Bool) {
        self.columns = columns
        var next: UInt16 = 0
        numbers = columns.map { column in
            guard column.kind != nil, next < .max else { return nil }
            defer { next += 1 }
            return next
        }
        self.type = type
        self.hasHeights = hasHeights
    }

    /// The table of the one feature of a batch, its size before it.
    ///
    /// - Throws: `Failure` with `.software` for a geometry that is no WKB.
    mutating func encode(_ batch: FeatureBatch) throws(Failure) -> [UInt8] {
        var table: FlatBuffer.Table = []
        for record in batch.records {
            if !record.geometry.isEmpty {
                do {
                    let geometry = try Geometry(wkb: batch.bytes[record.geometry])
                    // Readers take no geometry without positions.
                    if !geometry.isEmpty {
                        table.append((0, .table(self.table(geometry, tellsType: type == nil))))
                    }
                } catch { throw Failure(.software, .damagedGeometry) }
            }
            let properties = properties(of: record, in: batch)
            if !properties.isEmpty { table.append((1, .bytes(properties))) }
        }
        buffer.build(table)
        return buffer.bytes
    }

    // MARK: - Properties

    private func properties(of record: FeatureBatch.Record, in batch: FeatureBatch) -> [UInt8] {
        var bytes: [UInt8] = []
        for field in batch.fields[record.fields] {
            guard field.value != .null, let kind = columns[field.key].kind, let number = numbers[field.key] else {
                continue
            }
            bytes.append(littleEndian: number)
            switch (kind, field.value) {
            case (.boolean, .boolean(let value)): bytes.append(value ? 1 : 0)
            case (.integer, .integer(let value)): bytes.append(littleEndian: value)
            case (.real, .real(let value)): bytes.append(littleEndian: value.bitPattern)
            case (.real, .integer(let value)): bytes.append(littleEndian: Double(value).bitPattern)
            default: Self.append(text: field.value, of: batch, to: &bytes)
            }
        }
        return bytes
    }

    private static func append(text value: FieldValue, of batch: FeatureBatch, to bytes: inout [UInt8]) {
        func append(_ text: some Collection<UInt8>) {
            bytes.append(littleEndian: UInt32(truncatingIfNeeded: text.count))
            bytes.append(contentsOf: text)
        }
        switch value {
        case .null: append([])
        case .boolean(let value): append(Array((value ? "true" : "false").utf8))
        case .integer(let value): append(Array(String(value).utf8))
        case .real(let value): append(Array(PlainNumber.text(value).utf8))
        case .text(let range), .json(let range): append(batch.bytes[range])
        }
    }

    // MARK: - Geometry

    private func table(_ geometry: Geometry, tellsType: Bool) -> FlatBuffer.Table {
        var table: FlatBuffer.Table =
            switch geometry {
            case .point(let point): points([point])
            case .multiPoint(let several): points(several)
            case .lineString(let line): lines([line])
            case .multiLineString(let several): lines(several)
            case .polygon(let polygon): lines(polygon.rings)
            case .multiPolygon(let polygons):
                [(7, .tables(polygons.filter { !$0.rings.isEmpty }.map { lines($0.rings) + [(6, .byte(3))] }))]
            case .collection(let members):
                [(7, .tables(members.filter { !$0.isEmpty }.map { self.table($0, tellsType: true) }))]
            }
        if tellsType { table.append((6, .byte(UInt8(truncatingIfNeeded: geometry.type.rawValue)))) }
        return table
    }

    private func points(_ points: [Point]) -> FlatBuffer.Table {
        var xy: [Double] = []
        var heights: [Double] = []
        for point in points {
            guard let position = point.position else { continue }
            xy += [position.longitude, position.latitude]
            heights.append(point.heightMeters ?? 0)
        }
        return coordinates(xy, heights)
    }

    /// Lines or rings, one behind the other; where there are several, with their ends.
    private func lines(_ lines: [LineString]) -> FlatBuffer.Table {
        var xy: [Double] = []
        var heights: [Double] = []
        var ends: [UInt32] = []
        for line in lines {
            for position in line.positions {
                xy.append(position.longitude)
                xy.append(position.latitude)
            }
            heights +=
                line.heightsMeters.isEmpty ? [Double](repeating: 0, count: line.positions.count) : line.heightsMeters
            ends.append(UInt32(truncatingIfNeeded: xy.count / 2))
        }
        let table = coordinates(xy, heights)
        return ends.count > 1 ? table + [(0, .ints(ends))] : table
    }

    private func coordinates(_ xy: [Double], _ heights: [Double]) -> FlatBuffer.Table {
        hasHeights ? [(1, .doubles(xy)), (2, .doubles(heights))] : [(1, .doubles(xy))]
    }
}
