/// The edges that stations are on.
struct StationEdges {
    /// A bit for every edge that has, or had, a station.
    private var bits: [UInt64]
    private var stations: [UInt32: [Station]] = [:]

    private struct Station {
        let label: UInt32
        let foothold: Foothold
    }

    init(_ stations: [Foothold?], edgeCount: Int) {
        bits = [UInt64](repeating: 0, count: (edgeCount + 63) / 64)
        for (label, station) in stations.enumerated() {
            if let station { add(station, UInt32(label)) }
        }
    }

    mutating func add(_ station: Foothold, _ label: UInt32) {
        bits[Int(station.edge >> 6)] |= 1 << UInt64(station.edge & 63)
        stations[station.edge, default: []].append(Station(label: label, foothold: station))
    }

    mutating func remove(_ station: Foothold, _ label: UInt32) {
        stations[station.edge]?.removeAll { $0.label == label }
    }

    /// Whether there may be a station on an edge.
    @inline(__always)
    func has(_ edge: UInt32) -> Bool { bits[Int(edge >> 6)] >> UInt64(edge & 63) & 1 != 0 }

    /// The nearest station on a place's own edge, directly along it.
    func nearest(
        _ place: Foothold, _ network: WalkingNetwork, _ direction: WalkingDirection, limitTicks: UInt32
    ) -> Nearness {
        var best = Nearness.none
        offerAll(place, network, direction, limitTicks: limitTicks) { best = min(best, $0) }
        return best
    }

    /// Gives every station on a place's own edge to a closure.
    @inline(__always)
    func offerAll(
        _ place: Foothold, _ network: WalkingNetwork, _ direction: WalkingDirection, limitTicks: UInt32,
        _ body: (Nearness) -> Void
    ) {
        for station in stations[place.edge] ?? [] {
            let ticks = network.direct(place: place, station: station.foothold, direction)
            if ticks <= limitTicks { body(Nearness(ticks: ticks, label: station.label)) }
        }
    }
}
