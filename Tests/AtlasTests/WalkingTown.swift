import Atlas
import Foundation
import Spatial
import Store
import TestSupport

/// A random small town in a file of its own: a grid of streets with some of
/// them missing, houses along them, stations, two rows of boundaries.
final class WalkingTown {
    let path: String
    let atlas: Atlas
    /// How many houses there are.
    static let houseCount = 150
    private static let step = 0.0008
    private static let side = 12
    private static let endings = ["", "-wal", "-shm", "-journal"]

    init(seed: UInt64) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString).gpkg").path
        var random = SeededGenerator(seed: seed)
        try Self.add(.street, Self.streets(&random), to: path)
        try Self.add(.boundary, Self.boundaries(&random), to: path)
        try Self.add(.building, Self.houses(&random), to: path)
        try Self.add(.station, Self.stations(&random), to: path)
        atlas = try Atlas(path: path)
    }

    deinit { for ending in Self.endings { try? FileManager.default.removeItem(atPath: path + ending) } }

    /// Adds features to a layer of a file.
    static func add(_ layer: Layer, _ features: [String], to path: String) throws {
        let text = "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ",\n"))]}"
        let source = try TemporaryFile(text, ending: ".geojson")
        var options = ImportOptions()
        options.layer = layer
        _ = try importFiles([source.path], into: path, options: options)
    }

    /// A position of the town.
    static func position(_ random: inout SeededGenerator) -> LonLat {
        let width = step * Double(side - 1)
        return LonLat(
            Double.random(in: 0...width, using: &random), Double.random(in: 0...width, using: &random))
    }

    /// A question about the doctors of the town.
    static func query(minutes: Double = 6, per level: BoundaryLevel = .subdistrict) -> CoverageQuery {
        var query = CoverageQuery(minutes: minutes, per: level)
        query.stations.kind = "doctor"
        return query
    }

    private static func streets(_ random: inout SeededGenerator) -> [String] {
        var streets: [String] = []
        for row in 0..<side {
            for column in 0..<side {
                let (x, y) = (Double(column) * step, Double(row) * step)
                for (isThere, end) in [(column + 1 < side, (x + step, y)), (row + 1 < side, (x, y + step))]
                where isThere && Int.random(in: 0..<4, using: &random) > 0 {
                    let kind = Int.random(in: 0..<8, using: &random) == 0 ? "steps" : "residential"
                    let incline = kind == "steps" ? ",\"incline\":\"up\"" : ""
                    streets.append(
                        SmallAtlas.feature(
                            "S\(streets.count)", "\"class\":\"\(kind)\"\(incline)",
                            "{\"type\":\"LineString\",\"coordinates\":[[\(x),\(y)],[\(end.0),\(end.1)]]}"))
                }
            }
        }
        return streets
    }

    private static func houses(_ random: inout SeededGenerator) -> [String] {
        (0..<houseCount).map { index in
            let at = position(&random)
            let area = Double(Int.random(in: 0...30_000, using: &random)) / 10
            let use = Int.random(in: 0..<3, using: &random) == 0 ? "办公" : "住宅"
            let storeys = Int.random(in: 1...30, using: &random)
            return SmallAtlas.feature(
                "H\(index)", "\"floor_area_m2\":\(area),\"use\":\"\(use)\",\"storeys\":\(storeys)",
                SmallAtlas.point(at.longitude, at.latitude))
        }
    }

    private static func stations(_ random: inout SeededGenerator) -> [String] {
        (0..<12).map { index in
            let at = position(&random)
            return SmallAtlas.feature(
                "P\(index)", "\"name\":\"\(index)号\",\"kind\":\"\(index < 9 ? "doctor" : "school")\"",
                SmallAtlas.point(at.longitude, at.latitude))
        }
    }

    /// Two subdistricts side by side, of two communities each, with people.
    private static func boundaries(_ random: inout SeededGenerator) -> [String] {
        let (edge, middle, end) = (-0.001, step * 5.3, step * 12)
        func area(_ ref: String, _ west: Double, _ south: Double, _ east: Double, _ north: Double, _ more: String)
            -> String
        {
            let ring =
                "[[\(west),\(south)],[\(east),\(south)],[\(east),\(north)],[\(west),\(north)],[\(west),\(south)]]"
            return SmallAtlas.feature(
                ref, "\"name\":\"\(ref)\",\(more)", "{\"type\":\"Polygon\",\"coordinates\":[\(ring)]}")
        }
        func people() -> Int { Int.random(in: 1...5000, using: &random) }
        return [
            area("A", edge, edge, middle, end, "\"level\":\"subdistrict\""),
            area("B", middle, edge, end, end, "\"level\":\"subdistrict\""),
            area(
                "A1", edge, edge, middle, middle,
                "\"level\":\"community\",\"parent_ref\":\"A\",\"population\":\(people())"),
            area(
                "A2", edge, middle, middle, end,
                "\"level\":\"community\",\"parent_ref\":\"A\",\"population\":\(people())"),
            area(
                "B1", middle, edge, end, middle,
                "\"level\":\"community\",\"parent_ref\":\"B\",\"population\":\(people())"),
            area(
                "B2", middle, middle, end, end,
                "\"level\":\"community\",\"parent_ref\":\"B\",\"population\":\(people())"),
        ]
    }
}
