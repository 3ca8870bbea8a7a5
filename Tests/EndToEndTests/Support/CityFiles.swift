import Foundation
import TestSupport

/// The committed city as its files tell it, read apart from the program.
enum CityFiles {
    /// A record with its outlines.
    struct Area {
        let id: String
        let properties: JSON
        /// Of every polygon its rings.
        let polygons: [[[Geodesic.Position]]]
    }

    /// The features of a file; points count as an outline of one position.
    static func polygons(_ name: String) throws -> [Area] {
        let bytes = try Data(contentsOf: Repository.city.appending(path: name))
        return features(bytes, isSequence: name.hasSuffix("l")).compactMap(area)
    }

    /// The features of GeoJSON text.
    static func features(_ bytes: Data, isSequence: Bool) -> [JSON] {
        guard isSequence else { return JSON(bytes)?["features"].array ?? [] }
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { JSON(Data($0)) }
    }

    /// A feature as an area.
    static func area(_ feature: JSON) -> Area? {
        let coordinates = feature["geometry"]["coordinates"]
        let polygons: [[[Geodesic.Position]]]
        switch feature["geometry"]["type"].text {
        case "Polygon": polygons = [coordinates.array.map(positions)]
        case "MultiPolygon": polygons = coordinates.array.map { $0.array.map(positions) }
        case "Point": polygons = [[positions(.array([coordinates, coordinates]))]]
        default: return nil
        }
        return Area(id: feature["id"].text ?? "", properties: feature["properties"], polygons: polygons)
    }

    private static func positions(_ ring: JSON) -> [Geodesic.Position] {
        ring.array.map { ($0[0].number ?? .nan, $0[1].number ?? .nan) }
    }
}

extension SeededGenerator {
    /// A number between two, to seven decimals.
    mutating func within(_ low: Double, _ high: Double) -> Double {
        (Double.random(in: low...high, using: &self) * 1e7).rounded() / 1e7
    }
}
