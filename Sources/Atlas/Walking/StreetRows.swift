import Messages
import Reach
import Spatial

/// Reads the rows of the street layer as what people may walk along or across.
struct StreetRows {
    private(set) var streets: [Street] = []
    private(set) var squares: [Square] = []
    private(set) var lifts: [Lift] = []

    /// Reads a batch; a row of several lines gives several streets.
    init(_ batch: FeatureBatch) {
        let isAsked = batch.keys.map(WalkingAccess.keys.contains)
        for record in batch.records {
            var row = Row()
            for field in batch.fields[record.fields] {
                switch (batch.keys[field.key], batch.attribute(field.value)) {
                case ("node_ids", .json(let text)), ("ring_node_ids", .json(let text)):
                    row.nodeIDs = Self.numbers(in: text)
                case (let key, let value) where isAsked[field.key]: row.tags[key] = Self.text(value)
                default: break
                }
            }
            if case .record(let number) = record.position { row.fid = Int64(number) }
            let geometry = batch.bytes.withUnsafeBytes { bytes in
                try? Geometry(wkb: UnsafeRawBufferPointer(rebasing: bytes[record.geometry]))
            }
            if let geometry { take(row, geometry) }
        }
    }

    /// What a row says beside its geometry.
    private struct Row {
        var tags: [String: String] = [:]
        /// The numbers of the nodes, an array a line or ring.
        var nodeIDs: [[Int64]] = []
        var fid: Int64 = 0
    }

    private mutating func take(_ row: Row, _ geometry: Geometry) {
        let tags = row.tags
        let access = WalkingAccess { tags[$0] }
        let parts = Parts(geometry)
        // Numbers that do not fit the corners, after a cut or a repair, are none.
        let fits = row.nodeIDs.map(\.count) == parts.lines.map(\.positions.count)
        func nodeIDs(_ line: Int) -> [Int64] { fits ? row.nodeIDs[line] : [] }
        let isLift = tags["class"] == "elevator"
        if isLift && (parts.isPoint || !parts.areas.isEmpty || parts.isClosed) {
            lifts.append(
                Lift(
                    parts.lines.flatMap(\.positions), nodeIDs: fits ? row.nodeIDs.flatMap { $0 } : [],
                    isOpen: access != nil, fid: row.fid))
            return
        }
        guard let access, !parts.isPoint else { return }
        let lines = parts.lines.enumerated().map { index, line in
            Street(
                line.positions, heightsMeters: line.heightsMeters, nodeIDs: nodeIDs(index), kind: access.kind,
                isForward: access.isForward, isBackward: access.isBackward, isStraight: access.isStraight,
                levels: access.levels, fid: row.fid)
        }
        if parts.areas.isEmpty && !(access.isArea && parts.isClosed) {
            streets += lines
        } else {
            let areas = parts.areas.isEmpty ? lines.indices.map { $0..<$0 + 1 } : parts.areas
            squares += areas.map { Square(rings: Array(lines[$0])) }
        }
    }

    private static func text(_ value: Attribute) -> String? {
        switch value {
        case .text(let text), .json(let text): text
        case .integer(let number): String(number)
        case .boolean(let value): value ? "yes" : "no"
        case .real(let number): Int64(exactly: number).map(String.init) ?? String(number)
        case .null: nil
        }
    }

    /// The whole numbers of a flat JSON array as one array, of an array of
    /// flat arrays as several; empty where it holds anything else.
    private static func numbers(in json: String) -> [[Int64]] {
        var arrays: [[Int64]] = []
        for part in json.utf8.split(separator: UInt8(ascii: "]")) {
            guard let start = part.lastIndex(of: UInt8(ascii: "[")) else { continue }
            var numbers: [Int64] = []
            for text in part[part.index(after: start)...].split(separator: UInt8(ascii: ",")) {
                guard let number = Int64(Substring(text).trimmed) else { return [] }
                numbers.append(number)
            }
            arrays.append(numbers)
        }
        return arrays
    }
}

/// The lines of a geometry, and which of them are the rings of one area.
private struct Parts {
    private(set) var lines: [LineString] = []
    private(set) var areas: [Range<Int>] = []
    private(set) var isPoint = false

    init(_ geometry: Geometry) { take(geometry) }

    /// Whether all lines end where they begin.
    var isClosed: Bool {
        lines.allSatisfy { $0.positions.count >= 4 && $0.positions.first == $0.positions.last }
    }

    private mutating func take(_ geometry: Geometry) {
        switch geometry {
        case .point(let point): take([point])
        case .multiPoint(let points): take(points)
        case .lineString(let line): lines.append(line)
        case .multiLineString(let members): lines += members
        case .polygon(let polygon): take(polygon)
        case .multiPolygon(let polygons): for polygon in polygons { take(polygon) }
        case .collection(let members): for member in members { take(member) }
        }
    }

    private mutating func take(_ points: [Point]) {
        isPoint = true
        lines.append(LineString(points.compactMap(\.position)))
    }

    private mutating func take(_ polygon: Polygon) {
        areas.append(lines.count..<lines.count + polygon.rings.count)
        lines += polygon.rings
    }
}
