import Foundation
import Spatial
import TestSupport

/// The shapes of the real data that these tests read, without a reader of
/// their own module: polygons and points of plain JSON.
enum SharedShapes {
    /// The polygons of a file of GeoJSON features by the value of a property.
    static func polygons(_ path: String, by key: String) throws -> [(name: String, geometry: Geometry)] {
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: SharedData.file(path)))
        let features = json as? [[String: Any]] ?? (json as? [String: Any])?["features"] as? [[String: Any]] ?? []
        return features.compactMap { feature in
            let properties = feature["properties"] as? [String: Any]
            guard let name = properties?[key] as? String, let geometry = feature["geometry"] as? [String: Any] else {
                return nil
            }
            if let rings = geometry["coordinates"] as? [[[Double]]] { return (name, .polygon(polygon(rings))) }
            let parts = geometry["coordinates"] as? [[[[Double]]]] ?? []
            return (name, .multiPolygon(parts.map(polygon)))
        }
    }

    /// The positions of an array of objects with lon and lat.
    static func points(_ path: String) throws -> [LonLat] {
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: SharedData.file(path)))
        return (json as? [[String: Any]] ?? []).compactMap { object in
            guard let lon = (object["lon"] as? NSNumber)?.doubleValue ?? Double(object["lon"] as? String ?? ""),
                let lat = (object["lat"] as? NSNumber)?.doubleValue ?? Double(object["lat"] as? String ?? "")
            else { return nil }
            return LonLat(lon, lat)
        }
    }

    private static func polygon(_ rings: [[[Double]]]) -> Polygon {
        let lines = rings.map { LineString($0.map { LonLat($0[0], $0[1]) }) }
        return Polygon(lines.first ?? LineString([]), holes: Array(lines.dropFirst()))
    }
}
