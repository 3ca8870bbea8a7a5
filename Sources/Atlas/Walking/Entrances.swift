import Foundation
import Spatial

/// Reads the member `entrances` of a building: a JSON array of objects with
/// `lon` and `lat`, main entrances first where a `kind` says so.
enum Entrances {
    private struct Entrance: Decodable {
        let lon: Double
        let lat: Double
        let kind: String?
    }

    /// The main entrances where there are any, else all that people may use;
    /// empty where the text holds none.
    static func positions(in json: String) -> [LonLat] {
        guard let all = try? JSONDecoder().decode([Entrance].self, from: Data(json.utf8)) else { return [] }
        let open = all.filter { abs($0.lon) <= 180 && abs($0.lat) <= 90 && !closed.contains($0.kind ?? "") }
        let main = open.filter { $0.kind == "main" }
        return (main.isEmpty ? open : main).map { LonLat($0.lon, $0.lat) }
    }

    private static let closed: Set = ["no", "emergency", "exit", "service", "garage"]
}
