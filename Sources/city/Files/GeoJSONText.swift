import Exchange
import Spatial

/// Writes features as GeoJSON text.
final class GeoJSONText: FeatureWriter {
    private let output: ByteOutput
    private let isSequence: Bool
    private var isFirst = true

    init(output: ByteOutput, isSequence: Bool) {
        self.output = output
        self.isSequence = isSequence
    }

    func write(_ batch: FeatureBatch) throws {
        for index in batch.records.indices {
            if !isSequence { try output.write(isFirst ? "{\"type\":\"FeatureCollection\",\"features\":[\n" : ",\n") }
            isFirst = false
            try output.write(Self.text(batch.feature(at: index)))
            if isSequence { try output.write("\n") }
        }
    }

    func finish() throws {
        if !isSequence { try output.write("\n]}\n") }
        try output.commit()
    }

    private static func text(_ feature: Feature) -> String {
        var text = "{\"type\":\"Feature\",\"id\":\(value(feature.id)),\"geometry\":"
        text += feature.geometry.map(geometry) ?? "null"
        text += ",\"properties\":{"
        text += feature.attributes.map { "\(JSONText.quoted($0.key)):\(value($0.value))" }.joined(separator: ",")
        return text + "}}"
    }

    private static func value(_ attribute: Attribute) -> String {
        switch attribute {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .real(let value): "\(value)"
        case .text(let value): JSONText.quoted(value)
        case .json(let value): value
        }
    }

    private static func geometry(_ geometry: Geometry) -> String {
        switch geometry {
        case .point(let point): object("Point", point.position.map { position($0, point.heightMeters) } ?? "[]")
        case .lineString(let line): object("LineString", chain(line))
        case .polygon(let polygon): object("Polygon", rings(polygon))
        case .multiPolygon(let polygons): object("MultiPolygon", list(polygons.map(rings)))
        case .multiPoint, .multiLineString, .collection: "null"
        }
    }

    private static func object(_ type: String, _ coordinates: String) -> String {
        "{\"type\":\"\(type)\",\"coordinates\":\(coordinates)}"
    }

    private static func rings(_ polygon: Polygon) -> String { list(polygon.rings.map(chain)) }

    private static func chain(_ line: LineString) -> String {
        list(
            line.positions.indices.map {
                position(line.positions[$0], line.heightsMeters.isEmpty ? nil : line.heightsMeters[$0])
            })
    }

    private static func list(_ parts: [String]) -> String { "[" + parts.joined(separator: ",") + "]" }

    private static func position(_ position: LonLat, _ height: Double?) -> String {
        let height = height.map { ",\($0)" } ?? ""
        return "[\(position.longitude),\(position.latitude)\(height)]"
    }
}
