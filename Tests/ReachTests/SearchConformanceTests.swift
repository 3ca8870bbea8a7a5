import Foundation
import Reach
import TestSupport
import Testing

/// The sample network of pgRouting and what it publishes of it.
///
/// The case `q2` depends on the side of the street that traffic drives on,
/// which is nothing to a walker; `q4` is the same question without sides.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct SearchConformanceTests {
    /// Ticks of one unit of cost.
    private static let unit: UInt32 = 1000

    private struct Row: Hashable {
        let node: Int
        let ticks: UInt32
    }

    private func table(_ name: String) throws -> [[String: String]] {
        let text = try String(contentsOf: SharedData.file("conformance/service_area/\(name)"), encoding: .utf8)
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let keys = try #require(lines.first)
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(keys, $0)) }
    }

    private func number(_ row: [String: String], _ key: String) throws -> Double {
        try #require(row[key].flatMap(Double.init))
    }

    /// The network; crossings are numbered from 0 by (x, y), the publication
    /// from 1. Undirected, an edge is walked both ways at the cost it has.
    private func network(isDirected: Bool) throws -> WalkingNetwork {
        let rows = try table("edges.csv")
        struct Place: Hashable, Comparable {
            let x: Double
            let y: Double

            static func < (a: Self, b: Self) -> Bool { (a.x, a.y) < (b.x, b.y) }
        }
        func place(_ row: [String: String], _ end: String) throws -> Place {
            Place(x: try number(row, "x\(end)"), y: try number(row, "y\(end)"))
        }
        let places = Set(try rows.flatMap { [try place($0, "1"), try place($0, "2")] }).sorted()
        let edges = try rows.map { row in
            let costs = [try number(row, "cost"), try number(row, "reverse_cost")]
            let ticks = costs.map { $0 < 0 ? Ticks.never : UInt32($0 * Double(Self.unit)) }
            let both = ticks.min() ?? Ticks.never
            return WalkingNetwork.Edge(
                tail: UInt32(try #require(places.firstIndex(of: place(row, "1")))),
                head: UInt32(try #require(places.firstIndex(of: place(row, "2")))),
                forwardTicks: isDirected ? ticks[0] : both, backwardTicks: isDirected ? ticks[1] : both)
        }
        return WalkingNetwork(nodeCount: places.count, edges: edges, paceMetersPerMinute: 60)
    }

    private func rows(_ all: [[String: String]], _ name: String, start: Int? = nil) throws -> Set<Row> {
        Set(
            try all.filter { $0["case"] == name && (start == nil || $0["start_vid"] == start.map(String.init)) }.map {
                Row(
                    node: Int(try number($0, "node")),
                    ticks: UInt32((try number($0, "agg_cost") * Double(Self.unit)).rounded()))
            })
    }

    private func reached(_ search: NetworkSearch) -> Set<Row> {
        Set(
            search.reachedNodes.compactMap { node in
                search.ticks(of: Int(node)).map { Row(node: Int(node) + 1, ticks: $0) }
            })
    }

    @Test(arguments: [("q5", true, [11]), ("q10", false, [11, 16])])
    func singleSearchesReachWhatIsPublished(_ name: String, _ isDirected: Bool, _ roots: [Int]) throws {
        let expected = try table("driving_distance_expected.csv")
        let search = NetworkSearch(try network(isDirected: isDirected).arcs(.away))
        for root in roots {
            search.run([SearchSeed(node: UInt32(root - 1), ticks: 0)], limitTicks: 3 * Self.unit)
            let published = try rows(expected, name, start: root)
            #expect(!published.isEmpty)
            #expect(reached(search) == published)
        }
    }

    @Test func equalCostsGoToTheFirstRoot() throws {
        let expected = try table("driving_distance_expected.csv")
        let roots = [11, 16]
        let search = NetworkSearch(try network(isDirected: true).arcs(.away))
        search.run(
            roots.enumerated().map { SearchSeed(node: UInt32($1 - 1), ticks: 0, label: UInt32($0)) },
            limitTicks: 3 * Self.unit)
        for (label, root) in roots.enumerated() {
            let published = try rows(expected, "q6", start: root)
            let own = reached(search).filter { search.label(of: $0.node - 1) == UInt32(label) }
            #expect(!published.isEmpty)
            #expect(own == published)
        }
    }

    @Test func pointsOnEdgesAreReached() throws {
        let network = try network(isDirected: false)
        let points = try table("points_of_interest.csv").map {
            Foothold(
                edge: UInt32(try number($0, "edge_id")) - 1, share: try number($0, "fraction"), offsetMeters: 0)
        }
        let search = PlaceSearch(network.arcs(.away), PlacesOnNetwork(points, on: network, .away))
        search.run([points[0]], limitTicks: 33 * Self.unit / 10)
        let places = search.reached.map { Row(node: -Int($0.place) - 1, ticks: $0.ticks) }
        let published = try rows(table("with_points_dd_expected.csv"), "q4")
        #expect(published.count == 13)
        #expect(reached(search.crossings).union(places) == published)
    }
}
