/// The nearest station of every place of a city.
public struct NearestStations: Sendable {
    /// The ticks between every place and its nearest station; `Ticks.never`
    /// where none is in reach.
    public let ticks: [UInt32]
    /// The nearest station's number; `UInt32.max` where none is in reach.
    public let labels: [UInt32]

    /// Makes an answer.
    public init(ticks: [UInt32], labels: [UInt32]) {
        self.ticks = ticks
        self.labels = labels
    }
}

extension NetworkSearch {
    /// Searches from all stations at once, and asks every place which is its
    /// nearest; the crossings' answers are kept until the next search.
    ///
    /// Of stations equally near the one with the lowest number wins.
    ///
    /// - Parameters:
    ///   - places: on edges of the network; `nil` for those that meet none.
    ///   - stations: on edges of the network; the index is the label; `nil`
    ///     for those that meet none.
    ///   - network: the network that the ways are of.
    ///   - limitTicks: the most that is of interest, itself included.
    /// - Returns: an entry for every place, in their order.
    /// - Complexity: O(arcs in reach + places), whatever the number of
    ///   stations.
    public func nearest(
        of places: [Foothold?], to stations: [Foothold?], in network: WalkingNetwork, limitTicks: UInt32
    ) -> NearestStations {
        precondition(arcs.nodeCount == network.nodeCount, "the ways are of another network")
        let direction = arcs.direction
        let limit = min(limitTicks, Ticks.never - 1)
        run(network.seeds(of: stations, direction), limitTicks: limit)
        let asking = PlaceAsking(
            network: network, direction: direction, nodes: nodes, limitTicks: limit,
            stations: StationEdges(stations, edgeCount: network.edges.count))
        var ticks = [UInt32](repeating: Ticks.never, count: places.count)
        var labels = [UInt32](repeating: .max, count: places.count)
        for place in places.indices {
            guard let foothold = places[place] else { continue }
            let nearest = asking.nearest(of: foothold)
            ticks[place] = nearest.ticks
            labels[place] = nearest.label
        }
        return NearestStations(ticks: ticks, labels: labels)
    }
}

extension Nearness {
    /// The same station so many ticks farther on; none beyond the limit.
    @inline(__always)
    func beyond(_ more: UInt32, limitTicks: UInt32) -> Nearness {
        guard ticks <= limitTicks, more <= limitTicks - ticks else { return .none }
        return farther(by: more)
    }
}

/// Asks places which station is nearest, after a search from all of them.
struct PlaceAsking {
    private let edges: [WalkingNetwork.Edge]
    private let network: WalkingNetwork
    private let direction: WalkingDirection
    private let footing: Footing
    private let nodes: UnsafeMutablePointer<SearchNode>
    private let limitTicks: UInt32
    private let stations: StationEdges

    init(
        network: WalkingNetwork, direction: WalkingDirection, nodes: UnsafeMutablePointer<SearchNode>,
        limitTicks: UInt32, stations: StationEdges
    ) {
        edges = network.edges
        self.network = network
        self.direction = direction
        footing = network.footing(direction)
        self.nodes = nodes
        self.limitTicks = limitTicks
        self.stations = stations
    }

    /// By way of either end of the place's edge, or directly along it.
    @inline(__always)
    func nearest(of place: Foothold) -> Nearness {
        let edge = edges[Int(place.edge)]
        let ends = footing.ticks(place, on: edge)
        let best = min(
            nodes[Int(edge.tail)].nearest.beyond(ends.tail, limitTicks: limitTicks),
            nodes[Int(edge.head)].nearest.beyond(ends.head, limitTicks: limitTicks))
        guard stations.has(place.edge) else { return best }
        return min(best, stations.nearest(place, network, direction, limitTicks: limitTicks))
    }
}
