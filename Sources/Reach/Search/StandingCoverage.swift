/// A place whose nearest station, or the way there, is another than before.
@frozen public struct ChangedPlace: Sendable, Hashable {
    /// The place's number.
    public var place: UInt32
    /// Its nearest station before; `nil` where none was in reach.
    public var before: StationTicks?
    /// Its nearest station now; `nil` where none is in reach.
    public var after: StationTicks?
}

/// The nearest station of every crossing and place, kept up to date while
/// stations come, go and move: what if one more were here?
///
/// Every answer is the one that starting over with the same stations gives, to
/// the tick and the label. A station that comes is searched for only as far as
/// it is the nearest; one that goes frees the region it was nearest to, which
/// is filled from its rim and from the stations in it.
///
/// Not for two threads at once.
public final class StandingCoverage {
    /// The places.
    public let places: PlacesOnNetwork
    /// The stations by their labels; `nil` where there is none any more.
    public private(set) var stations: [Foothold?]
    /// The most that is of interest, itself included.
    public let limitTicks: UInt32

    private let crossings: NetworkSearch
    /// The ways against the search's own.
    private let waysBack: Arcs
    private var queue = BucketQueue()
    private let nearest: UnsafeMutablePointer<Nearness>
    private let marked: MarkedPlaces
    private var changes: ChangedNodes
    private var stationEdges: StationEdges
    /// The stations that a search from a crossing would begin with.
    private var seedsAt: [UInt32: [SearchSeed]] = [:]

    /// Searches for the first answer.
    ///
    /// - Parameters:
    ///   - places: the places on their network, in the direction of walking.
    ///   - stations: on edges of the network; the index is the label; `nil`
    ///     for those that meet none.
    ///   - limitTicks: the most that is of interest, itself included.
    /// - Complexity: O(crossings, ways and places).
    public init(_ places: PlacesOnNetwork, stations: [Foothold?], limitTicks: UInt32) {
        self.places = places
        self.stations = stations
        self.limitTicks = min(limitTicks, Ticks.never - 1)
        let network = places.network
        let direction = places.direction
        crossings = NetworkSearch(network.arcs(direction))
        waysBack = network.arcs(direction == .toward ? .away : .toward)
        stationEdges = StationEdges(stations, edgeCount: network.edges.count)
        nearest = .allocate(capacity: places.count)
        marked = MarkedPlaces(count: places.count)
        changes = ChangedNodes(nodeCount: network.nodeCount)
        let first = crossings.nearest(
            of: places.footholds, to: stations, in: network, limitTicks: self.limitTicks)
        for place in 0..<places.count {
            (nearest + place).initialize(to: Nearness(ticks: first.ticks[place], label: first.labels[place]))
        }
        for seed in places.seeds(of: stations) { seedsAt[seed.node, default: []].append(seed) }
    }

    deinit {
        nearest.deallocate()
        changes.deallocate()
    }

    /// The nearest station of a place; `nil` where none is in reach.
    public func station(of place: Int) -> StationTicks? {
        precondition(place >= 0 && place < places.count, "no place has this number")
        return nearest[place].station
    }

    /// The nearest station of a crossing; `nil` where none is in reach.
    public func station(ofNode node: Int) -> StationTicks? {
        precondition(node >= 0 && node < places.network.nodeCount, "no crossing has this number")
        return crossings.nodes[node].nearest.station
    }

    /// Adds a station; its label is the next one, `stations.count - 1` after
    /// the call.
    ///
    /// - Returns: the places with another answer than before, by number.
    /// - Complexity: O(what the station is nearest to + places / 64).
    @discardableResult
    public func add(_ station: Foothold) -> [ChangedPlace] {
        stations.append(nil)
        return change(stations.count - 1, to: station)
    }

    /// Removes a station; its label is not used again.
    ///
    /// - Returns: the places with another answer than before, by number.
    /// - Complexity: as for adding it.
    @discardableResult
    public func remove(_ label: Int) -> [ChangedPlace] { change(label, to: nil) }

    /// Puts a station elsewhere, or back where it was removed.
    ///
    /// - Returns: the places with another answer than before, by number.
    /// - Complexity: as for removing and adding it.
    @discardableResult
    public func move(_ label: Int, to station: Foothold) -> [ChangedPlace] { change(label, to: station) }

    private func change(_ label: Int, to station: Foothold?) -> [ChangedPlace] {
        precondition(stations.indices.contains(label), "no station has this label")
        changes.begin()
        let old = stations[label]
        stations[label] = station
        if let old { takeAway(old, UInt32(label)) }
        if let station { put(station, UInt32(label)) }
        mark([old, station])
        return update()
    }

    private func put(_ station: Foothold, _ label: UInt32) {
        stationEdges.add(station, label)
        let seeds = seeds(station, label)
        for seed in seeds { seedsAt[seed.node, default: []].append(seed) }
        relax(seeds)
    }

    private func takeAway(_ station: Foothold, _ label: UInt32) {
        stationEdges.remove(station, label)
        let seeds = seeds(station, label)
        for seed in seeds { seedsAt[seed.node]?.removeAll { $0.label == label } }
        relax(seedsOfRegion(free(seeds)))
    }

    private func seeds(_ station: Foothold, _ label: UInt32) -> [SearchSeed] {
        places.network.seeds(of: station, label: label, places.direction).filter { $0.ticks <= limitTicks }
    }

    /// Takes the region away from the station whose seeds these are: what it
    /// is nearest to hangs together with them.
    private func free(_ seeds: [SearchSeed]) -> [UInt32] {
        var region: [UInt32] = []
        func take(_ node: UInt32, _ label: UInt32) {
            let known = crossings.nodes[Int(node)].nearest
            guard known != .none, known.label == label else { return }
            changes.note(node, before: known)
            crossings.nodes[Int(node)].nearest = .none
            region.append(node)
        }
        for seed in seeds { take(seed.node, seed.label) }
        guard let label = seeds.first?.label else { return [] }
        var next = 0
        while next < region.count {
            let ways = crossings.nodes[Int(region[next])].arcs
            for index in Int(ways.start)..<Int(ways.end) { take(crossings.arcs.arcs[index].node, label) }
            next += 1
        }
        return region
    }

    /// What reaches a freed region: its neighbours, and the stations in it.
    private func seedsOfRegion(_ region: [UInt32]) -> [SearchSeed] {
        var seeds: [SearchSeed] = []
        for node in region {
            seeds.append(contentsOf: seedsAt[node] ?? [])
            for index in Int(waysBack.starts[Int(node)])..<Int(waysBack.starts[Int(node) + 1]) {
                let way = waysBack.arcs[index]
                let known = crossings.nodes[Int(way.node)].nearest.beyond(way.ticks, limitTicks: limitTicks)
                guard known != .none else { continue }
                seeds.append(SearchSeed(node: node, ticks: known.ticks, label: known.label))
            }
        }
        return seeds
    }

    private func relax(_ seeds: [SearchSeed]) {
        changes = crossings.arcs.arcs.withUnsafeBufferPointer { arcs in
            var relaxation = Relaxation(
                nodes: crossings.nodes, range: 0..<UInt32(places.network.nodeCount), arcs: arcs,
                limitTicks: limitTicks, log: changes)
            relaxation.begin(seeds, &queue)
            relaxation.settle(&queue)
            return relaxation.log
        }
    }

    /// Marks the places that a change may touch: those at changed crossings,
    /// and those on the edges of the stations that it was about.
    private func mark(_ stations: [Foothold?]) {
        func markAll(at node: UInt32) {
            for index in Int(places.starts[Int(node)])..<Int(places.starts[Int(node) + 1]) {
                marked.insert(places.entries[index].place)
            }
        }
        for index in 0..<changes.count { markAll(at: changes.nodes[index]) }
        for case let station? in stations {
            let edge = places.network.edges[Int(station.edge)]
            markAll(at: edge.tail)
            markAll(at: edge.head)
        }
    }

    /// Asks the marked places again.
    private func update() -> [ChangedPlace] {
        let asking = PlaceAsking(
            network: places.network, direction: places.direction, nodes: crossings.nodes, limitTicks: limitTicks,
            stations: stationEdges)
        var changed: [ChangedPlace] = []
        marked.removeAll { place in
            guard let foothold = places.footholds[Int(place)] else { return }
            let before = nearest[Int(place)]
            let after = asking.nearest(of: foothold)
            guard before != after else { return }
            nearest[Int(place)] = after
            changed.append(ChangedPlace(place: place, before: before.station, after: after.station))
        }
        return changed
    }
}

/// The crossings that a change touches, each once.
private struct ChangedNodes: NearnessLog {
    /// Room for all crossings.
    let nodes: UnsafeMutablePointer<UInt32>
    private(set) var count = 0
    /// The change that touched each crossing last.
    private let stamps: UnsafeMutablePointer<UInt64>
    private var stamp: UInt64 = 0

    init(nodeCount: Int) {
        nodes = .allocate(capacity: nodeCount)
        stamps = .allocate(capacity: nodeCount)
        stamps.initialize(repeating: 0, count: nodeCount)
    }

    func deallocate() {
        nodes.deallocate()
        stamps.deallocate()
    }

    mutating func begin() {
        stamp += 1
        count = 0
    }

    @inline(__always)
    mutating func note(_ node: UInt32, before: Nearness) {
        guard stamps[Int(node)] != stamp else { return }
        stamps[Int(node)] = stamp
        nodes[count] = node
        count += 1
    }
}
