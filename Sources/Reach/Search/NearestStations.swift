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
        let footing = network.footing(direction)
        let own = StationEdges(stations, edgeCount: network.edges.count)
        var ticks = [UInt32](repeating: Ticks.never, count: places.count)
        var labels = [UInt32](repeating: .max, count: places.count)
        network.edges.withUnsafeBufferPointer { edges in
            for place in places.indices {
                guard let foothold = places[place] else { continue }
                let edge = edges[Int(foothold.edge)]
                let ends = footing.ticks(foothold, on: edge)
                var best = min(
                    nodes[Int(edge.tail)].nearest.beyond(ends.tail, limitTicks: limit),
                    nodes[Int(edge.head)].nearest.beyond(ends.head, limitTicks: limit))
                if own.has(foothold.edge) {
                    best = min(best, own.nearest(foothold, network, direction, limitTicks: limit))
                }
                ticks[place] = best.ticks
                labels[place] = best.label
            }
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

/// The edges that stations are on.
struct StationEdges {
    /// A bit for every edge that has one.
    private var bits: [UInt64]
    private var stations: [UInt32: [(label: UInt32, foothold: Foothold)]] = [:]

    init(_ stations: [Foothold?], edgeCount: Int) {
        bits = [UInt64](repeating: 0, count: (edgeCount + 63) / 64)
        for (label, station) in stations.enumerated() {
            guard let station else { continue }
            bits[Int(station.edge >> 6)] |= 1 << UInt64(station.edge & 63)
            self.stations[station.edge, default: []].append((UInt32(label), station))
        }
    }

    /// Whether there is a station on an edge.
    @inline(__always)
    func has(_ edge: UInt32) -> Bool { bits[Int(edge >> 6)] >> UInt64(edge & 63) & 1 != 0 }

    /// The nearest station on a place's own edge, directly along it.
    func nearest(
        _ place: Foothold, _ network: WalkingNetwork, _ direction: WalkingDirection, limitTicks: UInt32
    ) -> Nearness {
        var best = Nearness.none
        for station in stations[place.edge] ?? [] {
            let ticks = network.direct(place: place, station: station.foothold, direction)
            if ticks <= limitTicks { best = min(best, Nearness(ticks: ticks, label: station.label)) }
        }
        return best
    }
}
