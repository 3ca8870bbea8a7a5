import Atlas
import Foundation
import Reach
import Spatial
import Store

/// Polygons of what is on foot within the limit of places, away from them.
struct Areas {
    private static let measuredRounds = 5

    private let graph: StreetGraph
    private let network: WalkingNetwork
    private let arcs: Arcs
    private let index: StreetIndex
    private let raster: StreetRaster

    init(_ atlas: Atlas) throws {
        graph = try atlas.streetGraph()
        network = graph.network(paceMetersPerMinute: Walker.paceMetersPerMinute)
        arcs = network.arcs(.away)
        index = StreetIndex(graph.shapes)
        let water = try atlas.file.features(FeatureQuery(.water)).compactMap(\.geometry)
        raster = StreetRaster(graph.shapes, water: water)
    }

    /// Asks for every place's polygon once and then, as Valhalla is asked, five
    /// times more, and times those rounds from the position on: one hiccup of
    /// the machine among 200 polygons would be the 99th percentile. Writes `polygons.geojson`,
    /// `nodes.csv` and `ticks.csv`.
    func measure(_ places: [LonLat], _ folder: GraphFolder, _ figures: inout Figures) throws {
        let search = NetworkSearch(arcs)
        let tracer = AreaTracer(raster, network, arcs)
        let firstTimes = try places.map { place in try timed { try draw(place, search, tracer) }.milliseconds }
        let times = try (0..<Self.measuredRounds).flatMap { _ in
            try places.map { place in try timed { try draw(place, search, tracer) }.milliseconds }
        }
        figures.add(Spread(times), as: "polygon")
        figures.add(Spread(firstTimes), as: "firstPolygon")
        figures.add("peakBytes", Memory.peakBytes)

        var (features, ticks) = ([String](), [String]())
        for (number, place) in places.enumerated() {
            features.append(Self.feature(try draw(place, search, tracer), place: number))
            ticks += search.reachedNodes.map { "\(number),\($0),\(search.ticks(of: Int($0)) ?? 0)" }
        }
        try folder.write(graph)
        try folder.write("ticks", "place,node,ticks", ticks)
        let collection = "{\"type\":\"FeatureCollection\",\"features\":[\n\(features.joined(separator: ",\n"))\n]}\n"
        try collection.write(toFile: "\(folder.path)/polygons.geojson", atomically: true, encoding: .utf8)
    }

    private func draw(_ place: LonLat, _ search: NetworkSearch, _ tracer: AreaTracer) throws -> WalkingArea {
        guard let foothold = index.foothold(near: place, limitMeters: 200) else {
            throw Refusal("no street is near \(place.longitude),\(place.latitude)")
        }
        search.run(network.seeds(of: [foothold], .away), limitTicks: Walker.limitTicks)
        return tracer.area(of: foothold, search, limitTicks: Walker.limitTicks)
    }

    private static func feature(_ area: WalkingArea, place: Int) -> String {
        let polygons = area.polygons.map { polygon in
            let rings = polygon.rings.map { ring in
                "["
                    + ring.positions.map { String(format: "[%.7f,%.7f]", $0.longitude, $0.latitude) }.joined(
                        separator: ",") + "]"
            }
            return "[" + rings.joined(separator: ",") + "]"
        }
        return "{\"type\":\"Feature\",\"properties\":{\"place\":\(place)},"
            + "\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[\(polygons.joined(separator: ","))]}}"
    }
}
