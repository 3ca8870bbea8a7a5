import Exchange
import Messages
import Spatial
import TestSupport

/// Everything a reader gave, by layer.
struct OSMCollection {
    private(set) var features: [String: [Feature]] = [:]
    private(set) var rejections: [String: [Rejection]] = [:]
    private(set) var incomplete: [String: Int] = [:]

    /// Reads a file to its end.
    init(path: String) throws {
        let reader = try OSMReader(path: path)
        while let batch = try reader.next() {
            let layer = batch.layer ?? ""
            for index in batch.records.indices {
                features[layer, default: []].append(try batch.feature(at: index))
            }
            rejections[layer, default: []] += batch.rejections
        }
        incomplete = reader.incomplete
    }

    /// Reads OSM XML between `<osm>` and `</osm>`.
    init(xml: String) throws {
        let file = try TemporaryFile("<?xml version='1.0'?>\n<osm version=\"0.6\">\n\(xml)\n</osm>\n", ending: ".osm")
        self = try withExtendedLifetime(file) { try OSMCollection(path: file.path) }
    }

    /// The features of a layer.
    func layer(_ name: String) -> [Feature] { features[name] ?? [] }

    /// The feature of a layer with that reference.
    func feature(_ layer: String, _ reference: String) -> Feature? {
        self.layer(layer).first { $0.id == .text(reference) }
    }

    /// How many features a layer has.
    func count(_ layer: String) -> Int { features[layer]?.count ?? 0 }
}
