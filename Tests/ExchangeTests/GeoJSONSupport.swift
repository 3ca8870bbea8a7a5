import Exchange
import Foundation
import Messages
import Spatial

/// Everything a reader gave.
struct ReadResult {
    var features: [Feature] = []
    var positions: [SourcePosition] = []
    var rejections: [Rejection] = []
    var crs: CoordinateReferenceSystem?
}

/// A file that is gone when the value is.
final class TemporaryFile {
    let path = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString).geojson").path

    init() {}

    init(_ bytes: some Collection<UInt8>) throws { try Data(bytes).write(to: URL(filePath: path)) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func text() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
}

func readAll(_ reader: any FeatureReader) throws -> ReadResult {
    var result = ReadResult()
    while let batch = try reader.next() {
        for index in batch.records.indices {
            result.features.append(try batch.feature(at: index))
            result.positions.append(batch.records[index].position)
        }
        result.rejections += batch.rejections
    }
    result.crs = reader.declaredCRS
    return result
}

func readGeoJSON(_ text: String, options: GeoJSONReader.Options = .init()) throws -> ReadResult {
    try readGeoJSON(bytes: Array(text.utf8), options: options)
}

func readGeoJSON(bytes: [UInt8], options: GeoJSONReader.Options = .init()) throws -> ReadResult {
    let file = try TemporaryFile(bytes)
    return try readAll(GeoJSONReader(try ByteInput(path: file.path), options: options))
}

func written(_ batch: FeatureBatch, as sequence: Bool = false, options: GeoJSONOptions = .init()) throws -> String {
    let file = TemporaryFile()
    let output = try ByteOutput(path: file.path)
    let writer: any FeatureWriter =
        sequence ? GeoJSONSeqWriter(output, options: options) : GeoJSONWriter(output, options: options)
    try writer.write(batch)
    try writer.finish()
    try output.commit()
    return try file.text()
}

func batch(of geometries: [Geometry]) -> FeatureBatch {
    var batch = FeatureBatch()
    for (index, geometry) in geometries.enumerated() {
        batch.append(Feature(geometry: geometry), position: .record(index + 1))
    }
    return batch
}

func ring(_ coordinates: [(Double, Double)]) -> LineString { LineString(coordinates.map { LonLat($0.0, $0.1) }) }
