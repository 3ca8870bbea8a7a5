public import Foundation
public import Spatial

/// Features of a GeoJSON file of the shared data, read with Foundation's
/// parser: an oracle that shares nothing with the readers of the project.
public enum JSONFeatures {
    /// The properties and the geometry of each feature.
    public static func read(_ file: URL) throws -> [(properties: [String: Any], geometry: Geometry)] {
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        let features = (json as? [String: Any])?["features"] ?? json
        return try require(features as? [[String: Any]]).map(feature)
    }

    /// The geometries of gzipped GeoJSON lines.
    public static func geometries(ofGzippedLines file: URL) throws -> [Geometry] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try require(try pipe.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        return try data.split(separator: UInt8(ascii: "\n")).map { line in
            let json = try JSONSerialization.jsonObject(with: Data(line))
            return try feature(require(json as? [String: Any])).geometry
        }
    }

    private static func feature(_ json: [String: Any]) throws -> (properties: [String: Any], geometry: Geometry) {
        let geometry = try require(json["geometry"] as? [String: Any])
        return (json["properties"] as? [String: Any] ?? [:], try Self.geometry(geometry))
    }

    private static func geometry(_ json: [String: Any]) throws -> Geometry {
        let coordinates = try require(json["coordinates"] as? [Any])
        switch json["type"] as? String {
        case "LineString": return .lineString(try chain(coordinates))
        case "MultiLineString": return .multiLineString(try coordinates.map(chain))
        case "Polygon": return .polygon(try polygon(coordinates))
        case "MultiPolygon": return .multiPolygon(try coordinates.map(polygon))
        default: throw CocoaError(.fileReadCorruptFile)
        }
    }

    private static func polygon(_ json: Any) throws -> Polygon {
        let rings = try require(json as? [Any]).map(chain)
        return Polygon(try require(rings.first), holes: Array(rings.dropFirst()))
    }

    private static func chain(_ json: Any) throws -> LineString {
        LineString(try require(json as? [[Double]]).map { LonLat($0[0], $0[1]) })
    }

    /// The value, or the error that says that the file is not as expected.
    private static func require<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw CocoaError(.fileReadCorruptFile) }
        return value
    }
}
