import Atlas
import Foundation
import Reach
import Spatial
import TestSupport
import Testing

/// Networks of street layers.
@Suite struct WalkingNetworkTests {
    /// How many crossings the largest connected part has.
    private func largestPart(_ graph: StreetGraph) -> Int {
        var part = Array(0..<graph.nodeCount)
        func root(_ node: Int) -> Int {
            var node = node
            while part[node] != node {
                part[node] = part[part[node]]
                node = part[node]
            }
            return node
        }
        for edge in graph.edges { part[root(Int(edge.tail))] = root(Int(edge.head)) }
        return Dictionary(grouping: part.indices, by: root).values.map(\.count).max() ?? 0
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
        arguments: [("yuzhong/roads.geojson", 0.9), ("osm/liechtenstein.osm.pbf", 0.85)])
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
}
