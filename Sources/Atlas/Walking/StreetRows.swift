import Messages
import Reach
import Spatial

/// Reads the rows of the street layer as lines that people may walk along.
struct StreetRows {
    /// What `WalkingAccess` asks for.
    private static let tagNames: Set = [
        "class", "foot", "access", "oneway:foot", "conveying", "incline", "layer", "bridge", "tunnel", "location",
        "indoor", "sidewalk", "sidewalk:left", "sidewalk:right", "sidewalk:both",
    ]

    /// The streets of a batch; a row of several lines gives several.
    static func streets(in batch: FeatureBatch) -> [Street] {
        var streets: [Street] = []
        for record in batch.records {
            var tags: [String: String] = [:]
            var nodeIDs: [Int64] = []
            for field in batch.fields[record.fields] {
                let key = batch.keys[field.key]
                if key == "node_ids", case .json(let text) = batch.attribute(field.value) {
                    nodeIDs = numbers(in: text)
                } else if tagNames.contains(key) {
                    tags[key] = text(batch.attribute(field.value))
                }
            }
            guard let access = WalkingAccess(tag: { tags[$0] }),
                let geometry = batch.bytes.withUnsafeBytes({ bytes in
                    try? Geometry(wkb: UnsafeRawBufferPointer(rebasing: bytes[record.geometry]))
                })
            else { continue }
            var fid: Int64 = 0
            if case .record(let number) = record.position { fid = Int64(number) }
            let lines = lines(of: geometry)
            for line in lines {
                streets.append(
                    Street(
                        line.positions, heightsMeters: line.heightsMeters,
                        nodeIDs: lines.count == 1 && nodeIDs.count == line.positions.count ? nodeIDs : [],
                        kind: access.kind, isForward: access.isForward, isBackward: access.isBackward,
                        isStraight: access.isStraight, fid: fid))
            }
        }
        return streets
    }

    /// The lines of a street; a square is walked around its edge.
    private static func lines(of geometry: Geometry) -> [LineString] {
        switch geometry {
        case .lineString(let line): [line]
        case .multiLineString(let lines): lines
        case .polygon(let polygon): polygon.rings
        case .multiPolygon(let polygons): polygons.flatMap(\.rings)
        case .collection(let members): members.flatMap(lines)
        case .point, .multiPoint: []
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

    /// The whole numbers of a flat JSON array; empty where it holds anything else.
    private static func numbers(in json: String) -> [Int64] {
        let inner = json.utf8.dropFirst().dropLast()
        var numbers: [Int64] = []
        for part in inner.split(separator: UInt8(ascii: ",")) {
            guard let number = Int64(Substring(part).trimmed) else { return [] }
            numbers.append(number)
        }
        return numbers
    }
}
