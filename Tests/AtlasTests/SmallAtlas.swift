import Atlas
import Foundation
import Store
import TestSupport

/// An atlas of a few records, removed with the value.
final class SmallAtlas {
    let atlas: Atlas
    private let path: String
    private static let endings = ["", "-wal", "-shm"]

    /// Imports features, written as GeoJSON, into a layer.
    convenience init(_ layer: Layer, features: [String]) throws {
        let text = "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ",\n"))]}"
        let source = try TemporaryFile(text, ending: ".geojson")
        try self.init(layer, file: source.path)
    }

    /// Imports a file; into the layers that it says where none is named.
    init(_ layer: Layer?, file: String) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString).gpkg").path
        var options = ImportOptions()
        options.layer = layer
        _ = try importFiles([file], into: path, options: options)
        atlas = try Atlas(path: path)
    }

    deinit { for ending in Self.endings { try? FileManager.default.removeItem(atPath: path + ending) } }

    static func feature(_ id: String, _ properties: String, _ geometry: String) -> String {
        "{\"type\":\"Feature\",\"id\":\"\(id)\",\"properties\":{\(properties)},\"geometry\":\(geometry)}"
    }

    static func point(_ longitude: Double, _ latitude: Double) -> String {
        "{\"type\":\"Point\",\"coordinates\":[\(longitude),\(latitude)]}"
    }
}
