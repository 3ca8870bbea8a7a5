import Messages
import Spatial

/// Writes features as FlatGeobuf's tables of FlatBuffers.
struct FlatGeobufFeature {
    private let columns: [FeatureSpool.Column]
    /// The number of each column in the head; `nil` for one without values, which is not there.
    private let numbers: [UInt16?]
    /// Whether every geometry has to tell its own type, because the head does not.
    private let tellsType: Bool
    /// Whether the head says that every position has a height.
    private let hasHeights: Bool

    init(columns: [FeatureSpool.Column], type: GeometryType?, hasHeights: Bool) {
        self.columns = columns
        var next: UInt16 = 0
        numbers = columns.map { column in
            guard column.kind != nil, next < .max else { return nil }
            defer { next += 1 }
            return next
        }
        tellsType = type == nil
        self.hasHeights = hasHeights
    }

    /// Replaces bytes by the table of the one feature of a batch, its size before it.
    ///
    /// - Throws: `Failure` with `.software` for a geometry that is no WKB.
    func encode(_ batch: FeatureBatch, into bytes: inout [UInt8]) throws(Failure) {
        bytes.removeAll(keepingCapacity: true)
        // The size, an offset to the table, its list of members, the table: two offsets.
        let table = Self.tableStart
        bytes.append(contentsOf: repeatElement(0, count: table + 12))
        bytes.set(UInt32(table - 4), at: 4)
        bytes.set(UInt16(8), at: table - 8)
        bytes.set(UInt16(12), at: table - 6)
        bytes.set(Int32(8), at: table)
        for record in batch.records {
            let geometry = bytes.count
            let isWritten = try batch.bytes.withUnsafeBytes { all in
                Result { () throws(Failure) in
                    guard !record.geometry.isEmpty else { return false }
                    var source = WKBSource(bytes: UnsafeRawBufferPointer(rebasing: all[record.geometry]))
                    return try append(&source, tellsType: tellsType, at: table + 4, to: &bytes)
                }
            }.get()
            // Readers take no geometry without positions.
            if isWritten { bytes.set(UInt16(4), at: table - 4) } else { bytes.removeLast(bytes.count - geometry) }
            let properties = bytes.count
            let vector = bytes.beginVector(alignment: 4)
            let start = bytes.count
            appendProperties(of: record, in: batch, to: &bytes)
            if bytes.count > start {
                bytes.set(UInt16(8), at: table - 2)
                bytes.link(from: table + 8, to: vector)
                bytes.set(UInt32(truncatingIfNeeded: bytes.count - start), at: vector)
            } else {
                bytes.removeLast(bytes.count - properties)
            }
        }
        bytes.set(UInt32(truncatingIfNeeded: bytes.count - 4), at: 0)
    }

    /// Where the table of a feature begins: behind eight bytes and the list of its two members.
    private static let tableStart = 16

    // MARK: - Properties

    private func appendProperties(
        of record: FeatureBatch.Record, in batch: FeatureBatch, to bytes: inout [UInt8]
    ) {
        for index in record.fields {
            let field = batch.fields[index]
            guard field.value != .null, let kind = columns[field.key].kind, let number = numbers[field.key] else {
                continue
            }
            bytes.append(littleEndian: number)
            switch (kind, field.value) {
            case (.boolean, .boolean(let value)): bytes.append(value ? 1 : 0)
            case (.integer, .integer(let value)): bytes.append(littleEndian: value)
            case (.real, .real(let value)): bytes.append(littleEndian: value.bitPattern)
            case (.real, .integer(let value)): bytes.append(littleEndian: Double(value).bitPattern)
            default:
                let text = field.value.textBytes(in: batch)
                bytes.append(littleEndian: UInt32(truncatingIfNeeded: text.count))
                bytes.append(contentsOf: text)
            }
        }
    }

    // MARK: - Geometry

    /// Appends the table of a geometry.
    ///
    /// - Parameters:
    ///   - source: stands before it.
    ///   - tellsType: whether the table tells its type.
    ///   - place: of the offset that leads to the table.
    ///   - bytes: take it.
    /// - Returns: whether it has any position; what was appended is of no use otherwise.
    /// - Throws: `Failure` with `.software` for what is no WKB.
    private func append(
        _ source: inout WKBSource, tellsType: Bool, at place: Int, to bytes: inout [UInt8]
    ) throws(Failure) -> Bool {
        guard let header = source.header(), let type = GeometryType(rawValue: header.type) else { throw Self.damage }
        let table = bytes.beginGeometryTable()
        bytes.link(from: place, to: table)
        if tellsType { bytes.set(member: .type, of: table, UInt8(truncatingIfNeeded: type.rawValue)) }
        var runs = PositionRuns(stride: header.stride, hasHeights: header.hasZ)
        switch type {
        case .point:
            guard source.offset + header.stride <= source.bytes.count else { throw Self.damage }
            runs.addPoint(&source)
        case .lineString: try Self.addRun(&source, to: &runs)
        case .polygon: try Self.addRuns(&source, to: &runs)
        case .multiPoint, .multiLineString:
            guard let count = source.count(atLeast: 5) else { throw Self.damage }
            for _ in 0..<count { try Self.addMember(&source, to: &runs) }
        case .multiPolygon, .collection:
            return try appendParts(of: type, &source, table, to: &bytes)
        }
        guard runs.count > 0 else { return false }
        bytes.append(runs, of: source.bytes, withHeights: hasHeights, table)
        return true
    }

    /// Appends the tables of members, those without positions left out.
    private func appendParts(
        of type: GeometryType, _ source: inout WKBSource, _ table: Int, to bytes: inout [UInt8]
    ) throws(Failure) -> Bool {
        guard let count = source.count(atLeast: 5) else { throw Self.damage }
        let vector = bytes.beginVector(alignment: 4)
        bytes.link(member: .parts, of: table, to: vector)
        let first = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: 4 * count))
        var written = 0
        for _ in 0..<count {
            let start = bytes.count
            if try append(&source, tellsType: true, at: first + 4 * written, to: &bytes) {
                written += 1
            } else {
                bytes.removeLast(bytes.count - start)
            }
        }
        bytes.set(UInt32(truncatingIfNeeded: written), at: vector)
        return written > 0
    }

    private static func addMember(_ source: inout WKBSource, to runs: inout PositionRuns) throws(Failure) {
        guard let header = source.header(), header.stride == runs.stride else { throw damage }
        if header.type == GeometryType.point.rawValue {
            guard source.offset + header.stride <= source.bytes.count else { throw damage }
            runs.addPoint(&source)
        } else {
            try addRun(&source, to: &runs)
        }
    }

    private static func addRuns(_ source: inout WKBSource, to runs: inout PositionRuns) throws(Failure) {
        guard let count = source.count(atLeast: 4) else { throw damage }
        for _ in 0..<count { try addRun(&source, to: &runs) }
    }

    private static func addRun(_ source: inout WKBSource, to runs: inout PositionRuns) throws(Failure) {
        guard let count = source.count(atLeast: runs.stride) else { throw damage }
        runs.addLine(&source, count)
    }

    private static var damage: Failure { Failure(.software, .damagedGeometry) }
}

/// Where in WKB the positions of a geometry stand.
private struct PositionRuns {
    let stride: Int
    let hasHeights: Bool
    /// All positions.
    private(set) var count = 0
    /// The runs in bytes.
    private(set) var ranges: [Range<Int>] = []
    /// Whether there are lines, whose ends have to be told.
    private(set) var areLines = false

    init(stride: Int, hasHeights: Bool) { (self.stride, self.hasHeights) = (stride, hasHeights) }

    /// A point without coordinates has none.
    mutating func addPoint(_ source: inout WKBSource) {
        defer { source.offset += stride }
        guard !source.double(0).isNaN else { return }
        ranges.append(source.offset..<source.offset + stride)
        count += 1
    }

    mutating func addLine(_ source: inout WKBSource, _ positions: Int) {
        areLines = true
        defer { source.offset += positions * stride }
        guard positions > 0 else { return }
        ranges.append(source.offset..<source.offset + positions * stride)
        count += positions
    }
}

/// Members of the table of a geometry, by their number in the schema, and
/// where each stands in a table that has room for all.
private enum GeometryMember: Int {
    case ends = 0
    case positions = 1
    case heights = 2
    case type = 6
    case parts = 7

    static let count = 8
    static let listSize = 4 + 2 * count
    static let tableSize = 24

    var offset: Int {
        switch self {
        case .ends: 4
        case .positions: 8
        case .heights: 12
        case .parts: 16
        case .type: 20
        }
    }
}

extension [UInt8] {
    fileprivate mutating func set(_ value: some FixedWidthInteger, at place: Int) {
        withUnsafeMutableBytes { $0.storeBytes(of: value.littleEndian, toByteOffset: place, as: type(of: value)) }
    }

    fileprivate mutating func link(from place: Int, to target: Int) {
        set(UInt32(truncatingIfNeeded: target - place), at: place)
    }

    /// Appends a count, still zero, so that the elements behind it are aligned.
    ///
    /// - Returns: where it stands.
    fileprivate mutating func beginVector(alignment: Int) -> Int {
        while (count + 4) % alignment != 0 { append(0) }
        append(littleEndian: UInt32(0))
        return count - 4
    }

    /// Appends the table of a geometry, its members still absent.
    ///
    /// - Returns: where it begins.
    fileprivate mutating func beginGeometryTable() -> Int {
        while count % 4 != 0 { append(0) }
        let list = count
        let table = list + GeometryMember.listSize
        append(contentsOf: repeatElement(0, count: GeometryMember.listSize + GeometryMember.tableSize))
        set(UInt16(GeometryMember.listSize), at: list)
        set(UInt16(GeometryMember.tableSize), at: list + 2)
        set(Int32(GeometryMember.listSize), at: table)
        return table
    }

    private mutating func announce(_ member: GeometryMember, of table: Int) {
        set(UInt16(member.offset), at: table - GeometryMember.listSize + 4 + 2 * member.rawValue)
    }

    fileprivate mutating func set(member: GeometryMember, of table: Int, _ value: UInt8) {
        announce(member, of: table)
        self[table + member.offset] = value
    }

    fileprivate mutating func link(member: GeometryMember, of table: Int, to target: Int) {
        announce(member, of: table)
        link(from: table + member.offset, to: target)
    }

    /// Appends positions and, where the file has them, heights; of several lines their ends.
    fileprivate mutating func append(
        _ runs: PositionRuns, of wkb: UnsafeRawBufferPointer, withHeights: Bool, _ table: Int
    ) {
        let positions = beginVector(alignment: 8)
        link(member: .positions, of: table, to: positions)
        set(UInt32(truncatingIfNeeded: 2 * runs.count), at: positions)
        for range in runs.ranges {
            if runs.stride == 16 {
                append(contentsOf: wkb[range])
            } else {
                for start in stride(from: range.lowerBound, to: range.upperBound, by: runs.stride) {
                    append(contentsOf: wkb[start..<start + 16])
                }
            }
        }
        if withHeights {
            let heights = beginVector(alignment: 8)
            link(member: .heights, of: table, to: heights)
            set(UInt32(truncatingIfNeeded: runs.count), at: heights)
            for range in runs.ranges {
                for start in stride(from: range.lowerBound, to: range.upperBound, by: runs.stride) {
                    let height = runs.hasHeights ? wkb.double(at: start + 16) : 0
                    append(littleEndian: (height.isNaN ? 0 : height).bitPattern)
                }
            }
        }
        guard runs.areLines, runs.ranges.count > 1 else { return }
        let ends = beginVector(alignment: 4)
        link(member: .ends, of: table, to: ends)
        set(UInt32(truncatingIfNeeded: runs.ranges.count), at: ends)
        var end = 0
        for range in runs.ranges {
            end += range.count / runs.stride
            append(littleEndian: UInt32(truncatingIfNeeded: end))
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func double(at place: Int) -> Double {
        Double(bitPattern: UInt64(littleEndian: loadUnaligned(fromByteOffset: place, as: UInt64.self)))
    }
}
