import Atlas
import Foundation
import Reach
import Spatial
import Store
import TestSupport
import Testing

/// Networks of street layers.
@Suite struct WalkingNetworkTests {
    /// How many crossings the largest connected part has.
    private func largestPart(_ graph: StreetGraph) -> Int { NetworkParts(graph.costs).nodeCounts.first ?? 0 }

    private func line(_ positions: String) -> String { "{\"type\":\"LineString\",\"coordinates\":[\(positions)]}" }

    /// Seconds of the nearest way between two positions.
    private func seconds(_ graph: StreetGraph, _ from: LonLat, _ to: LonLat) -> Double? {
        func node(_ position: LonLat) -> Int? {
            graph.shapes.nodePositions.firstIndex { Geodesic.distanceMeters($0, position) < 0.1 }
        }
        guard let start = node(from), let end = node(to) else { return nil }
        let search = NetworkSearch(graph.network(paceMetersPerMinute: 60).arcs(.away))
        search.run([SearchSeed(node: UInt32(start), ticks: 0)], limitTicks: 1 << 17)
        return search.ticks(of: end).map(Ticks.seconds)
    }

    @Test(arguments: [
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[0.001,0],[0.001,0.001],[0,0.001],[0,0]]]}",
        "{\"type\":\"LineString\",\"coordinates\":[[0,0],[0.001,0],[0.001,0.001],[0,0.001],[0,0]]}",
    ])
    func squaresAreCrossed(_ square: String) throws {
        let features = [
            SmallAtlas.feature("1", "\"highway\":\"pedestrian\",\"area\":\"yes\"", square),
            SmallAtlas.feature("2", "\"highway\":\"footway\"", line("[0,0],[-0.001,0]")),
            SmallAtlas.feature("3", "\"highway\":\"footway\"", line("[0.001,0.001],[0.002,0.001]")),
        ]
        let graph = try SmallAtlas(.street, features: features).atlas.streetGraph()
        let straight = [(LonLat(-0.001, 0), LonLat(0, 0)), (LonLat(0, 0), LonLat(0.001, 0.001))]
            .reduce(111.32) { $0 + Geodesic.distanceMeters($1.0, $1.1) }
        let found = seconds(graph, LonLat(-0.001, 0), LonLat(0.002, 0.001))
        #expect(found.map { abs($0 - straight) < 0.3 } == true, "\(found ?? -1), not \(straight)")
    }

    @Test func ringsOfRelationsJoinByTheirNodes() throws {
        let square =
            "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[0.001,0],[0.001,0.001],[0,0.001],[0,0]],"
            + "[[0.0004,0.0004],[0.0004,0.0006],[0.0006,0.0006],[0.0006,0.0004],[0.0004,0.0004]]]}"
        func graph(_ lastNode: Int) throws -> StreetGraph {
            let rings = "[[1,2,3,4,1],[5,6,7,8,5]]"
            return try SmallAtlas(
                .street,
                features: [
                    SmallAtlas.feature("1", "\"highway\":\"pedestrian\",\"ring_node_ids\":\(rings)", square),
                    SmallAtlas.feature("2", "\"highway\":\"footway\",\"node_ids\":[1,11]", line("[0,0],[-0.001,0]")),
                    SmallAtlas.feature(
                        "3", "\"highway\":\"footway\",\"node_ids\":[\(lastNode),12]",
                        line("[0.001,0.001],[0.002,0.001]")),
                ]
            ).atlas.streetGraph()
        }
        let (start, end) = (LonLat(-0.001, 0), LonLat(0.002, 0.001))
        let bent = [LonLat(0, 0), LonLat(0.0006, 0.0004), LonLat(0.001, 0.001)]
        let expected = zip(bent, bent.dropFirst()).reduce(2 * 111.32) { $0 + Geodesic.distanceMeters($1.0, $1.1) }
        let found = seconds(try graph(3), start, end)
        #expect(found.map { abs($0 - expected) < 0.3 } == true, "\(found ?? -1), not \(expected)")
        #expect(seconds(try graph(13), start, end) == nil)
    }

    @Test(arguments: ["yes", "private"])
    func liftsJoinLevels(_ access: String) throws {
        let features = [
            SmallAtlas.feature(
                "1", "\"highway\":\"elevator\",\"access\":\"\(access)\",\"node_ids\":[2]", SmallAtlas.point(0.001, 0)),
            SmallAtlas.feature("2", "\"highway\":\"footway\",\"node_ids\":[1,2]", line("[0,0],[0.001,0]")),
            SmallAtlas.feature(
                "3", "\"highway\":\"footway\",\"level\":\"3\",\"node_ids\":[2,3]", line("[0.001,0],[0.002,0]")),
        ]
        let graph = try SmallAtlas(.street, features: features).atlas.streetGraph()
        let found = seconds(graph, LonLat(0, 0), LonLat(0.002, 0))
        if access == "yes" {
            let expected = 2 * 111.32 + 45 + 3 * 3.3 / 2.5
            #expect(found.map { abs($0 - expected) < 0.3 } == true, "\(found ?? -1), not \(expected)")
        } else {
            #expect(found == nil)
        }
    }

    @Test func waysMeetWhereTheyShareANodeNotWhereTheyCross() throws {
        let features = [
            SmallAtlas.feature(
                "1", "\"highway\":\"footway\",\"node_ids\":[1,2,3]",
                "{\"type\":\"LineString\",\"coordinates\":[[0,0],[0.001,0],[0.002,0]]}"),
            SmallAtlas.feature(
                "2", "\"highway\":\"steps\",\"incline\":\"up\",\"node_ids\":[2,5]",
                "{\"type\":\"LineString\",\"coordinates\":[[0.001,0],[0.001,0.001]]}"),
            SmallAtlas.feature(
                "3", "\"highway\":\"path\",\"bridge\":\"yes\",\"node_ids\":[6,7,8]",
                "{\"type\":\"LineString\",\"coordinates\":[[0.002,-0.001],[0.002,0],[0.002,0.001]]}"),
            SmallAtlas.feature(
                "4", "\"highway\":\"motorway\",\"node_ids\":[1,8]",
                "{\"type\":\"LineString\",\"coordinates\":[[0,0],[0.002,0.001]]}"),
            SmallAtlas.feature(
                "5", "\"highway\":\"service\",\"access\":\"private\",\"node_ids\":[3,8]",
                "{\"type\":\"LineString\",\"coordinates\":[[0.002,0],[0.002,0.001]]}"),
        ]
        let graph = try SmallAtlas(.street, features: features).atlas.streetGraph()
        let network = graph.network(paceMetersPerMinute: 60)
        // 1-2, 2-3, 2-5, 6-8.
        #expect(network.edges.count == 4)
        #expect(graph.nodeCount == 6)
        #expect(largestPart(graph) == 4)
        let stairs = try #require(network.edges.firstIndex { $0.forwardTicks != $0.backwardTicks })
        let (edge, meters) = (network.edges[stairs], graph.shapes.meters[stairs])
        let seconds = [edge.forwardTicks, edge.backwardTicks].map(Ticks.seconds).sorted()
        #expect(abs(seconds[0] - meters / 0.5) < 0.1 && abs(seconds[1] - meters / 0.35) < 0.1)
    }

    @Test(
        .enabled(if: SharedData.isPresent, "needs ../shared/data"),
        arguments: [
            ("yuzhong/roads.geojson", 0.9), ("osm/liechtenstein.osm.pbf", 0.85), ("osm/porto.osm.pbf", 0.9),
        ])
    func realStreetsHoldTogether(_ file: String, _ share: Double) throws {
        let layer: Layer? = file.hasSuffix(".geojson") ? .street : nil
        let graph = try SmallAtlas(layer, file: try SharedData.file(file).path).atlas.streetGraph()
        let network = graph.network(paceMetersPerMinute: 60)
        #expect(network.edges.count > 2000)
        #expect(Double(largestPart(graph)) > share * Double(graph.nodeCount))
        // Ways in and ways out are the same ways.
        let (away, toward) = (network.arcs(.away), network.arcs(.toward))
        #expect(away.arcs.count == toward.arcs.count)
        var random = SeededGenerator(seed: 20_261_131)
        let (out, back) = (NetworkSearch(away), NetworkSearch(toward))
        for _ in 0..<20 {
            let start = Int.random(in: 0..<network.nodeCount, using: &random)
            out.run([SearchSeed(node: UInt32(start), ticks: 0)], limitTicks: 14_400)
            let reached = out.reachedNodes
            let end = Int(reached[Int.random(in: 0..<reached.count, using: &random)])
            back.run([SearchSeed(node: UInt32(end), ticks: 0)], limitTicks: 14_400)
            #expect(out.ticks(of: end) == back.ticks(of: start))
        }
    }

    /// Without heights all streets of Yuzhong take their length but the 186 stairs.
    @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
    func theStairsOfYuzhongAreSlow() throws {
        let atlas = try SmallAtlas(.street, file: try SharedData.file("yuzhong/roads.geojson").path)
        let graph = try atlas.atlas.streetGraph()
        var stairs: Set<Int64> = []
        for (index, edge) in graph.edges.enumerated() where graph.shapes.meters[index] > 0 {
            let length = graph.shapes.meters[index] * 1000
            let factors = [edge.forwardMillimeters, edge.backwardMillimeters].map { Double($0) / length }.sorted()
            if abs(factors[0] - 1) < 1e-9 && abs(factors[1] - 1) < 1e-9 { continue }
            stairs.insert(graph.shapes.fids[index])
            let isKnown = abs(factors[0] - 2) < 1e-2 && abs(factors[1] - 1 / 0.35) < 1e-2
            let isMean = factors.allSatisfy { abs($0 - (2 + 1 / 0.35) / 2) < 1e-2 }
            #expect(isKnown || isMean || length < 1000, "\(factors)")
        }
        #expect(stairs.count == 186)
    }

    /// Hill country under SRTM tiles: the way up and the way down take what
    /// the formula says, and bridges do not follow the ground.
    @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
    func hillsOfBayreuthAreClimbed() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString).gpkg").path
        defer { for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) } }
        for file in ["osm/north-bayreuth.osm.gz", "elevation/N49E011.hgt.zip", "elevation/N50E011.hgt.zip"] {
            _ = try importFiles([try SharedData.file(file).path], into: path, options: ImportOptions())
        }
        let graph = try Atlas(path: path).streetGraph()
        let around = BoundingBox(west: 11, south: 49, east: 12, north: 51)
        let ground = Elevation(try AtlasFile(path: path, for: .reading).elevationTiles(meeting: around))
        var (asGround, others, unlike, bridges, level, valleys) = (0, 0, 0, 0, 0, 0)
        for (index, edge) in graph.edges.enumerated() {
            let corners = Array(graph.shapes.corners(of: index))
            let heights = corners.compactMap(ground.heightMeters)
            guard heights.count == corners.count, graph.shapes.meters[index] > 1 else { continue }
            let runs = zip(corners, corners.dropFirst()).map(Geodesic.distanceMeters)
            let rises = zip(heights, heights.dropFirst()).map { $1 - $0 }
            func millimeters(_ runs: [Double], _ rises: [Double]) -> Double {
                zip(runs, rises).reduce(0) { $0 + 1000 * WalkingModel.slopeMeters(runMeters: $1.0, riseMeters: $1.1) }
            }
            func isLike(_ runs: [Double], _ rises: [Double]) -> Bool {
                abs(Double(edge.forwardMillimeters) - millimeters(runs, rises)) < 3
                    && abs(Double(edge.backwardMillimeters) - millimeters(runs, rises.map { -$0 })) < 3
            }
            if graph.shapes.isStraight[index] {
                bridges += 1
                if isLike([runs.reduce(0, +)], [rises.reduce(0, +)]) { level += 1 }
                let ends = [corners[0], corners[corners.count - 1]]
                let middle = LonLat(
                    (ends[0].longitude + ends[1].longitude) / 2, (ends[0].latitude + ends[1].latitude) / 2)
                let sag = (heights[0] + heights[heights.count - 1]) / 2 - (ground.heightMeters(at: middle) ?? .nan)
                if sag > 1 { valleys += 1 }
            } else if isLike(runs, rises) {
                asGround += 1
                let ways = [edge.forwardMillimeters, edge.backwardMillimeters].map(Double.init)
                if abs(ways[0] / ways[1] - 1) > 0.1 { unlike += 1 }
            } else {
                others += 1
            }
        }
        // The others are stairs, or come up to a bridge.
        #expect(asGround > 3000 && unlike > 1000, "\(asGround) \(unlike)")
        #expect(Double(others) < 0.03 * Double(asGround), "\(others) of \(asGround)")
        #expect(bridges > 20 && Double(level) > 0.8 * Double(bridges), "\(level) of \(bridges)")
        #expect(valleys > 0)
    }
}
