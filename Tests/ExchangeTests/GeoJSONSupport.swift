import Exchange
import Foundation
import Messages
import Spatial
import TestSupport

/// Everything a reader gave.
struct ReadResult {
    var features: [Feature] = []
    var positions: [SourcePosition] = []
    var rejections: [Rejection] = []
    var crs: CoordinateReferenceSystem?
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
    let file = try TemporaryFile(bytes, ending: ".geojson")
    return try readAll(GeoJSONReader(try ByteInput(path: file.path), options: options))
}

func written(_ batch: FeatureBatch, as sequence: Bool = false, options: GeoJSONOptions = .init()) throws -> String {
    let file = try TemporaryFile("", ending: ".geojson")
    let output = try ByteOutput(path: file.path, overwrite: true)
    let writer: any FeatureWriter =
        sequence ? GeoJSONSeqWriter(output, options: options) : GeoJSONWriter(output, options: options)
    try writer.write(batch)
    try writer.finish()
    try output.commit()
    return try String(contentsOfFile: file.path, encoding: .utf8)
}

func batch(of geometries: [Geometry]) -> FeatureBatch {
    var batch = FeatureBatch()
    for (index, geometry) in geometries.enumerated() {
        batch.append(Feature(geometry: geometry), position: .record(index + 1))
    }
    return batch
}

func ring(_ coordinates: [(Double, Double)]) -> LineString { LineString(coordinates.map { LonLat($0.0, $0.1) }) }
