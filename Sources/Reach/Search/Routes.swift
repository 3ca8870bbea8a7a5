/// The ways between crossings or places and their nearest stations, found from
/// the ticks of a search, which keeps no predecessors.
///
/// Of ways equally quick it takes, from every crossing on: the end at the
/// station; else the edge with the lowest number among those that take time;
/// else, where only edges without time lead on, the fewest of them, and of
/// those the lowest numbers. So a crossing's way does not depend on who else
/// was asked.
///
/// What was found for one is kept for the others: a thousand routes to one
/// station share their last edges. Not for two threads at once, and only until
/// the next run of the search.
public final class Routes {
    private let search: NetworkSearch
    private let waysBack: Arcs
    private let network: WalkingNetwork
    private let stations: [Foothold?]
    private let stationEdges: StationEdges
    private let edgeMeters: [Double]
    /// What comes next on the way from each crossing.
    private var next: [Next]
    /// The metres from each crossing to its station, where `next` is known.
    private var meters: [Double]

    /// What comes after a crossing: a way of `waysBack`, or the station.
    private enum Next: Equatable {
        case unknown
        case way(UInt32)
        case atTail
        case atHead
    }

    /// Begins with nothing found.
    ///
    /// - Parameters:
    ///   - search: from these stations, finished.
    ///   - waysBack: the ways of the network in the other direction than the
    ///     search's.
    ///   - network: the network.
    ///   - stations: those that the search began from, by their labels.
    ///   - edgeMeters: the length of every edge, as `StreetShapes.meters` has
    ///     them.
    /// - Complexity: O(n) for n crossings.
    public init(
        _ search: NetworkSearch, waysBack: Arcs, network: WalkingNetwork, stations: [Foothold?], edgeMeters: [Double]
    ) {
        precondition(waysBack.direction != search.arcs.direction, "the ways back are those of the search")
        precondition(edgeMeters.count == network.edges.count, "an edge has no length")
        self.search = search
        self.waysBack = waysBack
        self.network = network
        self.stations = stations
        stationEdges = StationEdges(stations, edgeCount: network.edges.count)
        self.edgeMeters = edgeMeters
        next = [Next](repeating: .unknown, count: network.nodeCount)
        meters = [Double](repeating: 0, count: network.nodeCount)
    }

    /// The way between a crossing and its nearest station; `nil` where none is
    /// in reach.
    ///
    /// - Complexity: O(edges of it), and their neighbours where not yet known.
    public func route(ofNode node: Int) -> Route? {
        guard let ticks = search.ticks(of: node), let label = search.label(of: node) else { return nil }
        find(UInt32(node))
        return Route(label: label, ticks: ticks, meters: meters[node], parts: turned(parts(from: UInt32(node))))
    }

    /// The metres of the way between a crossing and its nearest station; `nil`
    /// where none is in reach.
    public func meters(ofNode node: Int) -> Double? {
        guard search.ticks(of: node) != nil else { return nil }
        find(UInt32(node))
        return meters[node]
    }

    /// The way between a place and its nearest station; `nil` where none is in
    /// reach.
    ///
    /// Of ways equally quick it takes the direct one along its own edge, then
    /// the one by the edge's tail.
    public func route(of place: Foothold) -> Route? {
        guard let start = start(of: place) else { return nil }
        let first = RoutePart(edge: place.edge, startShare: place.share, endShare: start.endShare)
        var parts = first.startShare == first.endShare ? [] : [first]
        if let node = start.node { parts += self.parts(from: node) }
        return Route(
            label: start.nearest.label, ticks: start.nearest.ticks, meters: start.meters, parts: turned(parts))
    }

    /// The metres of the way between a place and its nearest station; `nil`
    /// where none is in reach.
    public func meters(of place: Foothold) -> Double? { start(of: place)?.meters }

    /// How the way between a place and its station begins.
    private struct Start {
        let nearest: Nearness
        /// The crossing that it leads over; `nil` for the direct way.
        let node: UInt32?
        let endShare: Double
        let meters: Double
    }

    private func start(of place: Foothold) -> Start? {
        let edge = network.edges[Int(place.edge)]
        let direction = search.arcs.direction
        let limit = search.limitTicks
        let ends = network.footing(direction).ticks(place, on: edge)
        let tail = search.nodes[Int(edge.tail)].nearest.beyond(ends.tail, limitTicks: limit)
        let head = search.nodes[Int(edge.head)].nearest.beyond(ends.head, limitTicks: limit)
        let direct =
            stationEdges.has(place.edge)
            ? stationEdges.nearest(place, network, direction, limitTicks: limit) : .none
        let nearest = min(direct, tail, head)
        guard nearest != .none else { return nil }
        let edgeMeters = edgeMeters[Int(place.edge)]
        if nearest == direct, let station = stations[Int(nearest.label)] {
            return Start(
                nearest: nearest, node: nil, endShare: station.share,
                meters: place.offsetMeters + abs(place.share - station.share) * edgeMeters + station.offsetMeters)
        }
        let isByTail = nearest == tail
        let node = isByTail ? edge.tail : edge.head
        find(node)
        let share = isByTail ? place.share : 1 - place.share
        return Start(
            nearest: nearest, node: node, endShare: isByTail ? 0 : 1,
            meters: place.offsetMeters + share * edgeMeters + meters[Int(node)])
    }

    /// Parts from the place to the station in the order and direction of
    /// walking.
    private func turned(_ parts: [RoutePart]) -> [RoutePart] {
        search.arcs.direction == .toward ? parts : parts.reversed().map(\.reversed)
    }

    /// The parts from a crossing whose way is found, to the station.
    private func parts(from node: UInt32) -> [RoutePart] {
        var parts: [RoutePart] = []
        var node = node
        while case .way(let way) = next[Int(node)] {
            let edge = waysBack.edges[Int(way)]
            let isForward = network.edges[Int(edge)].tail == node
            parts.append(RoutePart(edge: edge, startShare: isForward ? 0 : 1, endShare: isForward ? 1 : 0))
            node = waysBack.arcs[Int(way)].node
        }
        guard let station = station(of: node) else { return parts }
        let last = RoutePart(
            edge: station.edge, startShare: next[Int(node)] == .atTail ? 0 : 1, endShare: station.share)
        return last.startShare == last.endShare ? parts : parts + [last]
    }

    private func station(of node: UInt32) -> Foothold? { stations[Int(search.nodes[Int(node)].nearest.label)] }

    /// Finds the way from a crossing in reach.
    private func find(_ start: UInt32) {
        var trail: [UInt32] = []
        var node = start
        while next[Int(node)] == .unknown {
            if let end = end(at: node) {
                next[Int(node)] = end
                meters[Int(node)] = endMeters(at: node, end)
                break
            }
            for step in onward(from: node) {
                next[Int(node)] = .way(step)
                trail.append(node)
                node = waysBack.arcs[Int(step)].node
            }
        }
        for node in trail.reversed() {
            guard case .way(let way) = next[Int(node)] else { continue }
            meters[Int(node)] =
                meters[Int(waysBack.arcs[Int(way)].node)] + edgeMeters[Int(waysBack.edges[Int(way)])]
        }
    }

    /// The end of the station's own edge that a crossing is, if that is how
    /// the station is reached.
    private func end(at node: UInt32) -> Next? {
        guard let station = station(of: node) else { return nil }
        let edge = network.edges[Int(station.edge)]
        let ticks = network.stationTicks(station, search.arcs.direction)
        let known = search.nodes[Int(node)].nearest.ticks
        if edge.tail == node, ticks.tail == known { return .atTail }
        return edge.head == node && ticks.head == known ? .atHead : nil
    }

    private func endMeters(at node: UInt32, _ end: Next) -> Double {
        guard let station = station(of: node) else { return 0 }
        let share = end == .atTail ? station.share : 1 - station.share
        return share * edgeMeters[Int(station.edge)] + station.offsetMeters
    }

    /// The ways from a crossing up to the next that takes time, or to the
    /// crossing where the station's edge begins.
    private func onward(from start: UInt32) -> [UInt32] {
        if let way = timedWay(from: start) { return [way] }
        // Only edges without time lead on: the fewest of them, in the order of their numbers.
        var queue: [(node: UInt32, way: UInt32, before: Int)] = [(start, 0, -1)]
        var met: Set<UInt32> = [start]
        var index = 0
        while index < queue.count {
            let node = queue[index].node
            if index > 0, end(at: node) != nil || timedWay(from: node) != nil {
                var ways: [UInt32] = []
                var step = index
                while step > 0 {
                    ways.append(queue[step].way)
                    step = queue[step].before
                }
                return ways.reversed()
            }
            for way in ways(from: node) where isOnWay(way, from: node) {
                let other = waysBack.arcs[way].node
                if met.insert(other).inserted { queue.append((other, UInt32(way), index)) }
            }
            index += 1
        }
        preconditionFailure("a crossing in reach has no way to its station")
    }

    private func timedWay(from node: UInt32) -> UInt32? {
        ways(from: node).first { waysBack.arcs[$0].ticks > 0 && isOnWay($0, from: node) }.map { UInt32($0) }
    }

    private func ways(from node: UInt32) -> Range<Int> {
        Int(waysBack.starts[Int(node)])..<Int(waysBack.starts[Int(node) + 1])
    }

    /// Whether the station of a crossing is reached by a way.
    private func isOnWay(_ way: Int, from node: UInt32) -> Bool {
        let arc = waysBack.arcs[way]
        return search.nodes[Int(arc.node)].nearest.beyond(arc.ticks, limitTicks: search.limitTicks)
            == search.nodes[Int(node)].nearest
    }
}
