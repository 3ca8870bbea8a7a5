import Reach
import Spatial
import TestSupport
import Testing

/// Mainland and islands.
@Suite struct NetworkPartsTests {
    private func graph(_ drawing: String) -> (StreetGraph, DrawnCity) {
        let city = DrawnCity(drawing)
        var builder = NetworkBuilder()
        for street in city.streets { builder.add(street) }
        return (builder.graph(), city)
    }

    @Test func theLargestPartIsTheFirst() throws {
        let (graph, city) = graph("a--b  c--d--e\n\nf->-g")
        let parts = NetworkParts(graph.costs)
        #expect(parts.nodeCounts == [3, 2, 2])
        #expect(parts.edgeCounts == [2, 1, 1])
        func part(_ name: Character) -> UInt32? {
            graph.shapes.nodePositions.firstIndex { Geodesic.distanceMeters($0, city[name]) < 0.1 }
                .map { parts.partOfNode[$0] }
        }
        #expect(part("c") == NetworkParts.largest && part("e") == part("c"))
        #expect(part("a") == part("b") && part("f") == part("g"))
        #expect(Set(["a", "c", "f"].map { part($0) }).count == 3)
        #expect(NetworkParts(NetworkBuilder().graph().costs).count == 0)
    }

    /// Two crossings are of one part where a search that heeds no direction
    /// gets from one to the other.
    @Test func partsAreWhatASearchReaches() {
        var random = SeededGenerator(seed: 20_261_202)
        for round in 0..<40 {
            var builder = NetworkBuilder()
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                let ends = (0..<2).map { _ in Int64.random(in: 0..<40, using: &random) }
                builder.add(Street(ends.map { LonLat(Double($0) / 1e4, 0) }, nodeIDs: ends))
            }
            let graph = builder.graph()
            let parts = NetworkParts(graph.costs)
            #expect(parts.nodeCounts == parts.nodeCounts.sorted(by: >), "round \(round)")
            #expect(parts.nodeCounts.reduce(0, +) == graph.nodeCount)
            let search = NetworkSearch(graph.network(paceMetersPerMinute: 60).arcs(.away))
            for node in 0..<graph.nodeCount {
                search.run([SearchSeed(node: UInt32(node), ticks: 0)], limitTicks: 1 << 19)
                let reached = Set(search.reachedNodes.map(Int.init))
                let same = Set(parts.partOfNode.indices.filter { parts.partOfNode[$0] == parts.partOfNode[node] })
                #expect(reached == same, "round \(round)")
            }
            for (edge, part) in zip(graph.edges, parts.partOfEdge) {
                #expect(part == parts.partOfNode[Int(edge.tail)] && part == parts.partOfNode[Int(edge.head)])
            }
        }
    }
}
